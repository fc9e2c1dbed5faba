"""A call made by hand: judged at the very moment, written down as leaving, and only then dialled.

The intention and the leaving are one append at the head that was judged: whatever is written before
it (a complaint, another's call) undoes the judgement, and of two who begin a call exactly one does.
A refusal is written down too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from django.db import transaction

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import NEVER_SECOND
from evenhand.core.words import CHANNELS, MODES, PURPOSES, RECIPIENTS, code
from evenhand.law import rulebook
from evenhand.law.rulebook import Cite
from evenhand.ledger import house, standing, streams
from evenhand.ledger.acting import act
from evenhand.ledger.calls import CALL, calls
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.contact import known, may, own_file, wording, words
from evenhand.outbound.contact.may import Judged, Law, Matter
from evenhand.outbound.contact.wanted import Wanted, disclosed, named_loans
from evenhand.people import persons

SECOND: Final = 1_000_000
MINUTE: Final = 60
STEPS: Final = (15 * MINUTE, 5 * MINUTE, MINUTE)
"""How finely the end of the lawful window is looked for, in seconds."""
ROUNDS: Final = 8
BY_HAND: Final = "hand"
"""In the place of a provider: a person dialled."""


class Planned(NamedTuple):
    """A call somebody wants to make. `loans` are [loan, rung, since (ISO)] each, the leading one
    first; `address` is the contact point of the phone."""

    borrower: int
    address: int
    why: str
    loans: list[list[Any]]


class Verdict(NamedTuple):
    """May it be made at the moment asked? `until` is the end of the lawful window of today where it
    may, `not_before` the first lawful moment where it may not (0 for none), microseconds UTC."""

    allowed: bool
    until: int
    not_before: int
    cites: list[Cite]


class Begun(NamedTuple):
    """The facts of a call that may be dialled now, the second of them its leaving."""

    leaving: Fact


class NotBegun(NamedTuple):
    """The fact of the refusal; nobody is called."""

    refused: Fact
    cites: list[Cite]


Plan = Callable[[Sequence[Fact]], Planned]
"""From a stream's facts to the call wanted; raises where there is none to be made."""
Script = Callable[[str, str], str]
"""From the person's language and the call's reference to what may be said."""


def verdicts(planned: Sequence[Planned], at: int, language: str = "en") -> list[Verdict]:
    """The verdict on each call, at most one a borrower, by borrower rising; nothing is written."""
    if not planned:
        return []
    law = may.law_of(house.day_of(at))
    matter = _matter(planned, at, law)
    judged = may.may(matter, np.full(len(planned), at // SECOND), law)
    until = _until(matter, judged, at, law)
    day = house.day_of(at)
    return [
        Verdict(
            bool(judged.allowed[row]),
            int(until[row]) * SECOND if judged.allowed[row] else 0,
            0 if judged.allowed[row] else _moment(int(judged.not_before[row])),
            rulebook.cites(law.rules, judged.bits(row), day, language),
        )
        for row in range(len(planned))
    ]


def begin(borrower: int, plan: Plan, script: Script, by: int, *, at: int) -> Begun | NotBegun:
    """Judge the call at `at` and write what comes of it; the number shows after `Begun` only.

    Raises what `plan` raises, wording.NotApproved and Offends, persons.Erased, and streams.Moved
    where the stream would not stand.
    """
    for _round in range(ROUNDS):
        facts = streams.stream(borrower)
        planned = plan(facts)
        try:
            return _begin(planned, facts, script, by, at)
        except streams.Moved:
            continue
    raise streams.Moved(f"stream {borrower} would not stand still")


def finish(borrower: int, leaving: int, drafts: Sequence[Draft], *, at: int) -> list[Fact]:
    """Write what came of a call, and what was said in it, once; nothing where it was said already.

    `drafts` begin with its `contact.sent`. LookupError where there is no such call.
    """

    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        call = next((one for one in calls(facts) if one.leaving == leaving), None)
        if call is None:
            raise LookupError(leaving)
        return [] if call.outcome else drafts

    return act(borrower, decide, at=at)


def _begin(
    planned: Planned, facts: Sequence[Fact], script: Script, by: int, at: int
) -> Begun | NotBegun:
    last = facts[-1]
    law, day, hand = may.law_of(house.day_of(at)), house.day_of(at), f"staff:{by}"
    matter = _matter([planned], at, law)
    judged = may.may(matter, np.full(1, at // SECOND), law)
    body = _body(planned, law, last.seq)
    loan = planned.loans[0][0] if len(planned.loans) == 1 else 0
    if not judged.allowed[0]:
        cites = rulebook.cites(law.rules, judged.bits(0), day)
        rules = [{"rule": cite.rule, "cite": cite.cite} for cite in cites]
        told = {"rules": rules, "not_before": _moment(int(judged.not_before[0]))}
        draft = Draft("contact.refused", day, hand, loan, body={**body, **told})
        (fact,) = streams.append(planned.borrower, [draft], at=at, expected_seq=last.seq)
        return NotBegun(fact, cites)
    lang = words.language(matter.langs[0])
    more = _intended(planned, lang, at, judged)
    intended = Draft("contact.intended", day, hand, loan, body={**body, **more})
    reference = last.link[:6].hex()
    said = script(lang, reference)
    known_minor = own_file.amounts(planned.borrower, facts, at)
    wording.require_clean(said.replace(reference, ""), lang, known_minor)
    with transaction.atomic():
        text = persons.seal_text(planned.borrower, said).hex()
        left = {
            "text": text,
            "packs": law.packs,
            "verdict": more["verdict"],
            "channel": CALL,
            "address": planned.address,
            "judged_seq": last.seq,
            "reference": reference,
            "lang": lang,
        }
        leaving = Draft("contact.leaving", day, hand, cause=last.seq + 1, body=left)
        both = streams.append(planned.borrower, [intended, leaving], at=at, expected_seq=last.seq)
    return Begun(both[1])


def _body(planned: Planned, law: Law, seq: int) -> dict[str, Any]:
    return {
        "channel": CALL,
        "mode": "interactive",
        "to": "debtor",
        "address": planned.address,
        "purpose": "collect",
        "loans": planned.loans,
        "why": planned.why,
        "packs": law.packs,
        "judged_seq": seq,
    }


def _intended(planned: Planned, lang: str, at: int, judged: Judged) -> dict[str, Any]:
    _loan, rung, since = planned.loans[0]
    return {
        "step": rung,
        "since": since,
        "template": CALL,
        "lang": lang,
        "due_at": at,
        "verdict": may.verdict(judged, 0, at // SECOND),
    }


def _matter(planned: Sequence[Planned], at: int, law: Law) -> Matter:
    borrower = np.array([one.borrower for one in planned], dtype=np.int64)
    stood = standing.stand(borrower, house.day_number(house.day_of(at)))
    about = [loan for one in planned for loan, _rung, _since in one.loans]
    loans = named_loans(stood, np.isin(stood.loan, about), borrower)
    codes = np.ones(len(planned), dtype=np.int8)
    channel = codes * code(CALL, CHANNELS)
    wanted = Wanted(
        borrower=borrower,
        channel=channel,
        mode=codes * code("interactive", MODES),
        to=codes * code("debtor", RECIPIENTS),
        purpose=codes * code("collect", PURPOSES),
        address=np.array([one.address for one in planned], dtype=np.int64),
        debts=loans.debts,
        disclosed=disclosed(loans.measures, channel),
        days_late=loans.days_late,
        overdue_minor=loans.overdue_minor,
    )
    books = known.Books(stood.borrower, stood.loan)
    return may.matter(wanted, books, law, at // SECOND, np.zeros(len(planned), dtype=np.int64))


def _until(matter: Matter, judged: Judged, at: int, law: Law) -> Ints:
    """[A] the first minute of today after `at` at which an allowed call is allowed no more; the end
    of the day on the person's clock where there is none."""
    end = may.local_moment(matter, house.day_number(house.day_of(at)) + 1, 0)
    last = np.full(len(judged.allowed), at // SECOND // MINUTE * MINUTE, dtype=np.int64)
    for step in STEPS:
        last = _walk(matter, judged.allowed.copy(), last, end, step, law)
    return np.minimum(last + MINUTE, end)


def _walk(matter: Matter, on: Bools, last: Ints, end: Ints, step: int, law: Law) -> Ints:
    """The last moment, going on by `step` from `last`, up to which it is allowed without a gap."""
    while (on := on & (last + step < end)).any():
        on &= may.allowed(matter, np.where(on, last + step, last), law)
        last = np.where(on, last + step, last)
    return last


def _moment(seconds: int) -> int:
    """Microseconds UTC; 0 where there is no such moment."""
    return 0 if seconds >= NEVER_SECOND else seconds * SECOND
