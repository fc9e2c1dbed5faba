"""The parts of a loan written down: instalments, payments, late interest (see `book`)."""

from typing import NamedTuple


class Part(NamedTuple):
    """One instalment's part of a sum, by what it is made of."""

    n: int
    due_on: int
    late_minor: int
    interest_minor: int
    principal_minor: int
    fee_minor: int = 0

    @property
    def agreed_minor(self) -> int:
        """All of it but late interest."""
        return self.interest_minor + self.principal_minor + self.fee_minor

    @property
    def total_minor(self) -> int:
        return self.late_minor + self.agreed_minor


class Ahead(NamedTuple):
    """What of a payment was paid ahead of every instalment, and so changed those to come: interest
    of the days used, principal, and (below zero) fees paid before that are not due yet."""

    interest_minor: int
    principal_minor: int
    fee_minor: int = 0

    @property
    def total_minor(self) -> int:
        return sum(self)


class Paid(NamedTuple):
    """One payment, which instalments it paid, what was left of it, what was paid ahead of all."""

    day: int
    amount_minor: int
    parts: list[Part]
    over_minor: int
    ahead: Ahead = Ahead(0, 0)


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
    """One instalment's late interest: brought + accrued - paid - waived = owed (see `core.sums`).

    Where terms were changed (`is_changed`), brought is what was owed that day, the rest since."""

    n: int
    due_on: int
    stretches: list[Stretch]
    brought_minor: int
    accrued_minor: int
    paid_minor: int
    owed_minor: int
    waived_minor: int = 0
    is_changed: bool = False
