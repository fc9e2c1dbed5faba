"""A loan under a plan (个性化分期): what comes next of it, and what a payment did to it.

While something is past due and a plan is asked for or kept, the pages of this stage want its next
step, or nothing, where they otherwise want all that is past due.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from evenhand.ledger import house, plans
from evenhand.ledger.facts import Fact
from evenhand.ledger.plans import Next, Plan, Unpaid
from evenhand.lifecycle.repay.book import Book
from evenhand.outbound.contact import inbox
from evenhand.outbound.payments import known

HOLDS: Final = "agreement_in_force"
TOLD_OF: Final = ("kept", "missed", "declined", "lapsed")
TOLD_FOR: Final = timedelta(days=30)


class Under(NamedTuple):
    """What a loan past due is under; `plan` None where its steps were agreed before it was ours,
    `coming` None where no step of it is to be paid."""

    plan: Plan | None
    coming: Next | None

    @property
    def state(self) -> str:
        """running, asked, countered, or held."""
        return self.plan.state if self.plan else "held"


def of(facts: Sequence[Fact], loan: int, book: Book) -> Under | None:
    """The plan over the loan that the book is of; None without one, or where nothing is due."""
    owed = unpaid(book)
    if not owed.before(owed.on):
        return None
    if plan := plans.current(facts, loan):
        running = plan.state == "running"
        return Under(plan, plans.coming(plan, owed) if running else None)
    moment = max(facts[-1].at, house.midnight(owed.on))
    return Under(None, None) if known.stopped(facts, loan, (HOLDS,), moment) else None


def unpaid(book: Book) -> Unpaid:
    """What of each instalment is unpaid, as the book has it."""
    lines = ((house.day_from(part.due_on), part.total_minor) for part in book.owed)
    return Unpaid(house.day_from(book.on), tuple(line for line in lines if line[1]))


def just_ended(person: int, facts: Sequence[Fact], loan: int, at: int) -> Plan | None:
    """The last plan of the loan, if it is over other than by the person's own word, and they have
    not read so in the inbox yet: said for a month at most."""
    found = plans.plans_of(facts, loan)
    closed = found[-1].closed if found and found[-1].state in TOLD_OF else None
    if closed is None or closed.day < house.day_of(at) - TOLD_FOR:
        return None
    return found[-1] if inbox.read_until(person) < closed.at else None
