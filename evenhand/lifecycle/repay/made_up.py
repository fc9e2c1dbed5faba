"""Made-up borrowers who repay, for tests and seeds: registered, verified, with a loan that runs."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from evenhand.core.schedule import schedule
from evenhand.core.shape import monthly_equal
from evenhand.ledger import house, made_up, streams
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.repay import owing
from evenhand.outbound.payments.made_up import Someone, named, verify
from evenhand.people import credentials, persons
from evenhand.people.persons import Person

PIN: Final = "827364"
PRINCIPAL: Final = 1_000_000
RATE: Final = 108_000
CARD: Final = "6222020200011118888"


def borrower(
    day: date,
    *,
    months: int = 12,
    lang: str = "zh-hans",
    card: str = CARD,
    online: bool = True,
    **agreed: Any,
) -> Someone:
    """Somebody with 10,000.00 at 10.8 % a year, paid out on `day`, due each month from then on;
    what is `agreed` besides is in the contract."""
    at = made_up.noon(day)
    who = Person(name="持平某人", phone=f"138{card[-8:]}", identity="11010519491231002X", lang=lang)
    (person,) = persons.enrol([who], at=at)
    account = persons.add_account(person, card, "示范银行")
    learn(person, made_up.enrolled(day), *named(account), at=at)
    verify(person, account, at=at)
    if online:
        credentials.set_pin(person, PIN)
        terms = {"purpose": "app_terms", "text": "ef" * 32}
        learn(person, Draft("consent.given", day, "borrower", body=terms), at=at)
    loan = int(streams.new_loans(1)[0])
    learn(person, signed(loan, day, months, **agreed), at=at)
    return Someone(person, loan, account, at)


def signed(loan: int, day: date, months: int = 12, **agreed: Any) -> Draft:
    """The signing of such a loan, instalments by the house's own schedule."""
    one = np.ones(1, dtype=np.int64)
    shape = monthly_equal(one * PRINCIPAL, one * RATE, one * house.day_number(day), one * months)
    made = schedule(shape)
    columns = (made.due_on[0], made.principal_minor[0], made.interest_minor[0])
    rows: list[list[Any]] = [
        [house.day_from(due).isoformat(), int(principal), int(interest)]
        for due, principal, interest in zip(*columns, strict=True)
    ]
    draft = made_up.signed(loan, day)
    body = {**draft.body, "rate_ppm": RATE, "late_rate_ppm": 162_000, "instalments": rows}
    return draft._replace(amount=PRINCIPAL, body=body | agreed)


def pays(them: Someone, day: date, amount: int) -> int:
    """Money that came in by transfer; the payment's seq."""
    return learn(them.borrower, made_up.paid(them.loan, day, amount), at=made_up.noon(day))


def proposes(them: Someone, day: date, parts: int = 3) -> int:
    """A plan asked for at noon of `day`: equal parts each thirty days, the first in two weeks, and
    our answer within a week; its seq."""
    total = owing.loan_of(them.borrower, them.loan, house.day_number(day)).past_due_minor
    amounts = [total // parts] * (parts - 1) + [total - total // parts * (parts - 1)]
    days = [(day + timedelta(days=14 + 30 * n)).isoformat() for n in range(parts)]
    body = {"steps": [list(step) for step in zip(days, amounts, strict=True)], "total_minor": total}
    body |= {"due_on": (day + timedelta(days=7)).isoformat()}
    draft = Draft("plan.proposed", day, "borrower", them.loan, body=body)
    return learn(them.borrower, draft, at=made_up.noon(day))


def agreed(them: Someone, day: date, parts: int = 3) -> int:
    """The same agreed at once: no late interest runs; the agreement's seq."""
    seq, at = proposes(them, day, parts), made_up.noon(day)
    stop = Draft("late_interest.stopped", day, "house", them.loan, cause=seq)
    yes = Draft("plan.agreed", day, "house", them.loan, cause=seq)
    return learn(them.borrower, yes, stop, at=at) - 1


def ended(them: Someone, agreement: int, day: date, reason: str = "kept") -> int:
    """A plan is over; its seq."""
    stop = agreement + 1
    end = Draft("plan.ended", day, "house", them.loan, 0, agreement, {"reason": reason})
    resumed = Draft("late_interest.resumed", day, "house", them.loan, cause=stop)
    return learn(them.borrower, end, resumed, at=made_up.noon(day)) - 1


def learn(person: int, *drafts: Draft, at: int) -> int:
    """Append to a stream wherever it stands; the seq of the last."""
    facts = streams.append(person, drafts, at=at, expected_seq=streams.head(person).seq)
    return facts[-1].seq


def kinds(person: int) -> Sequence[str]:
    """The kinds of the person's facts, in order."""
    return [fact.kind for fact in streams.stream(person)]
