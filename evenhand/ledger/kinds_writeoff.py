"""Kinds of facts about what a lender gives up, and what it takes off its books and is still owed.

A waiver and a write-off are proposed on a stream of the house and approved by another hand; what
then holds is a fact of the borrower's stream, which names the proposal: `charge.waived` (see
`kinds_loan`), `loan.written_off` and, where it was a mistake, `loan.write_off_undone`.

Taking a loan off the books changes nothing of what is owed. `loan.written_off` (核销) says what was
owed on that day; what is paid afterwards is a recovery. `loan.charged_off` is what US accounting
asks for at an age of the oldest instalment past due: `rule` is the row of policy that says so.
"""

from typing import Final

from evenhand.ledger import bodies
from evenhand.ledger.kind import Kind, kind

WAIVED_PARTS: Final = ("late", "interest", "fee")
WAIVED_FOR: Final = ("our_mistake", "complaint", "bank_delay", "hardship", "illness", "disaster")
"""Why a charge is waived."""
WAIVER_DECLINED: Final = ("sum", "reason", "not_now", "taken_back")
"""Why a waiver is not approved; the last is its own hand's."""
WRITE_OFF_FOR: Final = ("age", "death", "bankruptcy", "fraud")
WRITE_OFF_DECLINED: Final = ("evidence", "may_pay", "not_now", "taken_back")
"""Why a write-off is not approved; the last is its own hand's."""

_OWED: Final = {
    "outstanding_minor": bodies.integer,
    "interest_minor": bodies.integer,
    "fee_minor": bodies.integer,
    "late_minor": bodies.integer,
}
"""Principal, interest and fees due, late interest, as they are owed on the day."""
_OF_LOAN: Final = {"borrower": bodies.integer, "loan": bodies.integer}

WRITEOFF: Final[dict[str, Kind]] = {
    "waiver.proposed": kind(
        _OF_LOAN
        | {
            "part": bodies.one_of(WAIVED_PARTS),
            "amount_minor": bodies.integer,
            "currency": bodies.currency,
            "reason": bodies.one_of(WAIVED_FOR),
            "whole": bodies.integer,
        },
        "staff",
    ),
    "waiver.approved": kind({"amount_minor": bodies.integer}, "staff", caused=True),
    "waiver.declined": kind({"reason": bodies.one_of(WAIVER_DECLINED)}, "staff", caused=True),
    "write_off.proposed": kind(
        _OF_LOAN
        | {
            "act": bodies.one_of(("write_off", "undo")),
            "reason": bodies.one_of(WRITE_OFF_FOR, ("mistake",)),
        },
        "staff",
    ),
    "write_off.approved": kind({}, "staff", caused=True),
    "write_off.declined": kind({"reason": bodies.one_of(WRITE_OFF_DECLINED)}, "staff", caused=True),
    "loan.written_off": kind(
        {"outstanding_minor": bodies.integer, "reason": bodies.one_of(WRITE_OFF_FOR)},
        "staff house",
        may=_OWED | {"proposal": bodies.integer},
    ),
    "loan.write_off_undone": kind({"proposal": bodies.integer}, "staff", caused=True),
    "loan.charged_off": kind(
        {"rule": bodies.code, "reason": bodies.one_of(("age", "bankruptcy")), **_OWED},
        "dayclose",
    ),
}
