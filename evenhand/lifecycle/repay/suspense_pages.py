"""Staff: money that came in and is nobody's yet. One finds the loan or says that it went back, with
a reason; another, within the limit of the role, looks at the same and agrees."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.ledger import house
from evenhand.ledger.loans import borrower_of
from evenhand.lifecycle.repay import owing, words
from evenhand.lifecycle.repay.owing import Owing
from evenhand.outbound.payments import reference, suspense
from evenhand.outbound.payments.suspense import Refused, Suspended
from evenhand.people import persons, staff
from evenhand.people.access import StaffRequest, page
from evenhand.web import shown


@require_GET
@page("suspense")
def listed(request: StaffRequest) -> HttpResponse:
    """What lies in suspense, oldest first, and what waits for another hand."""
    lines = [{"line": one, "why": words.suspended(one.reason)} for one in suspense.lying()]
    return render(request, "repay/suspense.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
@page("suspense")
def money(request: StaffRequest, seq: int) -> HttpResponse:
    """One sum: find whose it is, by our reference, a loan's number, or a person's own number; or
    what is proposed, with what it would pay.

    A look-up by a person's number stands in the log of looks. Never in an address: it is posted.
    """
    line = _line(seq)
    told = _about(request, line)
    if request.method == "POST" and not line.proposal and told["may_propose"]:
        wanted = request.POST.get("wanted", "").strip()
        told |= {"wanted": wanted, "found": _found(request, wanted), "asked": True}
    return render(request, "repay/suspense_money.html", told)


@require_POST
@page("suspense_propose")
def match(request: StaffRequest, seq: int, loan: int) -> HttpResponse:
    """Preview what the money would pay of this loan; with a reason it is proposed."""
    line, reason = _line(seq), request.POST.get("reason", "")
    told = {"money": line, "reasons": suspense.REASONS, "reason": reason}
    told |= _would_pay(request, loan, line)
    if request.POST.get("sure") != "yes":
        return render(request, "repay/suspense_match.html", told)
    if reason not in suspense.REASONS:
        told |= {"error": _("Choose the reason.")}
        return render(request, "repay/suspense_match.html", told, status=400)
    act = partial(suspense.propose_match, seq, loan, reason)
    return _done(request, act, _("Proposed. Somebody else looks at it and agrees."))


@require_POST
@page("suspense_propose")
def send_back(request: StaffRequest, seq: int) -> HttpResponse:
    """The money went back to its payer at the bank; the bank's name for that is kept."""
    name, reason = request.POST.get("reference", "").strip(), request.POST.get("reason", "")
    if not name or reason not in suspense.REASONS:
        line = _line(seq)
        told = _about(request, line) | {
            "reference": name,
            "reason": reason,
            "error": _("Type the bank's reference of the return, and choose the reason."),
        }
        return render(request, "repay/suspense_money.html", told, status=400)
    act = partial(suspense.propose_return, seq, name, reason)
    return _done(request, act, _("Proposed. Somebody else looks at it and agrees."))


@require_POST
@page("suspense_agree")
def decide(request: StaffRequest, seq: int, proposal: int) -> HttpResponse:
    """Another hand agrees, or says that it is not so."""
    if request.POST.get("act") == "agree":
        act, said = suspense.agree, _("Done. Where a loan was paid, the borrower gets a receipt.")
    else:
        act, said = suspense.decline, _("Declined. The money lies here on.")
    return _done(request, partial(act, seq, proposal), said)


def _done(request: StaffRequest, act: Callable[..., None], said: str) -> HttpResponse:
    """Do it by the hand of who asks and say so, or say why it cannot be."""
    why = {
        "settled": _("It was settled or changed meanwhile."),
        "proposed": _("Something is proposed for it already."),
        "currency": _("The loan is in another currency, or is no loan."),
        "own": _("Proposed by you: another person decides."),
        "limit": _("The sum is above the limit of your role."),
    }
    try:
        act(request.member.staff, at=request.clock.now())
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, why[refused.args[0]])
    return redirect("suspense")


def _found(request: StaffRequest, wanted: str) -> list[dict[str, Any]]:
    """Loans by reference or number; and those of whoever has this phone or identity number."""
    loan = reference.loan_of(wanted)
    if loan is None and wanted.isdecimal() and len(wanted) < 11:
        loan = int(wanted)
    owner = borrower_of(loan) if loan else None
    people = [owner] if owner else []
    if not people and wanted:
        people = persons.look_up(wanted, by=request.member.staff, at=request.clock.now())
    names = persons.masked(people)
    on = house.day_number(request.clock.today())
    return [
        {"person": names.get(person), "loan": one}
        for person in people
        for one in owing.loans_of(person, on)
        if not owner or one.loan == loan
    ]


def _about(request: StaffRequest, line: Suspended) -> dict[str, Any]:
    """The money, and what is proposed for it, with what that would pay and who may agree."""
    member, asked = request.member, line.proposal
    told: dict[str, Any] = {
        "money": line,
        "why": words.suspended(line.reason),
        "reasons": suspense.REASONS,
        "may_propose": staff.may_see(member.role, "suspense_propose"),
    }
    if asked:
        limit = suspense.limit_of(member.role)
        told |= {
            "by": staff.numbers([asked.by]).get(asked.by, ""),
            "own": asked.by == member.staff,
            "within": line.amount_minor <= limit,
            "limit": shown.amount(limit, line.currency),
        }
    if asked and asked.act == suspense.MATCH:
        told |= _would_pay(request, asked.loan, line)
        told |= {"person": persons.masked([asked.borrower]).get(asked.borrower)}
    return told


def _would_pay(request: StaffRequest, loan: int, line: Suspended) -> dict[str, Any]:
    """What the money would pay of a loan, and what would be too much."""
    one = _loan(request, loan)
    owed = one.owed_minor
    return {"loan": one, "owed": owed, "over": max(line.amount_minor - owed, 0)}


def _line(seq: int) -> Suspended:
    found = [line for line in suspense.lying() if line.seq == seq]
    if not found:
        raise Http404
    return found[0]


def _loan(request: StaffRequest, loan: int) -> Owing:
    borrower = borrower_of(loan)
    if borrower is None:
        raise Http404
    return owing.loan_of(borrower, loan, house.day_number(request.clock.today()))
