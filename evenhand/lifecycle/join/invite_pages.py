"""The applicant's page: invite somebody to answer for a loan, hand over the code, take it back.

No name, number or address of anybody is asked for: the applicant hands the code over.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evenhand.ledger import parties, streams
from evenhand.ledger.kinds_party import ROLES
from evenhand.ledger.parties import GENERAL, GUARANTOR, Invitation
from evenhand.lifecycle.join import codes, steps
from evenhand.lifecycle.join.codes import Place
from evenhand.people import persons
from evenhand.people.borrowers import BorrowerRequest, page

JOINT: Final = "joint_guarantor"
"""The choice of a guarantor who is asked as soon as something is past due."""


class Shown(NamedTuple):
    """An invitation as its applicant sees it. `name` is masked; `code` only while it is open."""

    invitation: Invitation
    state: str
    """open | expired | joined | declined | left | recalled"""
    code: str
    name: str


@page
def invite(request: BorrowerRequest, loan: int) -> HttpResponse:
    """The invitations of an application, and a new one."""
    if request.method != "POST":
        return _page(request, loan)
    role = request.POST.get("role", "")
    role, guarantee = (GUARANTOR, "joint") if role == JOINT else (role, GENERAL)
    if role not in ROLES:
        return _page(request, loan, error=_("Choose what the other person is to be."), status=400)
    _own(request, loan)
    refusal = steps.invite(request.person, loan, role, at=request.clock.now(), guarantee=guarantee)
    if refusal:
        return _page(request, loan, refusal=refusal, status=409)
    return redirect("join-invite", loan)


@require_POST
@page
def recall(request: BorrowerRequest, loan: int, seq: int) -> HttpResponse:
    """Take an invitation back, and the promise made by it; until the contract is signed."""
    facts = _own(request, loan)
    place = Place(request.person, seq)
    asked = steps.invitation_at(place, facts)
    if asked is None or asked.loan != loan:
        raise Http404
    refusal = steps.recall(place, at=request.clock.now())
    if refusal:
        return _page(request, loan, refusal="closed", status=409)
    return redirect("join-invite", loan)


def _own(request: BorrowerRequest, loan: int) -> list[Any]:
    """The stream of whoever applied for that loan; 404 for others."""
    facts = streams.stream(request.person)
    if not any(f.kind == "application.made" and f.loan == loan for f in facts):
        raise Http404
    return facts


def _page(
    request: BorrowerRequest, loan: int, *, error: str = "", refusal: str = "", status: int = 200
) -> HttpResponse:
    facts = _own(request, loan)
    today = request.clock.today()
    refusal = refusal or steps.may_invite(facts, loan, today)
    shown = [_shown(request.person, one, today) for one in parties.invitations(facts, loan)]
    data = {
        "loan": loan,
        "invitations": shown[::-1],
        "is_over": steps.application(facts, loan) is None,
        "refusal": refusal,
        "most": steps.PARTIES_MAX,
        "error": error,
    }
    return render(request, "join/invite.html", data, status=status)


def _shown(borrower: int, one: Invitation, today: Any) -> Shown:
    is_open = one.is_open(today)
    state = "expired" if one.state == "open" and not is_open else one.state
    code = codes.shown(borrower, one.item) if is_open else ""
    known = persons.masked([one.person]) if one.state == "joined" else {}
    return Shown(one, state, code, known[one.person].name if known else "")
