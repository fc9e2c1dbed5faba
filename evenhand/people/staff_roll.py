"""The staff roll: teams, training, badges, absence and leaving, and how somebody comes to sign in.

The tables are a projection of the house's stream of staff, written by whoever writes the fact in
the same transaction; sign-in names and passwords stand here alone and in no fact.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from evenhand.people import queries, spelt_codes, staff_factor, vault
from evenhand.people.models import Staff

NEED_TRAINING: Final = ("collector", "visitor")
"""Roles with no work list before a training is passed."""
CODE_DAYS: Final = {"invitation": 7, "password": 1}
"""How many days a code opens, by what it is for: a first password, or a new one."""
CODE_TRIES: Final = 5
"""After as many wrong tries a code opens no more: another is issued."""
NEED_BADGE: Final = ("visitor",)
"""Roles that work with a badge or licence only; where others have one, it must be in force."""


class Entry(NamedTuple):
    """A line of the roll. Days are the house's; `hand_over` is whoever stands in."""

    staff: int
    name: str
    number: str
    role: str
    team: str
    is_active: bool
    trained_on: date | None
    badge: str
    badge_until: date | None
    away_from: date | None
    away_until: date | None
    hand_over: int
    left_on: date | None

    def is_away(self, on: date) -> bool:
        """Away on that day?"""
        if self.away_from is None or self.away_until is None:
            return False
        return self.away_from <= on <= self.away_until

    def lacks(self, on: date) -> str:
        """Why there is no work list on that day: left, away, training, badge; empty: there is."""
        if self.left_on is not None or not self.is_active:
            return "left"
        if self.is_away(on):
            return "away"
        if self.role in NEED_TRAINING and (self.trained_on is None or self.trained_on > on):
            return "training"
        is_over = self.badge_until is not None and self.badge_until < on
        return "badge" if is_over or (self.role in NEED_BADGE and not self.badge) else ""


def roll() -> list[Entry]:
    """Everybody, who left last."""
    return _entries(0)


def entry(staff: int) -> Entry | None:
    """One line of the roll."""
    return next(iter(_entries(staff)), None) if staff > 0 else None


def is_free(username: str, number: str) -> bool:
    """Has nobody this sign-in name or employee number, here or gone?"""
    known = get_user_model().objects.filter(username__iexact=username).exists()
    return not known and not Staff.objects.filter(number__iexact=number).exists()


def invite(username: str, number: str, team: str, lang: str) -> tuple[int, str]:
    """A member without a role who cannot sign in yet; staff id, and the code told this once."""
    with transaction.atomic():
        user = get_user_model().objects.create_user(username, is_active=False)
        member = Staff.objects.create(user=user, role="", number=number, lang=lang).pk
        _set(queries.SET_TEAM, member, team)
        return member, _issue(member, "invitation")


def forget_password(member: int) -> str:
    """The password opens no more and sessions end; the code, told this once, sets a new one."""
    with transaction.atomic():
        user = get_user_model().objects.get(staff__pk=member)
        user.set_unusable_password()
        user.save()
        end_sessions(member)
        return _issue(member, "password")


def redeem(member: int, code: str, password: str) -> str:
    """A right code sets the password, once. What the code was for; empty where it opens nothing.

    The code of an invitation opens when the role is approved. Wrong tries are counted.
    """
    with transaction.atomic():
        found = entry(member)
        if found is None or not found.role or not found.is_active or found.left_on:
            return ""
        if not _run(queries.TRY_STAFF_CODE, [member, CODE_TRIES]):
            return ""
        used = _run(queries.USE_STAFF_CODE, [member, _digest(member, code)])
        if not used:
            return ""
        user = get_user_model().objects.get(staff__pk=member)
        user.set_password(password)
        user.save()
    return str(used[0][0])


def set_role(member: int, role: str, team: str) -> None:
    """The role and team from now on; whoever was invited may sign in by it."""
    Staff.objects.filter(pk=member).update(role=role)
    get_user_model().objects.filter(staff__pk=member).update(is_active=True)
    _set(queries.SET_TEAM, member, team)


def set_trained(member: int, on: date) -> None:
    """The training was passed on that day."""
    _set(queries.SET_TRAINED, member, on)


def set_badge(member: int, badge: str, until: date) -> None:
    """A licence's or badge's number and its last day."""
    _set(queries.SET_BADGE, member, badge, until)


def set_away(member: int, since: date, until: date, hand_over: int) -> None:
    """Away from one day to another, both included; a colleague stands in."""
    _set(queries.SET_AWAY, member, since, until, hand_over)


def leave(member: int, on: date) -> None:
    """Gone: no sign-in, no second factor, no invitation, and every session ends at once."""
    get_user_model().objects.filter(staff__pk=member).update(is_active=False)
    _set(queries.SET_LEFT, member, on)
    _run(queries.DROP_STAFF_INVITATION, [member])
    reset_factor(member)


def reset_factor(member: int) -> None:
    """The second factor is set up anew at the next sign-in; sessions end."""
    staff_factor.reset(member)
    end_sessions(member)


def end_sessions(member: int) -> None:
    """Ends every session of the member, wherever it is open."""
    user = str(Staff.objects.values_list("user_id", flat=True).get(pk=member))
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == user:
            session.delete()


def _issue(member: int, sort: str) -> str:
    code = spelt_codes.new()
    _run(queries.ISSUE_STAFF_CODE, [member, _digest(member, code), sort, CODE_DAYS[sort]])
    return code


def _entries(staff: int) -> list[Entry]:
    return [Entry(*row) for row in _run(queries.ROLL, [staff])]


def _set(sql: str, member: int, *values: object) -> None:
    _run(queries.ENTER_MEMBER, [member])
    _run(sql, [*values, member])


def _digest(member: int, code: str) -> bytes:
    return vault.index_digest("staff invitation", f"{member}\0{spelt_codes.read(code)}")


def _run(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []
