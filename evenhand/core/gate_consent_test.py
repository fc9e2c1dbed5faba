"""How long a consent given before lasts, and which calls were made under it."""

from datetime import datetime

import numpy as np
import pytest

from evenhand.core.gate_columns import NEVER_SECOND, Asks, History, States, Zones
from evenhand.core.gate_consent import CONSENT, with_consents
from evenhand.core.gate_time import key_of
from evenhand.core.words import CHANNELS, DIRECTIONS, OUTCOMES, UNKNOWN, code

CHICAGO, LOS_ANGELES = "America/Chicago", "America/Los_Angeles"
HOUR = 3_600
TABLE = Zones(
    names=(CHICAGO, LOS_ANGELES),
    key=key_of(np.array([0, 1]), -NEVER_SECOND),
    offset=np.array([-5 * HOUR, -7 * HOUR]),
    until=np.array([NEVER_SECOND, NEVER_SECOND]),
)


def second(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def asks(*names: str) -> Asks:
    codes = [[TABLE.names.index(name) for name in names] or [UNKNOWN]]
    return Asks.of([second("2026-04-20T12:00:00-05:00")], TABLE, codes)


def consent(at: str) -> States:
    return States.of([0], [CONSENT], [second(at)])


def talk(at: str, direction: str = "out", outcome: str = "conversation") -> History:
    return History.of(
        [0],
        [second(at)],
        channel=code("call", CHANNELS),
        direction=code(direction, DIRECTIONS),
        outcome=code(outcome, OUTCOMES),
    )


RANG_OUT = talk("2026-04-06T10:00:00-05:00", "out", "unanswered")


@pytest.mark.parametrize(
    ("names", "history", "ends"),
    [
        ((CHICAGO,), History.none(), "2026-04-10T00:00:00-05:00"),
        # The earliest midnight of all zones the person may be in.
        ((LOS_ANGELES, CHICAGO), History.none(), "2026-04-10T00:00:00-05:00"),
        ((CHICAGO,), talk("2026-04-06T10:00:00-05:00"), "2026-04-06T10:00:00-05:00"),
        ((CHICAGO,), talk("2026-04-06T10:00:00-05:00", "in"), "2026-04-06T10:00:00-05:00"),
        ((CHICAGO,), RANG_OUT, "2026-04-10T00:00:00-05:00"),
        ((CHICAGO,), talk("2026-04-02T10:00:00-05:00"), "2026-04-10T00:00:00-05:00"),
    ],
)
def test_it_lasts_the_day_and_six_more_or_until_they_talk(
    names: tuple[str, ...], history: History, ends: str
) -> None:
    _, states = with_consents(asks(*names), history, consent("2026-04-03T10:04:00-05:00"))
    assert states.end.tolist() == [second(ends)]


@pytest.mark.parametrize(
    ("at", "under"),
    [
        ("2026-04-03T10:00:00-05:00", False),
        ("2026-04-05T10:00:00-05:00", True),
        ("2026-04-10T00:00:01-05:00", False),
    ],
)
def test_a_call_made_under_it_is_marked(at: str, under: bool) -> None:
    history = talk(at, outcome="unanswered")
    marked, _ = with_consents(asks(CHICAGO), history, consent("2026-04-03T10:04:00-05:00"))
    assert marked.consented.tolist() == [under]


def test_without_a_consent_nothing_is_touched() -> None:
    history, states = talk("2026-04-03T10:00:00-05:00"), States.none()
    assert with_consents(asks(CHICAGO), history, states) == (history, states)


def test_where_no_zone_is_known_only_a_talk_ends_it() -> None:
    _, states = with_consents(asks(), History.none(), consent("2026-04-03T10:04:00-05:00"))
    assert states.end.tolist() == [NEVER_SECOND]
    assert np.array_equal(states.kind, [CONSENT])
