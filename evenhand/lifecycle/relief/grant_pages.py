"""Staff: relief by two hands, decided; a moratorium proposed for many loans at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.ledger import reliefs, two_hands
from evenhand.ledger.kinds_relief import GRANT_DECLINED, GRANTED_FOR
from evenhand.ledger.two_hands import TAKEN_BACK, Line, NotAllowed, Proposal
from evenhand.lifecycle.relief import grants, typed
from evenhand.lifecycle.relief.grants import Given
from evenhand.people import staff
from evenhand.people.access import StaffRequest, page

HISTORY_MOST: Final = 20
TEXT_MOST: Final = 10_000
_NUMBERS: Final = re.compile(r"\d{1,12}")


class Granting(NamedTuple):
    """A proposal for a page: what it would do today, loan by loan (nothing once decided)."""

    line: Line
    change: dict[str, Any]
    found: list[Given]

    @property
    def given(self) -> list[Given]:
        """The loans that it can be given to."""
        return [one for one in self.found if one.seen]

    @property
    def given_up_minor(self) -> int:
        """What the borrowers together pay less."""
        return grants.given_up(self.found)

    @property
    def seen_text(self) -> str:
        """The same as a form sends it again; nothing is a sum too."""
        return str(self.given_up_minor)

    @property
    def currency(self) -> str:
        return self.given[0].seen.here.currency if self.given and self.given[0].seen else ""


def lines(request: StaffRequest, found: Sequence[Proposal]) -> list[Granting]:
    """Proposals for the page of a reader."""
    told = two_hands.lines(found, request.member.staff, staff.numbers)
    today = request.clock.today()
    return [
        Granting(
            line,
            reliefs.change_of(line.proposal.said),
            grants.today_of(line.proposal, today) if line.proposal.waits else [],
        )
        for line in told
    ]


@require_POST
@page("relief_approve")
def decide(request: StaffRequest, seq: int) -> HttpResponse:
    """Approve what another proposed, or decline it for a reason."""
    act, at, hand = request.POST.get("act", ""), request.clock.now(), request.member.hand
    seen = request.POST.get("seen", "")
    try:
        if act == "approve" and seen.isascii() and seen.isdecimal():
            grants.approve(seq, int(seen), hand, at=at)
            messages.success(request, _("Approved. Every borrower is told."))
        elif act == "decline" and request.POST.get("reason") in GRANT_DECLINED[:-1]:
            grants.MATTER.decline(seq, request.POST["reason"], hand, at=at)
        else:
            messages.error(request, _("Choose the reason."))
    except NotAllowed as refused:
        messages.error(request, why(refused.args[0]))
    return redirect("reliefs")


@require_POST
@page("relief_answer")
def take_back(request: StaffRequest, seq: int) -> HttpResponse:
    """Take the own proposal back."""
    try:
        grants.MATTER.decline(seq, TAKEN_BACK, request.member.hand, at=request.clock.now())
    except NotAllowed as refused:
        messages.error(request, why(refused.args[0]))
    return redirect("reliefs")


@require_http_methods(["GET", "POST"])
@page("relief_answer")
def many(request: StaffRequest) -> HttpResponse:
    """Everything frozen for many loans at once, by their numbers: seen first, then proposed."""
    if request.method == "GET":
        return _many(request, {})
    numbers = [int(text) for text in _NUMBERS.findall(request.POST.get("loans", "")[:TEXT_MOST])]
    until, reason = request.POST.get("until", "").strip(), request.POST.get("reason", "")
    errors = _errors(numbers, until, reason, request.clock.today())
    typed_in = {"loans": ", ".join(map(str, dict.fromkeys(numbers))), "until": until}
    shown: dict[str, Any] = {**typed_in, "reason": reason, "errors": errors}
    if errors:
        return _many(request, shown, 400)
    change, wanted = {"change": "moratorium", "until": until}, grants.places(numbers)
    shown["unknown"] = sorted(set(numbers) - {place.loan for place in wanted})
    if request.POST.get("act") != "propose":
        shown["found"] = grants.would(change, wanted, request.clock.today())
        return _many(request, shown)
    try:
        hand, at = request.member.hand, request.clock.now()
        grants.propose(change, wanted, reason, hand, at=at)
        messages.success(request, _("Proposed. Somebody else looks at it and approves."))
    except NotAllowed as refused:
        messages.error(request, why(refused.args[0]))
    return redirect("reliefs")


def _many(request: StaffRequest, shown: dict[str, Any], status: int = 200) -> HttpResponse:
    more = {"granted_for": GRANTED_FOR, "most": grants.MOST}
    return render(request, "relief/many.html", {**shown, **more}, status=status)


def _errors(numbers: list[int], until: str, reason: str, today: date) -> dict[str, str]:
    errors = {}
    if not 1 <= len(set(numbers)) <= grants.MOST:
        errors["loans"] = _("Type from 1 to %(most)s loan numbers.") % {"most": grants.MOST}
    if not typed.is_day(until) or date.fromisoformat(until) <= today:
        errors["until"] = _("Type a day after today, such as 2026-05-31.")
    if reason not in GRANTED_FOR:
        errors["reason"] = _("Choose the reason.")
    return errors


def why(code: str) -> str:
    """Why it cannot be, as a sentence."""
    return {
        "own": _("Nobody approves what they proposed themselves: another person decides."),
        "decided": _("It had been decided already."),
        "nothing": _("It can be given to none of these loans as they stand now."),
        "moved": _("The sum has moved since you saw it: look at it again."),
    }[code]
