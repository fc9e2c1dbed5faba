"""From what a pack says to clauses: one sentence each, whom it concerns and what offends it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from evenhand.core import words
from evenhand.core.gate_columns import NEVER_SECOND
from evenhand.law.loader import Pack, Rule, Value
from evenhand.law.zones import midnight

CALLS = ("call", "voicebot")
RINGING = ("call", "voicebot", "voicemail", "ringless_voicemail")
MESSAGES = ("sms", "push", "email", "im")
BOTH_WAYS = ("out", "in")
CONNECTED = ("unanswered", "conversation", "connected_notice", "voicemail", "sent")
SPOKEN_TO = ("conversation", "connected_notice", "voicemail", "sent")


@dataclass(frozen=True, slots=True)
class Counter:
    """What is counted: words of channels and outcomes, a span, what must agree, which way.

    `unanswered`: what came in and nothing went out to since. `but_consented`: no call made under
    a consent given before. `unnamed`: what names no address counts with every address; so where
    only so many are allowed, and not where so many are wanted first.
    """

    channels: tuple[str, ...]
    outcomes: tuple[str, ...]
    in_days: bool
    span: int
    scope: tuple[str, ...]
    directions: tuple[str, ...] = ("out",)
    unanswered: bool = False
    but_consented: bool = False
    unnamed: bool = False


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
    one of `triggers` is in effect (with a counter: by both together); or, with none of these, by
    every ask it concerns. While one of `unless` is in effect it is excused.
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


class Basis(NamedTuple):
    """What a count takes in."""

    channels: tuple[str, ...]
    outcomes: tuple[str, ...]
    directions: tuple[str, ...] = ("out",)
    but_consented: bool = False


COUNTED = {
    "attempt_unanswered": Basis(CALLS, ("unanswered", "busy")),
    "conversation_outbound": Basis(CALLS, ("conversation",)),
    "conversation_any_direction": Basis(CALLS, ("conversation",), BOTH_WAYS),
    "connected_notice": Basis(CALLS, ("connected_notice",)),
    "connected_outbound": Basis(RINGING, CONNECTED, but_consented=True),
    "call_outbound": Basis(CALLS, words.OUTCOMES),
    "initiated_outbound": Basis((*RINGING, "sms"), words.OUTCOMES),
    "sent": Basis(MESSAGES, ("sent",)),
    "received": Basis(MESSAGES, ("sent",), ("in",)),
    "visit_made": Basis(("visit",), words.OUTCOMES),
    "reached": Basis(words.CHANNELS, SPOKEN_TO),
}
"""What each basis of counting takes in. A busy line is a dial without an answer; a call connects
where it rings out, too (12 CFR 1006.14(b)(3)(ii)), and not where the line is busy or dead."""

EVER = Counter(words.CHANNELS, SPOKEN_TO, True, 36_500, ("debtor", "address"))
"""Contacts that ever reached this person at this address: none before the first."""
UNANSWERED = Counter(
    words.CHANNELS, words.OUTCOMES, True, 36_500, ("channel",), ("in",), unanswered=True
)
"""What the person said by this channel and nobody has replied to."""


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
    begins = [midnight(pack.zone, value.since) for value in rule.binding]
    ends = [*begins[1:], NEVER_SECOND][: len(begins)]
    for value, first, last in zip(rule.binding, begins, ends, strict=True):
        if not value.ends:
            yield value, first, last


def _clauses(rule: Rule, value: Value, since: int, until: int) -> list[Clause]:
    says = value.says
    concerns = says.get("on", {})
    return [
        clause
        for narrows in (concerns if isinstance(concerns, list) else [concerns])
        for clause in _concerning(
            Clause(
                rule=rule.id,
                warns=rule.effect == "warn",
                since=since,
                until=until,
                narrows=narrows,
                unless=tuple(says.get("unless", ())),
            ),
            rule.type,
            says,
        )
    ]


def _concerning(whole: Clause, kind: str, says: Mapping[str, Any]) -> list[Clause]:
    """What a value says to those its `on` concerns."""
    if kind == "hours":
        return [replace(whole, hours=hours_of(says))]
    if kind == "frequency":
        return [replace(whole, counter=_counter(says, unnamed=True), most=says["max"])]
    if kind == "gap":
        window = {"unit": "rolling_days", "n": says["days"]}
        counted = {"count": says["after"], "window": window, "scope": says["scope"]}
        counter = _counter(counted, unnamed=True)
        return [replace(whole, counter=counter, most=1)]
    if kind in ("precondition", "consent"):
        return [replace(whole, counter=_counter(says), least=says["min"])]
    if kind in ("pause", "limitation"):
        return [replace(whole, triggers=tuple(says["trigger"]))]
    return [_refusing(whole, each) for each in says["refuse"]]


PLAIN = ("unless", "stopped_by", "first_contact", "unless_answering", "contacted_before")


def _refusing(whole: Clause, said: Mapping[str, Any]) -> Clause:
    """A clause that refuses whatever it concerns: always, while stopped, or by what was before.

    `first_contact`: the first only. `unless_answering`: all but one answer to what the person said
    last by this channel. `contacted_before`: once this person was spoken to.
    """
    counters = {
        "first_contact": {"counter": EVER, "least": 1},
        "unless_answering": {"counter": UNANSWERED, "least": 1},
        "contacted_before": {"counter": replace(EVER, unnamed=True), "most": 1},
    }
    counted: dict[str, Any] = next((counters[key] for key in counters if said.get(key)), {})
    return replace(
        whole,
        narrows={**whole.narrows, **{k: v for k, v in said.items() if k not in PLAIN}},
        unless=(*whole.unless, *said.get("unless", ())),
        triggers=tuple(said.get("stopped_by", ())),
        **counted,
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


def _counter(says: Mapping[str, Any], *, unnamed: bool = False) -> Counter:
    basis = COUNTED[says["count"]]
    unit, n = says["window"]["unit"], says["window"]["n"]
    span = n * 60 if unit == "minutes" else n
    scope = tuple(sorted(says["scope"]))
    return Counter(
        basis.channels,
        basis.outcomes,
        unit != "minutes",
        span,
        scope,
        basis.directions,
        but_consented=basis.but_consented,
        unnamed=unnamed and "address" in scope,
    )
