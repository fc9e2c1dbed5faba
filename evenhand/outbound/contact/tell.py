"""Tell a person what law, contract or care says they must know (purpose required_notice).

Always in the inbox, in full words behind the login, at once; and by a neutral text message that
says only that something is there, unless the person has stopped those, at the first moment the gate
allows. Both are contacts like any other: intended, judged again, leaving, sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from django.db import transaction

from evenhand.core.gate_columns import ALL_DEBTS, NEVER_SECOND, NO
from evenhand.core.words import CHANNELS, MODES, PURPOSES, RECIPIENTS, code
from evenhand.ledger import house, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.contact import known, may, outbox, reach, saying, wishes, wording, words
from evenhand.outbound.contact.again import REQUIRED
from evenhand.outbound.contact.outbox import Waiting
from evenhand.outbound.contact.outcome import INBOX
from evenhand.outbound.contact.saying import IN_APP
from evenhand.outbound.contact.wanted import Wanted
from evenhand.people import persons

SECOND: Final = 1_000_000
ROUNDS: Final = 8
EVERYBODY: Final = frozenset(
    {
        *("where_to_pay_changed", "complaint_received", "complaint_answered"),
        *("dispute_received", "dispute_answered"),
    }
)
"""What is told to a borrower without an account with us online too: the message says to call. The
rest is about what they do here."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be told, and of which fact (`cause`, 0 for none)."""

    person: int
    template: str
    cause: int = 0
    loan: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)
    hand: str = "house"
    purpose: str = REQUIRED


def tell(
    person: int,
    template: str,
    *,
    at: int,
    cause: int = 0,
    loan: int = 0,
    values: Mapping[str, Any] | None = None,
    hand: str = "house",
) -> None:
    """Tell a person; `template` is one of `words.TOLD_AS`, `at` now in microseconds UTC.

    `cause` is the seq of the fact in the person's stream that is told of: the same is told of it
    once, however often this is called; without one, once with the same values, where there are any.
    `values` may hold amount_minor and currency, day (ISO) and codes; they stand in the fact and in
    the inbox, never in a message. Nothing is told to who has
    no account with us online, but what is for EVERYBODY. Raises streams.Moved where the stream
    would not stand still.
    """
    assert words.has(IN_APP, template), f"{template}: nobody wrote these words"
    notice = Notice(person, template, cause, loan, values or {}, hand)
    if template not in EVERYBODY and not reach.with_account(np.array([person])).all():
        return
    for _round in range(ROUNDS):
        facts = streams.stream(person)
        drafts = list(_drafts(notice, facts, at))
        if not drafts or not facts or written(drafts, facts[-1].seq, person, at):
            return
    raise streams.Moved(f"stream {person} would not stand still")


def written(drafts: Sequence[Draft], seq: int, person: int, at: int) -> bool:
    """Append at that head, with what waits then; False where the stream had moved on."""
    try:
        with transaction.atomic():
            facts = streams.append(person, drafts, at=at, expected_seq=seq)
            waiting = [Waiting(person, fact.seq) for fact in facts]
            outbox.put(waiting, [fact.body["due_at"] for fact in facts])
    except streams.Moved:
        return False
    return True


def _drafts(notice: Notice, facts: Sequence[Fact], at: int) -> Iterator[Draft]:
    """The intentions still to be written: in the inbox first, then by message."""
    said = {
        (fact.body["channel"], fact.body["template"])
        for fact in facts
        if fact.kind == "contact.intended" and _is_about(notice, fact)
    }
    if (IN_APP, notice.template) not in said:
        yield from draft(notice, IN_APP, INBOX, notice.template, facts, at)
    template = words.TOLD_AS[notice.template]
    phone = _phone(notice.person)
    if phone and ("sms", template) not in said and wishes.may_message(notice.person, at):
        yield from draft(notice, "sms", phone, template, facts, at)


def _is_about(notice: Notice, intention: Fact) -> bool:
    """Does the intention tell of the same fact, or without one of the same figures?"""
    if notice.cause or not notice.values:
        return bool(notice.cause) and intention.cause == notice.cause
    return bool(intention.body.get("values") == notice.values)


def draft(
    notice: Notice, channel: str, address: int, template: str, facts: Sequence[Fact], at: int
) -> Iterator[Draft]:
    """The intention at the first moment from now on that the gate allows; none where never."""
    day = house.day_of(at)
    law = may.law_of(day)
    wanted = _wanted(notice, channel, address)
    none = np.zeros(0, dtype=np.int64)
    matter = may.matter(wanted, known.Books(none, none), law, at // SECOND, np.zeros(1, np.int64))
    judged = may.may(matter, np.array([at // SECOND]), law)
    due = int(judged.not_before[0])
    if due >= NEVER_SECOND:
        return
    body: dict[str, Any] = {
        "channel": channel,
        "mode": "interactive",
        "to": "debtor",
        "address": address,
        "purpose": notice.purpose,
        "step": 0,
        "since": day.isoformat(),
        "loans": [],
        "template": template,
        "lang": words.language(matter.langs[0]),
        "due_at": due * SECOND,
        "packs": law.packs,
        "verdict": may.verdict(judged, 0, due),
        "judged_seq": facts[-1].seq,
    }
    if notice.values:
        body["values"] = dict(notice.values)
    saying.say_aloud(body, notice.values, wording.in_force())
    yield Draft("contact.intended", day, notice.hand, notice.loan, 0, notice.cause, body)


def _phone(person: int) -> int:
    """The phone we were given last; 0 for none."""
    known_ones = [p.point for p in persons.points([person]) if p.kind == "phone"]
    return known_ones[-1] if known_ones else 0


def _wanted(notice: Notice, channel: str, address: int) -> Wanted:
    one = np.ones(1, dtype=np.int64)
    codes = np.ones(1, dtype=np.int8)
    return Wanted(
        borrower=one * notice.person,
        channel=codes * code(channel, CHANNELS),
        mode=codes * code("interactive", MODES),
        to=codes * code("debtor", RECIPIENTS),
        purpose=codes * code(notice.purpose, PURPOSES),
        address=one * address,
        debts=np.full(1, ALL_DEBTS, dtype=np.uint64),
        disclosed=codes * np.int8(NO),
        days_late=one * 0,
        overdue_minor=one * 0,
    )
