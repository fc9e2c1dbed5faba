"""A loan walked night by night, event by event, line by line, late interest in Decimal: what the
fold of columns is held against, through histories of thirty events and more.

What a change makes of the terms is `relief`'s, and what is earned by a day `payoff`'s: both have
oracles of their own. All before and after is walked here: nights, the cap, purses in any order,
waivers, what a pay-off gives back, what falls away.
"""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np

from evenhand.core.allocation import Parts
from evenhand.core.columns import Ints, KeyedError
from evenhand.core.days import NEVER
from evenhand.core.history import CHANGED, History
from evenhand.core.late_cap import NO_CAP
from evenhand.core.loan_fold import Agreed, Stood, opening, stand_through
from evenhand.core.loan_fold_test import joined
from evenhand.core.orders import PAIRS, PARTS
from evenhand.core.payoff import earned_interest
from evenhand.core.position import Position, Sums, summed
from evenhand.core.relief import changed
from evenhand.core.relief_words import LONGER_TERM, PREPAID, Change
from evenhand.core.schedule import schedule
from evenhand.core.shape import monthly_equal
from evenhand.core.terms import Terms

START = 20_000
LATE, FEE, INTEREST, PRINCIPAL = range(4)


@dataclass(frozen=True)
class Event:
    """`learnt` is its seq; `change` the numbers of a Change, but its money."""

    day: int
    learnt: int
    what: int
    amount: int = 0
    part: int = 0
    change: tuple[int, ...] = ()


@dataclass(frozen=True)
class Deal:
    """One loan as agreed, and what happened to it and was not taken back."""

    principal: int
    count: int
    late_rate: int
    fee: int
    cap: int
    order: tuple[list[str], bool, str]
    events: tuple[Event, ...]


@dataclass
class Line:
    """One instalment: what of each part is owed (late interest but what accrued), and principal x
    late nights."""

    due_on: int
    late_from: int
    owed: list[int]
    rate: int
    nights: int = 0

    @property
    def charged(self) -> int:
        exact = Decimal(self.nights * self.rate) / Decimal(360 * 10**6)
        return int(exact.to_integral_value(ROUND_HALF_EVEN))

    def of(self, part: int) -> int:
        return self.owed[part] + (self.charged if part == LATE else 0)


class Walk:
    """The loan walked to the end of a day."""

    def __init__(self, deal: Deal, until: int) -> None:
        self.deal, self.day, self.capped_on = deal, START - 100, NEVER
        self.before = self.over = self.paid = 0
        book = opening(agreed([deal]))
        self.shape = book.shape
        self.open(book.terms)
        for event in sorted(deal.events, key=lambda event: (event.day, event.learnt)):
            if event.day <= until:
                self.nights(event.day)
                (self.pays, self.waives, self.changes, self.is_paid_off)[event.what](event)
        self.nights(until)

    def open(self, terms: Terms) -> None:
        self.terms = terms
        parts = (terms.late_brought_minor, terms.fee_minor, terms.interest_minor,
                 terms.principal_minor)  # fmt: skip
        self.lines = [
            Line(int(terms.due_on[0, n]), int(terms.late_from[0, n]),
                 [int(part[0, n]) for part in parts if part is not None], self.deal.late_rate)
            for n in range(int(terms.count[0]))
        ]  # fmt: skip

    @property
    def charged(self) -> int:
        return self.before + sum(line.charged for line in self.lines)

    def nights(self, until: int) -> None:
        """Each night bears late interest, unless that would pass the cap."""
        while self.day < until:
            self.day += 1
            if self.capped_on != NEVER:
                continue
            bear = [one for one in self.lines if max(one.due_on, one.late_from) < self.day]
            for line in bear:
                line.nights += line.owed[PRINCIPAL]
            if self.deal.cap != NO_CAP and self.charged > self.deal.cap:
                self.capped_on = self.day - 1
                for line in bear:
                    line.nights -= line.owed[PRINCIPAL]

    def purse(self, money: int, most: int = NEVER) -> int:
        """Money pays in the deal's order what is due up to `most`; what is left of it."""
        for line, part in self.turns():
            if line.due_on <= most:
                taken = min(money, line.of(part))
                line.owed[part] -= taken
                money -= taken
        return money

    def turns(self) -> list[tuple[Line, int]]:
        pairs, vertical, advance = self.deal.order
        split = [pair.rsplit("_", 1) for pair in pairs]
        named = [(state, PARTS.index(part)) for state, part in split]
        states = list(dict.fromkeys(state for state, _part in named))
        if vertical:
            return [(line, part) for state, part in named for line in self.of(state, advance)]
        return [
            (line, part)
            for state in states
            for line in self.of(state, advance)
            for own, part in named
            if own == state
        ]

    def of(self, state: str, advance: str) -> list[Line]:
        sign = {"past_due": -1, "due": 0, "in_advance": 1}[state]
        found = [one for one in self.lines
                 if (one.due_on > self.day) - (one.due_on < self.day) == sign]  # fmt: skip
        return found[::-1] if state == "in_advance" and advance == "last" else found

    def pays(self, event: Event) -> None:
        self.paid += event.amount
        self.over += self.purse(event.amount)

    def waives(self, event: Event) -> None:
        money, terms = event.amount, self.terms
        columns = {FEE: "fee_minor", INTEREST: "interest_minor"}
        agreed = {part: getattr(terms, name).copy() for part, name in columns.items()}
        for n, line in enumerate(self.lines):
            taken = min(money, line.of(event.part))
            line.owed[event.part] -= taken
            money -= taken
            if event.part in agreed:
                agreed[event.part][0, n] -= taken
        assert terms.waited_minor is not None and terms.earned_minor is not None
        waited = np.minimum(terms.waited_minor, agreed[INTEREST])
        earned = np.minimum(terms.earned_minor, agreed[INTEREST] - waited)
        self.terms = replace(terms, fee_minor=agreed[FEE], interest_minor=agreed[INTEREST],
                             waited_minor=waited, earned_minor=earned)  # fmt: skip

    def is_paid_off(self, event: Event) -> None:
        terms, back = self.terms, 0
        assert terms.fee_minor is not None
        earned = earned_interest(terms, self.shape.disbursed_on, np.array([event.day]))
        fee = terms.fee_minor.copy()
        for n, line in enumerate(self.lines):
            if line.due_on > event.day:
                paid = int(terms.interest_minor[0, n]) - line.owed[INTEREST]
                back += max(paid - int(earned[0, n]), 0) + int(fee[0, n]) - line.owed[FEE]
                line.owed[INTEREST] = max(int(earned[0, n]) - paid, 0)
                line.owed[FEE] = fee[0, n] = 0
        self.terms = replace(terms, interest_minor=earned, fee_minor=fee, earned_minor=earned,
                             waited_minor=np.zeros_like(earned))  # fmt: skip
        self.over += self.purse(back)

    def changes(self, event: Event) -> None:
        self.paid += event.amount
        rest = self.purse(event.amount, event.day)
        try:
            if event.amount and not rest:
                raise KeyedError("money", 0, "nothing is left of it")
            change = change_of([(*event.change, rest)])
            made = changed(self.terms, self.shape, self.position(), change)
        except KeyedError:
            self.over += self.purse(rest)
            return
        self.before, self.shape = self.charged, made.shape
        self.open(made.terms)

    def position(self) -> Position:
        late, fee, interest, principal = (self.column(part) for part in range(len(PARTS)))
        none = np.zeros(1, dtype=np.int64)
        sums = Sums(Parts(late, interest, principal), none, none, none, fee)
        return summed(self.terms, sums, np.array([self.day]))

    def column(self, part: int) -> Ints:
        made = np.zeros_like(self.terms.due_on)
        made[0, : len(self.lines)] = [line.of(part) for line in self.lines]
        return made


def change_of(numbers: list[tuple[int, ...]]) -> Change:
    table = np.array(numbers, dtype=np.int64).reshape(-1, 7)
    word, count, due_day, rate, until, runs, money = table.T
    return Change(word, count, due_day, rate, until, runs > 0, money)


def agreed(deals: list[Deal]) -> Agreed:
    principal, count, late_rate, fee, cap = (
        np.array([getattr(deal, name) for deal in deals], dtype=np.int64)
        for name in ("principal", "count", "late_rate", "fee", "cap")
    )
    one = np.ones(len(deals), dtype=np.int64)
    shape = monthly_equal(principal, one * 120_000, one * START, count)
    plan = schedule(shape)
    held = plan.due_on != NEVER
    zero = np.zeros_like(plan.due_on)
    terms = Terms(one, late_rate, one * 360, count, plan.due_on, plan.principal_minor,
                  plan.interest_minor, zero, np.where(held, 0, NEVER), None,
                  held * fee[:, None])  # fmt: skip
    return Agreed(terms, shape, joined([deal.order for deal in deals]), cap)


def history(deals: list[Deal]) -> History:
    lines: list[tuple[int, ...]] = []
    changes: list[tuple[int, ...]] = []
    for row, deal in enumerate(deals):
        for event in sorted(deal.events, key=lambda event: (event.day, event.learnt)):
            lines.append((row, event.day, event.what, event.amount, event.part, len(changes)))
            if event.what == CHANGED:
                changes.append((*event.change, 0))
    rows, days, what, amount, part, change = np.array(lines, dtype=np.int64).reshape(-1, 6).T
    return History(rows, days, what, amount, part, change * (what == CHANGED), change_of(changes))


def folded(deals: list[Deal], on: int) -> Stood:
    return stand_through(agreed(deals), history(deals), on)


def test_one_by_hand() -> None:
    """1,000.00 at 12 % in two of 507.51. On the first due day 607.51 come, and are to make the rest
    smaller: 100.00 are paid ahead, 402.49 are left, and a month's interest on them is 4.02."""
    deal = Deal(1_000_00, 2, 0, 0, NO_CAP, (list(PAIRS), False, "next"), ())
    first = int(agreed([deal]).terms.due_on[0, 0])
    paid = Event(first, 1, CHANGED, 607_51, 0, (PREPAID[0], 0, 0, 0, NEVER, 0))
    stood = folded([replace(deal, events=(paid,))], first)
    assert stood.position.owed_principal.tolist() == [[0, 402_49]]
    assert stood.position.owed_interest.tolist() == [[0, 4_02]]


def test_changes_that_cannot_be_change_nothing_however_many_loans_ask() -> None:
    """No more instalments than are left, of three loans at once; a fourth has three from then."""
    deal = Deal(1_000_00, 2, 0, 0, NO_CAP, (list(PAIRS), False, "next"), ())
    several = [replace(deal, events=(Event(START + 5, 1, CHANGED, 0, 0, (LONGER_TERM, n, 0, 0,
               NEVER, 0)),)) for n in (1, 2, 2, 3)]  # fmt: skip
    for loans, kept in ((several[:3], [False] * 3), (several, [False, False, False, True])):
        stood = folded(loans, START + 5)
        assert stood.kept.tolist() == kept
        assert stood.terms.count.tolist() == [3 if longer else 2 for longer in kept]
