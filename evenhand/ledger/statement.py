"""A loan's statement on a past day: every movement of what is due, and where it then stood.

What is due rises as instalments fall due and late interest runs, and falls as money comes. Each
movement has the day from which it counts and the day we learnt of it; together they come to the
closing balance, to the cent. From the facts known by the end of the day it is the statement as it
was known then, from all facts the one as known now; they differ only by what `later` names.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from evenhand.core.columns import Ints
from evenhand.ledger import house, kinds, standing
from evenhand.ledger.facts import Fact
from evenhand.ledger.loans import begins, words_of
from evenhand.ledger.standing import Standing

ORDER: Final = ("late_interest", "due", "all_due", "waived", "paid", "reversed", "returned")
"""What moves, in the order of a day: late interest up to it, what falls due, then money."""
REVERSED: Final = "payment.reversed"


class Movement(NamedTuple):
    """What changes what is due: `minor` more of it, or less below zero; `balance_minor` after it.

    `day` is when it counts: of what was taken back the day of the payment. `n` is the instalment
    that fell due, `since` the day after which late interest ran, `seq` the fact; else 0.
    """

    what: str
    day: date
    learnt: date
    minor: int
    seq: int = 0
    n: int = 0
    principal_minor: int = 0
    interest_minor: int = 0
    since: date | None = None
    balance_minor: int = 0


class Closing(NamedTuple):
    """Where the loan stood: balance = due and unpaid - paid ahead - overpaid.

    `owed_minor` is all that is owed, due or coming; `outstanding_minor` its principal.
    """

    balance_minor: int
    due_minor: int
    ahead_minor: int
    overpaid_minor: int
    late_interest_minor: int
    past_due_minor: int
    past_due_days: int
    owed_minor: int
    outstanding_minor: int


class Statement(NamedTuple):
    """A loan from `opened_on`, with what was lent or taken over, to the end of `on`."""

    loan: int
    on: date
    currency: str
    opened_on: date
    principal_minor: int
    instalments: int
    taken_over: bool
    movements: list[Movement]
    closing: Closing


def statement(facts: Sequence[Fact], loan: int, on: date) -> Statement | None:
    """The loan's statement for `on` from facts of its borrower; None where by them it had not
    begun, or was taken back."""
    own = [fact for fact in facts if fact.loan == loan]
    whole = standing.stand_by(own, house.day_number(on))
    if not len(whole.borrower) or house.day_from(whole.rows["as_of"][0]) > on:
        return None
    record = whole.rows[0]
    moved = sorted(_movements(own, whole, on), key=lambda each: (each.day, ORDER.index(each.what)))
    balances = np.cumsum([each.minor for each in moved], dtype=np.int64).tolist()
    return Statement(
        loan=loan,
        on=on,
        currency=words_of(whole.rows["currency"])[0],
        opened_on=house.day_from(record["as_of"]),
        principal_minor=int(record["principal_minor"]),
        instalments=int(record["count"]),
        taken_over=bool(record["imported"]),
        movements=[
            each._replace(balance_minor=balance)
            for each, balance in zip(moved, balances, strict=True)
        ],
        closing=_closing(whole, _paid_off_on(own, on) is not None),
    )


def moves_money(fact: Fact) -> bool:
    """May this fact change where a loan stands?"""
    return kinds.KINDS[fact.kind].touches == "money"


def _movements(own: Sequence[Fact], whole: Standing, on: date) -> Iterator[Movement]:
    off = _paid_off_on(own, on)
    learnt = max(house.day_of(fact.at) for fact in own if begins(fact))
    yield from _due(whole, off.day if off else on, learnt)
    if off:
        yield from _all_due(own, whole, off)
    yield from _money(own, on)
    yield from _returned(own, whole, on)
    due = [house.day_from(day) for day in whole.terms.due_on[0, : whole.terms.count[0]]]
    turns = {fact.day for fact in own if moves_money(fact)} | set(due) | {on}
    yield from _late(own, sorted(day for day in turns if day <= on))


def _due(whole: Standing, until: date, learnt: date) -> Iterator[Movement]:
    """What fell due up to a day, instalment by instalment; late interest brought along with it."""
    for n, (due_on, *parts) in enumerate(_agreed(whole), start=1):
        if (day := house.day_from(due_on)) <= until:
            principal, interest, _brought = parts
            yield Movement("due", day, max(day, learnt), sum(parts), 0, n, principal, interest)


def _agreed(whole: Standing) -> Iterator[list[int]]:
    """Due day, principal, interest and late interest brought of each instalment."""
    terms, held = whole.terms, slice(int(whole.terms.count[0]))
    parts = (terms.principal_minor, terms.interest_minor, terms.late_brought_minor)
    for line in np.stack((terms.due_on[0, held], *(part[0, held] for part in parts)), axis=1):
        yield line.tolist()


def _all_due(own: Sequence[Fact], whole: Standing, off: Fact) -> Iterator[Movement]:
    """Paid off: all that was to come counts as due on that day, less the interest not used."""
    unsettled = standing.stand_by([f for f in own if f.kind != off.kind], whole.position.on)
    rest = [line for line in _agreed(unsettled) if line[0] > house.day_number(off.day)]
    principal, interest, brought = (sum(line[part] for line in rest) for part in (1, 2, 3))
    unused = int((unsettled.terms.interest_minor - whole.terms.interest_minor).sum())
    learnt, whole_minor = house.day_of(off.at), principal + interest + brought
    yield Movement("all_due", off.day, learnt, whole_minor, off.seq, 0, principal, interest)
    yield Movement("waived", off.day, learnt, -unused, off.seq)


def _money(own: Sequence[Fact], on: date) -> Iterator[Movement]:
    """Payments, and those taken back: a reversal counts from the day of its payment."""
    paid = {f.seq: f for f in own if f.kind == "payment.received" and f.day <= on}
    for fact in paid.values():
        yield Movement("paid", fact.day, house.day_of(fact.at), -fact.amount, fact.seq)
    for fact in own:
        if fact.kind == REVERSED and fact.cause in paid:
            day = paid[fact.cause].day
            yield Movement("reversed", day, house.day_of(fact.at), -fact.amount, fact.seq)


def _returned(own: Sequence[Fact], whole: Standing, on: date) -> Iterator[Movement]:
    """What was given back, as far as there was money to give: never more (see `core.returned`)."""
    left = -sum(each.minor for each in _money(own, on)) - int(whole.position.paid_minor[0])
    for fact in own:
        if fact.kind == "payment.returned" and fact.day <= on and left:
            minor = min(-fact.amount, left)
            left -= minor
            yield Movement("returned", fact.day, house.day_of(fact.at), minor, fact.seq)


def _late(own: Sequence[Fact], turns: Sequence[date]) -> Iterator[Movement]:
    """Late interest from each day on which something happened to the next, as R(d) grew."""
    charged = _on_each(own, turns).position.late_charged_minor
    for since, day, minor in zip(turns, turns[1:], np.diff(charged).tolist(), strict=False):
        if minor:
            yield Movement("late_interest", day, day, minor, since=since)


def _on_each(own: Sequence[Fact], days: Sequence[date]) -> Standing:
    """The loan on each of these days, one row a day: as many loans as days, all alike."""
    alike = [fact._replace(borrower=n, loan=n) for n in range(1, len(days) + 1) for fact in own]
    return standing.stand_by(alike, np.array([house.day_number(day) for day in days]))


def _paid_off_on(own: Sequence[Fact], on: date) -> Fact | None:
    """The first waiver of unused interest by then whose payment stands."""
    gone = {fact.cause for fact in own if fact.kind == REVERSED}
    found = [f for f in own if f.kind == "interest.waived" and f.cause not in gone and f.day <= on]
    return min(found, key=lambda fact: fact.day, default=None)


def _closing(whole: Standing, all_due: bool) -> Closing:
    """`all_due`: the loan is paid off, and nothing of it is to come any more."""
    at, terms = whole.position, whole.terms
    fallen = (terms.due_on[0] <= at.on[0]) | all_due
    owed = (at.owed_late + at.owed_interest + at.owed_principal)[0]
    agreed = (terms.late_brought_minor + terms.interest_minor + terms.principal_minor)[0]
    due, ahead = int(owed[fallen].sum()), int((agreed - owed)[~fallen].sum())
    over = _first(at.overpaid_minor)
    return Closing(
        balance_minor=due - ahead - over,
        due_minor=due,
        ahead_minor=ahead,
        overpaid_minor=over,
        late_interest_minor=_first(at.late_interest_minor),
        past_due_minor=_first(at.past_due_minor),
        past_due_days=_first(at.past_due_days),
        owed_minor=int(owed.sum()),
        outstanding_minor=_first(at.outstanding_minor),
    )


def _first(column: Ints) -> int:
    return int(column[0])
