"""What comes next of a plan, and what a payment did to it, against counting cent by cent."""

from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.ledger import made_up, plans
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.made_up import stream
from evenhand.ledger.plans import Plan, Step, Unpaid, plans_of

D = date(2026, 1, 5)
ASKED = date(2026, 5, 12)
MONTH = timedelta(days=30)
LOAN = 7


def body(*steps: tuple[date, int], **more: Any) -> dict[str, Any]:
    named = [[day.isoformat(), minor] for day, minor in steps]
    return {"steps": named, "total_minor": sum(minor for _day, minor in steps), **more}


def proposed(*steps: tuple[date, int], on: date = ASKED) -> Draft:
    return Draft("plan.proposed", on, "borrower", LOAN, body=body(*steps, due_on="2026-05-19"))


def says(kind: str, cause: int = 1, on: date = ASKED, hand: str = "house", **more: Any) -> Draft:
    return Draft(kind, on, hand, LOAN, cause=cause, body=more)


TWO = ((ASKED + MONTH, 600), (ASKED + 2 * MONTH, 400))
OTHER = ((ASKED + MONTH, 300), (ASKED + 2 * MONTH, 300), (ASKED + 3 * MONTH, 400))
OFFERED = says("plan.countered", hand="staff:3", **body(*OTHER, due_on="2026-05-21"))
STORIES = {
    "asked": (),
    "countered": (OFFERED,),
    "refused": (OFFERED, says("plan.refused", hand="borrower")),
    "lapsed": (OFFERED, says("plan.lapsed")),
    "declined": (says("plan.declined", hand="staff:3"),),
    "withdrawn": (says("plan.withdrawn", hand="borrower"),),
    "running": (says("plan.agreed"),),
    "kept": (says("plan.agreed"), says("plan.ended", 2, reason="kept")),
    "missed": (says("plan.agreed"), says("plan.ended", 2, reason="missed")),
}


@pytest.mark.parametrize("state", STORIES)
def test_where_a_plan_stands(state: str) -> None:
    facts = stream(proposed(*TWO), *STORIES[state])
    (plan,) = plans_of(facts, LOAN)
    assert plan.state == state
    assert bool(plans.current(facts, LOAN)) == (state in plans.OPEN)
    assert bool(plan.closed) == (state in plans.ENDED)
    assert plans_of(facts, LOAN + 1) == []


def test_what_was_offered_instead_is_agreed_only_by_its_own_steps() -> None:
    countered = stream(proposed(*TWO), OFFERED)
    assert plans_of(countered)[0].steps == tuple(Step(*step) for step in TWO)
    assert plans_of(countered)[0].offered == tuple(Step(*step) for step in OTHER)
    accepted = stream(proposed(*TWO), OFFERED, says("plan.agreed", **body(*OTHER)))
    assert plans_of(accepted)[0].steps == tuple(Step(*step) for step in OTHER)
    assert plans_of(accepted)[0].total_minor == 1_000


def test_an_answer_is_late_from_the_day_after_its_last() -> None:
    (plan,) = plans_of(stream(proposed(*TWO)))
    assert not plan.is_late(plan.due_on) and plan.is_late(plan.due_on + timedelta(days=1))
    (answered,) = plans_of(stream(proposed(*TWO), OFFERED))
    assert not answered.is_late(plan.due_on + MONTH)


class Case(NamedTuple):
    """A plan that runs, what was past due and falls due meanwhile, and what was paid since."""

    steps: list[int]
    instalments: list[int]
    paid: int
    missed: int
    """The number (from 1) of the step missed and forgiven; 0 for none."""

    @property
    def pieces(self) -> list[tuple[date, int]]:
        """What is owed, oldest first: two instalments past due, then one between any two steps."""
        total = sum(self.steps)
        old = [(ASKED - 2 * MONTH, total // 2), (ASKED - MONTH, total - total // 2)]
        return [*old, *((ASKED + MONTH * n, i) for n, i in enumerate(self.instalments))]

    def plan(self) -> Plan:
        days = [ASKED + timedelta(days=15) + MONTH * n for n in range(len(self.steps))]
        with_steps = proposed(*zip(days, self.steps, strict=True))
        after = [says("plan.agreed")]
        if self.missed:
            by = days[min(self.missed, len(days) - 1)].isoformat()
            after.append(says("plan.step_missed", 2, step=self.missed, by=by))
        return plans_of(stream(with_steps, *after))[0]

    def left(self) -> list[list[Any]]:
        """What is left of each piece, paid oldest first."""
        money, found = self.paid, []
        for day, minor in self.pieces:
            now = min(money, minor)
            money -= now
            found.append([day, minor - now])
        return found

    def unpaid(self) -> Unpaid:
        owed = tuple((day, minor) for day, minor in self.left() if minor)
        return Unpaid(ASKED + timedelta(days=1), owed)


amounts = st.integers(1, 400)
cases = st.builds(
    Case,
    st.lists(amounts, min_size=1, max_size=5),
    st.lists(amounts, min_size=6, max_size=6),
    st.integers(0, 2_500),
    st.integers(0, 2),
).filter(lambda case: case.missed <= len(case.steps))


def cents_to(case: Case, plan: Plan, n: int) -> int:
    """How many cents, paid one by one to the oldest, until step n is kept."""
    left, cents = case.left(), 0
    later = sum(case.steps[n + 1 :])
    while sum(minor for day, minor in left if day <= plan.steps[n].day) > later:
        next(piece for piece in left if piece[1])[1] -= 1
        cents += 1
    return cents


def filled(case: Case) -> list[int]:
    """What of each step is paid: the money fills the first, then the next."""
    money, found = min(case.paid, sum(case.steps)), []
    for step in case.steps:
        found.append(min(step, money))
        money -= found[-1]
    return found


@given(cases)
def test_the_next_step_is_the_cents_that_are_missing(case: Case) -> None:
    plan, owed = case.plan(), case.unpaid()
    coming = plans.coming(plan, owed)
    open_ones = [n for n in range(len(case.steps)) if cents_to(case, plan, n)]
    if not owed.before(ASKED):
        return
    assert coming and coming.n == open_ones[0]
    together = case.missed == coming.n + 1
    assert coming.last == (min(coming.n + 1, len(case.steps) - 1) if together else coming.n)
    assert coming.pay_minor == cents_to(case, plan, coming.last)
    own = slice(coming.n, coming.last + 1)
    assert coming.step_minor == sum(case.steps[own])
    assert coming.paid_minor == sum(filled(case)[own])
    assert coming.instalment_minor == coming.pay_minor - (coming.step_minor - coming.paid_minor)


def test_nothing_comes_where_nothing_is_due() -> None:
    case = Case([100, 200], [50] * 6, 350, 0)
    assert plans.coming(case.plan(), case.unpaid()) is None


def running(*more: Draft) -> list[Fact]:
    """A loan of instalments of 1,010.00 each thirty days, of which two are past due; a plan."""
    before = [made_up.enrolled(D), made_up.signed(LOAN, D)]
    on = D + timedelta(days=71)
    owed = plans.unpaid(stream(*before), LOAN, on).before(on)
    steps = [(on + timedelta(days=14), owed // 2), (on + timedelta(days=45), owed - owed // 2)]
    stop = Draft("late_interest.stopped", on, "house", LOAN, cause=3)
    return stream(*before, proposed(*steps, on=on), says("plan.agreed", 3, on=on), stop, *more)


@pytest.mark.parametrize(
    ("share", "steps", "then"),
    [(0.5, (), 1), (1, (1,), 2), (1.5, (1,), 2), (2, (1, 2), 0)],
)
def test_a_payment_pays_up_steps_and_what_comes_next_is_said(
    share: float, steps: tuple[int, ...], then: int
) -> None:
    (plan,) = plans_of(running())
    day = plan.proposed.day + timedelta(days=3)
    paid = made_up.paid(LOAN, day, int(plan.total_minor * share) // 2)
    facts = running(paid)
    did = plans.effect(facts, facts[-1])
    assert did and did.steps == steps
    assert (did.coming.n + 1 if did.coming else 0) == then
    later = [*facts, *stream(*[paid] * 9)[6:]]
    assert plans.effect(later, facts[-1]) == did, "what is learnt after it changes nothing"


def test_before_the_plan_a_payment_does_nothing_to_it() -> None:
    before = [made_up.enrolled(D), made_up.signed(LOAN, D)]
    facts = stream(*before, made_up.paid(LOAN, D + timedelta(days=40), 500))
    assert plans.effect(facts, facts[-1]) is None
