"""A made-up book for tests of this room and those above: persons with phones, and loans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from evenhand.ledger import made_up, streams
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact import wording
from evenhand.people import persons
from evenhand.people.persons import Person

HOUR = 3_600_000_000
MINUTE = 60_000_000


def moment(day: date, hour: int = 0, minute: int = 0) -> int:
    """A wall-clock time of Shanghai in microseconds UTC."""
    return made_up.noon(day) + (hour - 12) * HOUR + minute * MINUTE


def enrol(count: int, day: date, *, ending: str = "1", lang: str = "zh-hans") -> list[int]:
    """So many borrowers with a phone each, whose numbers end in `ending`, and their first fact."""
    new = [
        Person(name=f"甲{n}", phone=f"1380{n:0{7 - len(ending)}d}{ending}", lang=lang)
        for n in range(count)
    ]
    borrowers = persons.enrol(new, at=moment(day, 1))
    first = made_up.enrolled(day)._replace(body={"lang": lang, "zone": "Asia/Shanghai"})
    drafts = [streams.Append(borrower, 0, [first]) for borrower in borrowers]
    assert streams.append_many(drafts, at=moment(day, 1)) == []
    return borrowers


def go_online(borrowers: Sequence[int], day: date) -> None:
    """They agree to the terms of an account with us online: from then on their inbox is used."""
    body = {"purpose": "app_terms", "text": "ab" * 32}
    for borrower in borrowers:
        learn(borrower, Draft("consent.given", day, "borrower", body=body), at=moment(day, 1, 30))


def lend(
    borrowers: Sequence[int],
    day: date,
    count: int = 12,
    strategy: str = "standard",
    measures: Sequence[str] = ("sms", "call"),
) -> list[int]:
    """A loan each, 1,000.00 and 10.00 interest due every thirty days from `day`; their numbers."""
    loans: list[int] = streams.new_loans(len(borrowers)).tolist()
    heads = streams.heads(borrowers)
    terms = {"strategy": strategy, "measures": list(measures)}
    appends = [
        streams.Append(b, heads[b].seq, [made_up.signed(loan, day, count, **terms)])
        for b, loan in zip(borrowers, loans, strict=True)
    ]
    assert streams.append_many(appends, at=moment(day, 2)) == []
    return loans


def learn(borrower: int, *drafts: Draft, at: int) -> None:
    """Append to a stream wherever it stands."""
    streams.append(borrower, drafts, at=at, expected_seq=streams.head(borrower).seq)


def days(first: date, count: int) -> list[date]:
    """So many days in a row."""
    return [first + timedelta(days=n) for n in range(count)]


def adopt(day: date, proposer: int = 1, approver: int = 2) -> None:
    """Two of staff adopt what ships and is not in force yet, at once: messages may leave."""
    said = wording.release()
    if said:
        at = moment(day, 0, 1)
        seq = wording.propose(said, f"staff:{proposer}", at=at)
        wording.approve(seq, f"staff:{approver}", at=at)
