"""Made-up plans, for tests and seeds: asked for, running."""

from datetime import date, timedelta
from typing import Final

from evenhand.ledger import house, made_up, one_loan, promised, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.one_loan import Here
from evenhand.ledger.plans import Plan, plan_of
from evenhand.lifecycle.arrange import acts, bounds, steps
from evenhand.lifecycle.arrange.offer import PARTS, Wanted
from evenhand.outbound.payments.made_up import MINUTE, D, Someone, learn, moment, owing
from evenhand.people import credentials

PIN: Final = "827364"


def here(borrower: int, loan: int, on: date) -> Here:
    """Where the loan stands on a day."""
    found = one_loan.here(streams.stream(borrower), loan, on)
    assert found, "the loan has begun"
    return found


def running(borrower: int, loan: int, on: date, parts: int = 3) -> int:
    """A plan agreed at once at noon of `on`, the first step in two weeks; its seq."""
    return _propose(borrower, loan, Wanted(PARTS, parts, on + timedelta(days=14)), on)


def asked(borrower: int, loan: int, on: date, text: str = "") -> int:
    """A proposal of ten parts that waits for a person since noon of `on`; its seq."""
    limits = bounds.of(here(borrower, loan, on).product)
    first = promised.answer_by(on, limits.working_days) + timedelta(days=10)
    return _propose(borrower, loan, Wanted(PARTS, 10, first), on, text)


def countered(borrower: int, loan: int, on: date, by: int, parts: int = 6, text: str = "") -> int:
    """A proposal of ten parts of noon of `on`, for which staff `by` offer fewer a minute later, the
    first in ten days; its seq."""
    seq = asked(borrower, loan, on)
    wanted = Wanted(PARTS, parts, on + timedelta(days=10))
    acts.counter(borrower, seq, wanted, by, at=made_up.noon(on) + MINUTE, text=text)
    return seq


def _propose(borrower: int, loan: int, wanted: Wanted, on: date, text: str = "") -> int:
    at = made_up.noon(on)
    total = here(borrower, loan, house.day_of(at)).past_due_minor
    return acts.propose(borrower, loan, wanted, "borrower", at=at, expected_minor=total, text=text)


def behind(number: str = "6222020200011118888") -> Someone:
    """Somebody online with a loan of instalments of 1,010.00 each thirty days from 2 March 2026,
    of which none was paid."""
    them = owing(number)
    credentials.set_pin(them.borrower, PIN)
    terms = {"purpose": "app_terms", "text": "ef" * 32}
    learn(them.borrower, Draft("consent.given", D, "borrower", body=terms), at=moment(D))
    return them


def pays(them: Someone, on: date, amount_minor: int) -> None:
    """Money that came in at noon of `on`."""
    learn(them.borrower, made_up.paid(them.loan, on, amount_minor), at=made_up.noon(on))


def past_due(them: Someone, on: date) -> int:
    """What is past due on a day, in minor units."""
    return here(them.borrower, them.loan, on).past_due_minor


def plan(them: Someone, seq: int) -> Plan:
    """Their plan of that seq as it stands."""
    return plan_of(streams.stream(them.borrower), seq)


def close(them: Someone, first: date, until: date) -> None:
    """Every day from `first` to `until` ends: their plans are judged by it, and they are told."""
    day = first
    while day <= until:
        at = made_up.noon(day + timedelta(days=1))
        steps.close(day, at=at)
        steps.told(told_of(them), at=at)
        day += timedelta(days=1)


def told_of(them: Someone) -> list[tuple[int, int]]:
    """The facts of their plans, by borrower and seq."""
    stream = streams.stream(them.borrower)
    return [(fact.borrower, fact.seq) for fact in stream if fact.kind.startswith("plan.")]


def notices(them: Someone) -> list[str]:
    """The templates of what their inbox was told of."""
    found = [f for f in streams.stream(them.borrower) if f.kind == "contact.intended"]
    return [fact.body["template"] for fact in found if fact.body["channel"] == "in_app"]
