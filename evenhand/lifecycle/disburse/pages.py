"""The borrower's page of a payout: on its way, arrived, or which account else."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evenhand.ledger import streams
from evenhand.lifecycle.disburse import claims
from evenhand.lifecycle.disburse.payout import Payout, payout_of
from evenhand.outbound.enquiries import identity
from evenhand.outbound.payments import transfers
from evenhand.people import persons
from evenhand.people.borrowers import BorrowerRequest, page, sure


@page
def payout(request: BorrowerRequest, loan: int) -> HttpResponse:
    """Where the money is."""
    return _shown(request, _payout(request, loan))


@sure
@require_POST
def choose(request: BorrowerRequest, loan: int) -> HttpResponse:
    """The money goes to this account of the borrower's, once it is known to be theirs."""
    found = _payout(request, loan)
    if found.step != "choose" or claims.of_loan(request.person, loan, request.clock.now()):
        return redirect("payout", loan)
    chosen = request.POST.get("account", "")
    own = {f"{one.item}": one.item for one in persons.accounts(request.person)}
    if chosen not in own:
        return _shown(request, found, _("Choose one of your accounts."))
    error = _send_to(request, found, own[chosen])
    return _shown(request, found, error, own[chosen]) if error else redirect("payout", loan)


def _send_to(request: BorrowerRequest, found: Payout, account: int) -> str:
    """Check the account and let the money leave for it; what is wrong, empty where nothing is."""
    at = request.clock.now()
    try:
        answer = identity.verify(request.person, account=account, at=at)
    except identity.NoConsent:
        return _("We may not check the account: you have withdrawn the consent to it.")
    except identity.TooManyTries:
        return _("The account was checked too often today. Please try again tomorrow.")
    if answer == "unknown":
        return _("The account could not be checked just now. Please try again in a minute.")
    if answer != "match":
        return _("This account is not known to be in your own name. We pay out to no other.")
    transfers.intend(
        request.person, found.loan, found.amount_minor, account, "disbursal", found.cause, at,
        hand="borrower",
    )  # fmt: skip
    return ""


def _payout(request: BorrowerRequest, loan: int) -> Payout:
    found = payout_of(streams.stream(request.person), loan, request.clock.now())
    if found is None:
        raise Http404
    return found


def _shown(
    request: BorrowerRequest, found: Payout, error: str = "", chosen: int = 0
) -> HttpResponse:
    accounts = persons.accounts(request.person)
    shown: dict[str, Any] = {
        "payout": found,
        "account": next((one for one in accounts if one.item == found.account), None),
        "accounts": accounts,
        "chosen": chosen or found.account,
        "claim": claims.of_loan(request.person, found.loan, request.clock.now()),
        "error": error,
    }
    return render(request, "disburse/payout.html", shown, status=400 if error else 200)
