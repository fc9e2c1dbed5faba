"""Kinds of facts about what happened to a borrower: who told it, and how it ends before its day.

The circumstance itself is a `state.began`, which then says who told it. To end one that protects
takes two hands: `ending.proposed` on a stream of the house, approved by another; what then ends it
is `state.ended`, which names the proposal.
"""

from typing import Final

from evenhand.ledger import bodies
from evenhand.ledger.kind import Kind, kind

TOLD_BY: Final = ("person", "relative", "lawyer", "document", "public", "other")
"""Who or what told it: the borrower, somebody close, the lawyer, a paper that was seen, a court or
another public notice, somebody else."""
ENDED_FOR: Final = ("wrong", "somebody_else", "over")
"""Why it ends: the report was wrong, it is about another person, or it is over."""
ENDING_DECLINED: Final = ("evidence", "not_over", "not_now", "taken_back")
"""Why another hand does not approve; the last is its own hand's."""
BEGAN: Final = {"told_by": bodies.one_of(TOLD_BY), "note": bodies.code}
"""What a `state.began` says besides; `note` is what staff wrote for themselves, `text` what is the
borrower's too."""
ENDED: Final = {"proposal": bodies.integer}

CIRCUMSTANCE: Final[dict[str, Kind]] = {
    # `began` is the seq of what is to end in the stream of `borrower`.
    "ending.proposed": kind(
        {
            "borrower": bodies.integer,
            "began": bodies.integer,
            "reason": bodies.one_of(ENDED_FOR),
        },
        "staff",
        may={"note": bodies.code},
    ),
    "ending.approved": kind({}, "staff", caused=True),
    "ending.declined": kind({"reason": bodies.one_of(ENDING_DECLINED)}, "staff", caused=True),
}
