"""Staff: money that came in and is nobody's yet. Finance finds the loan, or sends it back."""

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
from evenhand.outbound.payments import incoming, reference
from evenhand.outbound.payments.incoming import Suspended
from evenhand.people import persons
from evenhand.people.access import StaffRequest, page


@require_GET
@page("suspense")
def suspense(request: StaffRequest) -> HttpResponse:
    """What lies in suspense, oldest first."""
    lines = [{"line": one, "why": words.suspended(one.reason)} for one in incoming.suspense()]
    return render(request, "repay/suspense.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
@page("suspense")
def money(request: StaffRequest, seq: int) -> HttpResponse:
    """One sum: find whose it is, by our reference, a loan's number, or a person's own number.

    A look-up by a person's number stands in the log of looks. Never in an address: it is posted.
    """
    told = _about(_line(seq))
    if request.method == "POST":
        wanted = request.POST.get("wanted", "").strip()
        told |= {"wanted": wanted, "found": _found(request, wanted), "asked": True}
    return render(request, "repay/suspense_money.html", told)


@require_POST
@page("suspense")
def match(request: StaffRequest, seq: int, loan: int) -> HttpResponse:
    """Preview what the money would pay of this loan; with a second yes it is the loan's."""
    one, line = _loan(request, loan), _line(seq)
    if request.POST.get("sure") != "yes":
        owed = sum(part.total_minor for part in one.book.owed)
        over = max(line.amount_minor - owed, 0)
        told = {"money": line, "loan": one, "owed": owed, "over": over}
        return render(request, "repay/suspense_match.html", told)
    borrower = borrower_of(loan)
    assert borrower is not None, "a loan that stands is somebody's"
    try:
        incoming.match(seq, borrower, loan, request.member.staff, request.clock.now())
        messages.success(request, _("Matched. The borrower gets a receipt."))
    except (incoming.Settled, ValueError):
        messages.error(request, _("It was settled already, or the loan is in another currency."))
    return redirect("suspense")


@require_POST
@page("suspense")
def send_back(request: StaffRequest, seq: int) -> HttpResponse:
    """The money went back to its payer at the bank; the bank's name for that is kept."""
    name = request.POST.get("reference", "").strip()
    if not name:
        told = _about(_line(seq)) | {"error": _("Type the bank's reference of the return.")}
        return render(request, "repay/suspense_money.html", told, status=400)
    try:
        incoming.return_(seq, name, request.member.staff, request.clock.now())
        messages.success(request, _("Noted as returned."))
    except incoming.Settled:
        messages.error(request, _("It was settled already."))
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


def _about(line: Suspended) -> dict[str, Any]:
    return {"money": line, "why": words.suspended(line.reason)}


def _line(seq: int) -> Suspended:
    found = [line for line in incoming.suspense() if line.seq == seq]
    if not found:
        raise Http404
    return found[0]


def _loan(request: StaffRequest, loan: int) -> Owing:
    borrower = borrower_of(loan)
    if borrower is None:
        raise Http404
    return owing.loan_of(borrower, loan, house.day_number(request.clock.today()))
