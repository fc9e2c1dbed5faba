"""What stands between a person and their loan: application, decision, signature, payout."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from evenhand.ledger.applications import Application, applications
from evenhand.ledger.facts import Fact

BEGUN: Final = ("loan.disbursed", "loan.imported", "loan.withdrawn")


class OnTheWay(NamedTuple):
    """A loan that has not begun, and how far it has come: open, referred, declined, approved,
    lapsed (an offer that holds no more), payout (the money is on its way) or payout_failed."""

    loan: int
    step: str


def on_the_way(facts: Sequence[Fact], on: date) -> OnTheWay | None:
    """The latest application of a stream that leads somewhere yet; None where there is none."""
    found = list(applications(facts).values())
    if not found or found[-1].stage == "withdrawn":
        return None
    own = [fact for fact in facts if fact.loan == found[-1].loan]
    if any(fact.kind in BEGUN for fact in own):
        return None
    return OnTheWay(found[-1].loan, _step(found[-1], own, on))


def _step(application: Application, own: Sequence[Fact], on: date) -> str:
    if application.stage == "signed":
        ends = [f.kind for f in own if f.kind.startswith("transfer.")]
        failed = ends and ends[-1] in ("transfer.failed", "transfer.withdrawn")
        return "payout_failed" if failed else "payout"
    if application.stage == "approved" and not application.holds(on):
        return "lapsed"
    return "referred" if application.review else application.stage
