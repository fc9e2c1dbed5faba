"""What is told of few loans, from facts."""

from datetime import date

import numpy as np
import pytest

from evenhand.ledger import loans, told
from evenhand.ledger import made_up as m
from evenhand.ledger.facts import Draft
from evenhand.ledger.streams import append, stream

D = date(2026, 3, 1)


def test_plain_is_what_says_nothing_else() -> None:
    assert not told.is_in_own_way({"method": "flat", "every": 2, "prepay": ["lower"]})
    assert all(told.is_in_own_way({key: 0}) for key in told.OWN_WAY)
    assert told.is_in_own_way({"method": "bullet"})


def test_of_plain_loans_nothing_is_told() -> None:
    facts = m.stream(m.signed(41, D, 2), m.paid(41, D, 500), m.signed(42, D, 2, late_cap_ppm=0))
    known = told.by(facts)
    rows, _lines = loans.rows_of([fact for fact in facts if loans.begins(fact)])
    assert known.events == []
    assert {row: line.seq for row, line in known.of(rows).items()} == {1: 3}
    assert known.of(rows[np.array([0])]) == {}


@pytest.mark.django_db
def test_the_tables_tell_the_same_as_the_facts() -> None:
    paused = {"change": "interest_pause", "until": "2026-05-01", "from_day": "2026-03-01"}
    drafts = [
        m.enrolled(D),
        m.signed(41, D, 2),
        m.signed(42, D, 2, method="bullet"),
        m.signed(43, D, 2),
        m.signed(44, D, 2, late_cap_ppm=0),
        Draft("charge.waived", D, "staff:7", 44, -5, body={"part": "late", "reason": "illness"}),
        Draft(told.CHANGED, D, "staff:7", 43, cause=4, body=paused | {"shown": []}),
        m.paid(41, D, 500),
    ]
    append(9, drafts, at=m.noon(D), expected_seq=0)
    found = told.of([9], loans.terms([9]))
    assert found == told.by(stream(9))
    assert [fact.seq for fact in found.events] == [6, 7]
    assert {fact.seq for fact in found.begun.values()} == {3, 4, 5}
    one = loans.terms([9])[:1]
    assert told.of([9], one).of(one) == {}
