"""Staff: a charge to be given up. One says which and why, and sees to the cent what it does;
another, within the limit of the role, sees the same and approves."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.ledger import streams, two_hands
from evenhand.ledger.kinds_writeoff import WAIVED_FOR, WAIVER_DECLINED
from evenhand.ledger.two_hands import Line, NotAllowed, Proposal
from evenhand.lifecycle.writeoff import typed, waiving
from evenhand.lifecycle.writeoff.here import Here
from evenhand.lifecycle.writeoff.staff_frame import HISTORY_MOST, here_of, taken_back, whose, why
from evenhand.lifecycle.writeoff.typed import Form
from evenhand.lifecycle.writeoff.waiving import Preview
from evenhand.people import persons, staff
from evenhand.people.access import StaffRequest, page
from evenhand.people.persons import Masked


class Waiting(NamedTuple):
    """A proposal, whose loan it is about, and what it would do today (None once decided).
    `left_minor` is what the reader's role may still approve of the loan."""

    line: Line
    who: Masked | None
    seen: Preview | None
    left_minor: int

    @property
    def within(self) -> bool:
        """May the reader's role approve as much?"""
        return self.seen is not None and 0 < self.seen.amount_minor <= self.left_minor


@require_GET
@page("waivers")
def listed(request: StaffRequest) -> HttpResponse:
    """What waits for another hand, with what it would do today, and who decided what."""
    found, role = waiving.proposals(), request.member.role
    waiting = [one for one in found if one.waits]
    decided = [one for one in found if not one.waits][:HISTORY_MOST]
    told = {
        "waiting": _lines(request, waiting),
        "decided": _lines(request, decided),
        "reasons": WAIVER_DECLINED[:-1],
        "may_approve": staff.may_see(role, "waiver_approve"),
        "may_file": staff.may_see(role, "file"),
    }
    return render(request, "writeoff/waivers.html", told)


@require_http_methods(["GET", "POST"])
@page("waiver_propose")
def new(request: StaffRequest, loan: int) -> HttpResponse:
    """Choose part, sum and reason; see what it does; propose."""
    at = here_of(request, loan)
    if request.method == "GET":
        return _form(request, at, Form())
    form = typed.read(request.POST, at)
    if form.wanted is None:
        return _form(request, at, form)
    facts = streams.stream(at.borrower)
    if request.POST.get("act") != "propose":
        return _form(request, at, form, waiving.preview(facts, form.wanted, at.on))
    try:
        waiving.propose(form.wanted, request.member.hand, at=request.clock.now())
        messages.success(request, _("Proposed. Somebody else looks at it and approves."))
    except NotAllowed as refused:
        messages.error(request, why(refused.args[0]))
    return redirect("waivers")


@require_POST
@page("waiver_approve")
def decide(request: StaffRequest, seq: int) -> HttpResponse:
    """Approve what another proposed, or decline it for a reason."""
    act, at, hand = request.POST.get("act", ""), request.clock.now(), request.member.hand
    seen = request.POST.get("seen", "")
    try:
        if act == "approve" and seen.isdecimal():
            waiving.approve(seq, int(seen), hand, at=at)
            messages.success(request, _("Approved. The borrower is told."))
        elif act == "decline" and request.POST.get("reason") in WAIVER_DECLINED[:-1]:
            waiving.decline(seq, request.POST["reason"], hand, at=at)
        else:
            messages.error(request, _("Choose the reason."))
    except NotAllowed as refused:
        messages.error(request, why(refused.args[0]))
    return redirect("waivers")


@require_POST
@page("waiver_propose")
def take_back(request: StaffRequest, seq: int) -> HttpResponse:
    """Take the own proposal back."""
    taken_back(request, waiving.MATTER, seq)
    return redirect("waivers")


def _form(request: StaffRequest, at: Here, form: Form, seen: Preview | None = None) -> HttpResponse:
    told: dict[str, Any] = {
        "here": at,
        "who": persons.masked([at.borrower]).get(at.borrower),
        "parts": [(part, at.owed(part)) for part in waiving.PARTS],
        "form": form,
        "errors": form.errors,
        "reasons": WAIVED_FOR,
        "seen": seen,
        "may_file": staff.may_see(request.member.role, "file"),
    }
    status = 400 if form.errors else 200
    return render(request, "writeoff/waiver.html", told, status=status)


def _lines(request: StaffRequest, found: list[Proposal]) -> list[Waiting]:
    told = two_hands.lines(found, request.member.staff, staff.numbers)
    names = whose(found)
    return [_line(request, line, names.get(line.proposal.said["borrower"])) for line in told]


def _line(request: StaffRequest, line: Line, who: Masked | None) -> Waiting:
    one, today = line.proposal, request.clock.today()
    if not one.waits:
        return Waiting(line, who, None, 0)
    facts, asked = streams.stream(one.said["borrower"]), waiving.wanted(one)
    left = waiving.left_of_limit(facts, asked.loan, request.member.role, today)
    return Waiting(line, who, waiving.preview(facts, asked, today), left)
