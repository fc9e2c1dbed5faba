"""What is done with wordings: proposed, ended, adopted as a release; approved, declined."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evenhand.ledger.kinds_words import DECLINED_FOR
from evenhand.ledger.two_hands import TAKEN_BACK, NotAllowed
from evenhand.lifecycle.wording.pages import key_of, shown
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
        messages.error(request, _why(refused.args[0]))
    else:
        messages.success(request, _("Proposed. It is used once another person approves it."))
    return redirect("words")


@require_POST
@page("words_approve")
def decide(request: StaffRequest, seq: int) -> HttpResponse:
    """Approve what another proposed, decline it for a reason, or take the own back."""
    act, at, hand = request.POST.get("act", ""), request.clock.now(), request.member.hand
    try:
        if act == "approve":
            wording.approve(seq, hand, at=at)
            messages.success(request, _("Approved. From now on these words leave."))
        elif act == "take_back":
            wording.decline(seq, TAKEN_BACK, hand, at=at)
        elif act == "decline" and request.POST.get("reason") in DECLINED_FOR[:-1]:
            wording.decline(seq, request.POST["reason"], hand, at=at)
        else:
            messages.error(request, _("Choose the reason."))
    except NotAllowed as refused:
        messages.error(request, _why(refused.args[0]))
    return redirect("words")


def _why(code: str) -> str:
    return {
        "own": _("Nobody approves what they proposed themselves: another person decides."),
        "decided": _("It had been decided already."),
        "faults": _("Something is wrong with the words by now: see which, and propose them anew."),
        "nothing": _("There is nothing to propose: everything is in force."),
    }[code]
