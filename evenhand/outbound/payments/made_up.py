"""Made-up people who wait for their money or pay it back, for tests here and above."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from evenhand.ledger import made_up, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.people import persons
from evenhand.people.persons import Person

D: Final = date(2026, 3, 2)
MINUTE: Final = 60_000_000
CONTRACT: Final = "ab" * 32


class Someone(NamedTuple):
    """A borrower, a loan, the vault's number of the account, and when they signed."""

    borrower: int
    loan: int
    account: int
    at: int


def moment(day: date, minutes: int = 0) -> int:
    """So many minutes after noon of a day in Shanghai, microseconds UTC."""
    return made_up.noon(day) + minutes * MINUTE


def someone(number: str = "6222020200011118888", *, verified: bool = True, **terms: Any) -> Someone:
    """A person who has named an account, been verified with it and signed a loan that awaits its
    money: twelve instalments of 1,000.00 and 10.00; with other `terms` where they are said."""
    at = moment(D, -60)
    person = Person(name="甲乙", phone=f"138{number[-8:]}", identity="11010519491231002X")
    (borrower,) = persons.enrol([person], at=at)
    loan = int(streams.new_loans(1)[0])
    account = persons.add_account(borrower, number, "示范银行")
    learn(borrower, made_up.enrolled(D), *named(account), at=at)
    if verified:
        verify(borrower, account, at=at)
    seq = streams.head(borrower).seq
    learn(borrower, *made_up.promised(loan, D, seq, contract=CONTRACT, **terms), at=at + 1)
    return Someone(borrower, loan, account, moment(D))


def owing(number: str = "6222020200011118888", day: date = D) -> Someone:
    """The same person with a loan that has begun on `day`."""
    them = someone(number)
    begun = made_up.signed(int(streams.new_loans(1)[0]), day)
    learn(them.borrower, begun, at=them.at - 30 * MINUTE)
    return them._replace(loan=begun.loan)


def named(account: int) -> Sequence[Draft]:
    """The consent to be checked, and the account named."""
    consent = {"purpose": "identity_check", "text": "cd" * 32}
    return (
        Draft("consent.given", D, "borrower", body=consent),
        Draft("account.named", D, "borrower", body={"account": account}),
    )


def verify(borrower: int, account: int, answer: str = "match", *, at: int) -> None:
    """The identity provider was asked about the account and has answered."""
    facts = streams.stream(borrower)
    given = next(fact.seq for fact in facts if fact.kind == "consent.given")
    asked = {"about": "identity", "purpose": "identity_check", "provider": "simulator"}
    said = {"about": "identity", "answer": answer, "provider": "simulator"}
    left = Draft(
        "enquiry.leaving", D, "borrower", cause=given, body={**asked, "account": account}
    )  # fmt: skip
    answered = Draft("enquiry.answered", D, "provider", cause=len(facts) + 1, body=said)
    learn(borrower, left, answered, at=at)


def learn(borrower: int, *drafts: Draft, at: int) -> None:
    """Append to a stream wherever it stands."""
    streams.append(borrower, drafts, at=at, expected_seq=streams.head(borrower).seq)


def kinds(borrower: int) -> list[str]:
    """The kinds of the borrower's facts, in order."""
    return [fact.kind for fact in streams.stream(borrower)]


def last(borrower: int, kind: str) -> Fact:
    """The last fact of a kind."""
    return [fact for fact in streams.stream(borrower) if fact.kind == kind][-1]
