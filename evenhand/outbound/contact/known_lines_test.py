"""Whose number a phone is: the debtor's own where they hold an account, else not known; and what
Massachusetts makes of it."""

from datetime import date, timedelta

import numpy as np
import pytest

from evenhand.core.words import LINES, UNKNOWN, code
from evenhand.law import rulebook
from evenhand.ledger import streams
from evenhand.outbound.contact import known, made_up
from evenhand.people import persons

pytestmark = pytest.mark.django_db
D = date(2026, 3, 1)
OWN = code("own", LINES)
BOSTON = rulebook.rules(("us", "us-ma", "policy"), D)
BEIJING = rulebook.rules(("cn", "policy"), D)


def test_a_number_is_their_own_who_hold_an_account_also_by_their_facts_alone() -> None:
    borrowers = made_up.enrol(3, D)
    made_up.go_online(borrowers[:2], D)
    asked = np.array(borrowers)
    assert known.lines(asked, BOSTON).tolist() == [OWN, OWN, UNKNOWN]
    facts = [fact for borrower in borrowers for fact in streams.stream(borrower)]
    assert known.lines_by(facts, asked).tolist() == [OWN, OWN, UNKNOWN]


def test_nothing_is_asked_where_no_rule_counts_by_it(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert known.lines(np.array([7]), BEIJING).tolist() == [UNKNOWN]


def test_a_contact_that_says_no_address_was_on_no_line_that_is_known() -> None:
    borrowers = made_up.enrol(1, D)
    (point,) = [each.point for each in persons.points(borrowers)]
    line = np.full(3, OWN, dtype=np.int8)
    assert known.line_of(np.array([point, UNKNOWN, 0]), line).tolist() == [OWN, UNKNOWN, UNKNOWN]


def test_a_judgement_there_reads_thirty_days_back() -> None:
    reach = known.reach_seconds(BOSTON)
    assert reach >= timedelta(days=30).total_seconds()
