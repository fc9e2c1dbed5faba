"""One loan: its schedule and payments, and how each of its figures comes about."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from evenhand.core import sums
from evenhand.ledger import house, streams
from evenhand.lifecycle.repay import closing, owing, prepaying, words
from evenhand.lifecycle.repay.book import total
from evenhand.lifecycle.repay.owing import Owing
from evenhand.people import borrowers
from evenhand.people.borrowers import BorrowerRequest

Told = dict[str, Any]
STEP: Final = "step"
PAY_OFF: Final = "pay-off"


@borrowers.page
@require_GET
def loan(request: BorrowerRequest, loan: int) -> HttpResponse:
    """The schedule with what is paid and open of each instalment, and where every payment went."""
    one = _mine(request, loan)
    lines = [
        {"agreed": agreed, "owed": owed, "late": owed.due_on < one.on and owed.total_minor}
        for agreed, owed in zip(one.book.agreed, one.book.owed, strict=True)
    ]
    facts = streams.stream(request.person)
    told = {"loan": one, "lines": lines, "ahead": prepaying.outcomes(facts, loan)}
    told["chosen"] = prepaying.waiting(facts, loan, request.clock.today())
    return render(request, "repay/loan.html", told)


@borrowers.page
@require_GET
def sum_of(request: BorrowerRequest, loan: int, figure: str) -> HttpResponse:
    """Show me the sum: one figure of the loan as something a person can add up."""
    one = _mine(request, loan)
    if figure == PAY_OFF:
        return _closing(request, one)
    if figure not in FIGURES or (figure == STEP and not (one.under and one.under.coming)):
        raise Http404
    told = {"loan": one, "heading": words.heading(figure), **FIGURES[figure](one)}
    return render(request, "repay/sum.html", told)


@borrowers.page
@require_GET
def sum_of_instalment(request: BorrowerRequest, loan: int, n: int) -> HttpResponse:
    """The same of one instalment: what was agreed, what paid it, what is owed."""
    one = _mine(request, loan)
    if not 1 <= n <= len(one.book.agreed):
        raise Http404
    return render(request, "repay/sum.html", {"loan": one, **_instalment(one, n)})


def _mine(request: BorrowerRequest, loan: int) -> Owing:
    return owing.loan_of(request.person, loan, house.day_number(request.clock.today()))


def _closing(request: BorrowerRequest, one: Owing) -> HttpResponse:
    """What pays everything today, or on the day asked for (`?on=`)."""
    facts, typed = streams.stream(request.person), request.GET.get("on", "")
    found = closing.closing(facts, one.loan, request.clock.today(), typed)
    if found is None:
        return redirect("my-loan", one.loan)
    off = found.one.pay_off
    told: Told = {"how": "pay_off", "loan": found.one, "off": off, "closing": found}
    told |= {"heading": words.heading(PAY_OFF), "total_minor": off.total_minor}
    return render(request, "repay/sum.html", told, status=400 if found.is_wrong else 200)


def _parts(of: str) -> Callable[[Owing], Told]:
    def told(one: Owing) -> Told:
        parts = getattr(one.book, of)
        return {"how": "parts", "parts": parts, "total_minor": total(parts)}

    return told


def _step(one: Owing) -> Told:
    """The next step of the plan: what is unpaid up to its day, less what later steps pay."""
    assert one.under and one.under.plan and one.under.coming, "the loan is under a plan that runs"
    plan, coming = one.under.plan, one.under.coming
    last = plan.steps[coming.last].day
    parts = [part for part in one.book.owed if house.day_from(part.due_on) <= last]
    return {
        "how": "step",
        "parts": [part for part in parts if part.total_minor],
        "until": last,
        "parts_minor": total(parts),
        "later": plan.steps[coming.last + 1 :],
        "later_minor": plan.rest_after(coming.last),
        "total_minor": coming.pay_minor,
    }


def _outstanding(one: Owing) -> Told:
    return {
        "how": "principal",
        "parts": one.book.outstanding,
        "total_minor": one.outstanding_minor,
    }


def _late(one: Owing) -> Told:
    return {"how": "late", "lines": one.book.late, "total_minor": one.late_interest_minor}


def _paid(one: Owing) -> Told:
    return {"how": "paid", "total_minor": one.paid_minor}


def _overpaid(one: Owing) -> Told:
    return {"how": "overpaid", "total_minor": one.overpaid_minor}


def _instalment(one: Owing, n: int) -> Told:
    """One instalment: what was agreed and how its interest was worked out, what paid it."""
    agreed, owed = one.book.agreed[n - 1], one.book.owed[n - 1]
    late = next((each for each in one.book.late if each.n == n), None)
    balance = one.principal_minor - sum(part.principal_minor for part in one.book.agreed[: n - 1])
    return {
        "how": "instalment",
        "agreed": agreed,
        "owed": owed,
        "payments": one.book.paid_on(n),
        "late": late,
        "late_whole": late.brought_minor + late.accrued_minor if late else 0,
        "balance_minor": balance,
        "by_rate": sums.by_rate(balance, one.rate_ppm) == agreed.interest_minor,
        "total_minor": owed.total_minor,
    }


FIGURES: Final[Mapping[str, Callable[[Owing], Told]]] = {
    "due": _parts("due"),
    "past-due": _parts("past_due"),
    "next": _parts("coming"),
    STEP: _step,
    "outstanding": _outstanding,
    "late-interest": _late,
    "paid": _paid,
    "overpaid": _overpaid,
}
