"""Kinds of facts about relief: another schedule asked for, offered, given by two hands.

What then holds is `loan.terms_changed`, caused by what was said yes to: `relief.asked` where it was
asked for, `relief.offered` where the borrower accepted, `relief.granted` where two of staff gave
it.
Each holds the change in the words of `loan.terms_changed`. What costs the lender money is
proposed on a stream of the house (`grant.proposed`), for one loan or for many.
"""

from typing import Final

from evenhand.core.relief_words import WORDS
from evenhand.ledger import bodies
from evenhand.ledger.kind import Kind, kind

DECLINED_FOR: Final = ("not_enough", "too_much", "other_help", "not_now")
"""Why what a borrower asked for is declined."""
GRANTED_FOR: Final = ("hardship", "illness", "disaster", "our_mistake", "complaint")
"""Why the lender gives what costs it money."""
GRANT_DECLINED: Final = ("reason", "too_much", "not_now", "taken_back")
"""Why another hand does not approve; the last is its own hand's."""
INTEREST: Final = ("runs", "paused")

CHANGE: Final = {"change": bodies.one_of(WORDS)}
NUMBERS: Final = {
    "count": bodies.integer,
    "due_day": bodies.integer,
    "rate_ppm": bodies.integer,
    "until": bodies.iso_day,
    "interest": bodies.one_of(INTEREST),
}
"""The numbers of a change, each where its word needs it (`core.relief_words`)."""

RELIEF: Final[dict[str, Kind]] = {
    # Asked for on its day and answered at once, or by a person by `due_on`.
    "relief.asked": kind(CHANGE | {"due_on": bodies.iso_day}, "borrower", may=NUMBERS),
    # Not answered by the end of that day: said once, and it waits on.
    "relief.answer_late": kind({}, "house", caused=True),
    "relief.withdrawn": kind({}, "borrower", caused=True),
    "relief.declined": kind({"reason": bodies.one_of(DECLINED_FOR)}, "staff", caused=True),
    # Holds once the borrower accepts it, by `due_on`.
    "relief.offered": kind(CHANGE | {"due_on": bodies.iso_day}, "staff", may=NUMBERS),
    "relief.refused": kind({}, "borrower", caused=True),
    # Given by two hands: the proposal on the stream of the house.
    "relief.granted": kind(
        CHANGE | {"proposal": bodies.integer, "reason": bodies.one_of(GRANTED_FOR)},
        "staff",
        may=NUMBERS,
    ),
    # `loans` are [borrower, loan, seq of what was asked or 0].
    "grant.proposed": kind(
        CHANGE | {"loans": bodies.plain_list, "reason": bodies.one_of(GRANTED_FOR)},
        "staff",
        may=NUMBERS,
    ),
    "grant.approved": kind({"given": bodies.integer}, "staff", caused=True),
    "grant.declined": kind({"reason": bodies.one_of(GRANT_DECLINED)}, "staff", caused=True),
}
