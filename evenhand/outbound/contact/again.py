"""The second judgement: what an intention comes to at the moment it would leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np

from evenhand.core.gate_columns import NEVER_SECOND, Codes
from evenhand.core.words import CHANNELS, MODES, PURPOSES, RECIPIENTS, code
from evenhand.ledger import house, standing, streams
from evenhand.ledger.facts import Fact, Head
from evenhand.ledger.standing import Standing
from evenhand.outbound.contact import known, may, of_parties, reach, wishes
from evenhand.outbound.contact.may import Judged
from evenhand.outbound.contact.of_parties import Asked
from evenhand.outbound.contact.wanted import Wanted, disclosed, named_loans

SECOND: Final = 1_000_000
DUE_REMINDER: Final = "due_reminder"
REQUIRED: Final = "required_notice"
REPLY: Final = "reply"


@dataclass(frozen=True, slots=True)
class Need:
    """What intentions [A], by borrower, still have to say, as the loans they name stand now.

    `over` says why there is nothing left to say, empty where there is: paid, overtaken or unwished.
    `rows` are the places of their loans in `stood`; `others` who answers for a loan of another's.
    """

    intentions: list[Fact]
    stood: Standing
    rows: list[list[int]]
    over: list[str]
    others: dict[tuple[int, int], Asked]

    def values(self, row: int) -> dict[str, Any]:
        """The figures its words may tell: those it brought, or what is due or past due now."""
        fact, rows = self.intentions[row], self.rows[row]
        if fact.body["purpose"] == REQUIRED:
            return dict(fact.body.get("values", {}))
        if other := self.others.get(fact[:2]):
            return {"amount_minor": other.minor, "currency": fact.body["values"]["currency"]}
        position = self.stood.position
        due = position.past_due_minor
        if fact.body["purpose"] == DUE_REMINDER:
            due = np.where(position.next_due_on == _since(fact), position.next_due_minor, 0)
        amount = {"amount_minor": int(due[rows].sum()), "day": fact.body["since"]}
        currencies = {code.decode() for code in self.stood.rows["currency"][rows].tolist()}
        return amount | ({"currency": currencies.pop()} if len(currencies) == 1 else {})


@dataclass(frozen=True, slots=True)
class Again:
    """Intentions [A] judged again: where they stood, what they still say, what the law says."""

    heads: list[Head]
    need: Need
    judged: Judged

    def look_on(self, row: int) -> int:
        """The house day on which a refused intention's borrower may be asked again; 0 for none."""
        moment = int(self.judged.not_before[row])
        return 0 if moment >= NEVER_SECOND else house.day_number(house.day_of(moment * SECOND))


def need_of(intentions: Sequence[Fact], now: int) -> Need:
    """What these intentions still have to say at `now` (microseconds UTC).

    A reminder is asked for while a loan it names is past due; a due notice while a loan it names
    still owes what falls due on the day it spoke of, and that day has not passed; a required notice
    always, by message unless the person has stopped those; so does what answers the person's words.
    Nothing is asked for in the inbox of who has taken back the consent to its terms.
    """
    by_borrower = sorted(intentions, key=lambda fact: (fact.borrower, fact.seq))
    on = house.day_number(house.day_of(now))
    stood = standing.stand(np.array(sorted({fact.borrower for fact in by_borrower})), on)
    rows = rows_of(by_borrower, stood)
    late = (stood.position.past_due_minor > 0).tolist()
    next_due = stood.position.next_due_on.tolist()
    unwished = _unwished(by_borrower, now)
    others = _others(by_borrower, now)
    over = []
    for fact, named in zip(by_borrower, rows, strict=True):
        if fact[:2] in unwished:
            over.append("unwished")
            continue
        if other := others.get(fact[:2]):
            over.append("" if other.minor else "paid")
            continue
        is_late = any(late[row] for row in named)
        falls_due = any(next_due[row] == _since(fact) for row in named)
        purpose = fact.body["purpose"]
        wanted = falls_due if purpose == DUE_REMINDER else is_late
        if wanted or purpose in (REQUIRED, REPLY):
            over.append("")
        else:
            over.append("overtaken" if is_late else "paid")
    return Need(by_borrower, stood, rows, over, others)


def judge_again(intentions: Sequence[Fact], now: int) -> Again:
    """Judge intentions, at most one a borrower, at `now` (microseconds UTC).

    Heads are read first: whatever is written after that moves the head and undoes the judgement.
    """
    heads = streams.heads(sorted(fact.borrower for fact in intentions))
    day = house.day_of(now)
    need = need_of(intentions, now)
    law = may.law_of(day)
    own = np.array([fact.seq for fact in need.intentions], dtype=np.int64)
    books = known.Books(need.stood.borrower, need.stood.loan)
    wanted = _about_others(wanted_of(need.intentions, need.stood, need.rows), need)
    others = list(need.others.values())
    matter = may.matter(wanted, books, law, now // SECOND, own, others)
    judged = may.may(matter, np.full(len(own), now // SECOND), law)
    return Again([heads[fact.borrower] for fact in need.intentions], need, judged)


def wanted_of(intentions: Sequence[Fact], stood: Standing, rows: Sequence[Sequence[int]]) -> Wanted:
    """What these facts, at most one a borrower and by borrower, wanted; `rows` as of `rows_of`."""
    borrower = np.array([fact.borrower for fact in intentions], dtype=np.int64)
    channel = _codes(intentions, "channel", CHANNELS)
    named = np.zeros(len(stood.borrower), dtype=np.bool_)
    named[[row for some in rows for row in some]] = True
    loans = named_loans(stood, named, borrower)
    return Wanted(
        borrower=borrower,
        channel=channel,
        mode=_codes(intentions, "mode", MODES),
        to=_codes(intentions, "to", RECIPIENTS),
        purpose=_codes(intentions, "purpose", PURPOSES),
        address=np.array([fact.body["address"] for fact in intentions], dtype=np.int64),
        debts=loans.debts,
        disclosed=disclosed(loans.measures, channel),
        days_late=loans.days_late,
        overdue_minor=loans.overdue_minor,
    )


def _about_others(wanted: Wanted, need: Need) -> Wanted:
    """The same, with the loans of others as they stand where the person is asked for one."""
    measures, days_late, overdue = (np.zeros(len(wanted), dtype=np.int64) for _ in range(3))
    asks = np.zeros(len(wanted), dtype=np.bool_)
    for row, fact in enumerate(need.intentions):
        other = need.others.get(fact[:2])
        if other and other.stood:
            measures[row], days_late[row] = other.stood.measures, other.stood.past_due_days
            overdue[row], asks[row] = other.minor, True
    return replace(
        wanted,
        disclosed=np.where(asks, disclosed(measures, wanted.channel), wanted.disclosed),
        days_late=np.where(asks, days_late, wanted.days_late),
        overdue_minor=np.where(asks, overdue, wanted.overdue_minor),
    )


def rows_of(intentions: Sequence[Fact], stood: Standing) -> list[list[int]]:
    """The places in `stood` of the loans each intention names; a loan taken back has none."""
    pairs = zip(stood.borrower.tolist(), stood.loan.tolist(), strict=True)
    place = {pair: row for row, pair in enumerate(pairs)}
    return [
        [place[fact.borrower, loan] for loan in loans_of(fact) if (fact.borrower, loan) in place]
        for fact in intentions
    ]


def loans_of(fact: Fact) -> list[int]:
    """The loans a contact is about, as the fact that wanted it names them."""
    return [loan[0] if isinstance(loan, list) else loan for loan in fact.body["loans"]]


def _others(intentions: Sequence[Fact], now: int) -> dict[tuple[int, int], Asked]:
    """Those of them that ask somebody for a loan of another's, by (borrower, seq)."""
    return {
        fact[:2]: of_parties.asked(fact.borrower, fact.body["answers"], now)
        for fact in intentions
        if "answers" in fact.body
    }


def _unwished(intentions: Sequence[Fact], now: int) -> set[tuple[int, int]]:
    """By (borrower, seq): required notices that do not go out by message, and what is asked for in
    an inbox whose terms are taken back."""
    by_sort: dict[tuple[bool, str], list[Fact]] = {}
    for fact in intentions:
        sort = (fact.body["purpose"] == REQUIRED, fact.body["channel"])
        by_sort.setdefault(sort, []).append(fact)
    found: set[tuple[int, int]] = set()
    if messages := by_sort.get((True, "sms")):
        stopped = wishes.stopped((fact.borrower for fact in messages), now)
        found |= {fact[:2] for fact in messages if fact.borrower in stopped}
    asking = [f for f in by_sort.get((False, "in_app"), ()) if f.body["purpose"] != REPLY]
    if asking:
        borrowers = np.unique(np.array([fact.borrower for fact in asking], dtype=np.int64))
        back = set(borrowers[reach.took_back(borrowers)].tolist())
        found |= {fact[:2] for fact in asking if fact.borrower in back}
    return found


def _since(fact: Fact) -> int:
    return house.day_number(date.fromisoformat(fact.body["since"]))


def _codes(intentions: Sequence[Fact], key: str, words: tuple[str, ...]) -> Codes:
    return np.array([code(fact.body[key], words) for fact in intentions], dtype=np.int8)
