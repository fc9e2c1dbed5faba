"""One loan: its schedule and payments, and how each of its figures comes about."""

from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from evenhand.ledger import off_books, reliefs, waivers
from evenhand.lifecycle.repay import closing, figures, prepaying, sum_words
from evenhand.lifecycle.repay.closing import Closing
from evenhand.lifecycle.repay.mine import mine
from evenhand.people import borrowers
from evenhand.people.borrowers import BorrowerRequest

PAY_OFF: Final = "pay-off"


@borrowers.page
@require_GET
def loan(request: BorrowerRequest, loan: int) -> HttpResponse:
    """The schedule with what is paid and open of each instalment, and where every payment went."""
    one, facts = mine(request, loan)
    told = {"loan": one, "ahead": prepaying.outcomes(facts, loan)}
    told["chosen"] = prepaying.waiting(facts, loan, request.clock.today())
    told["waived"] = waivers.of_loan(facts, loan)
    told["yearly"] = figures.sum_of(one, "yearly-cost")
    told["off"] = off_books.write_off(facts, loan)
    told["relief"] = reliefs.waiting(facts, loan, request.clock.today())
    told["changes"] = reliefs.given(facts, loan)
    return render(request, "repay/loan.html", told)


@borrowers.page
@require_GET
def sum_of(request: BorrowerRequest, loan: int, figure: str) -> HttpResponse:
    """Show me the sum: one figure of the loan as something a person can add up."""
    one, facts = mine(request, loan)
    if figure == PAY_OFF:
        return _closing(request, closing.closing(facts, one, request.GET.get("on", "")), loan)
    if (found := figures.sum_of(one, figure)) is None:
        raise Http404
    told = {"loan": one, "figure": figure, "sum": sum_words.told(found, one.currency)}
    return render(request, "repay/sum.html", told)


def _closing(request: BorrowerRequest, found: Closing | None, loan: int) -> HttpResponse:
    """What pays everything today, or on the day asked for (`?on=`)."""
    if found is None:
        return redirect("my-loan", loan)
    told = {"loan": found.one, "figure": PAY_OFF, "closing": found, "sum": found.told}
    return render(request, "repay/sum.html", told, status=400 if found.is_wrong else 200)
