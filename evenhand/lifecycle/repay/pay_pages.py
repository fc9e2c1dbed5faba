"""Paying: how much, from which own account; or by bank transfer to the lender's account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.ledger import plans, streams
from evenhand.lifecycle.repay import ahead_pages, overpaid, pay_form, paying, prepaying, words
from evenhand.lifecycle.repay.owing import Owing
from evenhand.people import borrowers, persons
from evenhand.people.borrowers import BorrowerRequest


@borrowers.page
@require_http_methods(["GET", "POST"])
def pay(request: BorrowerRequest, loan: int) -> HttpResponse:
    """Choose a sum and pay it from the own account, or see where to transfer it to."""
    one = pay_form.mine(request, loan)
    if one.paid_off:
        return redirect("my-loan", loan)
    if request.method == "POST":
        return _ordered(request, one)
    return pay_form.form(request, one, {"choice": paying.likely(one)})


@borrowers.page
@require_GET
def on_its_way(request: BorrowerRequest, loan: int) -> HttpResponse:
    """What became of the payment just ordered."""
    one = pay_form.mine(request, loan)
    facts = streams.stream(request.person)
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
    at = request.clock.now()
    pay_form.mine(request, loan)
    if request.POST.get("act") == "keep":
        overpaid.keep(request.person, loan, at=at)
        messages.success(request, _("We keep it for you. You can have it back any day."))
    elif request.POST.get("act") == "give_back":
        _give_back(request, loan, at)
    return redirect("my-home")


def _give_back(request: BorrowerRequest, loan: int, at: int) -> None:
    accounts = paying.own_accounts(request.person, streams.stream(request.person))
    try:
        if not accounts:
            raise overpaid.NotReturned("not_verified")
        overpaid.give_back(request.person, loan, accounts[-1].item, at=at)
    except overpaid.NotReturned as refused:
        messages.error(request, words.reason(refused.reason))
    else:
        messages.success(request, _("It is on its way to your own account."))


def _ordered(request: BorrowerRequest, one: Owing) -> HttpResponse:
    """The debit is ordered; of a sum beyond all that is due it is asked first what it shall do,
    where the contract lets the borrower choose."""
    asked, errors = pay_form.asked_for(request, one)
    if asked.is_typed and not errors:
        facts = streams.stream(request.person)
        if seen := prepaying.preview(facts, one, asked.amount_minor):
            return ahead_pages.choice(request, one, asked, seen)
    if not errors and not asked.account:
        errors["form"] = _("It pays what is due, nothing is to be chosen: transfer it, see below.")
    if not errors:
        at = request.clock.now()
        ordered = paying.order(request.person, one, asked.amount_minor, asked.account, at=at)
        if not ordered.refusals:
            return redirect("pay-on-its-way", one.loan)
        errors["form"] = words.reason(ordered.refusals[0])
    return pay_form.form(request, one, asked.typed, errors)


def _account(person: int, item: int) -> str:
    return next((f"{a.bank} {a.number}" for a in persons.accounts(person) if a.item == item), "")
