"""What comes in from the provider: nobody was reached, or a reply.

A reply that wants no more is a wish, one that says "not me" takes the number back; free words wait
for a person of ours (`replied`), and words of crisis do so whatever else is said with them.
Reports and replies come late, twice and in any order; each is written once. A report that a message
was delivered adds nothing to `contact.sent` and writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from evenhand.core.words import CHANNELS, STATE_KINDS, code
from evenhand.ledger import house, states, streams
from evenhand.ledger.facts import Draft, Head
from evenhand.outbound.contact import replied
from evenhand.outbound.contact.crisis import speaks_of_it
from evenhand.outbound.contact.results import plain
from evenhand.outbound.contact.verify_not_me import disown_number, says_not_me
from evenhand.outbound.contact.words import wants_no_more
from evenhand.people import persons
from evenhand.providers.sms import registry
from evenhand.providers.sms.message import Reply, Report

SMS: Final = code("sms", CHANNELS)
OPT_OUT: Final = code("opt_out", STATE_KINDS)
SECOND: Final = 1_000_000
ROUNDS: Final = 8
KEY: Final = re.compile(r"([0-9]{1,18})\.([0-9]{1,9})")
Place = tuple[int, int]
"""(borrower, seq of the leaving)."""
Wanted = dict[int, list[Draft]]


def hear(now: int, reports: Sequence[Report], replies: Sequence[Reply]) -> int:
    """Turn what came in by `now` (microseconds UTC) into facts; returns how many were new.

    Raises streams.Moved where a stream would not stand still: the provider calls back again.
    """
    day = house.day_of(now)
    lost = {_place(report.key): report for report in reports if report.fate == "undelivered"}
    strangers = [reply for reply in replies if says_not_me(reply.text)]
    stops = [reply for reply in replies if wants_no_more(reply.text) and reply not in strangers]
    free = [reply for reply in replies if reply not in strangers and reply not in stops]
    crises = [reply for reply in [*strangers, *stops] if speaks_of_it(reply.text)]
    stopped = _senders(stops)
    concerned = sorted({borrower for borrower, _leaving in lost} | stopped)
    written = sum(disown_number(reply.sender, "reply", at=now) for reply in strangers)
    written += sum(replied.keep(reply, now) for reply in [*free, *crises])
    for _round in range(ROUNDS):
        heads = streams.heads(concerned)
        drafts = _reported(lost, day)
        for borrower, wish in _wishes(stopped, day, now).items():
            drafts.setdefault(borrower, []).extend(wish)
        if not drafts:
            return written
        written += _append(drafts, heads, now)
    raise streams.Moved("streams kept moving while a provider was heard")


def _append(drafts: Wanted, heads: Mapping[int, Head], now: int) -> int:
    """Append at the heads read before it was judged what is new; how many facts were written."""
    appends = [streams.Append(b, heads[b].seq, drafts[b]) for b in sorted(drafts)]
    moved = streams.append_many(appends, at=now)
    return sum(len(facts) for borrower, facts in drafts.items() if borrower not in moved)


def _reported(places: Mapping[Place, Report], day: date) -> Wanted:
    """A fact for each report about a leaving of ours that none is written for yet."""
    known = streams.facts_at(places)
    ours = {(f.borrower, f.seq) for f in known if f.kind == "contact.leaving"}
    told = _told_already(sorted({borrower for borrower, _seq in ours}))
    name = registry.provider().name
    drafts: Wanted = {}
    for place in sorted(ours - told):
        report = places[place]
        body = {
            "provider": name,
            "fate": report.fate,
            "reference": plain(report.reference),
        }
        draft = Draft("contact.reported", day, "provider:sms", cause=place[1], body=body)
        drafts.setdefault(place[0], []).append(draft)
    return drafts


def _told_already(borrowers: Sequence[int]) -> set[Place]:
    """(borrower, leaving) that a report is written for."""
    if not borrowers:
        return set()
    facts = streams.streams(borrowers)
    return {(fact.borrower, fact.cause) for fact in facts if fact.kind == "contact.reported"}


def _senders(replies: Sequence[Reply]) -> set[int]:
    """Everybody whose number these replies came from."""
    if not replies:
        return set()
    found = persons.find_many("phone", [reply.sender for reply in replies])
    return {hit.person for hits in found.values() for hit in hits}


def _wishes(said: set[int], day: date, now: int) -> Wanted:
    """A wish for everybody who said stop and has not said so before."""
    if not said:
        return {}
    asked = sorted(said - _wished_already(sorted(said), now))
    body = {"channel": "sms"}
    return {person: [Draft("wish.opt_out", day, "borrower", body=body)] for person in asked}


def _wished_already(borrowers: Sequence[int], now: int) -> set[int]:
    """Those whose wish for no more messages stands."""
    held = states.states(list(borrowers))
    standing = (held["kind"] == OPT_OUT) & (held["channel"] == SMS) & (held["until"] > now)
    return set(held["borrower"][standing].tolist())


def _place(key: str) -> Place:
    """(borrower, leaving) of a provider's key; (0, 0) for one that is none of ours."""
    found = KEY.fullmatch(key)
    return (int(found[1]), int(found[2])) if found else (0, 0)
