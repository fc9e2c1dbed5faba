"""Kinds of facts about money on its way: transfers out, auto-debit, the lender's own accounts.

`account` is the vault's number of the borrower's bank account. What came in is `payment.received`
(see `kinds_loan`). Amounts are minor units above zero; the kind says which way they go.

A leaving carries the amount that leaves, and what comes of it names it as its cause.
The lender's accounts and the suspense have house streams; `from_day` is the day a change counts.
"""

from typing import Final

from evenhand.ledger import bodies
from evenhand.ledger.kind import Kind, kind

PREPAY_WAYS: Final = ("next", *bodies.PREPAY)
"""What is paid beyond what is due may do: the next instalments, smaller ones, a shorter term."""
SUSPENSE_REASONS: Final = ("slip", "payer", "fits", "bank")
"""Why money is somebody's, or goes back: a slip in the reference, the payer showed it was theirs,
name and sum fit, the bank asks."""

MONEY: Final[dict[str, Kind]] = {
    "transfer.intended": kind(
        {"account": bodies.integer, "purpose": bodies.one_of(("disbursal", "refund"))},
        "house staff borrower",
        "none",
        1,
        may={"due_at": bodies.integer},
        caused=True,
    ),
    "transfer.withdrawn": kind({"reason": bodies.code}, "house staff", caused=True),
    "transfer.leaving": kind(
        {"account": bodies.integer, "provider": bodies.name}, "house", "none", 1, caused=True
    ),
    "transfer.failed": kind(
        {"provider": bodies.name, "reason": bodies.code},
        "provider house",
        may={"reference": bodies.code},
        caused=True,
    ),
    "payment.returned": kind(
        {"reference": bodies.code, "provider": bodies.name}, "provider", "money", -1, caused=True
    ),
    "debit.authorised": kind(
        {"account": bodies.integer, "max_minor": bodies.integer, "text": bodies.code}, "borrower"
    ),
    "debit.revoked": kind({}, "borrower staff house", caused=True),
    "debit.intended": kind(
        {
            "account": bodies.integer,
            "mode": bodies.one_of(("once", "auto")),
            "due_on": bodies.iso_day,
            "due_at": bodies.integer,
        },
        "borrower house dayclose",
        "none",
        1,
        caused=False,
    ),
    "debit.withdrawn": kind({"reason": bodies.code}, "house dayclose borrower", caused=True),
    "debit.leaving": kind({"provider": bodies.name}, "house", "none", 1, caused=True),
    "debit.failed": kind(
        {"provider": bodies.name, "reason": bodies.code},
        "provider house",
        may={"reference": bodies.code},
        caused=True,
    ),
    "overpayment.kept": kind({}, "borrower staff"),
    # What a payment of this amount is to do with what is beyond all that is due: the one payment of
    # the debit that is its cause; where it names none, the next that comes by another way, if it is
    # of this amount and comes by `until`. `shown` is what the borrower saw.
    "prepayment.chosen": kind(
        {"way": bodies.one_of(PREPAY_WAYS), "until": bodies.iso_day, "shown": bodies.plain_dict},
        "borrower",
        "none",
        1,
    ),
    "suspense.received": kind(
        {
            "reference": bodies.code,
            "provider": bodies.name,
            "value_day": bodies.iso_day,
            "currency": bodies.currency,
            "reason": bodies.code,
        },
        "provider staff",
        "none",
        1,
    ),
    "suspense.proposed": kind(
        {"act": bodies.one_of(("match", "return")), "reason": bodies.one_of(SUSPENSE_REASONS)},
        "staff",
        may={"borrower": bodies.integer, "loan": bodies.integer, "reference": bodies.code},
        caused=True,
    ),
    "suspense.declined": kind({}, "staff", caused=True),
    "suspense.matched": kind(
        {"borrower": bodies.integer, "loan": bodies.integer},
        "staff",
        may={"proposal": bodies.integer},
        caused=True,
    ),
    "suspense.returned": kind(
        {"reference": bodies.code},
        "staff provider",
        may={"proposal": bodies.integer},
        caused=True,
    ),
    "lender_account.proposed": kind(
        {"channel": bodies.plain_dict, "from_day": bodies.iso_day}, "staff house"
    ),
    "lender_account.approved": kind({"from_day": bodies.iso_day}, "staff house", caused=True),
    "lender_account.rejected": kind({}, "staff house", caused=True),
    "lender_account.closing": kind({"from_day": bodies.iso_day}, "staff house", caused=True),
    "lender_account.closed": kind({"from_day": bodies.iso_day}, "staff house", caused=True),
}
