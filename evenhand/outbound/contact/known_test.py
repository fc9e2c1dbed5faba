"""How much of a borrower's past a judgement reads."""

from dataclasses import replace
from datetime import date

import numpy as np

from evenhand.law import rulebook
from evenhand.outbound.contact import known
from evenhand.outbound.contact.words import LANGUAGES, TEMPLATES, key_of, render, shipped

DAY = 86_400
RULES = rulebook.rules(("cn", "policy"), date(2026, 3, 1), date(2026, 3, 31))


def test_a_judgement_reads_as_far_back_as_the_longest_rule_that_concerns_us() -> None:
    # Ninety days of the longest cap, and two for zones: not the hundred years in which a first
    # contact is looked for.
    assert int(RULES.counters.span.max()) > 36_000
    assert known.reach_seconds(RULES) == 92 * DAY


def test_a_rule_that_counts_a_life_and_concerns_us_reads_it_all() -> None:
    """Were a page's clauses not about naming, each of its counters would matter."""
    pages = tuple(replace(page, narrowings=()) for page in RULES.pages)
    spans = np.where(RULES.counters.in_days, RULES.counters.span * DAY, RULES.counters.span)
    assert known.reach_seconds(replace(RULES, pages=pages)) == int(spans.max()) + 2 * DAY


def test_every_text_names_the_institution() -> None:
    """What the reach relies on."""
    texts = [
        render(shipped()[key_of("sms", template, lang)], lender="Acme", hotline="4", reference="0")
        for template in TEMPLATES
        for lang in LANGUAGES
    ]
    assert all("Acme" in text for text in texts)
