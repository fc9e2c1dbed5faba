"""The ladder against plain ifs, and what look_on promises: to look only on its days is enough."""

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.columns import KeyedError
from evenhand.core.days import NEVER
from evenhand.core.ladder import COLLECT, DUE_REMINDER, NONE, Progress, Steps, fresh, next_step
from evenhand.core.position import Payments, Position, age, stand
from evenhand.core.terms import Terms

START = 20_000
RUNGS = (-3, 0, 1, 3, 7, 14)
LAST = START + 120
steady = settings(derandomize=True, deadline=None, max_examples=60)
walks = settings(derandomize=True, deadline=None, max_examples=15)


@dataclass
class Loan:
    """A loan of `count` instalments of 1,000 every 30 days; who owes it, what was paid, what was
    said (the rung and the anchor it was for), and until when a plan holds it."""

    borrower: int
    first_due: int
    count: int
    payments: list[tuple[int, int]] = field(default_factory=list)
    rungs: tuple[int, ...] = RUNGS
    said: tuple[int, int] = (NONE, NEVER)
    held_until: int = 0


def ifs(loan: Loan, past_due_since: int, next_due_on: int, on: int) -> tuple[int, int, int]:
    """(rung, purpose, since) of one loan in plain ifs."""
    nothing = (NONE, -1, NEVER)
    if loan.held_until > on:
        return nothing
    if past_due_since != NEVER:
        anchor, purpose = past_due_since, COLLECT
        fitting = [rung for rung in loan.rungs if rung >= 1]
    else:
        anchor, purpose = next_due_on, DUE_REMINDER
        fitting = [rung for rung in loan.rungs if rung <= 0]
    for rung in sorted(fitting, reverse=True):
        if anchor + rung <= on < anchor + rung + 3:
            taken = loan.said[1] == anchor and loan.said[0] >= rung
            return nothing if taken else (rung, purpose, anchor)
    return nothing


def standing(loans: list[Loan], on: int) -> Position:
    width = max(loan.count for loan in loans)
    n = np.arange(width)[None, :]
    count = np.array([loan.count for loan in loans])
    held = n < count[:, None]
    first = np.array([loan.first_due for loan in loans])
    due_on = np.where(held, first[:, None] + 30 * n, NEVER)
    zero = np.zeros(due_on.shape, dtype=np.int64)
    rate = np.full(len(loans), 180_000)
    terms = Terms(
        np.arange(len(loans)), rate, rate * 0 + 360, count, due_on, held * 1000, zero, zero, zero
    )
    paid = [(row, *payment) for row, loan in enumerate(loans) for payment in loan.payments]
    table = np.array(paid, dtype=np.int64).reshape(-1, 3)
    return stand(terms, Payments(table[:, 0], table[:, 1], table[:, 2]), on)


def looked(loans: list[Loan], on: int) -> Steps:
    width = max(len(loan.rungs) for loan in loans)
    rungs = np.array([loan.rungs + (NEVER,) * (width - len(loan.rungs)) for loan in loans])
    progress = Progress(
        np.array([loan.said[0] for loan in loans]),
        np.array([loan.said[1] for loan in loans]),
        np.array([loan.held_until for loan in loans]),
    )
    borrower = np.array([loan.borrower for loan in loans])
    return next_step(rungs, standing(loans, on), progress, borrower)


@st.composite
def books(draw: st.DrawFn) -> list[Loan]:
    """Up to three borrowers with up to three loans each, sorted by borrower."""
    found = []
    for borrower in range(draw(st.integers(1, 3))):
        for _ in range(draw(st.integers(1, 3))):
            days = st.integers(START - 10, LAST)
            paid = draw(st.lists(st.tuples(days, st.sampled_from([400, 1000, 1100])), max_size=6))
            first_due = START + draw(st.integers(0, 40))
            strategies = [RUNGS, RUNGS, (1, 2, 3), (-5, -1), (-3, 0, 1, 3, 7, 14, 30, 45)]
            rungs = draw(st.sampled_from(strategies))
            plan_ends = first_due + draw(st.integers(-4, 18))
            held_until = draw(st.sampled_from([0, 0, plan_ends, plan_ends, NEVER]))
            count = draw(st.integers(1, 4))
            loan = Loan(borrower, first_due, count, sorted(paid), rungs, held_until=held_until)
            found.append(loan)
    return found


@steady
@given(books(), st.integers(-6, 20), st.sampled_from((NONE, NONE, *RUNGS)))
def test_the_step_of_each_loan_is_what_plain_ifs_say(
    loans: list[Loan], later: int, said: int
) -> None:
    on = loans[0].first_due + later
    position = standing(loans, on)
    for row, loan in enumerate(loans):
        since = int(position.past_due_since[row])
        loan.said = (said, since if since != NEVER else loan.first_due)
    steps = looked(loans, on)
    for row, loan in enumerate(loans):
        since, coming = int(position.past_due_since[row]), int(position.next_due_on[row])
        found = (int(steps.rung[row]), int(steps.purpose[row]), int(steps.since[row]))
        assert found == ifs(loan, since, coming, on)
        assert steps.look_on[row] > on


@steady
@given(books(), st.integers(START - 10, LAST))
def test_the_most_serious_loan_leads_and_its_like_are_named(loans: list[Loan], on: int) -> None:
    steps = looked(loans, on)
    first = steps.first.tolist()
    assert first == [loans.index(loan) for loan in loans if loan is first_of(loans, loan.borrower)]
    for place, begin in enumerate(first):
        rows = [row for row, loan in enumerate(loans) if loan.borrower == loans[begin].borrower]
        with_step = [row for row in rows if steps.rung[row] != NONE]
        named = [row for row in rows if steps.named[row]]
        if not with_step:
            assert steps.lead[place] == -1
            assert named == []
            continue
        lead = min(
            with_step,
            key=lambda row: (
                steps.purpose[row] != COLLECT, steps.since[row], -steps.rung[row], row,
            ),
        )  # fmt: skip
        assert steps.lead[place] == lead
        assert named == [row for row in with_step if steps.purpose[row] == steps.purpose[lead]]
        assert steps.borrower_look_on[place] == min(steps.look_on[row] for row in rows)


def first_of(loans: list[Loan], borrower: int) -> Loan:
    return next(loan for loan in loans if loan.borrower == borrower)


@walks
@given(books())
def test_without_a_fact_a_step_changes_only_on_the_days_look_on_gave(loans: list[Loan]) -> None:
    for loan in loans:
        loan.payments = []
    look = [START - 10] * len(loans)
    last: list[tuple[int, ...]] = [()] * len(loans)
    for on in range(START - 10, LAST):
        steps, position = looked(loans, on), standing(loans, on)
        band = age(position.past_due_days)
        for row in range(len(loans)):
            shown = (int(steps.rung[row]), int(steps.since[row]), int(band[row]))
            if on >= look[row]:
                look[row], last[row] = int(steps.look_on[row]), shown
            assert shown == last[row], f"changed on {on}, to be looked at on {look[row]}"


def closed(loans: list[Loan], every_day: bool) -> list[tuple[int, int, int, int]]:
    """Days closed one after the other, each step taken as it comes; the steps taken.

    Not every day: only borrowers whose day has come are looked at, or of whom there is a new fact.
    """
    taken = []
    book = [
        Loan(loan.borrower, loan.first_due, loan.count, loan.payments, loan.rungs, (NONE, NEVER),
             loan.held_until)
        for loan in loans
    ]  # fmt: skip
    places = {id(loan): place for place, loan in enumerate(book)}
    look = {loan.borrower: START - 10 for loan in loans}
    for on in range(START - 10, LAST):
        paid = {loan.borrower for loan in loans if any(day == on for day, _ in loan.payments)}
        due = [who for who in look if every_day or look[who] <= on or who in paid]
        rows = [loan for loan in book if loan.borrower in due]
        if not rows:
            continue
        steps = looked(rows, on)
        for place, begin in enumerate(steps.first.tolist()):
            look[rows[begin].borrower] = int(steps.borrower_look_on[place])
        for row in np.flatnonzero(steps.named).tolist():
            rows[row].said = (int(steps.rung[row]), int(steps.since[row]))
            taken.append((on, places[id(rows[row])], *rows[row].said))
    return taken


@walks
@given(books())
def test_closing_by_look_on_equals_closing_everybody_every_day(loans: list[Loan]) -> None:
    every_day = closed(loans, every_day=True)
    assert closed(loans, every_day=False) == every_day
    assert len({(loan, rung, since) for _, loan, rung, since in every_day}) == len(every_day)


def test_a_loan_nobody_pays_hears_six_times_and_no_more() -> None:
    unpaid = [Loan(1, START, 1)]
    assert [(on - START, rung) for on, _, rung, _ in closed(unpaid, every_day=True)] == [
        (-3, -3), (0, 0), (1, 1), (3, 3), (7, 7), (14, 14),
    ]  # fmt: skip


def test_who_pays_one_of_two_late_instalments_is_not_told_again_tomorrow() -> None:
    two_late = Loan(1, START, 2, [(START + 40, 1100)])
    steps = closed([two_late], every_day=True)
    assert [on for on, *_ in steps if on > START + 40] == [START + 44]  # day 14 of the second


def test_a_loan_past_due_gets_no_due_notice_for_the_coming_instalment() -> None:
    steps = looked([Loan(1, START, 2)], START + 27)
    assert steps.rung.tolist() == [NONE]


def test_a_held_loan_has_no_step_until_its_plan_ends() -> None:
    held = Loan(1, START, 1, held_until=START + 3)
    assert looked([held], START + 2).rung.tolist() == [NONE]
    assert looked([held], START + 2).look_on.tolist() == [START + 3]
    assert looked([held], START + 3).rung.tolist() == [3]


def test_a_paid_loan_is_never_looked_at_again() -> None:
    steps = looked([Loan(1, START, 1, [(START, 1000)])], START)
    assert steps.look_on.tolist() == [NEVER]
    assert steps.lead.tolist() == [-1]


def test_no_loans_have_no_steps() -> None:
    none = np.array([], dtype=np.int64)
    position = standing([Loan(1, START, 1)], START)
    empty = type(position)(*(getattr(position, name)[none] for name in position.__slots__))
    steps = next_step(np.zeros((0, 6), dtype=np.int64), empty, fresh(0), none)
    assert steps.lead.tolist() == []
    assert steps.borrower_look_on.tolist() == []


def test_borrowers_out_of_order_are_refused() -> None:
    with pytest.raises(KeyedError, match="borrower"):
        looked([Loan(2, START, 1), Loan(1, START, 1)], START)
    with pytest.raises(KeyedError, match="strategy"):
        looked([Loan(1, START, 1, rungs=(3, 1))], START)
