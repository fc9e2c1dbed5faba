"""What asks offend at their own moment, by a small book written by hand."""

from typing import Any

import numpy as np
import pytest

from evenhand.core.gate_columns import MISSING, Asks, History, States
from evenhand.core.gate_history import count
from evenhand.core.gate_rules_test import (
    AGREED,
    BEGINS,
    DAY,
    EAST,
    HOUR,
    OPEN,
    PLUS_ONE,
    SENT,
    SMS,
    book,
    named,
    zones,
)
from evenhand.core.gate_weigh import BLOCK, weigh
from evenhand.core.words import ANY, CHANNELS, COLLECTORS, PURPOSES, RECIPIENTS, UNKNOWN, code

NOON = 110 * DAY + 4 * HOUR
NIGHT = 110 * DAY + 14 * HOUR
"""22:00 eight hours east."""
LETTER = code("letter", CHANNELS)


def offended(
    at: int = NOON,
    zone: Any = EAST,
    past: History | None = None,
    states: States | None = None,
    **columns: Any,
) -> tuple[set[str], set[str]]:
    """Refusals and warnings of one text message, 30 days late."""
    asks = Asks.of([at], zones(), zone, **({"channel": SMS, "days_late": 30} | columns))
    counts = count(asks, past or History.none(), book().counters)
    found = weigh(asks, counts, states or States.none(), book())
    return named(found.refusals[:, 0]), named(found.warnings[:, 0])


def sent(times: int) -> History:
    return History.of([0] * times, [NOON - HOUR] * times, channel=SMS, outcome=SENT)


def state(kind: int, **columns: Any) -> States:
    return States.of([0], [kind], [NOON - DAY], **columns)


@pytest.mark.parametrize(
    ("what", "ask", "rules"),
    [
        ("a text at noon", {}, set()),
        ("at 21:59:59", {"at": NIGHT - 1}, set()),
        ("at 22:00", {"at": NIGHT}, {"night"}),
        ("at 22:00, as agreed", {"at": NIGHT, "states": state(AGREED)}, set()),
        ("noon in one zone, 05:00 in another", {"zone": [[EAST, PLUS_ONE]]}, {"night"}),
        ("the second today", {"past": sent(1)}, set()),
        ("the third today", {"past": sent(2)}, {"daily"}),
        ("a complaint is open", {"states": state(OPEN)}, {"complaint"}),
        ("the complaint is closed", {"states": state(OPEN, end=NOON)}, set()),
        ("a letter", {"channel": LETTER}, {"letter"}),
        ("a channel nobody named", {"channel": UNKNOWN}, {"letter"}),
        ("any channel", {"channel": ANY}, {"letter"}),
        ("a holiday", {"at": NOON + 10 * DAY}, {"holidays"}),
        ("a day no calendar reaches", {"at": NOON + 2_000 * DAY}, {"holidays"}),
        ("no zone known", {"zone": UNKNOWN}, {"unknown.zone"}),
        ("facts not known", {"facts_known": False}, {"unknown.facts"}),
        ("history not known", {"history_known": False}, {"unknown.history"}),
        ("a second before the rules", {"at": BEGINS - 1}, {"unknown.law"}),
        (
            "much at once",
            {"at": NIGHT, "channel": LETTER, "states": state(OPEN), "history_known": False},
            {"night", "letter", "complaint", "unknown.history"},
        ),
    ],
)
def test_every_rule_offended_is_found(what: str, ask: dict[str, Any], rules: set[str]) -> None:
    assert offended(**ask)[0] == rules, what


@pytest.mark.parametrize(
    ("late", "warned"), [(9, True), (10, False), (11, False), (MISSING, True), (-3, True)]
)
def test_a_number_below_its_threshold_or_not_known_warns_and_refuses_nothing(
    late: int, warned: bool
) -> None:
    assert offended(days_late=late) == (set(), {"young"} if warned else set())


@pytest.mark.parametrize(
    ("what", "ask", "rules"),
    [
        ("at night", {"at": NIGHT}, set()),
        ("after too many texts", {"past": sent(9)}, set()),
        ("with a complaint open", {"states": state(OPEN)}, set()),
        ("to a guarantor", {"at": NIGHT, "to": code("guarantor", RECIPIENTS)}, set()),
        ("to an employer", {"at": NIGHT, "to": code("employer", RECIPIENTS)}, {"night"}),
        ("from an agency", {"at": NIGHT, "by": code("agency", COLLECTORS)}, {"night"}),
        ("by letter", {"at": NIGHT, "channel": LETTER}, {"night", "letter"}),
        ("no zone known", {"zone": UNKNOWN}, {"unknown.zone"}),
        ("facts not known", {"facts_known": False}, {"unknown.facts"}),
    ],
)
def test_a_one_time_code_by_text_is_stopped_by_no_hour_count_or_pause(
    what: str, ask: dict[str, Any], rules: set[str]
) -> None:
    assert offended(purpose=code("security_code", PURPOSES), **ask)[0] == rules, what


def test_a_code_in_a_batch_excuses_nobody_else() -> None:
    purposes = [code(word, PURPOSES) for word in ("collect", "security_code")]
    asks = Asks.of([NIGHT] * 2, zones(), EAST, channel=SMS, days_late=30, purpose=purposes)
    found = weigh(asks, np.zeros((1, 2), dtype=np.uint8), States.none(), book())
    assert [named(bits) for bits in found.refusals.T] == [{"night"}, set()]


def test_rows_do_not_see_each_other() -> None:
    asks = Asks.of(
        [NOON, NIGHT, BEGINS - 1], zones(), EAST, channel=[SMS, LETTER, SMS], days_late=30
    )
    states = States.of([1], [OPEN], [NOON - DAY])
    found = weigh(asks, np.zeros((1, 3), dtype=np.uint8), states, book())
    assert [named(bits) for bits in found.refusals.T] == [
        set(),
        {"night", "letter", "complaint"},
        {"unknown.law"},
    ]


def test_no_ask_is_no_refusal() -> None:
    none = Asks.of(np.array([], dtype=np.int64), zones(), np.zeros((0, 1), dtype=np.int16))
    found = weigh(none, np.zeros((1, 0), dtype=np.uint8), States.none(), book())
    assert found.refusals.shape == (1, 0)


def test_many_are_weighed_in_blocks_as_some_of_them_alone() -> None:
    rng = np.random.default_rng(4)
    many = BLOCK + 5_000
    at = rng.integers(BEGINS - DAY, BEGINS + 30 * DAY, many)
    asks = Asks.of(at, zones(), EAST, channel=rng.choice([SMS, LETTER], many), days_late=30)
    row, kind = rng.integers(0, many, 9_000), rng.choice([OPEN, AGREED], 9_000)
    states = States.of(row, kind, rng.integers(0, BEGINS + 20 * DAY, 9_000))
    counts = rng.integers(0, 4, (1, many), dtype=np.uint8)
    found = weigh(asks, counts, states, book())
    for rows in (np.arange(BLOCK - 4_000, BLOCK + 4_000), rng.permutation(many)[:4_000]):
        own = states.of_rows(rows, many)
        some = weigh(asks.take(rows, at[rows]), counts[:, rows], own, book())
        assert (found.refusals[:, rows] == some.refusals).all()
        assert (found.warnings[:, rows] == some.warnings).all()
