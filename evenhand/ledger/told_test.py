"""What is told of few loans, from facts."""

from datetime import date

import numpy as np

from evenhand.ledger import loans, told
from evenhand.ledger import made_up as m

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
