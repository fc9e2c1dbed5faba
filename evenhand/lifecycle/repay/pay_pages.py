"""Paying: how much, from which own account; or by bank transfer to the lender's account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.ledger import plans
from evenhand.lifecycle.repay import ahead_pages, overpaid, pay_form, paying, prepaying, words
from evenhand.lifecycle.repay.mine import Mine, mine
from evenhand.people import borrowers, persons
from evenhand.people.borrowers import BorrowerRequest


@borrowers.page
@require_http_methods(["GET", "POST"])
def pay(request: BorrowerRequest, loan: int) -> HttpResponse:
    """Choose a sum and pay it from the own account, or see where to transfer it to."""
    here = mine(request, loan)
    if here.one.paid_off:
        return redirect("my-loan", loan)
    if request.method == "POST":
        return _ordered(request, here)
    return pay_form.form(request, here, {"choice": paying.likely(here.one)})


@borrowers.page
@require_GET
def on_its_way(request: BorrowerRequest, loan: int) -> HttpResponse:
    """What became of the payment just ordered."""
    one, facts = mine(request, loan)
    last = paying.last(facts, loan)
    if last is None:
        return redirect("pay", loan)
    told = {"loan": one, "last": last, "account": _account(request.person, last.account)}
    told["did"] = plans.effect(facts, facts[last.receipt - 1]) if last.receipt else None
    told["ahead"] = prepaying.outcome(facts, facts[last.receipt - 1]) if last.receipt else None
    told["chosen"] = prepaying.of_order(facts, last.order)
    told["why"] = words.reason(last.reason) if last.reason else ""
    return render(request, "repay/on_its_way.html", told)


@borrowers.page
@require_POST
def surplus(request: BorrowerRequest, loan: int) -> HttpResponse:
    """What is overpaid comes back to the own account, or is kept."""
    here, at = mine(request, loan), request.clock.now()
    if request.POST.get("act") == "keep":
        overpaid.keep(request.person, loan, at=at)
        messages.success(request, _("We keep it for you. You can have it back any day."))
    elif request.POST.get("act") == "give_back":
        _give_back(request, here, at)
    return redirect("my-home")


def _give_back(request: BorrowerRequest, here: Mine, at: int) -> None:
    accounts = paying.own_accounts(request.person, here.facts)
    try:
        if not accounts:
            raise overpaid.NotReturned("not_verified")
        overpaid.give_back(request.person, here.one.loan, accounts[-1].item, at=at)
    except overpaid.NotReturned as refused:
        messages.error(request, words.reason(refused.reason))
    else:
        messages.success(request, _("It is on its way to your own account."))


def _ordered(request: BorrowerRequest, here: Mine) -> HttpResponse:
    """The debit is ordered; of a sum beyond all that is due it is asked first what it shall do,
    where the contract lets the borrower choose."""
    one, facts = here
    asked, errors = pay_form.asked_for(request, here)
    is_open = asked.is_typed and not errors
    if is_open and (seen := prepaying.preview(facts, one, asked.amount_minor)):
        return ahead_pages.choice(request, one, asked, seen)
    if not errors and asked.account:
        at, item = request.clock.now(), asked.account.item
        ordered = paying.order(request.person, one, asked.amount_minor, item, at=at)
        if not ordered.refusals:
            return redirect("pay-on-its-way", one.loan)
        errors["form"] = words.reason(ordered.refusals[0])
    elif not errors:
        errors["form"] = _("It pays what is due, nothing is to be chosen: transfer it, see below.")
    return pay_form.form(request, here, asked.typed, errors)


def _account(person: int, item: int) -> str:
    return next((f"{a.bank} {a.number}" for a in persons.accounts(person) if a.item == item), "")
