"""The table of fact kinds: the amount's sign, the keys of the body, who may write, what it touches.

Nothing is written that is not in this table. A key's value is one of a tuple of words, an int, a
list, a dict, a code (a short word of ours, never a sentence: facts hold no free text) or a day in
ISO form. Moments in bodies are microseconds UTC.

`contact.intended`: `loans` is a list of [loan, rung, since]: each loan the contact is about takes
its own rung of the ladder by it, `since` the ISO day the rung counts from; `step` and `since` are
those of the loan that leads. A plain loan id in the list takes these.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from evenhand.core import words
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_number, day_of

HANDS: Final = ("borrower", "staff", "dayclose", "outbox", "provider", "import", "house")
"""Who may act. A hand is one of these, with an id after a colon where there is one: `staff:7`."""

INT_MAX: Final = 2**63 - 1
NAME_MAX: Final = 32
_HAND = re.compile(r"[a-z]+(:[A-Za-z0-9._-]{1,60})?")
_CODE = re.compile(r"[A-Za-z0-9._:/+-]{0,80}")
_CURRENCY = re.compile(r"[A-Z]{3}")

Check = Callable[[Any], bool]


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


def _int(value: Any) -> bool:
    return type(value) is int and -INT_MAX <= value <= INT_MAX


def _list(value: Any) -> bool:
    return type(value) is list and all(map(_plain, value))


def _dict(value: Any) -> bool:
    return type(value) is dict and all(map(_plain, value)) and all(map(_plain, value.values()))


def _plain(value: Any) -> bool:
    """Integers of 64 bits, strings without control characters, lists and dicts of such."""
    kind = type(value)
    if kind is int:
        return bool(-INT_MAX <= value <= INT_MAX)
    if kind is str:
        return bool(value.isprintable())
    return _list(value) or _dict(value)


def _code(value: Any) -> bool:
    return type(value) is str and _is_code(value)


@lru_cache(4096)
def _is_code(value: str) -> bool:
    return _CODE.fullmatch(value) is not None


def _name(value: Any) -> bool:
    return _code(value) and len(value) <= NAME_MAX


def _currency(value: Any) -> bool:
    return type(value) is str and _CURRENCY.fullmatch(value) is not None


def _day(value: Any) -> bool:
    return type(value) is str and _is_day(value)


@lru_cache(4096)
def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


@lru_cache(4096)
def _hand(hand: str) -> str:
    """Who acts, without the id; empty where it is no hand."""
    return hand.partition(":")[0] if _HAND.fullmatch(hand) else ""


def _one_of(*accepted: tuple[str, ...]) -> Check:
    known = frozenset(word for group in accepted for word in group)
    return lambda value: type(value) is str and value in known


_CHANNEL = _one_of(words.CHANNELS)
_TO = _one_of(words.RECIPIENTS)
_CONTACT: Final[dict[str, Check]] = {
    "mode": _one_of(words.MODES),
    "to": _TO,
    "address": _int,
    "purpose": _one_of(words.PURPOSES),
    "by": _one_of(words.COLLECTORS),
}
_TERMS: Final[dict[str, Check]] = {
    "product": _name,
    "version": _int,
    "currency": _currency,
    "rate_ppm": _int,
    "late_rate_ppm": _int,
    "late_year_days": _int,
    "disbursed_on": _day,
    "strategy": _name,
    "measures": _list,
    "instalments": _list,
}
_STATE: Final[dict[str, Check]] = {
    "id": _int,
    "text": _code,
    "channel": _CHANNEL,
    "address": _int,
    "place": _one_of(words.PLACES),
    "since": _int,
    "until": _int,
    "weekdays": _list,
    "from_minute": _int,
    "until_minute": _int,
    "loans": _list,
    "instalments": _list,
}


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
    "borrower.enrolled": _kind({"lang": _code, "zone": _code}, "borrower staff import house"),
    "loan.signed": _kind(_TERMS, "borrower staff house", "money", 1),
    "loan.disbursed": _kind({"reference": _code}, "provider staff house", "none", 1),
    "loan.imported": _kind(
        _TERMS
        | {
            "as_of": _day,
            "reference_digest": _code,
            "origin": _code,
            "late_brought": _list,
            "measures_from": _one_of(("contract", "house default")),
        },
        "import staff",
        "money",
        0,
        1,
    ),
    "loan.withdrawn": _kind({"reason": _code}, "import staff", "money"),
    "payment.received": _kind(
        {"reference": _code, "channel": _code}, "provider staff import borrower house", "money", 1
    ),
    "payment.reversed": _kind(
        {"reason": _code}, "provider staff import house", "money", -1, caused=True
    ),
    "contact.intended": _kind(
        {
            "channel": _CHANNEL,
            **{key: check for key, check in _CONTACT.items() if key != "by"},
            "step": _int,
            "since": _day,
            "loans": _list,
            "template": _code,
            "lang": _code,
            "due_at": _int,
            "packs": _dict,
            "verdict": _dict,
            "judged_seq": _int,
        },
        "dayclose staff borrower",
        "contact",
        may={"by": _CONTACT["by"]},
    ),
    "contact.refused": _kind(
        {"rules": _list, "not_before": _int},
        "dayclose staff borrower outbox",
        "contact",
        may=_CONTACT | {"channel": _CHANNEL, "packs": _dict, "loans": _list, "judged_seq": _int},
    ),
    "contact.withdrawn": _kind(
        {"reason": _code}, "outbox dayclose staff house", "contact", caused=True
    ),
    "contact.leaving": _kind(
        {"text": _code, "packs": _dict, "channel": _CHANNEL, "address": _int},
        "outbox staff dayclose",
        "contact",
        may={"verdict": _dict, "judged_seq": _int, "reference": _code, "lang": _code},
        caused=True,
    ),
    "contact.sent": _kind(
        {"provider": _code, "reference": _code}, "outbox provider dayclose", "contact", caused=True
    ),
    "contact.failed": _kind(
        {"provider": _code, "reason": _code},
        "outbox provider dayclose",
        "contact",
        may={"reference": _code},
        caused=True,
    ),
    "contact.unknown": _kind(
        {"provider": _code},
        "outbox provider dayclose",
        "contact",
        may={"reason": _code, "reference": _code},
        caused=True,
    ),
    "contact.reported": _kind(
        {"provider": _code, "fate": _one_of(("delivered", "undelivered"))},
        "provider",
        may={"reference": _code},
        caused=True,
    ),
    "contact.prior": _kind(
        {
            "at": _int,
            "channel": _CHANNEL,
            "direction": _one_of(words.DIRECTIONS),
            "outcome": _one_of(words.OUTCOMES),
        },
        "import staff",
        "contact",
        may=_CONTACT,
    ),
    "complaint.opened": _kind({}, _ANYBODY, "step", may=_STATE),
    "complaint.answered": _kind({}, "staff import house", "step", may={"text": _code}, caused=True),
    "dispute.opened": _kind({}, _ANYBODY, "step", may=_STATE),
    "dispute.answered": _kind({}, "staff import house", "step", may={"text": _code}, caused=True),
    "plan.agreed": _kind({}, _ANYBODY, "step", may=_STATE),
    "plan.ended": _kind({"reason": _code}, "borrower staff dayclose house", "step", caused=True),
    "wish.opt_out": _kind({}, _ANYBODY + " provider", "step", may=_STATE),
    "wish.hours": _kind({}, _ANYBODY, "step", may=_STATE),
    "wish.withdrawn": _kind({}, _ANYBODY, "step", may={"text": _code}, caused=True),
    "state.began": _kind({"state": _one_of(words.STATE_KINDS)}, _ANYBODY, "step", may=_STATE),
    "state.ended": _kind({}, _ANYBODY, "step", may={"reason": _code}, caused=True),
    "day.closed": _kind(
        {
            "day": _day,
            "looked": _int,
            "steps": _int,
            "intended": _int,
            "refusals": _dict,
            "facts": _int,
        },
        "dayclose",
        may={"set_aside": _int, "parts": _int},
    ),
    "day.rooted": _kind(
        {"day": _day, "heads": _int, "root": _code, "key": _code, "signature": _code}, "dayclose"
    ),
    "import.made": _kind(
        {"digest": _code, "count": _int, "totals": _dict},
        "import staff",
        may={
            "name": _code,
            "as_of": _day,
            "measures_from": _code,
            "faults": _int,
            "borrowers": _int,
        },
    ),
    "import.taken_back": _kind(
        {"digest": _code, "count": _int}, "import staff", may={"totals": _dict, "borrowers": _int}
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
