"""How the figures of one loan's position come about, as values that can be added up by hand.

Nothing is worked out by another rule: a payment's parts are the difference of two positions, and
each sum here equals the position's own figure exactly. Days are int, amounts minor units,
instalments numbered from 1; a loan is one row of the columns handed in.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from evenhand.core.columns import Ints
from evenhand.core.money import PPM, share
from evenhand.core.position import Payments, Position, stand
from evenhand.core.position_fold import late_interest
from evenhand.core.terms import Terms


class Part(NamedTuple):
    """One instalment's part of a sum, by what it is made of."""

    n: int
    due_on: int
    late_minor: int
    interest_minor: int
    principal_minor: int

    @property
    def total_minor(self) -> int:
        return self.late_minor + self.interest_minor + self.principal_minor


class Paid(NamedTuple):
    """One payment, what of it paid which instalment, and what was left of it."""

    day: int
    amount_minor: int
    parts: list[Part]
    over_minor: int


class Stretch(NamedTuple):
    """Days on which the same principal of an instalment was unpaid after its due day."""

    since: int
    until: int
    days: int
    """On which late interest ran: fewer where it was stopped meanwhile."""
    principal_minor: int

    @property
    def stopped_days(self) -> int:
        return self.until - self.since - self.days


class Late(NamedTuple):
    """One instalment's late interest: brought + accrued - paid = owed.

    `accrued_minor` is the sum of principal x days over the stretches, x rate / (a million x
    `year_days`), rounded half to even once.
    """

    n: int
    due_on: int
    stretches: list[Stretch]
    brought_minor: int
    accrued_minor: int
    paid_minor: int
    owed_minor: int


@dataclass(frozen=True, slots=True)
class Book:
    """One loan on `on`: what was agreed, what is owed, and where every payment went."""

    on: int
    agreed: list[Part]
    owed: list[Part]
    payments: list[Paid]
    late: list[Late]

    @property
    def outstanding(self) -> list[Part]:
        """Instalments with principal unpaid, due or coming."""
        return [part for part in self.owed if part.principal_minor]

    @property
    def past_due(self) -> list[Part]:
        return [part for part in self.owed if part.total_minor and part.due_on < self.on]

    @property
    def due(self) -> list[Part]:
        return [part for part in self.owed if part.total_minor and part.due_on <= self.on]

    @property
    def coming(self) -> list[Part]:
        """What falls due next, on or after the day."""
        later = [part for part in self.owed if part.total_minor and part.due_on >= self.on]
        return [part for part in later if part.due_on == later[0].due_on]

    @property
    def over_minor(self) -> int:
        """What of the payments found nothing to pay."""
        return sum(paid.over_minor for paid in self.payments)

    def paid_on(self, n: int) -> list[tuple[int, Part]]:
        """Day and part of each payment that paid something of instalment n."""
        return [(paid.day, part) for paid in self.payments for part in paid.parts if part.n == n]


def total(parts: list[Part]) -> int:
    """What the parts come to.

    >>> total([Part(1, 0, 5, 10, 100), Part(2, 30, 0, 10, 100)])
    225
    """
    return sum(part.total_minor for part in parts)


def book(terms: Terms, payments: Payments, position: Position, row: int) -> Book:
    """The sums behind the position of the loan at `row`; `payments` are those of all loans."""
    on = int(position.on[row])
    mine = np.flatnonzero((payments.row == row) & (payments.day <= on))
    day, amount = payments.day[mine], payments.amount_minor[mine]
    before, after = _around(terms.take(np.array([row])), day, amount)
    owed = np.stack((position.owed_late, position.owed_interest, position.owed_principal))[:, row]
    paid = _paid(terms, row, day, amount, before, after)
    return Book(
        on=on,
        agreed=_parts(terms, row, _agreed(terms, row)),
        owed=_parts(terms, row, owed),
        payments=paid,
        late=_late(terms, row, on, day, after, paid, owed),
    )


def by_rate(balance_minor: int, rate_ppm: int) -> int:
    """A month's interest on a balance: x rate / 12, half to even; 30 days of a year of 360.

    >>> by_rate(1_000_00, 108_000)
    900
    """
    return int(share(np.array([balance_minor]), rate_ppm, 12 * PPM)[0])


def _around(loan: Terms, day: Ints, amount: Ints) -> tuple[Ints, Ints]:
    """What is owed by part and instalment, [3, F, N], just before and just after each payment."""
    count = len(day)
    copies = loan.take(np.zeros(2 * count, dtype=np.int64))
    # Row 2k has the payments before the k-th, row 2k + 1 the k-th too; both stand on its day.
    known = (np.arange(2 * count) + 1) // 2
    row = np.repeat(np.arange(2 * count), known)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(known) - known, known)
    stood = stand(copies, Payments(row, day[nth], amount[nth]), np.repeat(day, 2))
    owed = np.stack((stood.owed_late, stood.owed_interest, stood.owed_principal))
    return owed[:, 0::2], owed[:, 1::2]


def _paid(terms: Terms, row: int, day: Ints, amount: Ints, before: Ints, after: Ints) -> list[Paid]:
    gone = before - after
    return [
        Paid(
            int(day[k]),
            int(amount[k]),
            [part for part in _parts(terms, row, gone[:, k]) if part.total_minor],
            int(amount[k] - gone[:, k].sum()),
        )
        for k in range(len(day))
    ]


def _agreed(terms: Terms, row: int) -> Ints:
    brought, interest = terms.late_brought_minor[row], terms.interest_minor[row]
    return np.stack((brought, interest, terms.principal_minor[row]))


def _parts(terms: Terms, row: int, amounts: Ints) -> list[Part]:
    """[3, N] amounts as a part an instalment."""
    return [
        Part(n + 1, int(terms.due_on[row, n]), *amounts[:, n].tolist())
        for n in range(int(terms.count[row]))
    ]


def _late(
    terms: Terms, row: int, on: int, day: Ints, after: Ints, paid: list[Paid], owed: Ints
) -> list[Late]:
    """The late interest of every instalment that bears or bore any."""
    found = []
    for n in range(int(terms.count[row])):
        stretches = _stretches(terms, row, n, on, day, after[2, :, n])
        weighted = sum(one.principal_minor * one.days for one in stretches)
        accrued = late_interest(np.array([weighted]), terms, np.array([row]))
        brought = int(terms.late_brought_minor[row, n])
        gone = sum(part.late_minor for one in paid for part in one.parts if part.n == n + 1)
        due_on, left = int(terms.due_on[row, n]), int(owed[0, n])
        found.append(Late(n + 1, due_on, stretches, brought, int(accrued[0]), gone, left))
    return [one for one in found if one.brought_minor or one.accrued_minor or one.stretches]


def _stretches(
    terms: Terms, row: int, n: int, on: int, day: Ints, principal_after: Ints
) -> list[Stretch]:
    """The days after the due day up to `on`, cut where a payment changed the unpaid principal."""
    begin = int(max(terms.due_on[row, n], terms.late_from[row, n]))
    principal = int(terms.principal_minor[row, n])
    found: list[Stretch] = []
    for until, left in [*zip(day.tolist(), principal_after.tolist(), strict=True), (on, 0)]:
        if until > begin and principal:
            same = found and found[-1].principal_minor == principal
            since = found.pop().since if same else begin
            found.append(Stretch(since, until, _late_days(terms, row, since, until), principal))
        begin, principal = max(begin, until), left
    return found


def _late_days(terms: Terms, row: int, since: int, until: int) -> int:
    return int(terms.late_days(np.array([row]), np.array([since]), np.array([until]))[0])
