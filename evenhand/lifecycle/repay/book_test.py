"""A loan written down adds up to its position, however it was paid."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger import made_up as facts
from evenhand.ledger import standing
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_number
from evenhand.lifecycle.repay.book import book_of, total
from evenhand.lifecycle.repay.made_up import signed

D = date(2026, 3, 2)
LOAN = 900_001
steady = settings(derandomize=True, deadline=None, max_examples=40)
payments = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 300_000)), max_size=8)


def stood(paid: list[tuple[int, int]], on: int) -> standing.Standing:
    """A loan of twelve months with these payments (days after disbursal, minor units)."""
    return standing.stand_by(happened(paid), on)


def happened(paid: list[tuple[int, int]]) -> list[Fact]:
    drafts = [signed(LOAN, D)]
    drafts += [facts.paid(LOAN, D + timedelta(days=day), minor) for day, minor in sorted(paid)]
    return [fact(seq, draft) for seq, draft in enumerate(drafts, start=1)]


def fact(seq: int, draft: Draft) -> Fact:
    kind, day, hand, loan, amount, cause, body = draft
    return Fact(1, seq, loan, day, facts.noon(day), kind, amount, cause, hand, dict(body), b"")


@steady
@given(payments, st.integers(0, 500))
def test_every_list_adds_up_to_its_figure(paid: list[tuple[int, int]], later: int) -> None:
    here = stood(paid, day_number(D) + later)
    book, position = book_of(here, 0), here.position
    assert total(book.due) == position.due_minor[0]
    assert total(book.past_due) == position.past_due_minor[0]
    assert total(book.coming) == position.next_due_minor[0]
    assert sum(part.principal_minor for part in book.outstanding) == position.outstanding_minor[0]
    assert sum(late.owed_minor for late in book.late) == position.late_interest_minor[0]
    assert sum(one.amount_minor for one in book.payments) == position.paid_minor[0]
    assert sum(one.over_minor for one in book.payments) == position.overpaid_minor[0]
    for one in book.payments:
        assert total(one.parts) + one.over_minor == one.amount_minor
    for late in book.late:
        assert late.brought_minor + late.accrued_minor - late.paid_minor == late.owed_minor


def test_days_of_one_principal_are_one_stretch() -> None:
    """What the first instalment takes does not cut the second one's days."""
    here = stood([(40, 10_000), (70, 10_000)], day_number(D) + 80)
    first, second = book_of(here, 0).late
    assert [one.days for one in first.stretches] == [9, 30, 10]
    (whole,) = second.stretches
    assert (whole.until - whole.since, whole.days, whole.stopped_days) == (19, 19, 0)


def test_what_paid_an_instalment_is_listed_with_its_day() -> None:
    book = book_of(stood([(10, 50_000), (31, 60_000)], day_number(D) + 31), 0)
    assert [(day - book.on, part.total_minor) for day, part in book.paid_on(1)] == [
        (-21, 50_000),
        (0, 38_288),
    ]
    assert [part.n for part in book.coming] == [2]


@pytest.mark.parametrize("later", [0, 31, 32])
def test_nothing_paid_is_owed_as_agreed(later: int) -> None:
    book = book_of(stood([], day_number(D) + later), 0)
    assert not book.payments
    assert [part.principal_minor for part in book.owed] == [p.principal_minor for p in book.agreed]
    assert len(book.late) == (later > 31)
