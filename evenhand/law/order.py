"""Days in order: a pack's reviews, its instruments, the values of a rule and what they rest on."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from evenhand.law.schema import refuse_unless


class Span(NamedTuple):
    """From the first day up to, but not on, the last; `until` is None where no end is known."""

    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def refuse_reviews(head: Mapping[str, Any]) -> None:
    """A pack is reviewed again after it was."""
    ordered = head["reviewed_on"] < head["review_again_on"]
    refuse_unless(ordered, "review_again_on is not after reviewed_on")


def refuse_instrument(said: Mapping[str, Any]) -> None:
    """An instrument ends after it began."""
    refuse_unless("until" not in said or said["from"] < said["until"], "until is not after from")


def refuse_values(since: Sequence[date]) -> None:
    """The values of a rule begin on rising days."""
    refuse_unless(bool(since), "has no value")
    for before, after in pairwise(since):
        refuse_unless(before != after, f"{after}: two values overlap")
        refuse_unless(before < after, f"{after}: out of order")


def refuse_unfounded(value: Span, instruments: Sequence[Span], *, ends: bool) -> None:
    """On its first day, and to its end, a value rests on an instrument that is in force; one that
    `ends` a rule on what had begun."""
    day = value.since
    begun = any(each.since <= day for each in instruments)
    refuse_unless(begun, f"{day}: begins before every instrument it is taken from")
    if ends:
        return
    held = any(each.holds_on(day) for each in instruments)
    refuse_unless(held, f"{day}: begins when every instrument it is taken from has ended")
    last = max(each.until or date.max for each in instruments)
    outlived = (value.until or date.max) > last
    refuse_unless(not outlived, f"{day}: goes on after every instrument has ended on {last}")
