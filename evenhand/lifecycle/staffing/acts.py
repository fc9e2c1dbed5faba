"""What is done to the staff roll: a fact in the house's stream and the roll's line, together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from evenhand.ledger import hands, house
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.staffing import waiting
from evenhand.lifecycle.staffing.waiting import Proposal
from evenhand.people import staff, staff_roll

RESETS: Final = ("staff.factor_reset", "staff.password_reset")
"""Who did both for somebody could sign in as them."""
WEEK: Final = 7 * 24 * 3_600_000_000


class NotAllowed(Exception):
    """Not on the own line, not by the proposer's hand, not twice, not for who has left."""


class NotBoth(Exception):
    """The same hand gave this member a new password or factor within a week: another does this."""


class Taken(Exception):
    """Somebody has this sign-in name or employee number."""


def invite(by: int, name: str, number: str, role: str, team: str, *, at: int) -> tuple[int, str]:
    """Invite a member: staff id, and the code to be handed over, told this once.

    The role waits for another hand; until then the code opens nothing.
    """
    assert role in staff.ROLES, "a staff member has a known role"
    if not staff_roll.is_free(name, number):
        raise Taken
    with transaction.atomic():
        member, code = staff_roll.invite(name, number, team, "zh-hans")
        said = {"staff": member, "role": role, "team": team, "number": number}
        _write("staff.invited", by, said, at)
    return member, code


def propose(by: int, member: int, role: str, team: str, *, at: int) -> None:
    """Propose another role or team for somebody else."""
    assert role in staff.ROLES, "a staff member has a known role"
    _other_here(by, member)
    _write("staff.role_proposed", by, {"staff": member, "role": role, "team": team}, at)


def approve(by: int, seq: int, *, at: int) -> None:
    """Approve what another hand has proposed for somebody else: it counts at once."""

    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        said = _undecided(facts, seq)
        if by in (said.staff, hands.staff_of(said.by)):
            raise NotAllowed
        body = {"staff": said.staff, "role": said.role, "team": said.team}
        return [_draft("staff.role_approved", by, body, at, cause=seq)]

    with transaction.atomic():
        body = act(house.STAFF, decide, at=at)[0].body
        staff_roll.set_role(body["staff"], body["role"], body["team"])


def reject(by: int, seq: int, *, at: int) -> None:
    """Let a proposal go; whoever made it may, too."""

    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        body = {"staff": _undecided(facts, seq).staff}
        return [_draft("staff.role_rejected", by, body, at, cause=seq)]

    act(house.STAFF, decide, at=at)


def trained(by: int, member: int, on: date, *, at: int) -> None:
    """Somebody else passed the training on that day."""
    _other_here(by, member)
    body = {"staff": member, "passed_on": on.isoformat()}
    _both("staff.trained", by, body, at, lambda: staff_roll.set_trained(member, on))


def licensed(by: int, member: int, badge: str, until: date, *, at: int) -> None:
    """Somebody else's badge or licence, and its last day."""
    _other_here(by, member)
    body = {"staff": member, "badge": badge, "until": until.isoformat()}
    _both("staff.licensed", by, body, at, lambda: staff_roll.set_badge(member, badge, until))


def absent(by: int, member: int, since: date, until: date, to: int, *, at: int) -> None:
    """A member is away; a colleague who is here stands in."""
    _here(member)
    if to == member or since > until or _here(to).is_away(since):
        raise NotAllowed
    body = {
        "staff": member,
        "from_day": since.isoformat(),
        "until": until.isoformat(),
        "to": to,
    }
    _both("staff.absent", by, body, at, lambda: staff_roll.set_away(member, since, until, to))


def left(by: int, member: int, *, at: int) -> None:
    """Somebody else is gone: every session ends at once, and no sign-in opens any more."""
    if by == member or (found := staff_roll.entry(member)) is None or found.left_on:
        raise NotAllowed
    on = house.day_of(at)
    _both("staff.left", by, {"staff": member}, at, lambda: staff_roll.leave(member, on))


def factor_reset(by: int, member: int, *, at: int) -> None:
    """Somebody else's second factor is set up anew at the next sign-in; `by` 0: by command."""
    with transaction.atomic():
        _reset("staff.factor_reset", by, member, at)
        staff_roll.reset_factor(member)


def password_reset(by: int, member: int, *, at: int) -> str:
    """Somebody else forgot the password: it opens no more, sessions end. The code for a new one,
    told this once; `by` 0: by command."""
    with transaction.atomic():
        _reset("staff.password_reset", by, member, at)
        return staff_roll.forget_password(member)


def set_password(member: int, code: str, password: str, *, at: int) -> bool:
    """The member sets a password by a code: the first one, or a new one, which is a fact."""
    with transaction.atomic():
        sort = staff_roll.redeem(member, code, password)
        if sort == "password":
            _write("staff.password_set", member, {"staff": member}, at)
    return bool(sort)


def _reset(kind: str, by: int, member: int, at: int) -> None:
    _other_here(by, member)

    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        others = [fact for fact in facts if fact.kind in RESETS and fact.kind != kind]
        if by and any(
            fact.body["staff"] == member and hands.staff_of(fact.hand) == by and at - fact.at < WEEK
            for fact in others
        ):
            raise NotBoth
        return [_draft(kind, by, {"staff": member}, at)]

    act(house.STAFF, decide, at=at)


def _undecided(facts: Sequence[Fact], seq: int) -> Proposal:
    found = next((one for one in waiting.proposals(facts) if one.seq == seq), None)
    if found is None:
        raise NotAllowed
    return found


def _here(member: int) -> staff_roll.Entry:
    found = staff_roll.entry(member)
    if found is None or not found.is_active:
        raise NotAllowed
    return found


def _other_here(by: int, member: int) -> None:
    if by == member:
        raise NotAllowed
    _here(member)


def _both(
    kind: str, by: int, body: Mapping[str, Any], at: int, change: Callable[[], object]
) -> None:
    with transaction.atomic():
        _write(kind, by, body, at)
        change()


def _write(kind: str, by: int, body: Mapping[str, Any], at: int) -> None:
    act(house.STAFF, lambda _facts: [_draft(kind, by, body, at)], at=at)


def _draft(kind: str, by: int, body: Mapping[str, Any], at: int, cause: int = 0) -> Draft:
    hand = f"staff:{by}" if by else "house"
    return Draft(kind, house.day_of(at), hand, cause=cause, body=dict(body))
