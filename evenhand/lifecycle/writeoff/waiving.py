"""Charges given up by two hands: never more than is owed of the part, judged again as approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db import transaction

from evenhand.ledger import hands, house, loans, streams, waivers
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.one_loan import Here, after, here
from evenhand.ledger.two_hands import Matter, NotAllowed, Proposal
from evenhand.lifecycle.writeoff import limits
from evenhand.people import staff

MATTER: Final = Matter(house.WAIVERS, "waiver")
"""Not allowed is, besides what is for two hands: more than is owed of the part (owed), above the
role's limit (limit), one of the loan that waits already (proposed), a sum that has moved since it
was seen (moved)."""


class Wanted(NamedTuple):
    """What is to be given up of a loan, and why; `whole`: all that is owed of the part on the day
    it is approved, `amount_minor` being what that was on the day it was proposed."""

    loan: int
    part: str
    amount_minor: int
    reason: str
    whole: bool = False


class Preview(NamedTuple):
    """Where the loan stands without and with it, to the cent; `amount_minor` is what it gives up,
    0 where it cannot be."""

    before: Here
    after: Here
    amount_minor: int


def proposals() -> list[Proposal]:
    """Everything that was proposed, the newest first."""
    return MATTER.all()


def wanted(one: Proposal) -> Wanted:
    """What a proposal asks for."""
    said = one.said
    return Wanted(
        said["loan"], said["part"], said["amount_minor"], said["reason"], bool(said["whole"])
    )


def preview(facts: Sequence[Fact], asked: Wanted, on: date) -> Preview:
    """What it would do on that day. Raises LookupError of a loan that has not begun."""
    before = here(facts, asked.loan, on)
    if before is None:
        raise LookupError(f"loan {asked.loan} has not begun")
    minor = before.owed(asked.part) if asked.whole else asked.amount_minor
    if not 0 < minor <= before.owed(asked.part):
        return Preview(before, before, 0)
    return Preview(before, after(facts, _draft(asked, minor, on), on), minor)


def propose(asked: Wanted, hand: str, *, at: int) -> int:
    """Propose it; the proposal's seq. Raises NotAllowed."""
    borrower = loans.borrower_of(asked.loan) or 0
    seen = preview(streams.stream(borrower), asked, house.day_of(at))
    if not seen.amount_minor:
        raise NotAllowed("owed")
    if any(one.waits and one.said["loan"] == asked.loan for one in proposals()):
        raise NotAllowed("proposed")
    said = {
        "borrower": borrower,
        "loan": asked.loan,
        "part": asked.part,
        "amount_minor": seen.amount_minor,
        "currency": seen.before.currency,
        "reason": asked.reason,
        "whole": int(asked.whole),
    }
    return MATTER.propose(said, hand, at=at)


def approve(seq: int, seen_minor: int, hand: str, *, at: int) -> None:
    """Another hand approves it, having seen that it gives up `seen_minor`: from now on so much is
    not owed. Raises NotAllowed; then nothing is written."""

    def check(one: Proposal) -> Mapping[str, Any]:
        facts = streams.stream(one.said["borrower"])
        _require_within(facts, wanted(one).loan, seen_minor, hand, at)
        return {"amount_minor": seen_minor}

    with transaction.atomic():
        one = MATTER.approve(seq, hand, check, at=at)
        act(
            one.said["borrower"],
            lambda facts: [_waived(facts, one, seen_minor, hand, at)],
            at=at,
        )


def left_of_limit(facts: Sequence[Fact], loan: int, role: str, on: date) -> int:
    """What a role may still approve of a loan on a day."""
    rule = limits.waiver()
    since = on - timedelta(days=rule.within_days)
    given = sum(one.amount_minor for one in waivers.of_loan(facts, loan) if one.day > since)
    return max(rule.of(role) - given, 0)


def _waived(facts: Sequence[Fact], one: Proposal, seen_minor: int, hand: str, at: int) -> Draft:
    """The fact, if today it gives up just what was seen."""
    today, asked = house.day_of(at), wanted(one)
    minor = preview(facts, asked, today).amount_minor
    if not minor:
        raise NotAllowed("owed")
    if minor != seen_minor:
        raise NotAllowed("moved")
    drafted = _draft(asked, minor, today)
    return drafted._replace(hand=hand, body={**drafted.body, "proposal": one.seq})


def _draft(asked: Wanted, minor: int, on: date) -> Draft:
    body = {"part": asked.part, "reason": asked.reason}
    return Draft(waivers.WAIVED, on, "house", asked.loan, -minor, body=body)


def _require_within(facts: Sequence[Fact], loan: int, minor: int, hand: str, at: int) -> None:
    role = staff.role_of(hands.staff_of(hand))
    if minor > left_of_limit(facts, loan, role, house.day_of(at)):
        raise NotAllowed("limit")
