"""Relief as staff see it: what waits for an answer, and one of them answered."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import reliefs, streams
from evenhand.ledger.kinds_relief import DECLINED_FOR, GRANTED_FOR
from evenhand.ledger.one_loan import here
from evenhand.ledger.reliefs import Relief
from evenhand.ledger.two_hands import NotAllowed
from evenhand.lifecycle import other_hand
from evenhand.lifecycle.relief import acts, bounds, grant_pages, grants, judging, typed
from evenhand.lifecycle.relief.grants import Place
from evenhand.lifecycle.relief.judging import Refused
from evenhand.lifecycle.relief.seen import Seen
from evenhand.people import persons, staff
from evenhand.people.access import StaffRequest, page
from evenhand.people.persons import Masked


class Waiting(NamedTuple):
    """A relief that waits, whose it is, whether its day is over; is it proposed to another hand?"""

    relief: Relief
    who: Masked | None
    late: bool
    proposed: bool


@require_GET
@page("reliefs")
def queue(request: StaffRequest) -> HttpResponse:
    """What waits: for our answer, for another hand, for the borrower."""
    today, found = request.clock.today(), reliefs.all_waiting(request.clock.today())
    names = persons.masked(sorted({one.said.borrower for one in found}))
    proposals = grants.MATTER.all()
    lines = [
        Waiting(
            one,
            names.get(one.said.borrower),
            one.due_on < today,
            bool(grants.of_asked(proposals, one.said.borrower, one.seq)),
        )
        for one in found
    ]
    waiting, decided = other_hand.apart(proposals)
    asked = [line for line in lines if line.relief.way == "asked"]
    shown = grant_pages.DESK.may(request) | {
        "asked": asked,
        "late": sum(line.late for line in asked),
        "offered": [line for line in lines if line.relief.way == "offered"],
        "waiting": grant_pages.lines(request, waiting),
        "decided": grant_pages.lines(request, decided),
        "may_file": staff.may_see(request.member.role, "file"),
    }
    return render(request, "relief/queue.html", shown)


@require_GET
@page("reliefs")
def file(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """What was asked for: what it comes to, before and after, and the answer."""
    return _file(request, _one(borrower, seq))


@require_POST
@page("relief_answer")
def answer(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """Agreed, declined for a reason, or proposed where it takes two hands."""
    one, at, hand = _one(borrower, seq), request.clock.now(), request.member.hand
    act, reason = request.POST.get("act", ""), request.POST.get("reason", "")
    try:
        if act == "agree":
            acts.agree(borrower, seq, hand, at=at)
            messages.success(request, _("Agreed. The borrower is told."))
        elif act == "propose" and reason in GRANTED_FOR:
            if not grants.of_asked(grants.MATTER.all(), borrower, seq):
                place = Place(borrower, one.loan, seq)
                grants.propose(one.change, [place], reason, hand, at=at)
            messages.success(request, _("Proposed. Somebody else looks at it and approves."))
        elif act == "decline" and reason in DECLINED_FOR:
            acts.decline(borrower, seq, reason, hand, at=at)
            messages.success(request, _("Declined. The borrower is told."))
        else:
            return _file(request, one, _("Choose the reason."))
    except Refused as refused:
        messages.error(request, says(request, one, refused.args[0]))
    except NotAllowed as refused:
        messages.error(request, grant_pages.DESK.why(refused.args[0]))
    return redirect("reliefs")


def says(request: StaffRequest, one: Relief, code: str) -> str:
    """Why it cannot be, as a sentence."""
    at = here(streams.stream(one.said.borrower), one.loan, request.clock.today())
    assert at, "relief is of a loan that has begun"
    return typed.says(code, bounds.of(at.product).kinds[one.change["change"]])


def _one(borrower: int, seq: int) -> Relief:
    one = reliefs.relief_of(streams.stream(borrower), seq)
    if one is None:
        raise Http404
    return one


def _file(request: StaffRequest, one: Relief, error: str = "") -> HttpResponse:
    today, borrower = request.clock.today(), one.said.borrower
    state = one.state(today)
    shown: dict[str, Any] = {
        "relief": one,
        "state": state,
        "who": persons.masked([borrower]).get(borrower),
        "late": one.way == "asked" and state == "waiting" and one.due_on < today,
        "costly": judging.is_costly(one.change),
        "proposed": grants.of_asked(grants.MATTER.all(), borrower, one.seq),
        "declined_for": DECLINED_FOR,
        "granted_for": GRANTED_FOR,
        "may_answer": staff.may_see(request.member.role, "relief_answer"),
        "may_file": staff.may_see(request.member.role, "file"),
        "error": error,
    }
    if state == "waiting":
        shown |= _seen(request, one)
    return render(request, "relief/file.html", shown, status=400 if error else 200)


def _seen(request: StaffRequest, one: Relief) -> dict[str, Seen | str]:
    facts = streams.stream(one.said.borrower)
    try:
        return {"seen": acts.outcome(facts, one, request.clock.today())}
    except Refused as refused:
        return {"why": says(request, one, refused.args[0])}
