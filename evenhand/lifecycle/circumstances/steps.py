"""What follows when a circumstance is recorded or ended: the borrower is told what others said; the
dead are signed out everywhere.

Each task takes (borrower, seq) of facts and is safe to do again.
"""

from collections.abc import Callable, Mapping
from typing import Final

from evenhand.ledger import streams
from evenhand.ledger.facts import Fact
from evenhand.ledger.reactions import Places
from evenhand.lifecycle.circumstances.circumstances import BEGAN, ENDED, is_one
from evenhand.outbound.contact.tell import tell
from evenhand.people import sessions

DEAD: Final = "debtor_deceased"
UNTOLD: Final = (DEAD, "cease_request")
"""Nobody writes to the dead, nor to whoever has just asked us to stop."""


def followed(facts: Places, *, at: int) -> None:
    """What staff recorded or ended is told; every session of somebody who has died ends."""
    for fact in streams.facts_at(facts):
        if fact.kind == BEGAN and fact.body["state"] == DEAD:
            sessions.end_others(fact.borrower, 0)
        if template := _template(fact):
            tell(fact.borrower, template, at=at, cause=fact.seq, loan=fact.loan)


def _template(fact: Fact) -> str:
    """The notice that tells of it; empty where none does."""
    if fact.kind == ENDED and "proposal" in fact.body:
        return "circumstance_ended"
    by_staff = fact.kind == BEGAN and is_one(fact) and fact.hand.startswith("staff:")
    return "circumstance_noted" if by_staff and fact.body["state"] not in UNTOLD else ""


TASKS: Final[Mapping[str, Callable[..., object]]] = {"circumstances.followed": followed}
