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
from evenhand.ledger import charges, house, kinds, standing
from evenhand.ledger.facts import Fact
from evenhand.ledger.loans import BEGINS, begins, words_of
from evenhand.ledger.standing import Standing
from evenhand.ledger.told import CHANGED

REVERSED: Final = "payment.reversed"
MOVES: Final = {
    "payment.received": "paid",
    "payment.returned": "returned",
    "charge.waived": "given_up",
    "loan.terms_changed": "changed",
}
"""What of a fact's kind moves; what else moves by another is a change too."""
FIRST: Final = ("late_interest", "due")
"""What comes before all else of a day, in this order."""
BARE: Final = (*BEGINS, "loan.withdrawn")
PAID_OFF: Final = "interest.waived"


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
    """A loan from `opened_on`, with what was lent or taken over, and how much of that its contract
    kept back from the payout as fees, to the end of `on`."""

    loan: int
    on: date
    currency: str
    opened_on: date
    principal_minor: int
    instalments: int
    taken_over: bool
    kept_back_minor: int
    movements: list[Movement]
    closing: Closing


def statement(facts: Sequence[Fact], loan: int, on: date) -> Statement | None:
    """The loan's statement for `on` from facts of its borrower; None where by them it had not
    begun, or was taken back."""
    own = [fact for fact in facts if fact.loan == loan]
    whole = _begun(own, on)
    if whole is None:
        return None
    record = whole.rows[0]
    life = _life(own, on)
    moved = sorted(_movements(own, life, on), key=_order)
    balances = np.cumsum([each.minor for each in moved], dtype=np.int64).tolist()
    return Statement(
        loan=loan,
        on=on,
        currency=words_of(whole.rows["currency"])[0],
        opened_on=house.day_from(record["as_of"]),
        principal_minor=int(record["principal_minor"]),
        instalments=int(record["count"]),
        taken_over=bool(record["imported"]),
        kept_back_minor=sum(charges.kept_back(fact.body) for fact in own if begins(fact)),
        movements=[
            each._replace(balance_minor=balance)
            for each, balance in zip(moved, balances, strict=True)
        ],
        closing=_closing(whole, 0, life.is_paid_off(len(life.happened))),
    )


def opened_on(facts: Sequence[Fact], loan: int, by: date) -> date | None:
    """The first day of which there is a statement of the loan; None where there is none of `by`."""
    whole = _begun([fact for fact in facts if fact.loan == loan], by)
    return None if whole is None else house.day_from(whole.rows["as_of"][0])


def moves_money(fact: Fact) -> bool:
    """May this fact change where a loan stands?"""
    return kinds.KINDS[fact.kind].touches == "money"


def _begun(own: Sequence[Fact], on: date) -> Standing | None:
    """The one loan as it stands; None where by its facts it had not begun, or was taken back."""
    whole = standing.stand_by(own, house.day_number(on))
    begun = len(whole.borrower) and house.day_from(whole.rows["as_of"][0]) <= on
    return whole if begun else None


class _Place(NamedTuple):
    """The loan on a day by the first so many of what happened to it."""

    known: int
    day: date


class _Life(NamedTuple):
    """A loan's facts: those without which there is none, and what happened to it and stands, in the
    order in which it counts."""

    bare: list[Fact]
    happened: list[Fact]

    def is_paid_off(self, known: int) -> bool:
        """Does the first so much of it pay the loan off: is nothing to come any more?"""
        return any(fact.kind == PAID_OFF for fact in self.happened[:known])

    def at(self, places: Sequence[_Place]) -> Standing:
        """The loan in each place, a row a place: as many loans as places, all alike."""
        alike = [
            fact._replace(borrower=n, loan=n)
            for n, place in enumerate(places, start=1)
            for fact in sorted(self.bare + self.happened[: place.known], key=lambda f: f.seq)
        ]
        return standing.stand_by(alike, np.array([house.day_number(each.day) for each in places]))


def _life(own: Sequence[Fact], on: date) -> _Life:
    gone = {fact.cause for fact in own if fact.kind == REVERSED}
    stands = [f for f in own if f.kind != REVERSED and not {f.seq, f.cause} & gone]
    bare = [fact for fact in stands if fact.kind in BARE]
    happened = [f for f in stands if moves_money(f) and f.kind not in BARE and f.day <= on]
    return _Life(bare, sorted(happened, key=lambda fact: (fact.day, fact.seq)))


def _movements(own: Sequence[Fact], life: _Life, on: date) -> list[Movement]:
    """What each thing that happened moved: the balance of its day with it less that without it; and
    from one to the next what fell due, and late interest, by all that happened before."""
    days = [fact.day for fact in life.happened]
    places = [
        place
        for known, (since, until) in enumerate(zip([on, *days], [*days, on], strict=True))
        for place in (_Place(known, min(since, until)), _Place(known, until))
    ]
    stood = life.at(places)
    balances = [
        _closing(stood, row, life.is_paid_off(place.known)).balance_minor
        for row, place in enumerate(places)
    ]
    moved = list(_taken_back(own, on))
    for n, fact in enumerate(life.happened):
        minor = balances[2 * n + 2] - balances[2 * n + 1]
        pays_off = fact.kind == PAID_OFF and not life.is_paid_off(n)
        rest = _coming(stood, 2 * n + 1) if pays_off else ()
        moved += _by_fact(fact, minor, rest)
    moved += _between(life, places, stood, {each.day for each in moved})
    return [each for each in moved if each.minor]


def _order(moved: Movement) -> tuple[date, int]:
    return moved.day, FIRST.index(moved.what) if moved.what in FIRST else len(FIRST)


def _taken_back(own: Sequence[Fact], on: date) -> Iterator[Movement]:
    """Payments that do not stand, and from their own day what took them back."""
    paid = {f.seq: f for f in own if f.kind == "payment.received" and f.day <= on}
    for fact in own:
        if fact.kind == REVERSED and fact.cause in paid:
            gone = paid[fact.cause]
            yield Movement("paid", gone.day, house.day_of(gone.at), -gone.amount, gone.seq)
            yield Movement("reversed", gone.day, house.day_of(fact.at), gone.amount, fact.seq)


def _by_fact(fact: Fact, minor: int, rest: Sequence[int]) -> Iterator[Movement]:
    """What a fact moved; where it pays the loan off, the `rest` that was to come counts as due, and
    less of it is the interest not used."""
    learnt = house.day_of(fact.at)
    if rest:
        principal, interest, *_others = rest
        whole = sum(rest)
        yield Movement("all_due", fact.day, learnt, whole, fact.seq, 0, principal, interest)
        yield Movement("waived", fact.day, learnt, minor - whole, fact.seq)
    else:
        yield Movement(MOVES.get(fact.kind, "changed"), fact.day, learnt, minor, fact.seq)


def _coming(stood: Standing, row: int) -> list[int]:
    """What falls due after the day, by `_parts`."""
    coming = stood.terms.due_on[row] > stood.position.on[row]
    return [int(part[row][coming].sum()) for part in _parts(stood)]


def _between(
    life: _Life, places: Sequence[_Place], stood: Standing, marks: set[date]
) -> Iterator[Movement]:
    """What fell due and the late interest that ran while nothing happened; told up to each of the
    `marks` apart."""
    learnt = max(house.day_of(fact.at) for fact in life.bare if begins(fact))
    turns: list[_Place] = []
    for (known, since), (_known, until) in zip(places[::2], places[1::2], strict=True):
        due = []
        if not life.is_paid_off(known):
            due = list(_due(stood, 2 * known, since if known else None, until))
        changed = any(fact.kind == CHANGED for fact in life.happened[:known])
        for each in due:
            yield each._replace(learnt=max(each.day, learnt), n=0 if changed else each.n)
        between = {day for day in marks if day < until and (day > since or not known)}
        ends = {since, until, *between, *(each.day for each in due)}
        turns += [_Place(known, day) for day in sorted(ends)]
    yield from _late(life, turns)


def _due(stood: Standing, row: int, since: date | None, until: date) -> Iterator[Movement]:
    """What falls due after a day (None: ever) up to another, instalment by instalment."""
    for n in range(int(stood.terms.count[row])):
        day = house.day_from(stood.terms.due_on[row, n])
        if day <= until and (since is None or day > since):
            principal, interest, *others = (int(part[row, n]) for part in _parts(stood))
            whole = principal + interest + sum(others)
            yield Movement("due", day, day, whole, 0, n + 1, principal, interest)


def _late(life: _Life, turns: Sequence[_Place]) -> Iterator[Movement]:
    """Late interest from each turn to the next, as R(d) grew by all that happened before."""
    charged = life.at(turns).position.late_charged_minor.tolist()
    for n in range(1, len(turns)):
        minor, day = charged[n] - charged[n - 1], turns[n].day
        if turns[n].known == turns[n - 1].known and minor:
            yield Movement("late_interest", day, day, minor, since=turns[n - 1].day)


def _parts(stood: Standing) -> tuple[Ints, ...]:
    """Principal, interest, late interest brought and fees as agreed, [L, N] each."""
    terms = stood.terms
    plain = (terms.principal_minor, terms.interest_minor, terms.late_brought_minor)
    return plain if terms.fee_minor is None else (*plain, terms.fee_minor)


def _closing(stood: Standing, row: int, all_due: bool) -> Closing:
    """`all_due`: the loan is paid off, and nothing of it is to come any more."""
    at, terms = stood.position, stood.terms
    fallen = (terms.due_on[row] <= at.on[row]) | all_due
    owed, agreed = at.owed_minor[row], sum(part[row] for part in _parts(stood))
    due, ahead = int(owed[fallen].sum()), int((agreed - owed)[~fallen].sum())
    over = int(at.overpaid_minor[row])
    return Closing(
        balance_minor=due - ahead - over,
        due_minor=due,
        ahead_minor=ahead,
        overpaid_minor=over,
        late_interest_minor=int(at.late_interest_minor[row]),
        past_due_minor=int(at.past_due_minor[row]),
        past_due_days=int(at.past_due_days[row]),
        owed_minor=int(owed.sum()),
        outstanding_minor=int(at.outstanding_minor[row]),
    )
