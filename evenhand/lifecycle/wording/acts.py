"""What is done with wordings: proposed, ended, adopted as a release; approved, declined."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evenhand.ledger.two_hands import NotAllowed
from evenhand.lifecycle.wording.pages import DESK, key_of, shown
from evenhand.outbound.contact import wording, words
from evenhand.people.access import StaffRequest, page


@require_POST
@page("words_propose")
def propose(request: StaffRequest, sort: str, template: str, lang: str) -> HttpResponse:
    """A wording of the lender's own; one with faults is shown again with all that was typed."""
    key = key_of(sort, template, lang)
    typed = {name: request.POST.get(name, "").strip() for name in words.shipped()[key]}
    try:
        wording.propose({key: typed}, request.member.hand, at=request.clock.now())
    except NotAllowed as refused:
        return shown(request, key, typed, refused.args[1])
    messages.success(request, _("Proposed. It is used once another person approves it."))
    return redirect("wording", sort, template, lang)


@require_POST
@page("words_propose")
def stop(request: StaffRequest, sort: str, template: str, lang: str) -> HttpResponse:
    """Propose that a wording is used no more."""
    key = key_of(sort, template, lang)
    if key in wording.in_force():
        wording.propose_stop([key], request.member.hand, at=request.clock.now())
        messages.success(request, _("Proposed. It ends once another person approves that."))
    return redirect("wording", sort, template, lang)


@require_POST
@page("words_propose")
def adopt(request: StaffRequest) -> HttpResponse:
    """Propose all that this release says otherwise than what is in force, in one act."""
    try:
        wording.propose(wording.release(), request.member.hand, at=request.clock.now())
    except NotAllowed as refused:
        messages.error(request, DESK.why(refused.args[0]))
    else:
        messages.success(request, _("Proposed. It is used once another person approves it."))
    return redirect("words")


@require_POST
@page("words_approve")
def decide(request: StaffRequest, seq: int) -> HttpResponse:
    """Approve what another proposed, decline it for a reason, or take the own back."""
    return DESK.decide(request, seq)
