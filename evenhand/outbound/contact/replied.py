"""Free words that come back: kept sealed, for a person of ours to read; crisis is answered at once.

A reply counts for the person of that number whom we wrote to last. The queue is the states that
the facts begin, and staff answer on their page. Words of crisis go first there and stop collecting;
the help line is sent back the same minute, at night too: it answers what the person wrote.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from evenhand.ledger import house, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.reactions import Places
from evenhand.outbound.contact import crisis, tell
from evenhand.outbound.contact.again import REPLY
from evenhand.outbound.contact.results import plain
from evenhand.people import kept, persons
from evenhand.providers.sms.message import Reply

RECEIVED: Final = "reply.received"
CRISIS: Final = "crisis"
HELPLINE: Final = "helpline"
MINUTE: Final = 60_000_000
AGAIN: Final = 10 * MINUTE
"""The same words within this time are the same reply handed over twice, where it has no name."""
HELPED: Final = 60 * MINUTE
"""The help line is not sent again within this time."""
LENGTH_MAX: Final = 2_000
_log: Final = logging.getLogger(__name__)


def keep(reply: Reply, at: int) -> int:
    """Keep a reply (`at` now, microseconds UTC) in the stream of who wrote it: 1 where it is new.

    A number of nobody's leaves nothing behind.
    """
    text = reply.text.strip()[:LENGTH_MAX]
    person, point = _writer(reply.sender)
    if not text or not person:
        return 0
    is_crisis = crisis.speaks_of_it(text)
    body: dict[str, Any] = {"point": point}
    if reference := plain(reply.reference):
        body["reference"] = reference
    if is_crisis:
        body["state"] = CRISIS

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        if _is_kept(facts, text, body.get("reference", ""), at):
            return []
        body["text"] = persons.seal_text(person, text).hex()
        received = Draft(RECEIVED, house.day_of(at), "provider:sms", body=body)
        return [received, _agreed(point, at)] if is_crisis else [received]

    with transaction.atomic():
        written = act(person, decide, at=at)
    if written and is_crisis:
        _log.error("words of crisis wait to be read at /staff/replies/: %s.%s", *written[0][:2])
    return min(len(written), 1)


def help_at_once(facts: Places, *, at: int) -> None:
    """The help line goes to who wrote of crisis, by (borrower, seq); once, and once an hour."""
    for fact in streams.facts_at(facts):
        if fact.body.get("state") == CRISIS and crisis.help_line():
            _send_back(fact, at)


TASKS: Final[Mapping[str, Callable[..., object]]] = {"contact.replied": help_at_once}


def _send_back(reply: Fact, at: int) -> None:
    notice = tell.Notice(reply.borrower, HELPLINE, cause=reply.seq, purpose=REPLY)
    for _round in range(tell.ROUNDS):
        facts = streams.stream(reply.borrower)
        if any(_helped(fact, at) for fact in facts):
            return
        drafts = list(tell.draft(notice, "sms", reply.body["point"], HELPLINE, facts, at))
        if not drafts or tell.written(drafts, facts[-1].seq, reply.borrower, at):
            return
    raise streams.Moved(f"stream {reply.borrower} would not stand still")


def _agreed(point: int, at: int) -> Draft:
    """Who writes of crisis at night is answered at night: hours of contact stand back for an hour,
    there alone, while the pause that came with it keeps everything else away."""
    body = {"state": "debtor_agreed", "channel": "sms", "address": point}
    body |= {"since": at, "until": at + HELPED}
    return Draft("state.began", house.day_of(at), "house", body=body)


def _helped(fact: Fact, at: int) -> bool:
    is_help = fact.kind == "contact.intended" and fact.body["template"] == HELPLINE
    return is_help and fact.at > at - HELPED


def _is_kept(facts: Sequence[Fact], text: str, reference: str, at: int) -> bool:
    """Is this reply in the stream already, by its name or else by its words a moment ago?"""
    before = [fact for fact in facts if fact.kind == RECEIVED]
    if reference:
        return any(fact.body.get("reference") == reference for fact in before)
    latest = [fact for fact in before if fact.at > at - AGAIN]
    return any(kept.committed(fact.borrower, fact.body["text"]) == text for fact in latest)


def _writer(number: str) -> tuple[int, int]:
    """Who has this number and was written to last, with its contact point; (0, 0) for nobody."""
    people = {hit.person for hit in persons.find("phone", number)}
    points = [point for point in persons.points(sorted(people)) if point.kind == "phone"]
    dialled = persons.addresses_for_sending([point.point for point in points])
    same = persons.dialled("phone", number)
    theirs = {p.person: p.point for p in points if dialled.get(p.point) == same}
    if not theirs:
        return 0, 0
    person = max(sorted(theirs), key=_written_to)
    return person, theirs[person]


def _written_to(person: int) -> int:
    """When we wrote to the person last, microseconds UTC; 0 for never."""
    left = (fact.at for fact in streams.stream(person) if fact.kind == "contact.leaving")
    return max(left, default=0)
