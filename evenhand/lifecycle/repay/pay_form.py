"""The form for paying: what the borrower asks to pay, read from it, and the page with it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from evenhand.lifecycle.repay import measures, paying, prepaying
from evenhand.lifecycle.repay.mine import Mine
from evenhand.lifecycle.repay.owing import Owing
from evenhand.lifecycle.repay.paying import OTHER
from evenhand.outbound.payments import reference, register
from evenhand.people.borrowers import BorrowerRequest
from evenhand.people.persons import MaskedAccount
from evenhand.web.amounts import minor_of

NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Asked(NamedTuple):
    """What is to be paid, from which own account (None where there is none), as it was typed."""

    amount_minor: int
    account: MaskedAccount | None
    typed: dict[str, str]

    @property
    def is_typed(self) -> bool:
        """Was the sum typed, rather than chosen?"""
        return self.typed["choice"] == OTHER


def asked_for(request: BorrowerRequest, here: Mine) -> tuple[Asked, dict[str, str]]:
    """What the form asks for, and a word for each of its fields that cannot be so."""
    one, sent, errors = here.one, request.POST, dict[str, str]()
    typed = {name: sent.get(name, "") for name in ("choice", "amount")}
    amount = _amount(one, typed["choice"], typed["amount"], errors)
    accounts = paying.own_accounts(request.person, here.facts)
    account = next((each for each in accounts if str(each.item) == sent.get("account")), None)
    if accounts and not account:
        errors["account"] = _("Choose your own account to pay from.")
    if sent.get("on", "") != str(one.on):
        errors.setdefault("choice", _("A new day has begun: these are today's sums."))
    return Asked(amount, account, typed), errors


def form(
    request: BorrowerRequest, here: Mine, typed: dict[str, str], errors: Mapping[str, str] = NONE
) -> HttpResponse:
    """The page with the form; of what cannot be so, with HTTP 400."""
    one, facts = here
    told: dict[str, Any] = {
        "loan": one,
        "choices": paying.choices(one),
        "typed": typed,
        "errors": errors,
        "accounts": paying.own_accounts(request.person, facts),
        "lender_accounts": lender_accounts(request),
        "reference": reference.of(one.loan),
        "barred": measures.is_time_barred(facts, one.loan, request.clock.now()),
        "may_choose": prepaying.allowed(one),
        "chosen": prepaying.waiting(facts, one.loan, request.clock.today()),
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
