"""Kinds of facts about who else answers for a loan: asked, joined, said no, gone.

A co-borrower or guarantor is invited by the applicant. Whoever answers by law is invited by two of
staff: `invitation.proposed` on a stream of the house says which loan, as what, on what evidence,
and is approved by another. The same two hands write down that a court and enforcement brought
nothing: `guarantee.opened`, from which on a general guarantor may be asked.

`limit_minor` and `until` are the most a party answers for and the last day; without these it is for
the whole, until it is paid. A representative acts for the borrower, and answers for nothing.
"""

from typing import Final

from evenhand.ledger import bodies
from evenhand.ledger.kind import Kind, kind

ROLES: Final = ("co_borrower", "guarantor")
"""Who is invited by the applicant, before the contract is signed."""
BY_STAFF: Final = ("representative", "heir", "executor", "spouse")
"""Who is invited by two of staff, of a loan that runs."""
GUARANTEES: Final = ("general", "joint")
"""A general guarantor is asked after a court and enforcement, a joint one once it is past due."""
EVIDENCE: Final = ("birth", "appointment", "kinship", "will", "court", "ratified")
"""The paper that was seen: of birth or household, of appointment as guardian, of death and kinship
(or the notary's deed of it), a will, an order of a court, a ratification that is signed."""
WHY_NOT: Final = ("evidence", "wrong_person", "not_now", "taken_back")
"""Why another hand does not approve; the last is its own hand's."""
INVITE: Final = "invite"
OPEN: Final = "open"
ACTS: Final = (INVITE, OPEN)
PARTY: Final = {"borrower": bodies.integer, "person": bodies.integer, "invited": bodies.integer}
"""Whose loan it is, who answers for it, and the seq of the invitation in the borrower's stream; the
same in both their streams, by the one's hand in the own and by the house's in the other."""
ANSWERS_FOR: Final = {
    "limit_minor": bodies.integer,
    "until": bodies.iso_day,
    "guarantee": bodies.one_of(GUARANTEES),
}
_ANY_ROLE: Final = bodies.one_of(ROLES, BY_STAFF)
_ENDS: Final = "borrower staff house"

PARTIES: Final[dict[str, Kind]] = {
    "party.invited": kind(
        {
            "role": _ANY_ROLE,
            "invitation": bodies.code,
            "currency": bodies.currency,
            "measures": bodies.plain_list,
            "valid_until": bodies.iso_day,
        },
        "borrower staff",
        may={"item": bodies.integer, "proposal": bodies.integer, "who": bodies.code, **ANSWERS_FOR},
    ),
    "party.recalled": kind(PARTY, _ENDS),
    "party.joined": kind(
        {**PARTY, "role": _ANY_ROLE},
        "borrower house",
        may={"assent": bodies.code, **ANSWERS_FOR},
    ),
    "party.declined": kind(PARTY, "borrower house"),
    "party.left": kind(PARTY, "borrower house"),
    "guarantee.opened": kind({"proposal": bodies.integer}, "staff"),
    "invitation.proposed": kind(
        {
            "borrower": bodies.integer,
            "loan": bodies.integer,
            "act": bodies.one_of(ACTS),
            "role": bodies.one_of(BY_STAFF, ("guarantor",)),
            "evidence": bodies.one_of(EVIDENCE),
            "currency": bodies.currency,
        },
        "staff",
        # `who`: the keyed digest of the identity number of whom the evidence names. `paper`: the
        # vault's number of the document, under the borrower's key.
        may={"limit_minor": bodies.integer, "who": bodies.code, "paper": bodies.integer},
    ),
    "invitation.approved": kind({}, "staff", caused=True),
    "invitation.declined": kind({"reason": bodies.one_of(WHY_NOT)}, "staff", caused=True),
}
