"""The table of fact kinds: the amount's sign, the keys of the body, who may write, what it touches.

Nothing is written that is not in this table. A key's value is one of a tuple of words, an int, a
list, a dict, a code (a short word of ours, never a sentence: facts hold no free text) or a day in
ISO form. Moments in bodies are microseconds UTC.

`contact.intended`: `loans` is a list of [loan, rung, since]: each loan the contact is about takes
its own rung of the ladder by it, `since` the ISO day the rung counts from; `step` and `since` are
those of the loan that leads. A plain loan id in the list takes these.

`contact.failed`: `again` is 1 where another try may end otherwise, and a later close may intend it.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from evenhand.core import words
from evenhand.ledger import bodies
from evenhand.ledger.bodies import INT_MAX, Check
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_number, day_of

HANDS: Final = ("borrower", "staff", "dayclose", "outbox", "provider", "import", "house")
"""Who may act. A hand is one of these, with an id after a colon where there is one: `staff:7`."""

_HAND = re.compile(r"[a-z]+(:[A-Za-z0-9._-]{1,60})?")


class Kind(NamedTuple):
    """One kind of fact.

    `signs` are the amount's: 1, -1 or 0 (no amount). `caused`: it names the fact it answers.
    `touches`: money (positions stand again), step (the borrower is looked at again on that day),
    contact (contacts and the ladder's progress) or none.
    """

    signs: tuple[int, ...]
    caused: bool
    must: frozenset[str]
    checks: Mapping[str, Check]
    hands: frozenset[str]
    touches: str


@lru_cache(4096)
def _hand(hand: str) -> str:
    """Who acts, without the id; empty where it is no hand."""
    return hand.partition(":")[0] if _HAND.fullmatch(hand) else ""


def _kind(
    must: Mapping[str, Check],
    hands: str,
    touches: str = "none",
    *signs: int,
    caused: bool = False,
    may: Mapping[str, Check] | None = None,
) -> Kind:
    writers = frozenset(hands.split())
    assert writers <= set(HANDS), hands
    checks = {**must, **(may or {})}
    return Kind(signs or (0,), caused, frozenset(must), checks, writers, touches)


_ANYBODY = "borrower staff import house"

KINDS: Final[dict[str, Kind]] = {
    "borrower.enrolled": _kind(
        {"lang": bodies.code, "zone": bodies.code}, "borrower staff import house"
    ),
    "loan.signed": _kind(bodies.TERMS, "borrower staff house", "money", 1),
    "loan.disbursed": _kind({"reference": bodies.code}, "provider staff house", "none", 1),
    "loan.imported": _kind(
        bodies.TERMS
        | {
            "as_of": bodies.iso_day,
            "reference_digest": bodies.code,
            "origin": bodies.code,
            "late_brought": bodies.plain_list,
            "measures_from": bodies.one_of(("contract", "house default")),
        },
        "import staff",
        "money",
        0,
        1,
    ),
    "loan.withdrawn": _kind({"reason": bodies.code}, "import staff", "money"),
    "payment.received": _kind(
        {"reference": bodies.code, "channel": bodies.code},
        "provider staff import borrower house",
        "money",
        1,
    ),
    "payment.reversed": _kind(
        {"reason": bodies.code}, "provider staff import house", "money", -1, caused=True
    ),
    "contact.intended": _kind(
        {
            "channel": bodies.CHANNEL,
            **{key: check for key, check in bodies.CONTACT.items() if key != "by"},
            "step": bodies.integer,
            "since": bodies.iso_day,
            "loans": bodies.plain_list,
            "template": bodies.code,
            "lang": bodies.code,
            "due_at": bodies.integer,
            "packs": bodies.plain_dict,
            "verdict": bodies.plain_dict,
            "judged_seq": bodies.integer,
        },
        "dayclose staff borrower",
        "contact",
        may={"by": bodies.CONTACT["by"]},
    ),
    "contact.refused": _kind(
        {"rules": bodies.plain_list, "not_before": bodies.integer},
        "dayclose staff borrower outbox",
        "contact",
        may=bodies.CONTACT
        | {
            "channel": bodies.CHANNEL,
            "packs": bodies.plain_dict,
            "loans": bodies.plain_list,
            "judged_seq": bodies.integer,
        },
    ),
    "contact.withdrawn": _kind(
        {"reason": bodies.code}, "outbox dayclose staff house", "contact", caused=True
    ),
    "contact.leaving": _kind(
        {
            "text": bodies.code,
            "packs": bodies.plain_dict,
            "channel": bodies.CHANNEL,
            "address": bodies.integer,
        },
        "outbox staff dayclose",
        "contact",
        may={
            "verdict": bodies.plain_dict,
            "judged_seq": bodies.integer,
            "reference": bodies.code,
            "lang": bodies.code,
        },
        caused=True,
    ),
    "contact.sent": _kind(
        {"provider": bodies.code, "reference": bodies.code},
        "outbox provider dayclose",
        "contact",
        caused=True,
    ),
    "contact.failed": _kind(
        {"provider": bodies.code, "reason": bodies.code},
        "outbox provider dayclose",
        "contact",
        may={"reference": bodies.code, "again": bodies.integer},
        caused=True,
    ),
    "contact.unknown": _kind(
        {"provider": bodies.code},
        "outbox provider dayclose",
        "contact",
        may={"reason": bodies.code, "reference": bodies.code},
        caused=True,
    ),
    "contact.reported": _kind(
        {"provider": bodies.code, "fate": bodies.one_of(("delivered", "undelivered"))},
        "provider",
        may={"reference": bodies.code},
        caused=True,
    ),
    "contact.prior": _kind(
        {
            "at": bodies.integer,
            "channel": bodies.CHANNEL,
            "direction": bodies.one_of(words.DIRECTIONS),
            "outcome": bodies.one_of(words.OUTCOMES),
        },
        "import staff",
        "contact",
        may=bodies.CONTACT,
    ),
    "complaint.opened": _kind({}, _ANYBODY, "step", may=bodies.STATE),
    "complaint.answered": _kind(
        {}, "staff import house", "step", may={"text": bodies.code}, caused=True
    ),
    "dispute.opened": _kind({}, _ANYBODY, "step", may=bodies.STATE),
    "dispute.answered": _kind(
        {}, "staff import house", "step", may={"text": bodies.code}, caused=True
    ),
    "plan.agreed": _kind({}, _ANYBODY, "step", may=bodies.STATE),
    "plan.ended": _kind(
        {"reason": bodies.code}, "borrower staff dayclose house", "step", caused=True
    ),
    "wish.opt_out": _kind({}, _ANYBODY + " provider", "step", may=bodies.STATE),
    "wish.hours": _kind({}, _ANYBODY, "step", may=bodies.STATE),
    "wish.withdrawn": _kind({}, _ANYBODY, "step", may={"text": bodies.code}, caused=True),
    "state.began": _kind(
        {"state": bodies.one_of(words.STATE_KINDS)}, _ANYBODY, "step", may=bodies.STATE
    ),
    "state.ended": _kind({}, _ANYBODY, "step", may={"reason": bodies.code}, caused=True),
    "day.closed": _kind(
        {
            "day": bodies.iso_day,
            "looked": bodies.integer,
            "steps": bodies.integer,
            "intended": bodies.integer,
            "refusals": bodies.plain_dict,
            "facts": bodies.integer,
        },
        "dayclose",
        may={"set_aside": bodies.integer, "parts": bodies.integer},
    ),
    "day.rooted": _kind(
        {
            "day": bodies.iso_day,
            "cut": bodies.integer,
            "heads": bodies.integer,
            "root": bodies.code,
            "key": bodies.code,
            "signature": bodies.code,
        },
        "dayclose",
    ),
    "import.begun": _kind(
        {"digest": bodies.code, "name": bodies.code, "as_of": bodies.iso_day},
        "import staff",
        may={"totals": bodies.plain_dict},
    ),
    "import.made": _kind(
        {"digest": bodies.code, "count": bodies.integer, "totals": bodies.plain_dict},
        "import staff",
        may={
            "name": bodies.code,
            "as_of": bodies.iso_day,
            "measures_from": bodies.code,
            "faults": bodies.integer,
            "borrowers": bodies.integer,
        },
    ),
    "import.taken_back": _kind(
        {"digest": bodies.code, "count": bodies.integer},
        "import staff",
        may={"totals": bodies.plain_dict, "borrowers": bodies.integer},
    ),
}


def check(draft: Draft, today: date) -> None:
    """ValueError naming the fault where the draft, learnt `today`, is none of the table's facts."""
    kind = KINDS.get(draft.kind)
    if kind is None:
        raise ValueError(f"{draft.kind!r} is no kind of fact")
    if (draft.amount > 0) - (draft.amount < 0) not in kind.signs:
        raise ValueError(f"{draft.kind}: amount {draft.amount} has the wrong sign")
    if kind.caused and draft.cause == 0:
        raise ValueError(f"{draft.kind}: it names no fact as its cause")
    if _hand(draft.hand) not in kind.hands:
        raise ValueError(f"{draft.kind}: not for the hand {draft.hand!r} to write")
    if type(draft.day) is not date or (kind.touches == "money" and draft.day > today):
        raise ValueError(f"{draft.kind}: {draft.day!r} is no day on or before {today}")
    for number, least in ((draft.loan, 0), (draft.cause, 0), (draft.amount, -INT_MAX)):
        if type(number) is not int or not least <= number <= INT_MAX:
            raise ValueError(f"{draft.kind}: loan, amount or cause is {number!r}")
    _check_body(draft, kind)


def touched(by_kind: Mapping[str, Sequence[Fact]], *what: str) -> dict[int, int]:
    """Whom these facts touch in one of these ways: borrower -> the last house day of it."""
    days: dict[int, int] = {}
    for kind, facts in by_kind.items():
        if KINDS[kind].touches in what:
            for fact in facts:
                day = day_number(day_of(fact.at))
                days[fact.borrower] = max(day, days.get(fact.borrower, day))
    return days


def _check_body(draft: Draft, kind: Kind) -> None:
    body, checks = draft.body, kind.checks
    if not kind.must <= body.keys():
        raise ValueError(f"{draft.kind}: key {min(kind.must - body.keys())!r} is missing")
    for key, value in body.items():
        fits = checks.get(key)
        if fits is None:
            raise ValueError(f"{draft.kind}: no key {key!r}")
        if not fits(value):
            raise ValueError(f"{draft.kind}: {key} is not {value!r:.60}")
