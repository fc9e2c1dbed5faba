"""A day's statement twice: as it was known that evening and as known now, and why they differ."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from evenhand.law import written
from evenhand.ledger import house
from evenhand.ledger.facts import Fact
from evenhand.ledger.statement import (
    REVERSED,
    Closing,
    Statement,
    moves_money,
    opened_on,
    statement,
)

ROWS: Final = (
    "due_minor", "late_interest_minor", "ahead_minor", "overpaid_minor", "owed_minor",
    "outstanding_minor",
)  # fmt: skip
ALWAYS: Final = ("due_minor", "owed_minor")


class Later(NamedTuple):
    """What changes a day's statement and was learnt after it: a fact that counts from `day`."""

    kind: str
    seq: int
    day: date
    learnt: date
    minor: int


class Views(NamedTuple):
    """A day's statement as it was known that evening, None where we knew of no such loan yet; as
    known now; and why they differ."""

    then: Statement | None
    now: Statement
    later: list[Later]

    @property
    def rows(self) -> list[tuple[str, int, int]]:
        """Name and both views of each figure of the closing that is not nothing; what was due and
        what was owed always."""
        closings = ((self.then or self.now).closing, self.now.closing)
        named = [(name, *(getattr(each, name) for each in closings)) for name in ROWS]
        return [row for row in named if row[0] in ALWAYS or any(row[1:])]

    @property
    def told(self) -> str:
        """The figure of the closing that tells the difference: what was due, else all that was
        owed; empty where both are as they were known."""
        if self.then is None:
            return ""
        pairs = {name: self._pair(name) for name in ("due_minor", "owed_minor", "overpaid_minor")}
        return next((name for name, (then, now) in pairs.items() if then != now), "")

    @property
    def then_minor(self) -> int:
        """That figure as it was known that evening."""
        return self._pair(self.told)[0]

    @property
    def now_minor(self) -> int:
        """That figure as known now."""
        return self._pair(self.told)[1]

    def _pair(self, name: str) -> tuple[int, int]:
        then, now = (self.then or self.now).closing, self.now.closing
        return int(getattr(then, name)), int(getattr(now, name))


def figures(closing: Closing) -> list[tuple[str, int]]:
    """Name and amount of each figure that is not nothing; what was due and what was owed always."""
    named = [(name, int(getattr(closing, name))) for name in ROWS]
    return [row for row in named if row[0] in ALWAYS or row[1]]


class Asked(NamedTuple):
    """A loan's statement as somebody asks for it, from its `first` day to the `last`, today:
    `views` is None where what they `typed` is no such day."""

    loan: int
    first: date
    last: date
    typed: str
    views: Views | None

    def shown(self, known: str) -> Statement | None:
        """The view whose movements are to be shown: as known `then`, or else as known now."""
        if self.views is None:
            return None
        return self.views.then if known == "then" and self.views.then else self.views.now


def asked(facts: Sequence[Fact], loan: int, typed: str, today: date) -> Asked | None:
    """The statement of the day that was typed, of today where none was; None where the borrower of
    these facts has no such loan."""
    first = opened_on(facts, loan, today)
    if first is None:
        return None
    typed = typed.strip() or today.isoformat()
    on = _day(typed)
    chosen = on if on and first <= on <= today else None
    views = views_of(facts, loan, chosen) if chosen else None
    return Asked(loan, first, today, typed, views)


def known_by(facts: Sequence[Fact], day: date) -> list[Fact]:
    """What was known at the end of a day: the facts learnt by then."""
    return [fact for fact in facts if house.day_of(fact.at) <= day]


def views_of(facts: Sequence[Fact], loan: int, on: date) -> Views | None:
    """The loan's statement for `on`, then and now; None where there is none now."""
    own = [fact for fact in facts if fact.loan == loan and moves_money(fact)]
    now, known = statement(own, loan, on), known_by(own, on)
    if now is None:
        return None
    then = now if known == own else statement(known, loan, on)
    return Views(then, now, later(own, loan, on))


def later(facts: Sequence[Fact], loan: int, on: date) -> list[Later]:
    """What changes the statement of `on` and was learnt after that day: money that counts from then
    or before, what was taken back, what was agreed backwards; in the order of learning. What was
    paid and taken back both after that day changes nothing."""
    paid = {fact.seq: fact for fact in facts if fact.kind == "payment.received"}
    gone = {fact.cause for fact in facts if fact.kind == REVERSED}
    unheard = {seq for seq in gone if house.day_of(paid[seq].at) > on}
    found = [
        Later(
            fact.kind,
            fact.seq,
            (paid[fact.cause] if fact.kind == REVERSED else fact).day,
            house.day_of(fact.at),
            abs(fact.amount),
        )
        for fact in facts
        if moves_money(fact) and fact.loan == loan and not {fact.seq, fact.cause} & unheard
    ]
    return [each for each in found if each.day <= on < each.learnt]


def _day(typed: str) -> date | None:
    try:
        return written.day(typed)
    except ValueError:
        return None
