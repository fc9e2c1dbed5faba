"""Kinds of facts that hold for a while: complaints, disputes, plans, wishes, other states.

A claim is a `state.began` of identity_theft for a loan: `claim.taken` says who of staff answers for
it, `claim.upheld` that it is right (the state stays), `state.ended` that it is not.
"""

from typing import Final

from evenhand.core import words
from evenhand.ledger import bodies
from evenhand.ledger.kind import ANYBODY, Kind, kind

STATE: Final[dict[str, Kind]] = {
    "complaint.opened": kind({}, ANYBODY, "step", may=bodies.STATE),
    "complaint.answered": kind(
        {}, "staff import house", "step", may={"text": bodies.code}, caused=True
    ),
    "dispute.opened": kind({}, ANYBODY, "step", may=bodies.STATE),
    "dispute.answered": kind(
        {}, "staff import house", "step", may={"text": bodies.code}, caused=True
    ),
    "plan.agreed": kind({}, ANYBODY, "step", may=bodies.STATE),
    "plan.ended": kind(
        {"reason": bodies.code}, "borrower staff dayclose house", "step", caused=True
    ),
    "wish.opt_out": kind({}, ANYBODY + " provider", "step", may=bodies.STATE),
    "wish.hours": kind({}, ANYBODY, "step", may=bodies.STATE),
    "wish.withdrawn": kind({}, ANYBODY, "step", may={"text": bodies.code}, caused=True),
    "state.began": kind(
        {"state": bodies.one_of(words.STATE_KINDS)}, ANYBODY, "step", may=bodies.STATE
    ),
    "claim.taken": kind({}, "staff", caused=True),
    "claim.upheld": kind({}, "staff", may={"text": bodies.code}, caused=True),
    "state.ended": kind(
        {}, ANYBODY, "step", may={"reason": bodies.code, "text": bodies.code}, caused=True
    ),
}
