"""Where a payout stands, from a borrower's facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from evenhand.ledger import charges
from evenhand.ledger.facts import Fact
from evenhand.outbound.payments import known, transfers


class Payout(NamedTuple):
    """A signed loan's money.

    `step`: coming (it waits or is on its way), held (it waits until `until`, microseconds UTC),
    choose (another account is wanted, `reason` says why), arrived (on `day`), withdrawn.
    `amount_minor` is what arrives, `kept_back_minor` the fees that are taken from what is lent.
    `cause`: the fact a new intention would follow from.
    """

    loan: int
    step: str
    amount_minor: int
    currency: str
    account: int
    cause: int
    day: date | None = None
    until: int = 0
    reason: str = ""
    kept_back_minor: int = 0

    @property
    def lent_minor(self) -> int:
        """What is lent, and owed once it has arrived."""
        return self.amount_minor + self.kept_back_minor


def payout_of(facts: Sequence[Fact], loan: int, at: int) -> Payout | None:
    """The payout of a signed loan as of `at`; None where none was signed that awaits its money."""
    own = [fact for fact in facts if fact.loan == loan]
    signed = next(
        (f for f in reversed(own) if f.kind == "loan.signed" and "awaits" in f.body), None
    )
    if signed is None:
        return None
    last = _last(own)
    account = last.body["account"] if last else known.account_of(facts)
    currency = str(signed.body["currency"])
    kept_back = charges.kept_back(signed.body)
    amount = charges.paid_out(signed)
    found = Payout(loan, "", amount, currency, account, signed.seq, kept_back_minor=kept_back)
    begun = next((fact for fact in own if fact.kind == "loan.disbursed"), None)
    if begun is not None:
        return found._replace(step="arrived", day=begun.day)
    if any(fact.kind == "contract.withdrawn" for fact in own):
        return found._replace(step="withdrawn")
    if last is None or not known.open_of(facts, loan, "transfer"):
        return _choose(found, own)
    until = transfers.held_until(facts)
    left = any(fact.kind == "transfer.leaving" and fact.cause == last.seq for fact in own)
    if at < until and not left:
        return found._replace(step="held", until=until)
    return found._replace(step="coming")


def _choose(found: Payout, own: Sequence[Fact]) -> Payout:
    """Nothing waits or leaves: what came back, or was taken back, is the reason."""
    ends = [fact for fact in own if fact.kind in ("transfer.failed", "transfer.withdrawn")]
    if not ends:
        return found._replace(step="choose", reason="no_account")
    reason = str(ends[-1].body["reason"])
    return found._replace(step="choose", cause=ends[-1].seq, reason=reason)


def _last(own: Sequence[Fact]) -> Fact | None:
    kinds = [f for f in own if f.kind == "transfer.intended" and f.body["purpose"] == "disbursal"]
    return kinds[-1] if kinds else None
