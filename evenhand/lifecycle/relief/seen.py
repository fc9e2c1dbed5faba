"""A change of a loan before it is one: what is paid when, before and after, to the cent.

Worked out by `ledger.changes`, which supposes the fact and stands the loan again: what is seen is
what then happens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from evenhand.core.columns import KeyedError
from evenhand.ledger import changes, house, loans
from evenhand.ledger.changes import Row
from evenhand.ledger.facts import Fact
from evenhand.ledger.one_loan import Here


class Line(NamedTuple):
    """What is still owed of one instalment, numbered as in its schedule, in minor units;
    `cost_minor` of it is interest, late interest and fees."""

    n: int
    day: date
    pay_minor: int
    cost_minor: int


class Side(NamedTuple):
    """What is owed of a loan, instalment by instalment."""

    lines: tuple[Line, ...]

    @property
    def pay_minor(self) -> int:
        return sum(line.pay_minor for line in self.lines)

    @property
    def cost_minor(self) -> int:
        return sum(line.cost_minor for line in self.lines)

    @property
    def end_on(self) -> date:
        return self.lines[-1].day


class Seen(NamedTuple):
    """A loan on the day from which a change counts, before and after it."""

    here: Here
    change: Mapping[str, Any]
    before: Side
    after: Side

    @property
    def more_minor(self) -> int:
        """What all that is paid comes to more than before; below zero what it comes to less."""
        return self.after.pay_minor - self.before.pay_minor

    @property
    def less_minor(self) -> int:
        return -self.more_minor

    @property
    def later_days(self) -> int:
        """How many days later the last instalment is."""
        return (self.after.end_on - self.before.end_on).days

    @property
    def pairs(self) -> list[tuple[int, Line | None, Line | None]]:
        """What is paid before and after, side by side, by the number of the instalment."""
        before, after = (
            {line.n: line for line in side.lines} for side in (self.before, self.after)
        )
        return [(n, before.get(n), after.get(n)) for n in sorted(before.keys() | after.keys())]


def seen(facts: Sequence[Fact], at: Here, change: Mapping[str, Any]) -> Seen:
    """A loan on a day without and with a change from that day. KeyedError names the number that
    cannot be, or `from_day` where nothing is left to change."""
    found = changes.preview(facts, at.loan, change, at.on)
    if not found.after:
        raise KeyedError("from_day", 0, "nothing is owed")
    return Seen(at, change, _side(found.before), _side(found.after))


def agreed_days(facts: Sequence[Fact], loan: int) -> tuple[date, date]:
    """The first and the last day of a loan as it was agreed."""
    begun = [fact for fact in facts if fact.loan == loan and loans.begins(fact)][-1].body
    first, last = begun["disbursed_on"], begun["instalments"][-1][0]
    return date.fromisoformat(first), date.fromisoformat(last)


def _side(rows: Sequence[Row]) -> Side:
    return Side(
        tuple(
            Line(
                row.n,
                house.day_from(row.due_on),
                row.total_minor,
                row.total_minor - row.principal_minor,
            )
            for row in rows
        )
    )
