"""Paying more than is due: what it does, seen to the cent before, and chosen."""

from collections.abc import Mapping

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.lifecycle.repay import pay_form, paying, prepaying, words
from evenhand.lifecycle.repay.mine import mine
from evenhand.lifecycle.repay.owing import Owing
from evenhand.lifecycle.repay.pay_form import NONE, Asked
from evenhand.lifecycle.repay.prepaying import Preview
from evenhand.outbound.payments import reference
from evenhand.people import borrowers
from evenhand.people.borrowers import BorrowerRequest


def choice(
    request: BorrowerRequest,
    one: Owing,
    asked: Asked,
    seen: Preview,
    errors: Mapping[str, str] = NONE,
) -> HttpResponse:
    """What the payment would do, each way, before and after; nothing is paid by this."""
    told = {
        "loan": one,
        "asked": asked,
        "seen": seen,
        "way": request.POST.get("way", ""),
        "errors": errors,
    }
    return render(request, "repay/pay_ahead.html", told, status=400 if errors else 200)


@borrowers.page
@require_POST
def ahead(request: BorrowerRequest, loan: int) -> HttpResponse:
    """The borrower has chosen: taken from the own account now, or to be transferred by them."""
    one, facts = here = mine(request, loan)
    asked, errors = pay_form.asked_for(request, here)
    seen = prepaying.preview(facts, one, asked.amount_minor)
    if seen is None:
        return pay_form.form(request, here, asked.typed, errors | {"form": _changed()})
    by_transfer, way = request.POST.get("by") == "transfer", request.POST.get("way", "")
    if not by_transfer and not asked.account:
        errors["account"] = _("Choose your own account to pay from.")
    if seen.by(way) is None:
        errors["way"] = _("Choose what it does.")
    if request.POST.get("owed", "") != str(seen.owed_minor):
        errors["form"] = _changed()
    if not errors and by_transfer:
        prepaying.choose(request.person, loan, seen, way, at=request.clock.now())
        return redirect("pay-chosen", loan)
    if not errors and asked.account:
        refusal = _debited(request, one, asked.account.item, seen, way)
        if not refusal:
            return redirect("pay-on-its-way", loan)
        errors["form"] = words.reason(refusal)
    return choice(request, one, asked, seen, errors)


@borrowers.page
@require_http_methods(["GET", "POST"])
def chosen(request: BorrowerRequest, loan: int) -> HttpResponse:
    """How to transfer what was chosen, and what it will do; or it is taken back."""
    one, facts = mine(request, loan)
    if request.method == "POST":
        prepaying.forget(request.person, loan, at=request.clock.now())
        messages.success(request, _("Taken back: what you pay now pays the next instalments."))
        return redirect("pay", loan)
    stands = prepaying.waiting(facts, loan, request.clock.today())
    if stands is None or one.paid_off:
        return redirect("pay", loan)
    told = {
        "loan": one,
        "chosen": stands,
        "lender_accounts": pay_form.lender_accounts(request),
        "reference": reference.of(loan),
    }
    return render(request, "repay/pay_chosen.html", told)


def _debited(request: BorrowerRequest, one: Owing, account: int, seen: Preview, way: str) -> str:
    """Order the debit and write what it is to do, both or neither; why not, empty where it is."""
    at = request.clock.now()
    with transaction.atomic():
        ordered = paying.order(request.person, one, seen.amount_minor, account, at=at)
        if ordered.refusals:
            return ordered.refusals[0]
        prepaying.choose(request.person, one.loan, seen, way, at=at, cause=ordered.seq)
    return ""


def _changed() -> str:
    return _("The sums have changed since you saw them. Look at them again.")
