"""One loan's standing by a slow walk through its days: what the columns are held against."""

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from evenhand.core.days import NEVER
from evenhand.core.position import Payments
from evenhand.core.terms import Terms

START = 20_000


@dataclass
class Loan:
    """One loan written down: (due day, principal, interest, late brought, late from) a row."""

    instalments: list[tuple[int, int, int, int, int]]
    rate: int
    year: int
    payments: list[tuple[int, int]] = field(default_factory=list)
    stopped: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Owing:
    due_on: int
    principal: int
    interest: int
    brought: int
    late_from: int
    accrued: Fraction = Fraction(0)
    late_paid: int = 0

    @property
    def late(self) -> int:
        return self.brought + round(self.accrued) - self.late_paid

    @property
    def whole(self) -> int:
        return self.late + self.interest + self.principal


def walk(loan: Loan, on: int) -> tuple[list[Owing], int]:
    """The loan day by day to `on`: each night bears late interest, each day's payments are paid
    out coin purse in hand; what is left open, and what was paid beyond it."""
    book = [Owing(*instalment) for instalment in loan.instalments]
    over = 0
    for day in range(START - 500, on + 1):
        for one in book:
            runs = not any(first < day <= last for first, last in loan.stopped)
            if max(one.due_on, one.late_from) < day and runs:
                one.accrued += Fraction(one.principal * loan.rate, 1_000_000 * loan.year)
        for paid_on, purse in loan.payments:
            if paid_on == day:
                over += pay(book, purse)
    return book, over


def pay(book: list[Owing], purse: int) -> int:
    for one in book:
        late = min(purse, one.late)
        one.late_paid += late
        interest = min(purse - late, one.interest)
        one.interest -= interest
        principal = min(purse - late - interest, one.principal)
        one.principal -= principal
        purse -= late + interest + principal
    return purse


def told(loan: Loan, on: int) -> dict[str, int | bool]:
    """A position in plain words, from the walk."""
    book, over = walk(loan, on)
    late = [one for one in book if one.due_on < on and one.whole]
    coming = [one for one in book if one.due_on >= on and one.whole]
    since = late[0].due_on if late else NEVER
    next_on = coming[0].due_on if coming else NEVER
    return {
        "on": on,
        "outstanding_minor": sum(one.principal for one in book),
        "past_due_minor": sum(one.whole for one in late),
        "past_due_principal_minor": sum(one.principal for one in late),
        "past_due_interest_minor": sum(one.interest for one in late),
        "late_interest_minor": sum(one.late for one in book),
        "past_due_since": since,
        "past_due_days": on - since if late else 0,
        "past_due_count": len(late),
        "due_minor": sum(one.whole for one in book if one.due_on <= on),
        "next_due_on": next_on,
        "next_due_minor": sum(one.whole for one in coming if one.due_on == next_on),
        "paid_off": not any(one.whole for one in book),
        "overpaid_minor": over,
        "paid_minor": sum(money for day, money in loan.payments if day <= on),
        "late_charged_minor": sum(round(one.accrued) for one in book),
    }


def columns(loans: list[Loan]) -> tuple[Terms, Payments]:
    width = max(len(loan.instalments) for loan in loans)
    padding = (NEVER, 0, 0, 0, NEVER)
    table = np.array(
        [loan.instalments + [padding] * (width - len(loan.instalments)) for loan in loans]
    )
    terms = Terms(
        np.arange(len(loans)),
        np.array([loan.rate for loan in loans]),
        np.array([loan.year for loan in loans]),
        np.array([len(loan.instalments) for loan in loans]),
        table[:, :, 0],
        table[:, :, 1],
        table[:, :, 2],
        table[:, :, 3],
        table[:, :, 4],
        spans(loans),
    )
    paid = [(row, day, money) for row, loan in enumerate(loans) for day, money in loan.payments]
    table = np.array(paid, dtype=np.int64).reshape(-1, 3)
    return terms, Payments(table[:, 0], table[:, 1], table[:, 2])


def spans(loans: list[Loan]) -> np.ndarray | None:
    most = max(len(loan.stopped) for loan in loans)
    padded = [loan.stopped + [(NEVER, NEVER)] * (most - len(loan.stopped)) for loan in loans]
    return np.array(padded, dtype=np.int64) if most else None


@st.composite
def loans(draw: st.DrawFn, events: int = 30) -> Loan:
    count = draw(st.integers(1, 12))
    every = draw(st.integers(0, 40))
    each = draw(st.integers(0, 10 ** draw(st.integers(1, 10))))
    instalments = []
    for n in range(count):
        due_on = START + every * n
        brought, late_from = 0, draw(st.sampled_from([0, 0, due_on, due_on + 17]))
        if late_from > due_on:
            brought = draw(st.integers(0, 500))
        instalments.append(
            (due_on, each + n % 3, draw(st.integers(0, each // 5 + 3)), brought, late_from)
        )
    loan = Loan(
        instalments,
        draw(st.sampled_from([0, 1, 180_000, 240_000, 10_000_000])),
        draw(st.sampled_from([360, 365])),
    )
    most = 3 * each * count // (2 * max(events, 1)) + 2
    paid = draw(
        st.lists(
            st.tuples(st.integers(START - 40, START + 45 * count), st.integers(1, most)),
            min_size=events,
            max_size=events + 10,
        )
    )
    loan.payments = sorted(paid, key=lambda payment: payment[0])
    ends = sorted(draw(st.lists(st.integers(START, START + 45 * count), max_size=6)))
    loan.stopped = list(zip(ends[::2], ends[1::2], strict=False))
    if len(ends) % 2:
        loan.stopped.append((ends[-1], NEVER))
    return loan


def test_the_oracle_itself_by_hand() -> None:
    """500.00 at 18 % a year of 360 days is 0.25 a day; ten days, then 10.00 is paid."""
    loan = Loan([(START, 50_000, 500, 0, 0)], 180_000, 360, [(START + 10, 1_000)])
    (open_one,), over = walk(loan, START + 10)
    assert (open_one.late, open_one.interest, open_one.principal, over) == (0, 0, 49_750, 0)
