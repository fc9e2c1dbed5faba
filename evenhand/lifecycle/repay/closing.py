"""What pays a loan off on a day to come, by what is known today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from evenhand.law import written
from evenhand.ledger import house
from evenhand.ledger.facts import Draft, Fact, supposed
from evenhand.lifecycle.repay import figures, owing, sum_words
from evenhand.lifecycle.repay.owing import Owing
from evenhand.lifecycle.repay.parts import Part
from evenhand.lifecycle.repay.sum_words import Told

AHEAD: Final = timedelta(days=60)
"""How far ahead a day may lie."""


class Closing(NamedTuple):
    """A loan's pay-off on a day. `one` is the loan as it stands then if nothing is paid before;
    `kept` the same if what falls due before (`between`) is paid on its due day, None where nothing
    does. `typed` is the day as it was asked for: where it `is_wrong`, the pay-off is today's.
    """

    today: int
    one: Owing
    between: tuple[Part, ...]
    kept: Owing | None
    typed: str
    is_wrong: bool

    @property
    def between_minor(self) -> int:
        return sum(part.total_minor for part in self.between)

    @property
    def is_today(self) -> bool:
        return self.one.on == self.today

    @property
    def told(self) -> Told:
        """The sum of it, in the reader's language."""
        found = figures.sum_of(self.one, "pay-off")
        assert found is not None, "something is owed"
        return sum_words.told(found, self.one.currency)

    @property
    def first(self) -> date:
        return house.day_from(self.today)

    @property
    def last(self) -> date:
        return self.first + AHEAD


def day_of(text: str, today: date) -> date | None:
    """The day a person asks for: from today to `AHEAD` later; None for any other text.

    >>> day_of("2026-03-31", date(2026, 3, 2)), day_of("2026-06-31", date(2026, 3, 2))
    (datetime.date(2026, 3, 31), None)
    """
    try:
        day = written.day(text)
    except ValueError:
        return None
    return day if today <= day <= today + AHEAD else None


def closing(facts: Sequence[Fact], now: Owing, typed: str) -> Closing | None:
    """The pay-off of the day asked for, of today where none is (`typed` empty), of a loan as it
    stands today; None where nothing is owed on it then."""
    today = house.day_from(now.on)
    day = day_of(typed, today) if typed else today
    then = house.day_number(day or today)
    one = now if then == now.on else owing.on_facts(facts, now.loan, then)
    if one is None or one.paid_off:
        return None
    between = tuple(part for part in now.book.unpaid if now.on <= part.due_on < then)
    kept = _kept(facts, now.loan, between, then) if between else None
    return Closing(now.on, one, between, kept, typed, day is None)


def _kept(facts: Sequence[Fact], loan: int, between: Sequence[Part], then: int) -> Owing | None:
    more = list(facts)
    for part in between:
        day = house.day_from(part.due_on)
        draft = Draft("payment.received", day, "house", loan, part.total_minor)
        more.append(supposed(more, draft))
    return owing.on_facts(more, loan, then)
