"""Wishes as to channel, hours and place: made and taken back with one tap, in force at once.

A wish is one fact or a few that stand together. Where one of its sort stands already, the new one
takes its place. What waits to be sent is judged again as it leaves, and meets the wish there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from evenhand.core.words import ANY, CHANNELS, PLACES, STATE_KINDS, WEEKDAYS, code
from evenhand.ledger import house, states
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.states import EVERY_WEEKDAY

DAY_MINUTES: Final = 1_440
CALLS: Final = ("call", "voicebot", "voicemail", "ringless_voicemail")
WISHED: Final = ("opt_out", "inconvenient", "workplace_forbids", "cease_request")
"""Kinds of states that are a person's wishes."""
ONE_TAP: Final = ("no_sms", "no_calls", "not_at_work", "not_at_home")
EARLIEST: Final = tuple(range(9, 19))
"""Hours before which somebody may wish not to be reached; the law's own limit is earlier."""
LATEST: Final = tuple(range(10, 21))
"""Hours after which."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish that stands: its sort, the facts it is, and what it says. `hour` for not_before and
    not_after, `weekdays` where it is about some; `since` in microseconds UTC."""

    sort: str
    seqs: tuple[int, ...]
    since: int
    hour: int = 0
    weekdays: tuple[str, ...] = ()
    channel: str = ""
    from_minute: int = 0
    until_minute: int = DAY_MINUTES


def standing(person: int, at: int) -> list[Wish]:
    """The wishes that stand at `at` (microseconds UTC), the oldest first."""
    found: dict[tuple[str, int], Wish] = {}
    held = states.states([person])
    for row in held[(held["at"] <= at) & (held["until"] > at)]:
        if STATE_KINDS[row["kind"]] not in WISHED:
            continue
        wish = _read(row)
        key = (wish.sort, 0 if wish.sort == "no_calls" else wish.seqs[0])
        if key in found:
            wish = Wish(wish.sort, (*found[key].seqs, *wish.seqs), found[key].since)
        found[key] = wish
    return list(found.values())


def wish(person: int, sort: str, *, at: int, hour: int = 0, weekdays: Sequence[str] = ()) -> None:
    """The person wishes this from now on; nothing is written where just this stands already.

    `sort` is one of ONE_TAP, or not_before or not_after with an hour, or not_on with weekdays.
    Raises streams.Moved where the stream would not stand still.
    """
    day = house.day_of(at)
    new = [Draft(kind, day, "borrower", body=body) for kind, body in _facts(sort, hour, weekdays)]

    def decide(_facts: Sequence[Fact]) -> list[Draft]:
        same = [one for one in standing(person, at) if one.sort == sort]
        if any((one.hour, one.weekdays) == (hour, tuple(weekdays)) for one in same):
            return []
        return [*(_taken_back(sort, seq, day) for one in same for seq in one.seqs), *new]

    act(person, decide, at=at)


def take_back(person: int, seq: int, *, at: int) -> bool:
    """The wish that begins with this fact stands no longer; False where none does."""
    day = house.day_of(at)

    def decide(_facts: Sequence[Fact]) -> list[Draft]:
        return [
            _taken_back(one.sort, each, day)
            for one in standing(person, at)
            if one.seqs[0] == seq
            for each in one.seqs
        ]

    return bool(act(person, decide, at=at))


def _taken_back(sort: str, seq: int, day: date) -> Draft:
    kind = "state.ended" if sort == "not_at_work" else "wish.withdrawn"
    return Draft(kind, day, "borrower", cause=seq)


def _facts(sort: str, hour: int, weekdays: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
    """Kind and body of each fact that a wish is."""
    if sort == "no_calls":
        return [("wish.opt_out", {"channel": channel}) for channel in CALLS]
    hours = {"from_minute": 0, "until_minute": DAY_MINUTES}
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "no_sms": ("wish.opt_out", {"channel": "sms"}),
        "not_at_work": ("state.began", {"state": "workplace_forbids", "place": "work"}),
        "not_at_home": ("wish.hours", {"place": "home"}),
        "not_before": ("wish.hours", hours | {"until_minute": hour * 60}),
        "not_after": ("wish.hours", hours | {"from_minute": hour * 60}),
        "not_on": ("wish.hours", hours | {"weekdays": list(weekdays)}),
    }
    return [bodies[sort]]


def _read(row: Any) -> Wish:
    """What a state that is a wish says; other_hours, no_channel and nothing for what others wrote
    down for the person in words of their own."""
    seqs, since = (int(row["seq"]),), int(row["at"])
    kind = STATE_KINDS[row["kind"]]
    if kind == "workplace_forbids":
        return Wish("not_at_work", seqs, since)
    if kind == "cease_request" or (kind == "opt_out" and row["channel"] == ANY):
        return Wish("nothing", seqs, since)
    if kind == "opt_out":
        channel = CHANNELS[row["channel"]]
        known = {"sms": "no_sms", **dict.fromkeys(CALLS, "no_calls")}
        return Wish(known.get(channel, "no_channel"), seqs, since, channel=channel)
    if row["place"] == code("home", PLACES):
        return Wish("not_at_home", seqs, since)
    return _hours(row, seqs, since)


def _hours(row: Any, seqs: tuple[int, ...], since: int) -> Wish:
    start, end = int(row["from_minute"]), int(row["until_minute"])
    every = row["weekdays"] == EVERY_WEEKDAY
    if every and start == 0 and end < DAY_MINUTES and end % 60 == 0:
        return Wish("not_before", seqs, since, hour=end // 60)
    if every and end == DAY_MINUTES and start and start % 60 == 0:
        return Wish("not_after", seqs, since, hour=start // 60)
    days = tuple(name for place, name in enumerate(WEEKDAYS) if row["weekdays"] >> place & 1)
    if (start, end) == (0, DAY_MINUTES):
        return Wish("not_on", seqs, since, weekdays=days)
    return Wish("other_hours", seqs, since, 0, days, "", start, end)
