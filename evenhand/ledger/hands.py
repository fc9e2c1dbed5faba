"""Whose hand a fact is by; and both hands where staff do a borrower's step for them.

A fact's hand is a word with an id after a colon where there is one: `borrower`, `staff:7`,
`provider:unionpay`. While a member of staff serves a borrower, at the counter or on the telephone,
what would be by the `borrower` is by `borrower:staff.7`: the one whose act it is, then the one who
made it for them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from evenhand.ledger.facts import Draft

BORROWER: Final = "borrower"
_STAFF: Final = re.compile(r"(?:staff:|borrower:staff\.)([0-9]{1,18})")
_served_by: ContextVar[int] = ContextVar("served_by", default=0)


@contextmanager
def served_by(staff: int) -> Iterator[None]:
    """What is written in here in the borrower's name is by the hand of this member of staff too."""
    token = _served_by.set(staff)
    try:
        yield
    finally:
        _served_by.reset(token)


def both(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """The drafts as they are to be written: in the borrower's name with both hands, if served."""
    staff = _served_by.get()
    if not staff:
        return drafts
    hand = f"{BORROWER}:staff.{staff}"
    return [draft._replace(hand=hand) if draft.hand == BORROWER else draft for draft in drafts]


def staff_of(hand: str) -> int:
    """The member of staff whose hand it is, or is too; 0 for nobody's.

    >>> staff_of("staff:7"), staff_of("borrower:staff.7"), staff_of("borrower"), staff_of("house")
    (7, 7, 0, 0)
    """
    found = _STAFF.fullmatch(hand)
    return int(found[1]) if found else 0


def staff_among(found: Iterable[str]) -> list[int]:
    """The members of staff whose hands are among these, each once.

    >>> staff_among(["staff:7", "house", "borrower:staff.3", "staff:7", ""])
    [3, 7]
    """
    return sorted({staff_of(hand) for hand in found} - {0})


def is_served(hand: str) -> bool:
    """Was it done for a borrower by staff?

    >>> is_served("borrower:staff.7"), is_served("staff:7"), is_served("borrower")
    (True, False, False)
    """
    return hand.startswith(f"{BORROWER}:staff.")
