"""What the made-up borrowers do on a day, as facts: sign, pay, complain, agree, wish.

One append a borrower and day, after the sums their positions ask. It goes on from what stands in
the ledger, so it does not matter who lived through the day before.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from evenhand.core.days import NEVER
from evenhand.core.schedule import schedule
from evenhand.core.shape import monthly_equal
from evenhand.core.words import STATE_KINDS
from evenhand.ledger import house, products, standing, states, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.streams import Append
from evenhand.people import persons
from evenhand.site import demo_people, made_up
from evenhand.site.demo_people import PEOPLE, Signing, Stands

DAY: Final = 86_400_000_000
ANSWERED_AFTER: Final = 9 * DAY
PLAN_DAYS: Final = 60
ANSWERS: Final = {"complaint_open": "complaint.answered", "dispute_open": "dispute.answered"}
COMPLAINT: Final = "I was told to pay at once although I had already arranged a day."
DISPUTE: Final = "The sum is not right: my last payment is not in it."
DESK: Final = "staff:1"
AFTERNOON: Final = {"from_minute": 0, "until_minute": 13 * 60}

Drafts = dict[int, list[Draft]]


def act(numbers: dict[int, int], day: date, at: int) -> int:
    """Everything the borrowers do on `day`, learnt at `at` (microseconds UTC); returns facts.

    `numbers` are those of everybody enrolled (`enrolled_so_far`); who is new is added.
    """
    drafts: Drafts = defaultdict(list)
    _act_on_loans(numbers, drafts, day, at)
    _answer(numbers, drafts, day, at)
    _sign(numbers, drafts, day, at)
    heads = streams.heads(sorted(drafts))
    appends = [Append(person, heads[person].seq, own) for person, own in sorted(drafts.items())]
    moved = streams.append_many(appends, at=at)
    assert not moved, "nobody else acts for made-up borrowers"
    return sum(len(own) for own in drafts.values())


def enrolled_so_far() -> dict[int, int]:
    """Person to number."""
    phones = {made_up.phone(number): number for number in range(PEOPLE)}
    found = persons.find_many("phone", list(phones))
    return {many[0].person: phones[phone] for phone, many in found.items()}


def _act_on_loans(numbers: dict[int, int], drafts: Drafts, day: date, at: int) -> None:
    on = house.day_number(day)
    stood = standing.stand(np.array(sorted(numbers), np.int64), on)
    held = {(row["borrower"], row["kind"]) for row in _open_states(numbers, at)}
    for row, person in enumerate(stood.borrower.tolist()):
        stands = _stands(stood, row, on)
        loan = int(stood.loan[row])
        minor = demo_people.pays(numbers[person], stands)
        if minor:
            drafts[person].append(_payment(loan, minor, day))
        said = _said(numbers[person], person, loan, stands.past_due_days, day, at)
        drafts[person] += [draft for kind, draft in said if (person, kind) not in held]
        if not drafts[person]:
            del drafts[person]


def _stands(stood: standing.Standing, row: int, on: int) -> Stands:
    position = stood.position
    next_due_on = int(position.next_due_on[row])
    return Stands(
        age=on - int(stood.rows["signed_on"][row]),
        due_minor=int(position.due_minor[row]),
        next_due_minor=int(position.next_due_minor[row]),
        days_to_next=next_due_on - on if next_due_on < NEVER else -1,
        past_due_days=int(position.past_due_days[row]),
    )


def _said(
    number: int, person: int, loan: int, late: int, day: date, at: int
) -> Iterator[tuple[int, Draft]]:
    """What a person says today: the code of the state it begins, and the fact."""
    if demo_people.complains(number, late):
        yield _code("complaint_open"), _told("complaint.opened", person, loan, COMPLAINT, day)
    if demo_people.disputes(number, late):
        yield _code("dispute_open"), _told("dispute.opened", person, loan, DISPUTE, day)
    if demo_people.opts_out(number, late):
        draft = Draft("wish.opt_out", day, "borrower", body={"channel": "sms"})
        yield _code("opt_out"), draft
    if demo_people.agrees_to_a_plan(number, late):
        body = {"since": at, "until": at + PLAN_DAYS * DAY}
        yield _code("agreement_in_force"), Draft("plan.agreed", day, "borrower", loan, body=body)


def _told(kind: str, person: int, loan: int, text: str, day: date) -> Draft:
    """A fact that binds to a text in the vault."""
    return Draft(kind, day, "borrower", loan, body={"text": persons.seal_text(person, text).hex()})


def _answer(numbers: dict[int, int], drafts: Drafts, day: date, at: int) -> None:
    """Complaints and disputes are answered some days later."""
    for row in _open_states(numbers, at):
        kind = ANSWERS.get(STATE_KINDS[row["kind"]])
        if kind and row["at"] + ANSWERED_AFTER <= at:
            drafts[row["borrower"]].append(Draft(kind, day, DESK, cause=row["seq"]))


def _open_states(numbers: dict[int, int], at: int) -> list[dict[str, int]]:
    found = states.states(np.array(sorted(numbers), np.int64))
    wanted = found[found["until"] > at]
    names = ("borrower", "seq", "kind", "at")
    return [dict(zip(names, row, strict=True)) for row in wanted[list(names)].tolist()]


def _sign(numbers: dict[int, int], drafts: Drafts, day: date, at: int) -> None:
    """Enrol who is new today, and sign and disburse the loans of the day."""
    signings = demo_people.signings(day)
    if not signings:
        return
    known = {number: person for person, number in numbers.items()}
    new = [one.number for one in signings if one.number not in known]
    people = [made_up.person(number) for number in new]
    known |= dict(zip(new, persons.enrol(people, at=at), strict=True))
    numbers |= {person: number for number, person in known.items()}
    for number, person in zip(new, people, strict=True):
        drafts[known[number]] += _enrolled(number, person, day)
    plans = _plans(signings, day)
    for one, loan, plan in zip(signings, streams.new_loans(len(signings)), plans, strict=True):
        drafts[known[one.number]] += _signed(one, int(loan), plan, day)


def _enrolled(number: int, person: persons.Person, day: date) -> Iterator[Draft]:
    body = {"lang": person.lang, "zone": person.zone}
    yield Draft("borrower.enrolled", day, "borrower", body=body)
    if demo_people.wants_afternoons(number):
        yield Draft("wish.hours", day, "borrower", body=AFTERNOON)


def _signed(one: Signing, loan: int, plan: list[list[Any]], day: date) -> Iterator[Draft]:
    product = products.DEMO
    body = {
        "product": product.product,
        "version": product.version,
        "disbursed_on": day.isoformat(),
        "instalments": plan,
        **{key: product.terms[key] for key in FROM_PRODUCT},
    }
    yield Draft("loan.signed", day, "borrower", loan, one.principal, body=body)
    paid_out = {"reference": f"demo-{loan}"}
    yield Draft("loan.disbursed", day, "provider:bank", loan, one.principal, body=paid_out)


FROM_PRODUCT: Final = (
    "currency",
    "rate_ppm",
    "late_rate_ppm",
    "late_year_days",
    "strategy",
    "measures",
)


def _plans(signings: Sequence[Signing], day: date) -> list[list[list[Any]]]:
    """The instalments of each loan as its fact holds them: [due day, principal, interest]."""
    one = np.ones(len(signings), np.int64)
    made = schedule(
        monthly_equal(
            np.array([signing.principal for signing in signings], np.int64),
            one * int(products.DEMO.terms["rate_ppm"]),
            one * house.day_number(day),
            np.array([signing.months for signing in signings], np.int64),
        )
    )
    return [
        [
            [house.day_from(due).isoformat(), principal, interest]
            for due, principal, interest in zip(
                made.due_on[row, :count].tolist(),
                made.principal_minor[row, :count].tolist(),
                made.interest_minor[row, :count].tolist(),
                strict=True,
            )
        ]
        for row, count in enumerate(made.count.tolist())
    ]


def _payment(loan: int, minor: int, day: date) -> Draft:
    body = {"reference": f"demo-{loan}-{day:%Y%m%d}", "channel": "bank"}
    return Draft("payment.received", day, "provider:bank", loan, minor, body=body)


def _code(word: str) -> int:
    return STATE_KINDS.index(word)
