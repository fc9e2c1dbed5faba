"""The table of fact kinds: the amount's sign, the keys of the body, who may write, what it touches.

Nothing is written that is not in this table (`kinds_*.py`, by subject). A key's value is one of a
tuple of words, an int, a list, a dict, a code (a short word of ours, never a sentence: facts hold
no free text) or a day in ISO form. Moments in bodies are microseconds UTC.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from evenhand.ledger.bodies import INT_MAX
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_number, day_of
from evenhand.ledger.kind import HANDS, Kind, hand_of
from evenhand.ledger.kinds_circumstance import CIRCUMSTANCE
from evenhand.ledger.kinds_contact import CONTACT
from evenhand.ledger.kinds_house import HOUSE
from evenhand.ledger.kinds_lending import LENDING
from evenhand.ledger.kinds_loan import LOAN
from evenhand.ledger.kinds_money import MONEY
from evenhand.ledger.kinds_party import PARTIES
from evenhand.ledger.kinds_person import PERSON
from evenhand.ledger.kinds_relief import RELIEF
from evenhand.ledger.kinds_state import STATE
from evenhand.ledger.kinds_words import WORDS
from evenhand.ledger.kinds_writeoff import WRITEOFF

__all__ = ["HANDS", "KINDS", "Kind", "check", "touched"]

KINDS: Final[dict[str, Kind]] = {
    **PERSON,
    **PARTIES,
    **LENDING,
    **LOAN,
    **MONEY,
    **WRITEOFF,
    **RELIEF,
    **CONTACT,
    **STATE,
    **CIRCUMSTANCE,
    **HOUSE,
    **WORDS,
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
    if hand_of(draft.hand) not in kind.hands:
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
