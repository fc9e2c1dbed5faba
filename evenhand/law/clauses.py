"""From what a pack says to clauses: one sentence each, whom it concerns and what offends it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evenhand.core import words
from evenhand.core.gate_columns import NEVER_SECOND
from evenhand.law.loader import Pack, Rule, Value
from evenhand.law.zones import midnight

CALLS = ("call", "voicebot")
MESSAGES = ("sms", "push", "email", "im")
SPOKEN_TO = ("conversation", "connected_notice", "voicemail", "sent")


@dataclass(frozen=True, slots=True)
class Counter:
    """What is counted: words of channels, outcomes (outgoing only), a span, and what must agree."""

    channels: tuple[str, ...]
    outcomes: tuple[str, ...]
    in_days: bool
    span: int
    scope: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """When a contact may be made: (weekdays, from, to) in minutes; no_holidays: not on those."""

    allow: tuple[tuple[tuple[str, ...], int, int], ...]
    no_holidays: bool

    @property
    def asks_calendar(self) -> bool:
        """Is a holiday unlike other days, or one weekday unlike another?"""
        return self.no_holidays or any(days != words.WEEKDAYS for days, _, _ in self.allow)


@dataclass(frozen=True, slots=True)
class Clause:
    """In force from `since` to `until` (instants); concerns the asks `narrows` describes.

    It is offended outside `hours`; or when `counter` has reached `most`, or not `least`; or while
    one of `triggers` is in effect; or, with none of these, by every ask it concerns. While one of
    `unless` is in effect it is excused.
    """

    rule: str
    warns: bool
    since: int
    until: int
    narrows: Mapping[str, Any]
    hours: Hours | None = None
    counter: Counter | None = None
    most: int | None = None
    least: int | None = None
    triggers: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


COUNTED = {
    "attempt_unanswered": (CALLS, ("unanswered", "busy")),
    "conversation_outbound": (CALLS, ("conversation",)),
    "connected_notice": (CALLS, ("connected_notice",)),
    "call_outbound": (CALLS, words.OUTCOMES),
    "sent": (MESSAGES, ("sent",)),
    "visit_made": (("visit",), words.OUTCOMES),
    "reached": (words.CHANNELS, SPOKEN_TO),
}
"""What each basis of counting takes in. A busy line is a dial without an answer."""

EVER = Counter(words.CHANNELS, SPOKEN_TO, True, 36_500, ("debtor", "address"))
"""Contacts that ever reached this person at this address: none before the first."""


def clauses_of(pack: Pack, since: date, until: date) -> list[Clause]:
    """The clauses of a pack in force on some day from `since` up to, but not on, `until`.

    Before and after these days none of them is: a moment outside the book finds no law and refuses.
    """
    first, last = midnight(pack.zone, since), midnight(pack.zone, until)
    return [
        clause
        for rule in pack.rules
        if rule.effect != "inform"
        for value, begins, ends in _periods(pack, rule)
        if begins < last and ends > first
        for clause in _clauses(rule, value, max(begins, first), min(ends, last))
    ]


def _periods(pack: Pack, rule: Rule) -> Iterator[tuple[Value, int, int]]:
    """Each value that says something, with the instants it begins and ends."""
    begins = [midnight(pack.zone, value.since) for value in rule.values]
    ends = [*begins[1:], NEVER_SECOND]
    for value, first, last in zip(rule.values, begins, ends, strict=True):
        if not value.ends:
            yield value, first, last


def _clauses(rule: Rule, value: Value, since: int, until: int) -> list[Clause]:
    says = value.says
    whole = Clause(
        rule=rule.id,
        warns=rule.effect == "warn",
        since=since,
        until=until,
        narrows=says.get("on", {}),
        unless=tuple(says.get("unless", ())),
    )
    if rule.type == "hours":
        return [replace(whole, hours=hours_of(says))]
    if rule.type == "frequency":
        return [replace(whole, counter=_counter(says), most=says["max"])]
    if rule.type == "precondition":
        return [replace(whole, counter=_counter(says), least=says["min"])]
    if rule.type in ("pause", "limitation"):
        return [replace(whole, triggers=tuple(says["trigger"]))]
    return [_refusing(whole, each) for each in says["refuse"]]


def _refusing(whole: Clause, said: Mapping[str, Any]) -> Clause:
    """A clause that refuses whatever it concerns: always, at first contact, or while stopped."""
    plain = ("unless", "stopped_by", "first_contact")
    first = said.get("first_contact", False)
    return replace(
        whole,
        narrows={key: value for key, value in said.items() if key not in plain},
        unless=tuple(said.get("unless", ())),
        triggers=tuple(said.get("stopped_by", ())),
        counter=EVER if first else None,
        least=1 if first else None,
    )


def hours_of(says: Mapping[str, Any]) -> Hours:
    windows = tuple(
        (tuple(each.get("days", words.WEEKDAYS)), _minutes(each["from"]), _minutes(each["to"]))
        for each in says["allow"]
    )
    return Hours(windows, says.get("no_holidays", False))


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _counter(says: Mapping[str, Any]) -> Counter:
    channels, outcomes = COUNTED[says["count"]]
    unit, n = says["window"]["unit"], says["window"]["n"]
    span = n * 60 if unit == "minutes" else n
    return Counter(channels, outcomes, unit != "minutes", span, tuple(sorted(says["scope"])))
