"""One loan written down as a person reads it: instalments, payments, late interest, line by line.

The figures are `core.sums`' and the position's own; days are int, amounts minor units, instalments
numbered from 1.
"""

from dataclasses import dataclass
from typing import NamedTuple

from evenhand.core import sums
from evenhand.core.columns import Ints
from evenhand.ledger.standing import Standing


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
    """Days on which the same principal of an instalment was unpaid; late interest ran on `days`."""

    since: int
    until: int
    days: int
    principal_minor: int

    @property
    def stopped_days(self) -> int:
        return self.until - self.since - self.days


class Late(NamedTuple):
    """One instalment's late interest: brought + accrued - paid = owed (see `core.sums`)."""

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
    def unpaid(self) -> list[Part]:
        """Instalments of which anything is unpaid, due or coming."""
        return [part for part in self.owed if part.total_minor]

    @property
    def past_due(self) -> list[Part]:
        return [part for part in self.unpaid if part.due_on < self.on]

    @property
    def due(self) -> list[Part]:
        return [part for part in self.unpaid if part.due_on <= self.on]

    @property
    def coming(self) -> list[Part]:
        """What falls due next, on or after the day."""
        later = [part for part in self.unpaid if part.due_on >= self.on]
        return [part for part in later if part.due_on == later[0].due_on]

    def paid_on(self, n: int) -> list[tuple[int, Part]]:
        """Day and part of each payment that paid something of instalment n."""
        return [(paid.day, part) for paid in self.payments for part in paid.parts if part.n == n]


def total(parts: list[Part]) -> int:
    """What the parts come to.

    >>> total([Part(1, 0, 5, 10, 100), Part(2, 30, 0, 10, 100)])
    225
    """
    return sum(part.total_minor for part in parts)


def book_of(stood: Standing, row: int) -> Book:
    """The loan at `row` of a standing, written down."""
    terms, position = stood.terms, stood.position
    walked = sums.walk(terms, stood.payments, position, row)
    due_on = terms.due_on[row, : terms.count[row]]
    brought, interest = terms.late_brought_minor[row], terms.interest_minor[row]
    owed = (position.owed_late[row], position.owed_interest[row], position.owed_principal[row])
    return Book(
        on=int(position.on[row]),
        agreed=_parts(due_on, brought, interest, terms.principal_minor[row]),
        owed=_parts(due_on, *owed),
        payments=_payments(due_on, walked),
        late=_late(stood, row, walked),
    )


def _parts(due_on: Ints, late: Ints, interest: Ints, principal: Ints) -> list[Part]:
    columns = (due_on.tolist(), late.tolist(), interest.tolist(), principal.tolist())
    # Columns are padded to the longest loan beside this one; its own due days end before.
    return [Part(n, *cells) for n, cells in enumerate(zip(*columns, strict=False), start=1)]


def _payments(due_on: Ints, walked: sums.Walk) -> list[Paid]:
    paid, found = walked.paid, []
    heads = (walked.day.tolist(), walked.amount_minor.tolist(), walked.over_minor.tolist())
    for k, (day, amount, over) in enumerate(zip(*heads, strict=True)):
        parts = _parts(due_on, paid.late[k], paid.interest[k], paid.principal[k])
        found.append(Paid(day, amount, [part for part in parts if part.total_minor], over))
    return found


def _late(stood: Standing, row: int, walked: sums.Walk) -> list[Late]:
    """The late interest of every instalment that bears or bore any."""
    terms, position = stood.terms, stood.position
    charged = sums.late(terms, walked, row, int(position.on[row]))
    found = [
        Late(
            n + 1,
            int(terms.due_on[row, n]),
            _stretches(charged, n),
            int(terms.late_brought_minor[row, n]),
            int(charged.accrued_minor[n]),
            int(walked.paid.late[:, n].sum()),
            int(position.owed_late[row, n]),
        )
        for n in range(int(terms.count[row]))
    ]
    return [one for one in found if one.brought_minor or one.stretches]


def _stretches(charged: sums.Late, n: int) -> list[Stretch]:
    """An instalment's days past due, as long as the same principal was unpaid one stretch."""
    columns = (charged.since, charged.until, charged.days, charged.principal_minor)
    found: list[Stretch] = []
    for cells in zip(*(column[:, n].tolist() for column in columns), strict=True):
        one = Stretch(*cells)
        if one.until == one.since or not one.principal_minor:
            continue
        if found and found[-1].principal_minor == one.principal_minor:
            last = found.pop()
            one = one._replace(since=last.since, days=last.days + one.days)
        found.append(one)
    return found
