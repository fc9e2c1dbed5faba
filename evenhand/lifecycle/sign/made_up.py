"""Made-up approvals, and their way to the signature by the real steps, for seeds and tests."""

from datetime import date, timedelta
from typing import Any, Final

from evenhand.ledger import house, products, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.made_up import noon
from evenhand.lifecycle.sign import reading, steps
from evenhand.outbound.contact import made_up as people
from evenhand.outbound.payments import register

SECOND: Final = 1_000_000
D: Final = date(2026, 11, 24)
AT: Final = noon(D)
NEXT_DAY: Final = noon(D + timedelta(days=1))
ACCOUNT: Final = {
    "kind": "account",
    "payee": "持平小额贷款（示范）有限公司",
    "bank": "示范银行",
    "number": "6225 8801 0000 0018",
}


def approve(
    borrower: int,
    *,
    at: int,
    principal_minor: int = 1_000_000,
    months: int = 12,
    until: str = "",
    product: str = "demo",
) -> int:
    """An application of the borrower's, made and approved; the loan."""
    products.seed("demo")
    loan, day = int(streams.new_loans(1)[0]), house.day_of(at)
    asked = {
        "product": product,
        "version": products.DEMO.version,
        "months": months,
        "purpose": "household",
    }
    said: dict[str, Any] = {"outcome": "approve", "reasons": [], "policy": "00", "scorecard": "11"}
    said |= {"principal_minor": principal_minor, "months": months}
    said |= {"until": until} if until else {}
    seq = streams.head(borrower).seq
    made = Draft(
        "application.made", day, "borrower", loan, principal_minor, body=asked | {"text": "ab" * 32}
    )
    decided = Draft("decision.made", day, "house", loan, cause=seq + 1, body=said)
    streams.append(borrower, [made, decided], at=at, expected_seq=seq)
    return loan


def approved(lang: str = "zh-hans") -> tuple[int, int]:
    """A borrower with an approved application on a day on which there is where to pay."""
    where_to_pay(D)
    (borrower,) = people.enrol(1, D, lang=lang)
    return borrower, approve(borrower, at=AT)


def step(borrower: int, loan: int, at: int = AT) -> str:
    """What is next for the loan."""
    found = steps.stand(borrower, loan, at=at)
    assert found is not None
    return found.step


def last(borrower: int, kind: str) -> Fact:
    """The borrower's last fact of a kind."""
    return [fact for fact in streams.stream(borrower) if fact.kind == kind][-1]


def where_to_pay(on: date) -> None:
    """An account of the lender's that counts on a day: proposed and approved the day before."""
    at = house.midnight(on - timedelta(days=1))
    seq = register.propose(ACCOUNT, on, "staff:3", at)
    register.approve(seq, "staff:4", at)


def read_table(borrower: int, loan: int, lang: str, *, at: int) -> None:
    """The borrower reads the cost table for long enough and confirms it."""
    steps.show_table(borrower, loan, lang, at=at)
    found = steps.stand(borrower, loan, at=at)
    assert found is not None and found.shown is not None
    later = at + reading.seconds() * SECOND
    document = found.shown.body["document"]
    steps.confirm_table(borrower, loan, document, reading.seconds(), at=later)


def read_contract(borrower: int, loan: int, lang: str, *, at: int) -> str:
    """The borrower opens today's contract and confirms its measures; the document's digest."""
    steps.offer_contract(borrower, loan, lang, at=at)
    offered = steps.open_contract(borrower, loan, at=at)
    assert offered is not None
    digest: str = offered.body["document"]
    steps.confirm_measures(borrower, loan, digest, at=at)
    return digest


def sign(borrower: int, loan: int, lang: str, *, at: int) -> None:
    """From the approval to the signature, at one go."""
    read_table(borrower, loan, lang, at=at)
    digest = read_contract(borrower, loan, lang, at=at + 60 * SECOND)
    steps.sign(borrower, loan, digest, at=at + 90 * SECOND)
