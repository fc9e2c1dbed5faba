"""What becomes of each due intention: withdrawn, refused, or leaving with these words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings

from evenhand.core.gate_columns import NEVER_SECOND
from evenhand.law import rulebook
from evenhand.ledger import house
from evenhand.ledger.facts import Draft, Fact, Head
from evenhand.outbound.contact import words
from evenhand.outbound.contact.again import SECOND, Again, judge_again
from evenhand.people import persons

HAND: Final = "outbox"


@dataclass(slots=True)
class Outcome:
    """The draft an intention comes to, judged at `head`.

    `text` and `to` where it leaves; `look_on` the house day to look again where it is refused
    until then, else 0.
    """

    intention: Fact
    head: Head
    draft: Draft
    text: str = ""
    to: str = ""
    look_on: int = 0


def outcomes(intentions: Sequence[Fact], now: int) -> list[Outcome]:
    """Judge intentions, at most one a borrower, at `now` (microseconds UTC); by borrower."""
    again = judge_again(intentions, now)
    addresses = persons.addresses_for_sending(fact.body["address"] for fact in intentions)
    day = house.day_of(now)
    return [
        _outcome(again, row, day, addresses.get(fact.body["address"], ""))
        for row, fact in enumerate(again.need.intentions)
    ]


def withdrawn(fact: Fact, day: date, reason: str) -> Draft:
    """The intention is taken back: paid, overtaken, no_address or no_words."""
    return Draft("contact.withdrawn", day, HAND, cause=fact.seq, body={"reason": reason})


def _outcome(again: Again, row: int, day: date, to: str) -> Outcome:
    fact, head = again.need.intentions[row], again.heads[row]
    if not again.need.asked_for[row]:
        reason = "paid" if again.need.paid[row] else "overtaken"
        return Outcome(fact, head, withdrawn(fact, day, reason))
    if not again.judged.allowed[row]:
        return Outcome(fact, head, _refused(again, row, day), look_on=again.look_on(row))
    if not to:
        return Outcome(fact, head, withdrawn(fact, day, "no_address"))
    if not words.has(fact.body["template"], fact.body["lang"]):
        return Outcome(fact, head, withdrawn(fact, day, "no_words"))
    return Outcome(fact, head, _leaving(again, row, day), _text(fact, head), to)


def _refused(again: Again, row: int, day: date) -> Draft:
    judged = again.judged
    cites = rulebook.cites(judged.law.rules, int(judged.refusals[row]), day)
    moment = int(judged.not_before[row])
    body = {
        "rules": [{"rule": cite.rule, "cite": cite.cite} for cite in cites],
        "not_before": 0 if moment >= NEVER_SECOND else moment * SECOND,
        "packs": judged.law.packs,
        "judged_seq": again.heads[row].seq,
    }
    cause = again.need.intentions[row].seq
    return Draft("contact.refused", day, HAND, cause=cause, body=body)


def _leaving(again: Again, row: int, day: date) -> Draft:
    """The leaving without its text's commitment, which the vault gives when the text is sealed."""
    fact, head = again.need.intentions[row], again.heads[row]
    body = {
        "channel": fact.body["channel"],
        "address": fact.body["address"],
        "lang": fact.body["lang"],
        "packs": again.judged.law.packs,
        "judged_seq": head.seq,
        "reference": head.reference,
    }
    return Draft("contact.leaving", day, HAND, cause=fact.seq, body=body)


def _text(fact: Fact, head: Head) -> str:
    lender = settings.EVENHAND_LENDER
    return words.render(
        fact.body["template"],
        fact.body["lang"],
        lender=lender["name"],
        hotline=lender["hotline"],
        reference=head.reference,
    )
