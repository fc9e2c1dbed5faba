"""The nights on which American clocks change, to the second: what may be said, and when first.

The oracle walks the clock on the wall and knows nothing of offsets or transitions.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from evenhand.site.commands import may, may_test

NEW_YORK, PHOENIX, HONOLULU = "America/New_York", "America/Phoenix", "Pacific/Honolulu"
SPRING, AUTUMN = datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
CALL = may_test.CALL | {"packs": ["us"], "by": "agency", "lender_kind": "consumer_finance"}
OPENS = {
    (SPRING, (NEW_YORK,)): "12:00",
    (SPRING, (PHOENIX,)): "15:00",
    (SPRING, (HONOLULU,)): "18:00",
    (SPRING, (NEW_YORK, HONOLULU)): "18:00",
    (SPRING, (NEW_YORK, PHOENIX)): "15:00",
    (AUTUMN, (NEW_YORK,)): "13:00",
    (AUTUMN, (PHOENIX,)): "15:00",
    (AUTUMN, (HONOLULU,)): "18:00",
    (AUTUMN, (NEW_YORK, HONOLULU)): "18:00",
    (AUTUMN, (NEW_YORK, PHOENIX)): "15:00",
}
"""The first lawful moment of the day the clocks change, by UTC: eight in the morning there."""
CLOSES = {
    (SPRING, (NEW_YORK,)): "2026-03-09T01:00",
    (SPRING, (NEW_YORK, HONOLULU)): "2026-03-09T01:00",
    (SPRING, (PHOENIX,)): "2026-03-09T04:00",
    (AUTUMN, (NEW_YORK,)): "2026-11-02T02:00",
    (AUTUMN, (NEW_YORK, HONOLULU)): "2026-11-02T02:00",
    (AUTUMN, (HONOLULU,)): "2026-11-02T07:00",
}
"""Nine in the evening of that day there, by UTC: from then on nothing."""


def answers(zones: tuple[str, ...], moments: list[datetime]) -> list[dict[str, Any]]:
    asked = [CALL | {"zones": list(zones), "at": at.isoformat()} for at in moments]
    return may.answer(asked)


def named(answer: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(answer["not_before"]).astimezone(UTC)


def lawful(zones: tuple[str, ...], at: datetime) -> bool:
    return all(8 <= at.astimezone(ZoneInfo(zone)).hour < 21 for zone in zones)


def first_lawful(zones: tuple[str, ...], at: datetime) -> datetime:
    """Walked to, minute by minute: no clock there changes within one."""
    if lawful(zones, at):
        return at
    at = at.replace(second=0) + MINUTE
    while not lawful(zones, at):
        at += MINUTE
    return at


@pytest.mark.parametrize(("night", "zones"), OPENS)
def test_the_morning_after_begins_to_the_second(night: datetime, zones: tuple[str, ...]) -> None:
    hour, minute = map(int, OPENS[night, zones].split(":"))
    opens = night.replace(hour=hour, minute=minute)
    before, at = answers(zones, [opens - SECOND, opens])
    assert (before["allowed"], named(before)) == (False, opens)
    assert {one["rule"] for one in before["refusals"]} == {"us.hours"}
    assert (at["allowed"], named(at)) == (True, opens)


@pytest.mark.parametrize(("night", "zones"), CLOSES)
def test_the_evening_ends_to_the_second(night: datetime, zones: tuple[str, ...]) -> None:
    closes = datetime.fromisoformat(CLOSES[night, zones]).replace(tzinfo=UTC)
    last, over = answers(zones, [closes - SECOND, closes])
    assert (last["allowed"], over["allowed"]) == (True, False)


def test_the_hour_that_comes_twice_is_night_both_times() -> None:
    twice = [datetime.fromisoformat(f"2026-11-01T01:30:00{east}") for east in ("-04:00", "-05:00")]
    assert [named(one) for one in answers((NEW_YORK,), twice)] == [AUTUMN.replace(hour=13)] * 2


def test_the_hour_that_never_comes_is_none() -> None:
    """From half past one it is five and a half hours to eight, not six and a half."""
    (told,) = answers((NEW_YORK,), [datetime.fromisoformat("2026-03-08T01:30:00-05:00")])
    assert named(told) == SPRING.replace(hour=12)


@pytest.mark.parametrize(("night", "zones"), OPENS)
def test_all_around_the_change_the_first_lawful_moment_is_named(
    night: datetime, zones: tuple[str, ...]
) -> None:
    moments = [night + timedelta(minutes=19 * n, seconds=17) for n in range(-60, 190)]
    told = answers(zones, moments)
    wanted = [first_lawful(zones, at) for at in moments]
    assert [named(one) for one in told] == wanted
    waits = [then - SECOND for at, then in zip(moments, wanted, strict=True) if then > at]
    assert waits and not any(one["allowed"] for one in answers(zones, waits))
    assert all(one["allowed"] for one in answers(zones, wanted))
