"""Staff: relief by two hands, decided; a moratorium proposed for many loans at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.ledger import reliefs, two_hands
from evenhand.ledger.kinds_relief import GRANT_DECLINED, GRANTED_FOR
from evenhand.ledger.two_hands import Line, Proposal
from evenhand.lifecycle.other_hand import Desk
from evenhand.lifecycle.relief import grants, typed
from evenhand.lifecycle.relief.grants import Given
from evenhand.people import staff
from evenhand.people.access import StaffRequest, page
from evenhand.web.amounts import seen_minor

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
    return DESK.decide(request, seq)


@require_POST
@page("relief_answer")
def take_back(request: StaffRequest, seq: int) -> HttpResponse:
    """Take the own proposal back."""
    return DESK.take_back(request, seq)


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
    hand, at = request.member.hand, request.clock.now()
    return DESK.propose(request, lambda: grants.propose(change, wanted, reason, hand, at=at))


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


def _approve(request: StaffRequest, seq: int) -> str:
    seen, hand = seen_minor(request.POST), request.member.hand
    grants.approve(seq, seen, hand, at=request.clock.now())
    return _("Approved. Every borrower is told.")


def _says() -> Mapping[str, str]:
    return {"nothing": _("It can be given to none of these loans as they stand now.")}


DESK: Final = Desk(
    grants.MATTER, "reliefs", "relief_answer", "relief_approve", GRANT_DECLINED, _approve, _says
)
