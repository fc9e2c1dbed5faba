"""Paying: how much, from which own account; or by bank transfer to the lender's account."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.ledger import house, plans, streams
from evenhand.lifecycle.repay import measures, overpaid, owing, paying, words
from evenhand.lifecycle.repay.owing import Owing
from evenhand.lifecycle.repay.paying import OTHER
from evenhand.outbound.payments import reference, register
from evenhand.people import borrowers, persons
from evenhand.people.borrowers import BorrowerRequest
from evenhand.web.amounts import minor_of

NONE: Final[Mapping[str, str]] = MappingProxyType({})


@borrowers.page
@require_http_methods(["GET", "POST"])
def pay(request: BorrowerRequest, loan: int) -> HttpResponse:
    """Choose a sum and pay it from the own account, or see where to transfer it to."""
    one = _mine(request, loan)
    if one.paid_off:
        return redirect("my-loan", loan)
    if request.method == "POST":
        return _ordered(request, one)
    return _form(request, one, {"choice": paying.likely(one)})


@borrowers.page
@require_GET
def on_its_way(request: BorrowerRequest, loan: int) -> HttpResponse:
    """What became of the payment just ordered."""
    one = _mine(request, loan)
    facts = streams.stream(request.person)
    last = paying.last(facts, loan)
    if last is None:
        return redirect("pay", loan)
    told = {"loan": one, "last": last, "account": _account(request.person, last.account)}
    told["did"] = plans.effect(facts, facts[last.receipt - 1]) if last.receipt else None
    told["why"] = words.reason(last.reason) if last.reason else ""
    return render(request, "repay/on_its_way.html", told)


@borrowers.page
@require_POST
def surplus(request: BorrowerRequest, loan: int) -> HttpResponse:
    """What is overpaid comes back to the own account, or is kept."""
    at = request.clock.now()
    _mine(request, loan)
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
    at, sent = request.clock.now(), request.POST
    errors: dict[str, str] = {}
    amount = _amount(one, sent.get("choice", ""), sent.get("amount", ""), errors)
    accounts = paying.own_accounts(request.person, streams.stream(request.person))
    account = next((a.item for a in accounts if str(a.item) == sent.get("account", "")), 0)
    if not account:
        errors["account"] = _("Choose your own account to pay from.")
    if sent.get("on", "") != str(one.on):
        errors.setdefault("choice", _("A new day has begun: these are today's sums."))
    if not errors:
        ordered = paying.order(request.person, one, amount, account, at=at)
        if not ordered.refusals:
            return redirect("pay-on-its-way", one.loan)
        errors["form"] = words.reason(ordered.refusals[0])
    typed_in = {"choice": sent.get("choice", ""), "amount": sent.get("amount", "")}
    return _form(request, one, typed_in, errors)


def _amount(one: Owing, choice: str, typed_in: str, errors: dict[str, str]) -> int:
    """The sum chosen or typed; 0 with a word in `errors` where it is none."""
    offered = {each.name: each.amount_minor for each in paying.choices(one)}
    if choice in offered:
        return offered[choice]
    if choice != OTHER:
        errors["choice"] = _("Choose how much to pay.")
        return 0
    amount = minor_of(typed_in, one.currency)
    if not amount:
        errors["amount"] = _("Type an amount such as 350.00.")
    elif amount > one.pay_off.total_minor:
        errors["amount"] = _("That is more than you owe. To pay everything, choose it above.")
    return amount or 0


def _form(
    request: BorrowerRequest, one: Owing, typed_in: dict[str, str], errors: Mapping[str, str] = NONE
) -> HttpResponse:
    facts, today = streams.stream(request.person), request.clock.today()
    channels = register.channels(today)
    told: dict[str, Any] = {
        "loan": one,
        "choices": paying.choices(one),
        "typed": typed_in,
        "errors": errors,
        "accounts": paying.own_accounts(request.person, facts),
        "lender_accounts": [each for each in channels if each.kind == "account"],
        "reference": reference.of(one.loan),
        "barred": measures.is_time_barred(facts, one.loan, request.clock.now()),
    }
    return render(request, "repay/pay.html", told, status=400 if errors else 200)


def _mine(request: BorrowerRequest, loan: int) -> Owing:
    return owing.loan_of(request.person, loan, house.day_number(request.clock.today()))


def _account(person: int, item: int) -> str:
    return next((f"{a.bank} {a.number}" for a in persons.accounts(person) if a.item == item), "")
