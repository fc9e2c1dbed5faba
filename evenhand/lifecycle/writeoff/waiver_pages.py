"""Staff: a charge to be given up. One says which and why, and sees to the cent what it does;
another, within the limit of the role, sees the same and approves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.ledger import streams, two_hands
from evenhand.ledger.kinds_writeoff import WAIVED_FOR, WAIVED_PARTS, WAIVER_DECLINED
from evenhand.ledger.one_loan import Here
from evenhand.ledger.two_hands import Line, Proposal
from evenhand.lifecycle import other_hand
from evenhand.lifecycle.other_hand import Desk
from evenhand.lifecycle.writeoff import typed, waiving
from evenhand.lifecycle.writeoff.staff_frame import here_of, says, whose
from evenhand.lifecycle.writeoff.typed import Form
from evenhand.lifecycle.writeoff.waiving import Preview
from evenhand.people import persons, staff
from evenhand.people.access import StaffRequest, page
from evenhand.people.persons import Masked
from evenhand.web.amounts import seen_minor


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
    waiting, decided = other_hand.apart(waiving.proposals())
    told = DESK.may(request) | {
        "waiting": _lines(request, waiting),
        "decided": _lines(request, decided),
        "may_file": staff.may_see(request.member.role, "file"),
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
    wanted, hand, now = form.wanted, request.member.hand, request.clock.now()
    return DESK.propose(request, lambda: waiving.propose(wanted, hand, at=now))


@require_POST
@page("waiver_approve")
def decide(request: StaffRequest, seq: int) -> HttpResponse:
    """Approve what another proposed, or decline it for a reason."""
    return DESK.decide(request, seq)


@require_POST
@page("waiver_propose")
def take_back(request: StaffRequest, seq: int) -> HttpResponse:
    """Take the own proposal back."""
    return DESK.take_back(request, seq)


def _approve(request: StaffRequest, seq: int) -> str:
    seen, hand = seen_minor(request.POST), request.member.hand
    waiving.approve(seq, seen, hand, at=request.clock.now())
    return _("Approved. The borrower is told.")


DESK: Final = Desk(
    waiving.MATTER, "waivers", "waiver_propose", "waiver_approve", WAIVER_DECLINED, _approve, says
)


def _form(request: StaffRequest, at: Here, form: Form, seen: Preview | None = None) -> HttpResponse:
    told: dict[str, Any] = {
        "here": at,
        "who": persons.masked([at.borrower]).get(at.borrower),
        "parts": [(part, at.owed(part)) for part in WAIVED_PARTS],
        "form": form,
        "errors": form.errors,
        "reasons": WAIVED_FOR,
        "seen": seen,
        "may_file": staff.may_see(request.member.role, "file"),
    }
    status = 400 if form.errors else 200
    return render(request, "writeoff/waiver.html", told, status=status)


def _lines(request: StaffRequest, found: Sequence[Proposal]) -> list[Waiting]:
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
