"""The form for paying: what the borrower asks to pay, read from it, and the page with it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from evenhand.ledger import house, streams
from evenhand.lifecycle.repay import measures, owing, paying, prepaying
from evenhand.lifecycle.repay.owing import Owing
from evenhand.lifecycle.repay.paying import OTHER
from evenhand.outbound.payments import reference, register
from evenhand.people.borrowers import BorrowerRequest
from evenhand.web.amounts import minor_of

NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Asked(NamedTuple):
    """What is to be paid, from which own account (0 where there is none), as it was typed."""

    amount_minor: int
    account: int
    typed: dict[str, str]

    @property
    def is_typed(self) -> bool:
        """Was the sum typed, rather than chosen?"""
        return self.typed["choice"] == OTHER


def mine(request: BorrowerRequest, loan: int) -> Owing:
    """The borrower's own loan today; Http404 for any other."""
    return owing.loan_of(request.person, loan, house.day_number(request.clock.today()))


def asked_for(request: BorrowerRequest, one: Owing) -> tuple[Asked, dict[str, str]]:
    """What the form asks for, and a word for each of its fields that cannot be so."""
    sent, errors = request.POST, dict[str, str]()
    typed = {name: sent.get(name, "") for name in ("choice", "amount")}
    amount = _amount(one, typed["choice"], typed["amount"], errors)
    accounts = paying.own_accounts(request.person, streams.stream(request.person))
    account = next((a.item for a in accounts if str(a.item) == sent.get("account", "")), 0)
    if accounts and not account:
        errors["account"] = _("Choose your own account to pay from.")
    if sent.get("on", "") != str(one.on):
        errors.setdefault("choice", _("A new day has begun: these are today's sums."))
    return Asked(amount, account, typed), errors


def form(
    request: BorrowerRequest, one: Owing, typed: dict[str, str], errors: Mapping[str, str] = NONE
) -> HttpResponse:
    """The page with the form; of what cannot be so, with HTTP 400."""
    facts, today = streams.stream(request.person), request.clock.today()
    told: dict[str, Any] = {
        "loan": one,
        "choices": paying.choices(one),
        "typed": typed,
        "errors": errors,
        "accounts": paying.own_accounts(request.person, facts),
        "lender_accounts": lender_accounts(request),
        "reference": reference.of(one.loan),
        "barred": measures.is_time_barred(facts, one.loan, request.clock.now()),
        "may_choose": prepaying.allowed(facts, one.loan),
        "chosen": prepaying.waiting(facts, one.loan, today),
    }
    return render(request, "repay/pay.html", told, status=400 if errors else 200)


def lender_accounts(request: BorrowerRequest) -> list[register.Channel]:
    """The accounts of ours that money may be transferred to today."""
    channels = register.channels(request.clock.today())
    return [each for each in channels if each.kind == "account"]


def _amount(one: Owing, choice: str, typed: str, errors: dict[str, str]) -> int:
    """The sum chosen or typed; 0 with a word in `errors` where it is none."""
    offered = {each.name: each.amount_minor for each in paying.choices(one)}
    if choice in offered:
        return offered[choice]
    if choice != OTHER:
        errors["choice"] = _("Choose how much to pay.")
        return 0
    amount = minor_of(typed, one.currency)
    if not amount:
        errors["amount"] = _("Type an amount such as 350.00.")
    elif amount > one.pay_off.total_minor:
        errors["amount"] = _("That is more than you owe. To pay everything, choose it above.")
    return amount or 0
