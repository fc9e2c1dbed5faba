"""Somebody with a loan of 12,000.00 in twelve months, for tests and seeds."""

from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from evenhand.core.days import iso
from evenhand.core.schedule import schedule
from evenhand.core.shape import monthly_equal
from evenhand.ledger import house, made_up, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.one_loan import Here, here
from evenhand.outbound.payments.made_up import Someone, learn, someone
from evenhand.people import credentials

PIN: Final = "827364"
BEGAN: Final = date(2026, 1, 31)
EACH: Final = 1_066_19
"""What an instalment comes to, but the last."""


def borrower(number: str = "6222020200011118888", paid: int = 3) -> Someone:
    """Somebody online with a loan of 12,000.00 at 12 % of 31 January 2026, the first instalments
    paid on their days."""
    them = someone(number)
    credentials.set_pin(them.borrower, PIN)
    terms = {"purpose": "app_terms", "text": "ef" * 32}
    loan = int(streams.new_loans(1)[0])
    begun = signed(loan)
    learn(them.borrower, begun, at=them.at)
    consent = Draft("consent.given", BEGAN, "borrower", body=terms)
    learn(them.borrower, consent, at=them.at)
    their = them._replace(loan=loan)
    for due_on, principal, interest in begun.body["instalments"][:paid]:
        day = date.fromisoformat(due_on)
        pays(their, day, principal + interest)
    return their


def signed(loan: int, count: int = 12, **changes: Any) -> Draft:
    """The loan as it was signed."""
    one = np.array([1])
    began = one * house.day_number(BEGAN)
    plan = schedule(monthly_equal(one * 12_000_00, one * 120_000, began, one * count))
    rows = zip(
        iso(plan.due_on[0]).tolist(),
        plan.principal_minor[0].tolist(),
        plan.interest_minor[0].tolist(),
        strict=True,
    )
    made = made_up.signed(loan, BEGAN, count, instalments=[list(row) for row in rows], **changes)
    return made._replace(amount=12_000_00)


def pays(them: Someone, on: date, amount_minor: int) -> None:
    """Money that came in at noon of `on`."""
    at = max(made_up.noon(on), them.at)
    learn(them.borrower, made_up.paid(them.loan, on, amount_minor), at=at)


def stands(them: Someone, on: date) -> Here:
    """Where their loan stands on a day."""
    found = here(streams.stream(them.borrower), them.loan, on)
    assert found, "the loan has begun"
    return found


def later(on: date, days: int) -> str:
    """So many days later, as a form or a fact has it."""
    return (on + timedelta(days=days)).isoformat()
