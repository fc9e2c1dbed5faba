"""Made-up applicants for tests and seeds of this room and those above: facts and sealed answers."""

from datetime import date, timedelta
from typing import Any, Final

from evenhand.ledger import house, products, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft
from evenhand.people import persons
from evenhand.people.answers import Answers
from evenhand.people.persons import Person

SOUND: Final = Answers(
    income_minor=900_000,
    housing_minor=200_000,
    duties_minor=50_000,
    loans_minor=0,
    employment="employed",
    employed_since="2021-03",
    supported=1,
    account="well",
    savings="some",
)
IDENTITY: Final = "110101199003070000"


def applicant(
    at: int, *, identity: str = IDENTITY, student: str = "no", answer: str = "match"
) -> int:
    """Somebody enrolled and verified, as registration leaves them."""
    new = Person(name="持平甲", phone="12000000001", identity=identity)
    (person,) = persons.enrol([new], at=at)
    account = persons.add_account(person, "6299990000000000003", "中国工商银行")
    told = [
        ("borrower.enrolled", "borrower", 0, {"lang": "zh-hans", "zone": "Asia/Shanghai"}),
        ("person.declared", "borrower", 0, {"student": student}),
        ("consent.given", "borrower", 0, {"purpose": "identity_check", "text": "ab" * 32}),
        (
            "enquiry.leaving",
            "borrower",
            3,
            _about() | {"purpose": "identity_check", "account": account},
        ),
        ("enquiry.answered", "provider", 4, _about() | {"answer": answer, "student": "no"}),
        ("account.named", "borrower", 0, {"account": account}),
    ]
    day = house.day_of(at)
    drafts = [Draft(kind, day, hand, cause=cause, body=body) for kind, hand, cause, body in told]
    streams.append(person, drafts, at=at, expected_seq=0)
    return person


def apply(
    person: int,
    at: int,
    said: Answers = SOUND,
    *,
    principal_minor: int = 1_000_000,
    months: int = 12,
    purpose: str = "repairs",
    hand: str = "borrower",
    product: str = "demo",
) -> int:
    """An application of theirs for a product's first version, as the applying stage writes it; its
    loan."""
    products.seed("demo")
    loan = int(streams.new_loans(1)[0])
    text = persons.seal_text(person, said.text()).hex()
    body: dict[str, Any] = {
        "product": product, "version": 1, "months": months, "purpose": purpose, "text": text,
    }  # fmt: skip
    made = Draft("application.made", house.day_of(at), hand, loan, principal_minor, body=body)
    act(person, lambda _facts: [made], at=at)
    return loan


def born(on: date, years: int, days: int = 0) -> str:
    """An identity number, its checksum apart, of somebody who turned that age `days` before."""
    birth = (on - timedelta(days=days)).replace(year=on.year - years)
    return f"110101{birth:%Y%m%d}0000"


def _about() -> dict[str, Any]:
    return {"about": "identity", "provider": "simulator"}
