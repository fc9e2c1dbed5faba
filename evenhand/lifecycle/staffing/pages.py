"""Staff: the roll, one member's page, and every act on it. No borrower is shown here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import hands, house, streams
from evenhand.lifecycle.staffing import acts, typed, waiting
from evenhand.people import staff, staff_roll
from evenhand.people.access import StaffRequest, page

INVITED: Final = ("name", "number", "role", "team")


@require_GET
@page("staff_roll")
def roll(request: StaffRequest) -> HttpResponse:
    """Everybody on the roll, and what waits for another hand."""
    return _roll(request, {}, {})


@require_POST
@page("staff_keep")
@sensitive_variables("code")
def invite(request: StaffRequest) -> HttpResponse:
    """Invite a member; the code is shown this once, to be handed over."""
    sent = {key: typed.text(request.POST, key) for key in INVITED}
    if errors := _invite_errors(sent):
        return _roll(request, sent, errors)
    try:
        member, code = acts.invite(request.member.staff, **sent, at=request.clock.now())
    except acts.Taken:
        taken = _("Somebody has this name or employee number already.")
        return _roll(request, sent, {"name": taken})
    return _code(request, member, code, "invitation", sent["role"])


@require_POST
@page("staff_keep")
@sensitive_variables("code")
def password(request: StaffRequest, member: int) -> HttpResponse:
    """Somebody forgot the password; the code for a new one is shown this once."""
    entry = staff_roll.entry(member)
    if entry is None:
        raise Http404
    try:
        code = acts.password_reset(request.member.staff, member, at=request.clock.now())
    except (acts.NotAllowed, acts.NotBoth) as refused:
        return _one(request, member, "password", _why(refused))
    return _code(request, member, code, "password", entry.role)


@require_POST
@page("staff_approve")
def decide(request: StaffRequest, seq: int) -> HttpResponse:
    """Approve or reject a role another hand has proposed."""
    by, at = request.member.staff, request.clock.now()
    try:
        if request.POST.get("act") == "approve":
            acts.approve(by, seq, at=at)
            messages.success(request, _("Approved. It counts from now."))
        elif request.POST.get("act") == "reject":
            acts.reject(by, seq, at=at)
    except acts.NotAllowed:
        messages.error(request, _("Not by the same person, and not twice."))
    return redirect("staff-roll")


@require_GET
@page("staff_roll")
def one(request: StaffRequest, member: int) -> HttpResponse:
    """One member: the line of the roll, what can be done, and what was done."""
    return _one(request, member)


@require_POST
@page("staff_keep")
def keep(request: StaffRequest, member: int, what: str) -> HttpResponse:
    """An act on a member's line: role, trained, licensed, absent, factor, left."""
    if what not in ACTS or staff_roll.entry(member) is None:
        raise Http404
    try:
        error = ACTS[what](request, member)
    except (acts.NotAllowed, acts.NotBoth) as refused:
        error = _why(refused)
    if error:
        return _one(request, member, what, error)
    messages.success(request, _("Written down."))
    return redirect("staff-member", member)


def _role(request: StaffRequest, member: int) -> str:
    role, team = (typed.text(request.POST, key) for key in ("role", "team"))
    if not typed.is_role(role) or not typed.is_code(team):
        return _("Choose a role and name a team, in letters and digits.")
    acts.propose(request.member.staff, member, role, team, at=request.clock.now())
    return ""


def _trained(request: StaffRequest, member: int) -> str:
    on = typed.day(request.POST, "passed_on")
    if on is None or on > request.clock.today():
        return _("Name the day it was passed: today or before.")
    acts.trained(request.member.staff, member, on, at=request.clock.now())
    return ""


def _licensed(request: StaffRequest, member: int) -> str:
    badge, until = typed.text(request.POST, "badge"), typed.day(request.POST, "until")
    if not typed.is_code(badge) or until is None or until < request.clock.today():
        return _("A number in letters and digits, and its last day, today or after.")
    acts.licensed(request.member.staff, member, badge, until, at=request.clock.now())
    return ""


def absent(request: StaffRequest, member: int) -> str:
    """Away, and who stands in; what was wrong with it, empty where it was written down."""
    since, until = (typed.day(request.POST, key) for key in ("from_day", "until"))
    to = staff.numbered(typed.text(request.POST, "to"))
    if since is None or until is None or since > until or to in (0, member):
        return _("From which day to which, and the employee number of who stands in.")
    try:
        acts.absent(request.member.staff, member, since, until, to, at=request.clock.now())
    except acts.NotAllowed:
        return _("Whoever stands in must be here on the first day.")
    return ""


def _factor(request: StaffRequest, member: int) -> str:
    acts.factor_reset(request.member.staff, member, at=request.clock.now())
    return ""


def _left(request: StaffRequest, member: int) -> str:
    if request.POST.get("sure") != "yes":
        return _("Tick that you are sure.")
    acts.left(request.member.staff, member, at=request.clock.now())
    return ""


ACTS: Final[Mapping[str, Callable[[StaffRequest, int], str]]] = {
    "role": _role,
    "trained": _trained,
    "licensed": _licensed,
    "absent": absent,
    "factor": _factor,
    "left": _left,
}


def _why(refused: Exception) -> str:
    if isinstance(refused, acts.NotBoth):
        return _(
            "Password and second factor are not both given anew by one hand within a week: "
            "another admin does this."
        )
    return _("Not on your own line, and not for somebody who is not here.")


def _invite_errors(sent: Mapping[str, str]) -> dict[str, str]:
    found = {}
    if not typed.is_name(sent["name"]):
        found["name"] = _("A name in small letters and digits, at least two.")
    if not typed.is_code(sent["number"]):
        found["number"] = _("An employee number in letters and digits.")
    if not typed.is_role(sent["role"]):
        found["role"] = _("Choose a role.")
    if not typed.is_code(sent["team"]):
        found["team"] = _("Name a team, in letters and digits.")
    return found


def _roll(
    request: StaffRequest, sent: Mapping[str, str], errors: Mapping[str, str]
) -> HttpResponse:
    entries, today = staff_roll.roll(), request.clock.today()
    by_id = {entry.staff: entry for entry in entries}
    own = request.member.staff
    shown = {
        "entries": [(entry, entry.lacks(today)) for entry in entries],
        "proposals": [
            (said, by_id[said.staff], own not in (said.staff, hands.staff_of(said.by)))
            for said in waiting.proposals()
        ],
        "typed": sent,
        "errors": errors,
        "roles": staff.ROLES,
        "may_keep": staff.may_see(request.member.role, "staff_keep"),
        "may_approve": staff.may_see(request.member.role, "staff_approve"),
    }
    return render(request, "staffing/roll.html", shown, status=400 if errors else 200)


@sensitive_variables("code", "shown")
def _code(request: StaffRequest, member: int, code: str, sort: str, role: str) -> HttpResponse:
    shown = {"code": code, "entry": staff_roll.entry(member), "role": role, "sort": sort}
    return render(request, "staffing/invited_code.html", shown)


def _one(request: StaffRequest, member: int, what: str = "", error: str = "") -> HttpResponse:
    found = staff_roll.entry(member)
    if found is None:
        raise Http404
    shown: dict[str, Any] = {
        "entry": found,
        "lacks": found.lacks(request.clock.today()),
        "stands_in": staff_roll.entry(found.hand_over),
        "history": _history(member),
        "roles": staff.ROLES,
        "errors": {what: error},
        "typed": request.POST,
        "is_own": member == request.member.staff,
        "may_keep": staff.may_see(request.member.role, "staff_keep") and not found.left_on,
    }
    return render(request, "staffing/member.html", shown, status=400 if error else 200)


def _history(member: int) -> list[dict[str, Any]]:
    """Every act on the member's line, newest first, with whose hand it was."""
    facts = [fact for fact in streams.stream(house.STAFF) if fact.body.get("staff") == member]
    numbers = staff.numbers([hands.staff_of(fact.hand) for fact in facts])
    return [
        {"fact": fact, "by": numbers.get(hands.staff_of(fact.hand), "")} for fact in reversed(facts)
    ]
