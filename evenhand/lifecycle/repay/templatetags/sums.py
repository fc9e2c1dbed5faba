"""`{% load sums %}`: a figure and how it comes about, for the pages of other stages."""

from datetime import date

from django import template

from evenhand.ledger import house, loans, streams
from evenhand.lifecycle.repay import figures, owing, sum_words
from evenhand.lifecycle.repay.sum_words import Told

register = template.Library()


@register.simple_tag
def the_sum(loan: int, figure: str, on: date, known_at: int) -> Told | None:
    """A figure of a loan on a day, as it was known at a moment (microseconds UTC); None where the
    loan had it not."""
    borrower = loans.borrower_of(loan)
    facts = streams.stream(borrower, known_at=known_at) if borrower is not None else []
    one = owing.on_facts(facts, loan, house.day_number(on)) if facts else None
    found = figures.sum_of(one, figure) if one else None
    return sum_words.told(found, one.currency) if one and found else None
