"""Ask somebody to pay what they answer for of another's loan: in their inbox and, neutrally, by
text message.

As what they are asked, for how much at most and whether at all follows from the facts. Nothing of
the borrower is said but that it is about what the person answers for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core.gate_columns import ALL_DEBTS, NEVER_SECOND
from evenhand.core.words import CHANNELS, MODES, PURPOSES, RECIPIENTS, code
from evenhand.law import rulebook
from evenhand.law.rulebook import Cite
from evenhand.ledger import house, streams
from evenhand.ledger.answering import Answered
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.contact import known, may, of_parties, saying, wording, words
from evenhand.outbound.contact.may import Judged, Law, Matter
from evenhand.outbound.contact.of_parties import Asked
from evenhand.outbound.contact.outcome import INBOX
from evenhand.outbound.contact.tell import written
from evenhand.outbound.contact.wanted import Wanted, disclosed
from evenhand.people import persons

SECOND: Final = 1_000_000
TEMPLATE: Final = "asked_to_pay"
IN_APP: Final = "in_app"
SMS: Final = "sms"
COLLECT: Final = "collect"
NO_ADDRESS: Final = -1
ROUNDS: Final = 8


class Verdict(NamedTuple):
    """May they be asked at a moment? `stood` is what they answer for then, `not_before` the first
    lawful moment where not now (0 for none, microseconds UTC), `cites` why not."""

    stood: Answered | None
    allowed: bool
    not_before: int
    cites: list[Cite]


class _Way(NamedTuple):
    channel: str
    address: int
    template: str


def verdict(person: int, answers: int, *, at: int, language: str = "en") -> Verdict:
    """May the person be asked by a text message for what they answer for by their fact `answers`?
    Nothing is written."""
    one, law = of_parties.asked(person, answers, at), may.law_of(house.day_of(at))
    if one.stood is None:
        return Verdict(None, False, 0, [])
    way = _Way(SMS, max(_phone(person), 0), "")
    _matter, judged = _judged(one, way, law, at)
    allowed = bool(judged.allowed[0]) and one.minor > 0
    moment = 0 if allowed else int(judged.not_before[0])
    return Verdict(
        one.stood,
        allowed,
        0 if moment >= NEVER_SECOND else moment * SECOND,
        rulebook.cites(law.rules, judged.bits(0), house.day_of(at), language),
    )


def ask(person: int, answers: int, *, hand: str, at: int) -> bool:
    """Ask them now, by every way that is lawful now; False where there is none, or nothing to ask.

    What was asked on the same day is not asked again by the same way: the caps say so too.
    """
    for _round in range(ROUNDS):
        facts, one = streams.stream(person), of_parties.asked(person, answers, at)
        if one.promise is None or not one.minor:
            return False
        drafts = list(_drafts(one, facts, hand, at))
        if not drafts:
            return False
        if written(drafts, facts[-1].seq, person, at):
            return True
    raise streams.Moved(f"stream {person} would not stand still")


def _drafts(one: Asked, facts: Sequence[Fact], hand: str, at: int) -> Iterator[Draft]:
    ways = [_Way(IN_APP, INBOX, TEMPLATE)]
    if (phone := _phone(one.person)) != NO_ADDRESS:
        ways.append(_Way(SMS, phone, words.TOLD_AS[TEMPLATE]))
    said = {
        fact.body["channel"]
        for fact in facts
        if fact.kind == "contact.intended"
        and fact.body.get("answers") == _seq(one)
        and fact.day == house.day_of(at)
    }
    law = may.law_of(house.day_of(at))
    for way in ways:
        matter, judged = _judged(one, way, law, at)
        if way.channel not in said and judged.allowed[0]:
            yield _draft(one, way, matter, judged, facts[-1].seq, hand, at)


def _draft(
    one: Asked, way: _Way, matter: Matter, judged: Judged, seq: int, hand: str, at: int
) -> Draft:
    assert one.stood is not None, "what is asked for has begun"
    moment, day = at // SECOND, house.day_of(at)
    values: dict[str, Any] = {"amount_minor": one.minor, "currency": one.stood.currency}
    body: dict[str, Any] = {
        "channel": way.channel,
        "mode": "interactive",
        "to": of_parties.to(one),
        "address": way.address,
        "purpose": COLLECT,
        "step": 0,
        "since": day.isoformat(),
        "loans": [],
        "answers": _seq(one),
        "template": way.template,
        "lang": words.language(matter.langs[0]),
        "due_at": moment * SECOND,
        "packs": judged.law.packs,
        "verdict": may.verdict(judged, 0, moment),
        "judged_seq": seq,
        "values": values,
    }
    saying.say_aloud(body, values, wording.in_force())
    return Draft("contact.intended", day, hand, body=body)


def _judged(one: Asked, way: _Way, law: Law, at: int) -> tuple[Matter, Judged]:
    none = np.zeros(0, dtype=np.int64)
    wanted = _wanted(one, way)
    matter = may.matter(
        wanted, known.Books(none, none), law, at // SECOND, np.zeros(1, dtype=np.int64), [one]
    )
    return matter, may.may(matter, np.array([at // SECOND]), law)


def _wanted(one: Asked, way: _Way) -> Wanted:
    """The ask, about the borrower's loan as it stands."""
    assert one.stood is not None, "what is asked for has begun"
    own, codes = np.ones(1, dtype=np.int64), np.ones(1, dtype=np.int8)
    channel = codes * code(way.channel, CHANNELS)
    return Wanted(
        borrower=own * one.person,
        channel=channel,
        mode=codes * code("interactive", MODES),
        to=codes * code(of_parties.to(one), RECIPIENTS),
        purpose=codes * code(COLLECT, PURPOSES),
        address=own * way.address,
        debts=np.full(1, ALL_DEBTS, dtype=np.uint64),
        disclosed=disclosed(own * one.stood.measures, channel),
        days_late=own * one.stood.past_due_days,
        overdue_minor=own * one.minor,
    )


def _seq(one: Asked) -> int:
    assert one.promise is not None, "who promised nothing is not asked"
    return one.promise.seq


def _phone(person: int) -> int:
    """The phone we were given last; NO_ADDRESS for none."""
    known_ones = [p.point for p in persons.points([person]) if p.kind == "phone"]
    return known_ones[-1] if known_ones else NO_ADDRESS
