"""Clauses become the gate's tables: every table read back by hand."""

from typing import Any

import numpy as np
import pytest

from evenhand.core import words
from evenhand.core.gate_columns import DAY_MINUTES, MISSING
from evenhand.core.gate_rules import HOLIDAY, NOT_IN_CALENDAR, Page
from evenhand.law.clauses import Clause, Counter, Hours
from evenhand.law.pages import counter_columns, counters_of, pages, shut

DAYTIME = Hours(((words.WEEKDAYS, 480, 1320),), False)
DAILY = Counter(("sms",), ("sent",), True, 1, ("channel", "debtor"))
WEEKLY = Counter(("sms",), ("sent",), True, 7, ("channel", "debtor"))


def clause(rule: str = "toy.a", **said: Any) -> Clause:
    whole: dict[str, Any] = {"warns": False, "since": 0, "until": 10**10, "narrows": {}} | said
    return Clause(rule=rule, **whole)


def page(*clauses: Clause) -> Page:
    ids = list(dict.fromkeys(each.rule for each in clauses))
    return pages(clauses, ids, counters_of(clauses))[0]


def table(column: str, found: Page) -> list[int]:
    bits = next(each.bits for each in found.narrowings if each.column == column)
    return [int(each) for each in bits]


def test_hours_shut_what_they_do_not_allow() -> None:
    closed = shut(DAYTIME)
    assert [bool(closed[0, minute]) for minute in (0, 479, 480, 1319, 1320)] == [
        True,
        True,
        False,
        False,
        True,
    ]
    assert (closed[HOLIDAY] == closed[0]).all() and (closed[NOT_IN_CALENDAR] == closed[0]).all()


def test_a_holiday_named_is_shut_and_so_is_a_day_no_calendar_reaches() -> None:
    closed = shut(Hours(DAYTIME.allow, True))
    assert closed[HOLIDAY].all() and closed[NOT_IN_CALENDAR].all() and not closed[0, 600]


def test_hours_that_differ_by_day_are_on_a_holiday_the_narrowest() -> None:
    closed = shut(Hours(((("mon", "tue"), 540, 1260), (("sat",), 600, 660)), False))
    assert closed[6].all() and closed[HOLIDAY].all()
    assert not closed[5, 600] and closed[5, 660]


def test_the_next_turn_is_where_some_clause_opens_shuts_or_the_day_ends() -> None:
    found = page(clause(hours=DAYTIME), clause(hours=Hours(((words.WEEKDAYS, 540, 1320),), False)))
    turns = [int(found.clock_next[minute]) for minute in (0, 479, 480, 539, 540, 1320, 1439)]
    assert turns == [480, 480, 540, 540, 1320, DAY_MINUTES, DAY_MINUTES]
    assert found.clock[500] == 0b10 and found.clock[0] == 0b11


def test_a_cap_is_reached_and_a_need_is_not() -> None:
    found = page(clause(counter=DAILY, most=1), clause(counter=WEEKLY, least=3))
    assert found.caps[0, :3].tolist() == [0, 1, 1]
    assert found.caps[1, :4].tolist() == [2, 2, 2, 0]
    assert (int(found.by_count), int(found.always)) == (1, 0)


def test_clauses_with_one_counter_share_it() -> None:
    both = [clause(counter=DAILY, most=1), clause(counter=DAILY, most=3)]
    assert counters_of(both) == [DAILY]
    found = page(*both)
    assert found.caps[0, 1] == 0b01 and found.caps[0, 3] == 0b11


def test_counters_become_columns_of_outgoing_contacts() -> None:
    seconds = Counter(("call",), ("unanswered",), False, 300, ("address", "collector", "debt"))
    found = counter_columns([DAILY, seconds])
    assert found.span.tolist() == [1, 300] and found.in_days.tolist() == [True, False]
    assert found.directions.tolist() == [words.bit("out", words.DIRECTIONS)] * 2
    assert found.same_to.tolist() == [True, False] and found.same_channel.tolist() == [True, False]
    assert found.same_address.tolist() == [False, True] == found.same_debt.tolist()
    assert found.same_collector.tolist() == [False, True]


def test_states_stop_and_excuse() -> None:
    found = page(clause(triggers=("hospital",)), clause(unless=("represented",)))
    hospital = words.code("hospital", words.STATE_KINDS)
    represented = words.code("represented", words.STATE_KINDS)
    assert (found.stops[hospital], found.excuses[represented]) == (0b01, 0b10)
    assert (int(found.by_state), int(found.always)) == (0b01, 0b10)


def test_a_word_narrows_and_one_that_was_not_said_concerns_all() -> None:
    found = table("channel", page(clause(narrows={"channel": ["sms"]}), clause()))
    assert found[words.code("sms", words.CHANNELS)] == 0b11
    assert found[words.code("call", words.CHANNELS)] == 0b10
    assert found[-2:] == [0b11, 0b11]


@pytest.mark.parametrize("column", ["names_institution", "place"])
def test_an_unknown_answer_concerns_only_clauses_that_name_it(column: str) -> None:
    first = {"names_institution": "no", "place": "home"}[column]
    named = page(clause(narrows={column: [first, "unknown"]}), clause(narrows={column: [first]}))
    found = table(column, named)
    assert (found[0], found[1], found[-2]) == (0b11, 0b00, 0b01)


def test_a_set_that_misses_something_is_concerned() -> None:
    needs = {"approvals_missing": ["supervisor", "compliance"]}
    assert table("approvals", page(clause(narrows=needs))) == [1, 1, 1, 0, 1, 1]


@pytest.mark.parametrize(
    ("key", "value", "column", "threshold"),
    [
        ("staff_below", 2, "staff", 2),
        ("notice_hours_below", 24, "notice_minutes", 1440),
        ("days_late_below", 60, "days_late", 60),
        ("overdue_below", "10000.00", "overdue_minor", 1_000_000),
    ],
)
def test_a_number_below_its_threshold_is_concerned_and_so_is_none(
    key: str, value: Any, column: str, threshold: int
) -> None:
    narrowing = page(clause(narrows={key: value})).narrowings[0]
    assert narrowing.column == column
    numbers = np.array([MISSING, threshold - 1, threshold])
    reached = np.searchsorted(narrowing.edges, numbers, side="right")
    assert narrowing.bits[reached].tolist() == [1, 1, 0]


def test_a_number_that_reaches_its_threshold_is_concerned_and_so_is_none() -> None:
    narrowing = page(clause(narrows={"days_late_from": 1})).narrowings[0]
    reached = np.searchsorted(narrowing.edges, np.array([MISSING, -3, 0, 1, 90]), side="right")
    assert narrowing.bits[reached].tolist() == [1, 0, 0, 1, 1]


def test_clauses_are_in_force_between_their_instants() -> None:
    found = page(clause(since=10, until=20), clause(since=15, until=1 << 60))
    assert found.edges.tolist() == [10, 15, 20]
    assert found.in_force.tolist() == [0, 0b01, 0b11, 0b10]


def test_the_sixty_fifth_clause_begins_a_new_page() -> None:
    many = [clause(f"toy.{number}") for number in range(65)]
    ids = [each.rule for each in many]
    first, second = pages(many, ids, [])
    assert (first.word, first.rule.tolist()) == (0, list(range(64)))
    assert (second.word, int(second.always), int(second.rule[0])) == (1, 1, 0)


def test_the_rules_of_a_page_are_of_one_word() -> None:
    """Two clauses a rule: 64 of a page are 32 rules; with three before them a word ends within."""
    twice = [clause(f"toy.{number}") for number in range(3, 70) for _clause in range(2)]
    ids = [f"toy.{number}" for number in range(70)]
    found = pages(twice, ids, [])
    assert [each.word for each in found] == [0, 0, 1]
    named = [ids[each.word * 64 + number] for each in found for number in each.rule[_held(each)]]
    assert named == [each.rule for each in twice]


def _held(found: Page) -> list[int]:
    return [place for place in range(64) if int(found.always) >> place & 1]


def test_a_warning_is_marked() -> None:
    assert int(page(clause(), clause(warns=True)).warned) == 0b10
