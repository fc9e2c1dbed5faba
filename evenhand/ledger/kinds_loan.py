"""Kinds of facts about a borrower's loans: enrolled, signed, disbursed, imported, paid.

A `loan.signed` that `awaits` its disbursal is promised and not yet owed: it begins with the
`loan.disbursed` that names it as its cause and holds the terms as of the day the money came.
Without that word the loan begins as it is signed, and `loan.disbursed` only tells.
"""

from typing import Final

from evenhand.ledger import bodies
from evenhand.ledger.kind import Kind, kind
from evenhand.ledger.kinds_relief import CHANGE, NUMBERS
from evenhand.ledger.kinds_writeoff import WAIVED_FOR, WAIVED_PARTS

LOAN: Final[dict[str, Kind]] = {
    "borrower.enrolled": kind(
        {"lang": bodies.code, "zone": bodies.code}, "borrower staff import house"
    ),
    "loan.signed": kind(
        bodies.TERMS,
        "borrower staff house",
        "money",
        1,
        may={
            **bodies.AGREED,
            "awaits": bodies.one_of(("disbursal",)),
            "contract": bodies.code,
            "cost_table": bodies.code,
        },
    ),
    "loan.disbursed": kind(
        {"reference": bodies.code},
        "provider staff house",
        "money",
        1,
        may={
            **bodies.TERMS,
            **bodies.AGREED,
            "provider": bodies.name,
            "leaving": bodies.integer,
        },
    ),
    "loan.imported": kind(
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
    "loan.withdrawn": kind({"reason": bodies.code}, "import staff", "money"),
    "payment.received": kind(
        {"reference": bodies.code, "channel": bodies.code},
        "provider staff import borrower house",
        "money",
        1,
        # `party`: the invitation of whoever paid, where their own reference said so.
        may={"provider": bodies.name, "party": bodies.integer},
    ),
    "payment.reversed": kind(
        {"reason": bodies.code}, "provider staff import house", "money", -1, caused=True
    ),
    # Paid off: from its day on the interest of unused days is not owed, while its cause, the
    # payment that paid the loan off, stands. The amount is that interest.
    "interest.waived": kind({}, "house", "money", -1, caused=True),
    # Given up by the lender: it pays one part (late, interest or fee), the oldest first, never
    # another, and is no payment. What it is more than is owed of that part is nothing.
    "charge.waived": kind(
        {"part": bodies.one_of(WAIVED_PARTS), "reason": bodies.one_of(WAIVED_FOR)},
        "staff house",
        "money",
        -1,
        may={"proposal": bodies.integer},
    ),
    # From its day on other instalments: the rule and its numbers (`core.relief`), which are folded
    # again whenever something is learnt late; `shown` are the rows that the borrower saw, as
    # [due_on, principal, interest]. A `prepaid_*` is caused by its payment and stands as long.
    "loan.terms_changed": kind(
        CHANGE | {"from_day": bodies.iso_day, "shown": bodies.plain_list},
        "borrower staff house",
        "money",
        may=NUMBERS,
        caused=True,
    ),
    # After its day no late interest runs on the loan, up to the day of what resumes it. Its cause
    # is the complaint whose answer is late, or the plan that holds; the cause of `resumed` is what
    # stopped it.
    "late_interest.stopped": kind({}, "house staff", "money", caused=True),
    "late_interest.resumed": kind({}, "house staff", "money", caused=True),
}
