"""The demo's page of the simulated bank: its accounts, its movements, and money that arrives.

Only in demo mode do its addresses exist.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from evenhand.outbound.payments import reference
from evenhand.people.access import StaffRequest, page
from evenhand.people.masks import mask_account, mask_name
from evenhand.providers.bank import simulator
from evenhand.providers.bank.simulator import Held, Movement
from evenhand.site import bank, clock
from evenhand.web.amounts import minor_of

SHOWN: Final = 60
AMOUNT_MAX: Final = 10**9
"""Minor units."""
CURRENCY: Final = "CNY"
REMARKS: Final = ("right", "wrong")


class Line(NamedTuple):
    """A movement as shown: number and holder masked, the amount from the lender's side."""

    movement: Movement
    number: str
    holder: str
    amount_minor: int


@require_GET
@page("demo")
def ledger(request: StaffRequest) -> HttpResponse:
    """What the simulated bank has in its books."""
    return _shown(request)


@require_POST
@page("demo")
def credit(request: StaffRequest) -> HttpResponse:
    """Somebody pays the lender for a loan, and writes the right reference or a wrong one."""
    typed = {name: request.POST.get(name, "").strip() for name in ("loan", "amount")}
    kind = request.POST.get("remark", "")
    loan, minor = typed["loan"], minor_of(typed["amount"], CURRENCY)
    right = loan.isascii() and loan.isdigit() and 0 < len(loan) <= reference.LOAN_DIGITS_MAX
    if not right or not minor or minor > AMOUNT_MAX or kind not in REMARKS:
        error = _("Type the number of a loan and an amount such as 100.00.")
        return _shown(request, error, typed)
    remark = reference.of(int(loan)) if kind == "right" else loan
    now = clock.now()
    simulator.credit(simulator.PASSER_BY, minor, CURRENCY, remark, now)
    bank.hear_simulated(now, simulator.Simulator())
    return redirect("demo-bank")


def _shown(
    request: HttpRequest, error: str = "", typed: dict[str, str] | None = None
) -> HttpResponse:
    shown = {
        "accounts": [_masked(held) for held in simulator.accounts()[:SHOWN]],
        "lines": [_line(movement) for movement in simulator.movements(SHOWN)],
        "error": error,
        "typed": typed or {},
    }
    return render(request, "site/demo_bank.html", shown, status=400 if error else 200)


def _masked(held: Held) -> Held:
    name = held.name if held.lender else mask_name(held.name)
    return held._replace(number=mask_account(held.number), name=name)


def _line(movement: Movement) -> Line:
    out = movement.kind == "transfer"
    number, holder = mask_account(movement.account), mask_name(movement.holder)
    return Line(movement, number, holder, -movement.amount_minor if out else movement.amount_minor)
