"""Counting contacts: which, how far back, and by whose day."""

import numpy as np
import pytest

from evenhand.core.gate_columns import NEVER_SECOND, Asks, History
from evenhand.core.gate_history import BLOCK, count, next_release
from evenhand.core.gate_rules_test import DAY, EAST, HOUR, PLUS_ONE, SENT, SMS, counters, zones
from evenhand.core.words import UNKNOWN

NOON = 110 * DAY + 4 * HOUR
"""12:00 eight hours east."""
EMAIL = 7


def ask(**columns: object) -> Asks:
    return Asks.of([NOON], zones(), columns.pop("zone", EAST), channel=SMS, **columns)  # type: ignore[arg-type]


def sent(*at: int, **columns: object) -> History:
    columns = {"channel": SMS, "outcome": SENT} | columns
    return History.of([0] * len(at), list(at), **columns)


@pytest.mark.parametrize(
    ("what", "at", "days", "counted"),
    [
        ("this morning", NOON - HOUR, 1, 1),
        ("at this very second", NOON, 1, 1),
        ("later", NOON + 1, 1, 0),
        ("the first second of today", NOON - 12 * HOUR, 1, 1),
        ("the last second of yesterday", NOON - 12 * HOUR - 1, 1, 0),
        ("yesterday, of two days", NOON - 12 * HOUR - 1, 2, 1),
        ("six days ago, of seven", NOON - 6 * DAY - 12 * HOUR, 7, 1),
        ("seven days ago, of seven", NOON - 6 * DAY - 12 * HOUR - 1, 7, 0),
    ],
)
def test_a_span_of_days_is_the_debtors_calendar_days(
    what: str, at: int, days: int, counted: int
) -> None:
    assert count(ask(), sent(at), counters(days)).tolist() == [[counted]], what


@pytest.mark.parametrize(("ago", "counted"), [(0, 1), (299, 1), (300, 0)])
def test_a_span_of_seconds_runs_back_from_the_ask(ago: int, counted: int) -> None:
    assert count(ask(), sent(NOON - ago), counters(300, in_days=False))[0, 0] == counted


@pytest.mark.parametrize(
    ("column", "value"), [("to", 1), ("address", 9), ("channel", EMAIL), ("by", 1)]
)
def test_what_must_agree_with_the_ask_must(column: str, value: int) -> None:
    past = sent(NOON - HOUR, **{column: value})
    same = {"by": "collector"}.get(column, column)
    assert count(ask(address=4), past, counters(**{same: True}))[0, 0] == 0
    assert count(ask(address=4), past, counters())[0, 0] == 1


def test_what_names_no_number_counts_against_every_number_and_towards_none() -> None:
    past = sent(NOON - HOUR, address=UNKNOWN)
    most, least = counters(address=True, unnamed=True), counters(address=True)
    assert count(ask(address=4), past, most)[0, 0] == 1
    assert count(ask(address=4), past, least)[0, 0] == 0
    assert count(ask(address=4), sent(NOON - HOUR, address=9), most)[0, 0] == 0


OWN, OTHER = 0, 1


@pytest.mark.parametrize(
    ("asked", "was", "counted"),
    [
        (OWN, OWN, 1), (OWN, OTHER, 0), (OTHER, OWN, 0), (OTHER, OTHER, 1), (OWN, UNKNOWN, 1),
        (OTHER, UNKNOWN, 1), (UNKNOWN, OWN, 1), (UNKNOWN, OTHER, 1), (UNKNOWN, UNKNOWN, 1),
    ],
)  # fmt: skip
def test_a_line_that_is_not_known_counts_with_every_line(
    asked: int, was: int, counted: int
) -> None:
    past = sent(NOON - HOUR, line=was)
    assert count(ask(line=asked), past, counters(line=True))[0, 0] == counted
    assert count(ask(line=asked), past, counters())[0, 0] == 1


def test_one_debt_in_common_is_enough() -> None:
    past = sent(NOON - HOUR, debts=0b10)
    assert count(ask(debts=0b110), past, counters(debt=True))[0, 0] == 1
    assert count(ask(debts=0b101), past, counters(debt=True))[0, 0] == 0


@pytest.mark.parametrize("columns", [{"direction": 1}, {"outcome": 0}, {"channel": 0}])
def test_only_the_sort_that_is_counted_counts(columns: dict[str, int]) -> None:
    assert count(ask(), sent(NOON - HOUR, **columns), counters())[0, 0] == 0


def test_a_contact_whose_sort_was_not_said_counts() -> None:
    assert count(ask(), sent(NOON - HOUR, outcome=UNKNOWN), counters())[0, 0] == 1


def test_of_two_zones_the_greater_count_stands() -> None:
    evening = 110 * DAY - HOUR  # 07:00 of day 110 in the east, 00:00 of day 110 an hour east
    past = sent(evening - HOUR)  # day 109 there, still day 110 in the east
    east, there, both = (
        count(Asks.of([evening], zones(), zone, channel=SMS), past, counters())[0, 0]
        for zone in ([[EAST]], [[PLUS_ONE]], [[EAST, PLUS_ONE]])
    )
    assert (east, there, both) == (1, 0, 1)


def test_counts_stop_at_255_and_each_ask_has_its_own() -> None:
    asks = Asks.of([NOON, NOON], zones(), EAST, channel=SMS)
    past = History.of([1] * 300, [NOON - 60] * 300, channel=SMS, outcome=SENT)
    assert count(asks, past, counters()).tolist() == [[0, 255]]


def test_nothing_known_is_nothing_counted() -> None:
    assert count(ask(), History.none(), counters()).tolist() == [[0]]


def test_an_entry_leaves_a_span_of_seconds_at_its_end() -> None:
    past = sent(NOON - 200, NOON - 100, NOON - 900)
    assert next_release(ask(), past, counters(300, in_days=False)).tolist() == [NOON + 100]
    assert next_release(ask(), past, counters(1)).tolist() == [NEVER_SECOND]
    assert next_release(ask(), History.none(), counters(300, in_days=False))[0] == NEVER_SECOND


def test_counting_keeps_shape_without_asks() -> None:
    none = Asks.of(np.array([], dtype=np.int64), zones(), np.zeros((0, 1), dtype=np.int16))
    assert count(none, History.none(), counters()).shape == (1, 0)


def test_many_are_counted_in_blocks_as_each_alone() -> None:
    rng = np.random.default_rng(3)
    many, entries = 5_000, 3 * BLOCK
    asks = Asks.of(np.full(many, NOON), zones(), EAST, channel=SMS)
    row = np.where(rng.random(entries) < 0.5, 7, rng.integers(0, many, entries))
    past = History.of(row, NOON - rng.integers(-DAY, 9 * DAY, entries), channel=SMS, outcome=SENT)
    found = count(asks, past, counters())
    for rows in (np.array([7]), np.array([0, 7, 4_999]), np.arange(4_000, 4_100)):
        own = past.of_rows(rows, many)
        assert (found[:, rows] == count(asks.take(rows, asks.at[rows]), own, counters())).all()
    assert found.max() == 255
