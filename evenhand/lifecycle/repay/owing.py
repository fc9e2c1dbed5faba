"""A person's loans on a day, each with the sums behind it: what every page of this stage shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.http import Http404

from evenhand.core import payoff
from evenhand.core.orders import ADVANCES, RE_AMORTISE
from evenhand.ledger import charges, house, standing, streams
from evenhand.ledger.facts import Fact
from evenhand.ledger.loans import words_of
from evenhand.ledger.plans import Plan
from evenhand.ledger.standing import Standing
from evenhand.lifecycle.repay import under_plan
from evenhand.lifecycle.repay.book import Book, book_of, late_a_day, total
from evenhand.lifecycle.repay.parts import Part
from evenhand.lifecycle.repay.sum_lines import instalment
from evenhand.lifecycle.repay.under_plan import Under

SOON: Final = 7
"""Days before its due day in which an instalment is due soon."""


class PayOff(NamedTuple):
    """What pays the loan off today, and what it is made of (see `core.payoff`)."""

    total_minor: int
    principal_minor: int
    past_minor: int
    running_minor: int
    agreed_minor: int
    used_days: int
    period_days: int
    ahead_minor: int
    late_minor: int
    unused_minor: int
    fees_minor: int
    bearing_minor: int
    rate_ppm: int
    year_days: int
    carried: int


class Instalment(NamedTuple):
    """What was agreed and is owed of an instalment; `figure` explains it, and its parts. What
    `is_moved` on to others is not owed with it any more, and was not paid; one that `is_ahead` was
    paid whole before its day."""

    agreed: Part
    owed: Part
    is_late: bool
    is_moved: bool
    is_ahead: bool

    @property
    def figure(self) -> str:
        return instalment(self.agreed.n)

    @property
    def interest(self) -> str:
        return f"interest-{self.agreed.n}"

    @property
    def principal(self) -> str:
        return f"principal-{self.agreed.n}"


@dataclass(frozen=True, slots=True)
class Owing:
    """One loan on `on`: days since 1970, minor units. `late_charged_minor` is all late interest up
    to the day, paid or not, `late_a_day_minor` that of the day that follows; `terms` is the body of
    the fact with which the loan began."""

    loan: int
    on: int
    currency: str
    principal_minor: int
    rate_ppm: int
    late_rate_ppm: int
    late_year_days: int
    signed_on: int
    disbursed_on: int
    taken_over: bool
    outstanding_minor: int
    past_due_minor: int
    past_due_since: int
    past_due_days: int
    late_interest_minor: int
    late_charged_minor: int
    late_a_day_minor: int
    due_minor: int
    next_due_on: int
    next_due_minor: int
    paid_off: bool
    overpaid_minor: int
    paid_minor: int
    terms: Mapping[str, Any]
    book: Book
    pay_off: PayOff
    under: Under | None
    """The plan that is asked for or kept, where something is past due; None without one."""

    @property
    def state(self) -> str:
        """past_due, due (today or within a week), current or paid_off; under a plan what it is:
        running, asked, countered, or held by steps that others agreed to."""
        if self.paid_off:
            return "paid_off"
        if self.under:
            return self.under.state
        if self.past_due_minor:
            return "past_due"
        return "due" if self.next_due_on - self.on <= SOON else "current"

    @property
    def charges_fees(self) -> bool:
        """Do fees fall due with its instalments?"""
        return "fees_due" in self.terms

    @property
    def kept_back_minor(self) -> int:
        """What of its fees was taken from the payout."""
        return charges.kept_back(self.terms)

    @property
    def lowers_at_once(self) -> bool:
        """Does what is paid beyond what is due lower what is owed at once, by its contract?"""
        return bool(self.terms.get("order", {}).get("advance") == ADVANCES[RE_AMORTISE])

    @property
    def asked_minor(self) -> int:
        """What to pay by `asked_on`: what is past due or due today, else what falls due next; under
        a plan its next step, while one is asked for what falls due next as agreed, 0 where nothing
        does. What is to be paid now is never more than what pays the loan off."""
        minor, figure = self._wanted
        return minor if figure == "next" else min(minor, self.pay_off.total_minor)

    @property
    def asked_figure(self) -> str:
        """The figure whose sum `asked_minor` is."""
        minor, figure = self._wanted
        return "pay-off" if self.asked_minor < minor else figure

    @property
    def closes_for_minor(self) -> int:
        """What pays the loan off today, where that is less than what is to be paid by a day to
        come; else 0."""
        total_minor = self.pay_off.total_minor
        return total_minor if total_minor < self.asked_minor else 0

    @property
    def _wanted(self) -> tuple[int, str]:
        if self.under:
            coming = self.under.coming
            return (coming.pay_minor, "step") if coming else (self.next_due_minor, "next")
        return (self.due_minor, "due") if self.due_minor else (self.next_due_minor, "next")

    @property
    def asked_on(self) -> date | None:
        """The day by which `asked_minor` is to be paid; of what is past due none."""
        if self.under and self.under.coming:
            return self.under.coming.by
        late = self.past_due_minor and not self.under
        return None if late or not self.asked_minor else house.day_from(self.next_due_on)

    @property
    def owed_minor(self) -> int:
        """All that is unpaid, due or coming."""
        return total(self.book.owed)

    @property
    def instalments(self) -> list[Instalment]:
        """Each with which something was to be paid, the first first: of a loan that is paid all at
        the end only the last."""
        return [
            Instalment(
                self.book.whole.get(agreed.n, agreed),
                owed,
                is_late=bool(owed.due_on < self.on and owed.total_minor),
                is_moved=self.book.moved_on(agreed.n) > 0,
                is_ahead=agreed.n in self.book.whole,
            )
            for agreed, owed in zip(self.book.agreed, self.book.owed, strict=True)
            if agreed.total_minor or owed.total_minor or agreed.n in self.book.whole
        ]

    @property
    def plan(self) -> Plan | None:
        return self.under.plan if self.under else None

    @property
    def days_to_asked(self) -> int:
        """Days from today to that day."""
        return house.day_number(self.asked_on) - self.on if self.asked_on else 0

    @property
    def asked_part(self) -> Part:
        """The oldest instalment that is unpaid."""
        return next(part for part in self.book.owed if part.total_minor)


def loans_of(person: int, on: int) -> list[Owing]:
    """Every loan of the person that has begun, the one that most needs looking at first."""
    return all_by(streams.stream(person), on)


def all_by(facts: Sequence[Fact], on: int) -> list[Owing]:
    """The same from all facts of the person."""
    stood = standing.stand_by(facts, on)
    found = [_owing(stood, row, facts) for row in range(len(stood.borrower))]
    return sorted(found, key=lambda one: (one.paid_off, one.past_due_since, one.next_due_on))


def loan_of(person: int, loan: int, on: int) -> Owing:
    """One loan of the person's; Http404 where it is not theirs or has not begun."""
    return among(streams.stream(person), loan, on)


def among(facts: Sequence[Fact], loan: int, on: int) -> Owing:
    """The same from all facts of the person."""
    one = on_facts(facts, loan, on)
    if one is None:
        raise Http404
    return one


def on_facts(facts: Sequence[Fact], loan: int, on: int) -> Owing | None:
    """The loan from facts alone; None where no such loan has begun."""
    stood = standing.stand_by(facts, on)
    mine = stood.loan.tolist()
    return _owing(stood, mine.index(loan), facts) if loan in mine else None


def taken_back(facts: Sequence[Fact]) -> set[int]:
    """The payments that were taken back, by seq."""
    return {fact.cause for fact in facts if fact.kind == "payment.reversed"}


def _owing(stood: Standing, row: int, facts: Sequence[Fact]) -> Owing:
    position, record, book = stood.position, stood.rows[row], book_of(stood, row)
    on, loan = int(position.on[row]), int(record["loan"])
    return Owing(
        loan=loan,
        on=on,
        currency=words_of(stood.rows["currency"][row : row + 1])[0],
        principal_minor=int(record["principal_minor"]),
        rate_ppm=int(record["rate_ppm"]),
        late_rate_ppm=int(record["late_rate_ppm"]),
        late_year_days=int(record["late_year_days"]),
        signed_on=int(record["signed_on"]),
        disbursed_on=int(record["disbursed_on"]),
        taken_over=bool(record["imported"]),
        outstanding_minor=int(position.outstanding_minor[row]),
        past_due_minor=int(position.past_due_minor[row]),
        past_due_since=int(position.past_due_since[row]),
        past_due_days=int(position.past_due_days[row]),
        late_interest_minor=int(position.late_interest_minor[row]),
        late_charged_minor=int(position.late_charged_minor[row]),
        late_a_day_minor=late_a_day(stood, row),
        due_minor=int(position.due_minor[row]),
        next_due_on=int(position.next_due_on[row]),
        next_due_minor=int(position.next_due_minor[row]),
        paid_off=bool(position.paid_off[row]),
        overpaid_minor=int(position.overpaid_minor[row]),
        paid_minor=int(position.paid_minor[row]),
        terms=next(fact.body for fact in facts if fact.seq == record["seq"]),
        book=book,
        pay_off=_pay_off(stood, row),
        under=under_plan.of(facts, loan, book),
    )


def _pay_off(stood: Standing, row: int) -> PayOff:
    found = payoff.pay_off(stood.terms, stood.begins_on, stood.position)
    return PayOff(*(int(getattr(found, name)[row]) for name in PayOff._fields))
