"""One loan written down as a person reads it: instalments, payments, late interest, line by line.

The figures are `core.sums`' and the position's own; days are int, amounts minor units, instalments
numbered from 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from evenhand.core import sums
from evenhand.core.columns import Ints
from evenhand.core.days import NEVER
from evenhand.core.orders import FEE, INTEREST, LATE, PRINCIPAL
from evenhand.core.position import late_interest_of
from evenhand.core.terms import Terms
from evenhand.ledger import sums_through
from evenhand.ledger.standing import Standing
from evenhand.lifecycle.repay.parts import Ahead, Late, Paid, Part, Stretch


@dataclass(frozen=True, slots=True)
class Book:
    """One loan on `on`: what was agreed, what is owed, and where every payment went.

    Where terms were changed, `agreed` is of an instalment past by then as it was before, of the
    others as it is now; `remade` so many were past, None where nothing was changed. What is owed is
    what is `in_force` (of one past what was owed that day), less the payments from `since` on.
    `whole` is of each instalment that a payment ahead paid whole what it was before, by number.
    """

    on: int
    agreed: list[Part]
    owed: list[Part]
    payments: list[Paid]
    late: list[Late]
    in_force: list[Part]
    since: int
    remade: int | None
    whole: Mapping[int, Part]

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

    def paid_on(self, n: int, since: int = 0) -> list[tuple[int, Part]]:
        """Day and part of each payment, from `since` on, that paid something of instalment n."""
        later = self.payments[since:]
        return [(paid.day, part) for paid in later for part in paid.parts if part.n == n]

    def is_remade(self, n: int) -> bool:
        """Was instalment n made anew when terms were changed?"""
        return self.remade is not None and n > self.remade

    def moved_on(self, n: int) -> int:
        """What of instalment n is not owed with it any more and was not paid: it was past when
        terms were changed, and is paid with the instalments to come."""
        if self.remade is None or self.is_remade(n) or self.in_force[n - 1].total_minor:
            return 0
        paid = sum(part.agreed_minor for _day, part in self.paid_on(n))
        return self.agreed[n - 1].agreed_minor - paid


def total(parts: list[Part]) -> int:
    """What the parts come to.

    >>> total([Part(1, 0, 5, 10, 100), Part(2, 30, 0, 10, 100)])
    225
    """
    return sum(part.total_minor for part in parts)


def book_of(stood: Standing, row: int) -> Book:
    """The loan at `row` of a standing, written down."""
    told, position = _told(stood, row), stood.position
    owed = (
        position.owed_late[row],
        position.owed_interest[row],
        position.owed_principal[row],
        position.owed_fee[row],
    )
    return Book(
        on=int(position.on[row]),
        agreed=told.agreed,
        owed=_parts(told.due_on, *owed),
        payments=told.payments,
        late=_late(stood, row, told),
        in_force=told.in_force,
        since=told.since,
        remade=told.remade,
        whole={part.n: part for part in told.whole if part.total_minor},
    )


def late_a_day(stood: Standing, row: int) -> int:
    """Late interest of the day that follows, of the loan at `row`: it runs on what is due now."""
    deals, day = stood.deals, int(stood.position.on[row]) + 1
    if not stood.position.due_minor[row]:
        return 0
    if deals is None or row not in deals.rows:
        return int(late_interest_of(_plain_terms(stood), stood.payments, day)[row])
    one = np.flatnonzero(deals.rows == row)
    return sums_through.late_of_day(deals.agreed.take(one), deals.history.of_each(one), day)


class _Told(NamedTuple):
    """What is told of a loan: terms in force, of which it is the one at `place`; each instalment's
    day; as `Book` has them; the payments from `since` on walked, late interest waived since."""

    terms: Terms
    place: int
    due_on: Ints
    agreed: list[Part]
    payments: list[Paid]
    in_force: list[Part]
    since: int
    remade: int | None
    walked: sums.Walk
    waived: Ints
    whole: list[Part]


def _told(stood: Standing, row: int) -> _Told:
    deals = stood.deals
    if deals is None or row not in deals.rows:
        return _plain(stood, row)
    one = np.flatnonzero(deals.rows == row)
    history, on = deals.history.of_each(one), int(stood.position.on[row])
    through = sums_through.walk_through(deals.agreed.take(one), history, on)
    due_on = through.due_on[through.due_on != NEVER]
    late, fee, interest, principal = through.agreed
    agreed = _parts(due_on, late, interest, principal, fee)
    payments = _payments(through.was_due_on, through.walk, through.fee, through.ahead)
    late, fee, interest, principal = through.in_force
    in_force = _parts(due_on, late, interest, principal, fee)
    later, waived = through.since_change, through.waived[LATE]
    late, fee, interest, principal = through.whole
    whole = _parts(due_on, late, interest, principal, fee)
    return _Told(
        through.terms, 0, due_on, agreed, payments, in_force, through.since, through.past, later,
        waived, whole,
    )  # fmt: skip


def _plain(stood: Standing, row: int) -> _Told:
    """Of a loan to which nothing happened but payments."""
    terms = _plain_terms(stood)
    walked = sums.walk(terms, stood.payments, stood.position, row)
    due_on, none = terms.due_on[row, : terms.count[row]], np.zeros_like(terms.due_on[row])
    brought, interest = terms.late_brought_minor[row], terms.interest_minor[row]
    agreed = _parts(due_on, brought, interest, terms.principal_minor[row], none)
    fee, ahead = np.zeros_like(walked.paid.late), np.zeros((4, len(walked.day)), dtype=np.int64)
    payments = _payments(due_on, walked, fee, ahead)
    return _Told(terms, row, due_on, agreed, payments, agreed, 0, None, walked, none, [])


def _plain_terms(stood: Standing) -> Terms:
    """The terms, as they are where no loan charges fees: those that do are beside."""
    return stood.terms if stood.deals is None else replace(stood.terms, fee_minor=None)


def _parts(due_on: Ints, late: Ints, interest: Ints, principal: Ints, fee: Ints) -> list[Part]:
    columns = (column.tolist() for column in (due_on, late, interest, principal, fee))
    # Columns are padded to the longest loan beside this one; its own due days end before.
    return [Part(n, *cells) for n, cells in enumerate(zip(*columns, strict=False), start=1)]


def _payments(due_on: Ints, walked: sums.Walk, fee: Ints, ahead: Ints) -> list[Paid]:
    paid, found = walked.paid, []
    heads = zip(
        walked.day.tolist(), walked.amount_minor.tolist(), walked.over_minor.tolist(), strict=True
    )
    parts_ahead = ahead[[INTEREST, PRINCIPAL, FEE]].T.tolist()
    for k, ((day, amount, over), advance) in enumerate(zip(heads, parts_ahead, strict=True)):
        parts = _parts(due_on, paid.late[k], paid.interest[k], paid.principal[k], fee[k])
        kept = [part for part in parts if part.total_minor]
        found.append(Paid(day, amount, kept, over, Ahead(*advance)))
    return found


def _late(stood: Standing, row: int, told: _Told) -> list[Late]:
    """The late interest of every instalment that bears or bore any."""
    terms, position, place = told.terms, stood.position, told.place
    charged = sums.late(terms, told.walked, place, int(position.on[row]))
    found = [
        Late(
            n + 1,
            int(terms.due_on[place, n]),
            _stretches(charged, n),
            int(terms.late_brought_minor[place, n]),
            int(charged.accrued_minor[n]),
            int(told.walked.paid.late[:, n].sum()),
            int(position.owed_late[row, n]),
            int(told.waived[n]),
            told.remade is not None,
        )
        for n in range(int(terms.count[place]))
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
