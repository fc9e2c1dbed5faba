"""Auto-debit: shown apart, given with PIN and code, stopped at one tap."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.lifecycle.repay import auto_debit, paying
from evenhand.lifecycle.repay.mine import mine
from evenhand.outbound.payments import debits
from evenhand.people import borrowers, persons
from evenhand.people.borrowers import BorrowerRequest


@borrowers.page
@require_http_methods(["GET"])
def auto_debit_of(request: BorrowerRequest, loan: int) -> HttpResponse:
    """The authorisation that stands, with its end at one tap; or what it would be."""
    one, facts = mine(request, loan)
    given = auto_debit.standing(facts, loan)
    told: dict[str, Any] = {"loan": one, "given": given}
    if given:
        told["account"] = _named(request.person, given.account)
        told["when"] = auto_debit.when()
    return render(request, "repay/auto_debit.html", told)


@borrowers.sure
@require_http_methods(["GET", "POST"])
def give(request: BorrowerRequest, loan: int) -> HttpResponse:
    """The words of the authorisation, agreed to apart; never ticked before."""
    (one, facts), at = mine(request, loan), request.clock.now()
    if one.paid_off:
        return redirect("my-loan", loan)
    accounts = paying.own_accounts(request.person, facts)
    if not accounts:
        return render(request, "repay/auto_debit_give.html", {"loan": one, "said": []})
    account = accounts[-1]
    said = auto_debit.words(one, f"{account.bank} {account.number}")
    error = ""
    if request.method == "POST":
        if request.POST.get("agree") == "yes":
            auto_debit.authorise(request.person, one, account.item, said, at=at)
            auto_debit.plan_one(request.person, loan, request.clock.today() + timedelta(days=1), at)
            messages.success(request, _("Auto-debit is on. You are told the day before each time."))
            return redirect("auto-debit", loan)
        error = _("Tick that you agree, or go back: it is your choice.")
    told = {"loan": one, "said": said, "error": error, "lang": get_language()}
    return render(request, "repay/auto_debit_give.html", told, status=400 if error else 200)


@borrowers.page
@require_POST
def revoke(request: BorrowerRequest, loan: int) -> HttpResponse:
    """One tap, and nothing more is taken."""
    mine(request, loan)
    debits.revoke(request.person, loan, request.clock.now())
    messages.success(request, _("Auto-debit is off. Nothing more is taken."))
    return redirect("auto-debit", loan)


def _named(person: int, item: int) -> str:
    found = [each for each in persons.accounts(person) if each.item == item]
    return f"{found[0].bank} {found[0].number}" if found else ""
