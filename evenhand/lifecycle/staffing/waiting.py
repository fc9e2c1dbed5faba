"""What the stream of staff says: roles that wait for another hand."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from evenhand.ledger import house, streams
from evenhand.ledger.facts import Fact

PROPOSALS: Final = ("staff.invited", "staff.role_proposed")
DECISIONS: Final = ("staff.role_approved", "staff.role_rejected")


class Proposal(NamedTuple):
    """A role and team proposed for a member, by a hand; `seq` is the fact's."""

    seq: int
    staff: int
    role: str
    team: str
    by: str
    at: int
    is_new: bool


def proposals(facts: Sequence[Fact] | None = None) -> list[Proposal]:
    """What nobody has decided yet, oldest first; of whoever has left nothing waits."""
    said = streams.stream(house.STAFF) if facts is None else facts
    decided = {fact.cause for fact in said if fact.kind in DECISIONS}
    gone = {fact.body["staff"] for fact in said if fact.kind == "staff.left"}
    return [
        Proposal(
            fact.seq,
            fact.body["staff"],
            fact.body["role"],
            fact.body["team"],
            fact.hand,
            fact.at,
            fact.kind == "staff.invited",
        )
        for fact in said
        if fact.kind in PROPOSALS and fact.seq not in decided and fact.body["staff"] not in gone
    ]
