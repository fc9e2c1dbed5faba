"""What a loan charges, and the table of it that the borrower confirmed: nothing else is booked.

A charge is interest, late interest, or a fee that the contract lists by its name; there is no other
kind of charge, and the table of kinds has no fact to book one by. What a loan's terms would charge
must be in the confirmed table of that loan, at no higher rate and no larger sum. Loans taken over,
or signed before there were tables, carry the terms their contract gave them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core import fees
from evenhand.core.late_cap import cap_of
from evenhand.ledger.bodies import INT_MAX
from evenhand.ledger.facts import Draft, Fact

FIXED: Final = fees.OF[fees.FIXED]
AT_PAYOUT: Final = fees.WHEN[fees.AT_DISBURSAL]
INTEREST: Final = "interest"
LATE_INTEREST: Final = "late_interest"


class Charge(NamedTuple):
    """One charge: parts per million a year, of a year of so many days (0: as the instalments are
    worked out), and its whole sum in minor units where that is known before (else 0). Of a fee the
    parts per million are those it is counted by, 0 where it is fixed; of late interest the sum is
    the most it may ever come to."""

    code: str
    rate_ppm: int
    year_days: int
    total_minor: int


class Unlisted(ValueError):
    """A charge that is not in the loan's confirmed table."""


def of_terms(terms: Mapping[str, Any]) -> list[Charge]:
    """The charges of a loan's terms (a body of bodies.TERMS); those of nothing are left out.

    >>> of_terms({"rate_ppm": 0, "late_rate_ppm": 162_000, "late_year_days": 360,
    ...           "instalments": [["2026-12-24", 100, 0]]})
    [Charge(code='late_interest', rate_ppm=162000, year_days=360, total_minor=0)]
    """
    interest = sum(row[2] for row in terms["instalments"])
    charges = [
        Charge(INTEREST, terms["rate_ppm"], 0, interest),
        _late(terms),
        *(
            Charge(one["name"], 0 if one["of"] == FIXED else one["amount"], 0, one["total_minor"])
            for one in terms.get("fees", ())
        ),
    ]
    return [each for each in charges if each.rate_ppm or each.total_minor]


def kept_back(terms: Mapping[str, Any]) -> int:
    """What of a loan's fees is taken from its payout, in minor units: so much less arrives than is
    lent, and owed. It is paid with that, and never asked for.

    >>> fee = {"name": "service_fee", "when": "at_disbursal", "of": "fixed", "amount": 500}
    >>> kept_back({"fees": [{**fee, "total_minor": 500}]}), kept_back({})
    (500, 0)
    """
    return sum(one["total_minor"] for one in terms.get("fees", ()) if one["when"] == AT_PAYOUT)


def paid_out(signed: Fact | Draft) -> int:
    """What is to arrive of a signed loan, in minor units."""
    return signed.amount - kept_back(signed.body)


def unlisted(charges: Sequence[Charge], table: Sequence[Charge]) -> list[Charge]:
    """The charges that the table does not have, or has at less.

    >>> interest = Charge("interest", 108_000, 0, 500)
    >>> fee = Charge("service_fee", 0, 0, 100)
    >>> unlisted([interest, fee], [interest]) == [fee]
    True
    """
    listed = {each.code: each for each in table}
    return [each for each in charges if not _within(each, listed.get(each.code))]


def confirmed(facts: Sequence[Fact], loan: int, digest: str) -> list[Charge]:
    """The charges of the loan's cost table of that digest. Unlisted where none was confirmed."""
    said = [f for f in facts if f.loan == loan and f.body.get("document") == digest]
    if not any(fact.kind == "cost_table.confirmed" for fact in said):
        raise Unlisted(f"loan {loan}: no cost table of that digest was confirmed")
    shown = next(fact for fact in said if fact.kind == "cost_table.shown")
    return [Charge(*each) for each in shown.body["charges"]]


_BY_TABLE: Final = ("cost_table", "awaits")
"""What a contract of this house's own says, and one signed elsewhere, before it came here, not."""


def guarded(draft: Draft) -> bool:
    """Does a draft bind a loan to charges that a table of the house's must have?"""
    signs = draft.kind == "loan.signed" and not draft.body.keys().isdisjoint(_BY_TABLE)
    return signs or (draft.kind == "loan.disbursed" and "instalments" in draft.body)


def require_listed(draft: Draft, facts: Sequence[Fact]) -> None:
    """Unlisted where a guarded draft would charge what its table does not have.

    `facts` is the stream as it stands before. Money paid out charges what was signed, no more.
    """
    if draft.kind == "loan.signed":
        table = confirmed(facts, draft.loan, draft.body.get("cost_table", ""))
    else:
        table = of_terms(_signed(facts, draft).body)
    most = sum(one["total_minor"] for one in draft.body.get("fees", ())) - kept_back(draft.body)
    if _fees_due(draft.body) > most:
        raise Unlisted(f"{draft.kind}: more fees fall due than its fees come to")
    if paid_out(draft) <= 0:
        raise Unlisted(f"{draft.kind}: its fees leave nothing to pay out")
    strange = unlisted(of_terms(draft.body), table)
    if strange:
        raise Unlisted(f"{draft.kind}: {strange[0].code} is not in the loan's cost table like that")


def _signed(facts: Sequence[Fact], draft: Draft) -> Fact:
    cause = facts[draft.cause - 1] if 0 < draft.cause <= len(facts) else None
    if cause is None or (cause.kind, cause.loan) != ("loan.signed", draft.loan):
        raise Unlisted(f"{draft.kind}: loan {draft.loan} names no signing as its cause")
    return cause


def _late(terms: Mapping[str, Any]) -> Charge:
    """Late interest; of a contract under whose cap none may ever be charged, nothing."""
    late, share = terms["late_rate_ppm"], terms.get("late_cap_ppm")
    if not late or share == 0:
        return Charge(LATE_INTEREST, 0, 0, 0)
    lent = sum(row[1] for row in terms["instalments"])
    most = 0 if share is None else int(cap_of(np.array([lent]), np.array([share]))[0])
    return Charge(LATE_INTEREST, late, terms["late_year_days"], most)


def _fees_due(terms: Mapping[str, Any]) -> int:
    return sum(minor for _n, minor in terms.get("fees_due", ()))


def _within(charge: Charge, listed: Charge | None) -> bool:
    """No more than listed: at no higher rate a day, and no larger sum."""
    if listed is None or (charge.year_days == 0) != (listed.year_days == 0):
        return False
    rate = charge.rate_ppm * max(listed.year_days, 1)
    most = listed.rate_ppm * max(charge.year_days, 1)
    return rate <= most and _whole(charge) <= _whole(listed)


def _whole(charge: Charge) -> int:
    """Its whole sum; of late interest that nothing ends, more than any."""
    endless = charge.code == LATE_INTEREST and not charge.total_minor
    return INT_MAX if endless else charge.total_minor
