"""What becomes of each due intention: withdrawn, refused, or leaving with these words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from evenhand.core.gate_columns import NEVER_SECOND
from evenhand.law import rulebook
from evenhand.ledger import house
from evenhand.ledger.facts import Draft, Fact, Head
from evenhand.outbound.contact import may, own_words, saying, verify_numbers, wording
from evenhand.outbound.contact.again import REQUIRED, SECOND, Again, judge_again
from evenhand.outbound.contact.saying import IN_APP
from evenhand.outbound.contact.wording import NotApproved, Wording
from evenhand.people import persons

HAND: Final = "outbox"
NOT_ME: Final = "not_me"
"""In place of a number whose holder said so: nothing goes there."""
VERSION: Final = 16
"""Letters of a wording's version that a leaving names."""
OF_CHANGES: Final = "changed"
"""The one message that goes to a number that has been replaced: it tells of such changes."""
INBOX: Final = 0
"""The address of a person's own inbox: no contact point, and the same for everybody."""


@dataclass(slots=True)
class Outcome:
    """The draft an intention comes to, judged at `head`, and `then` what follows from it at once.

    `text` where it leaves, `to` where a provider takes it there; what the house puts into an inbox
    itself is sent as it leaves. `look_on` the house day to look again where it is refused until
    then, else 0.
    """

    intention: Fact
    head: Head
    draft: Draft
    text: str = ""
    to: str = ""
    look_on: int = 0
    then: list[Draft] = field(default_factory=list)


def outcomes(intentions: Sequence[Fact], now: int) -> list[Outcome]:
    """Judge intentions, at most one a borrower, at `now` (microseconds UTC); by borrower."""
    again = judge_again(intentions, now)
    approved, told = wording.in_force(), own_words.told_of(again.need.intentions)
    addresses = _addresses(again.need.intentions)
    for place in verify_numbers.withheld(addresses):
        addresses[place] = NOT_ME
    return [
        _outcome(
            again,
            row,
            now,
            addresses.get((fact.borrower, fact.body["address"]), ""),
            approved,
            told.get((fact.borrower, fact.cause)),
        )
        for row, fact in enumerate(again.need.intentions)
    ]


def withdrawn(fact: Fact, day: date, reason: str) -> Draft:
    """The intention is taken back: paid, overtaken, unwished, not_me, no_address or
    no_words."""
    return Draft("contact.withdrawn", day, HAND, cause=fact.seq, body={"reason": reason})


def _addresses(intentions: Sequence[Fact]) -> dict[tuple[int, int], str]:
    """(borrower, address) to where it leads; an erased person has no inbox either, and a number
    that another has replaced leads nowhere: by now it may be somebody else's."""
    inboxes = {fact.borrower for fact in intentions if fact.body["channel"] == IN_APP}
    by_number = [fact.body for fact in intentions if fact.body["channel"] != IN_APP]
    points = [body["address"] for body in by_number]
    replaced = persons.retired(b["address"] for b in by_number if b["template"] != OF_CHANGES)
    found = persons.addresses_for_sending(point for point in points if point not in replaced)
    known = persons.masked(inboxes)
    return {
        (fact.borrower, fact.body["address"]): found.get(fact.body["address"], "")
        for fact in intentions
    } | {(one, INBOX): IN_APP for one in inboxes if one in known and not known[one].erased}


def _outcome(
    again: Again,
    row: int,
    now: int,
    to: str,
    approved: Mapping[str, Wording],
    told: Fact | None,
) -> Outcome:
    """`told` are the words of staff that the intention tells of."""
    fact, head, day = again.need.intentions[row], again.heads[row], house.day_of(now)
    if again.need.over[row]:
        return Outcome(fact, head, withdrawn(fact, day, again.need.over[row]))
    if not again.judged.allowed[row] and fact[:2] in again.need.others:
        # Why would say in the one's file what is the other's: a complaint, an illness, a death.
        return Outcome(fact, head, withdrawn(fact, day, "overtaken"))
    if not again.judged.allowed[row]:
        return _put_off(again, row, day)
    if to in ("", NOT_ME):
        return Outcome(fact, head, withdrawn(fact, day, to or "no_address"))
    key = saying.key_for(fact.body)
    if not key:
        return Outcome(fact, head, withdrawn(fact, day, "no_words"))
    if key not in approved:
        raise NotApproved(key)
    if told:
        own_words.require_clean_still(told, at=now)
    text = saying.text(fact.body, approved[key].fields, again.need.values(row), head.reference)
    leaving = _leaving(again, row, day, approved[key].version)
    if fact.body["channel"] == IN_APP:
        return Outcome(fact, head, leaving, text, then=[_sent(head, day)])
    return Outcome(fact, head, leaving, text, to)


def _put_off(again: Again, row: int, day: date) -> Outcome:
    """Refused; what must be told is intended anew for the first moment that is lawful."""
    fact, head = again.need.intentions[row], again.heads[row]
    moment = int(again.judged.not_before[row])
    then = []
    if fact.body["purpose"] == REQUIRED and moment < NEVER_SECOND:
        verdict = may.verdict(again.judged, row, moment)
        anew = {"due_at": moment * SECOND, "packs": again.judged.law.packs, "verdict": verdict}
        body = {**fact.body, **anew, "judged_seq": head.seq}
        then = [Draft("contact.intended", day, fact.hand, fact.loan, 0, fact.cause, body)]
    refused = _refused(again, row, day)
    return Outcome(fact, head, refused, look_on=again.look_on(row), then=then)


def _refused(again: Again, row: int, day: date) -> Draft:
    judged = again.judged
    cites = rulebook.cites(judged.law.rules, judged.bits(row), day)
    moment = int(judged.not_before[row])
    body = {
        "rules": [{"rule": cite.rule, "cite": cite.cite} for cite in cites],
        "not_before": 0 if moment >= NEVER_SECOND else moment * SECOND,
        "packs": judged.law.packs,
        "judged_seq": again.heads[row].seq,
    }
    cause = again.need.intentions[row].seq
    return Draft("contact.refused", day, HAND, cause=cause, body=body)


def _leaving(again: Again, row: int, day: date, version: str) -> Draft:
    """The leaving without its text's commitment, which the vault gives when the text is sealed."""
    fact, head, judged = again.need.intentions[row], again.heads[row], again.judged
    body = {
        "channel": fact.body["channel"],
        "address": fact.body["address"],
        "lang": fact.body["lang"],
        "packs": judged.law.packs,
        "verdict": may.verdict(judged, row, int(judged.at[row])),
        "judged_seq": head.seq,
        "reference": head.reference,
        "words": version[:VERSION],
    }
    return Draft("contact.leaving", day, HAND, cause=fact.seq, body=body)


def _sent(head: Head, day: date) -> Draft:
    """What leaves for an inbox of the house's own is there as it leaves."""
    body = {"provider": "house", "reference": ""}
    return Draft("contact.sent", day, HAND, cause=head.seq + 1, body=body)
