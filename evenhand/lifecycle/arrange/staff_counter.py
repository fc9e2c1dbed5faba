"""What staff offer instead of the plan proposed: typed, seen with every sum, then sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import one_loan, promised, streams
from evenhand.ledger.one_loan import Here
from evenhand.ledger.plans import Plan
from evenhand.lifecycle.arrange import acts, bounds, typed
from evenhand.lifecycle.arrange.acts import Refused
from evenhand.lifecycle.arrange.offer import Offer
from evenhand.lifecycle.arrange.staff_pages import plan_at, put_in, why
from evenhand.lifecycle.arrange.typed import Typed
from evenhand.outbound.contact import own_words
from evenhand.outbound.contact.own_words import Blocked
from evenhand.people import persons
from evenhand.people.access import StaffRequest, page

NONE_TYPED: Final[Mapping[str, Any]] = {}


@require_GET
@page("plan_answer")
def other(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """The form for other steps, or what those typed come to; nothing is sent with this."""
    plan = plan_at(borrower, seq)
    here = one_loan.here(streams.stream(borrower), plan.loan, request.clock.today())
    if plan.state != "asked" or here is None:
        return redirect("plan-file", borrower, seq)
    if not request.GET.get("how"):
        soonest = promised.accept_by(here.on, bounds.of(here.product).accept_days + 1)
        first = max(plan.steps[0].day, soonest)
        return _form(request, plan, here, Typed(parts=f"{len(plan.steps)}", day=f"{first}"))
    said, made = _made(plan, here, request.GET)
    if made is None:
        return _form(request, plan, here, said)
    return _preview(request, plan, made, said)


@require_POST
@page("plan_answer")
@sensitive_post_parameters("text")
@sensitive_variables("text", "blocked", "sent", "again")
def send(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """Offered, as it was shown, with a word to the borrower as it pleases."""
    plan, text = plan_at(borrower, seq), request.POST.get("text", "").strip()
    by, at = request.member.staff, request.clock.now()
    here = one_loan.here(streams.stream(borrower), plan.loan, request.clock.today())
    if plan.state != "asked" or here is None:
        messages.info(request, why("answered"))
        return redirect("plan-file", borrower, seq)
    said, made = _made(plan, here, request.POST)
    if made is None:
        return _form(request, plan, here, said)
    sent = {"form": "other", "text": text}
    if "use" in request.POST:
        sums = {step.amount_minor for step in made.steps}
        return _preview(request, plan, made, said, put_in(request, plan, sent, sums))
    if error := typed.words_error(text):
        return _preview(request, plan, made, said, {**sent, "error": error})
    wanted = said.instead_of(plan.total_minor, here.currency)
    try:
        acts.counter(borrower, seq, wanted, by, at=at, text=text)
    except Blocked as blocked:
        again = {**sent, "error": str(blocked), "held": blocked.held}
        return _preview(request, plan, made, said, again)
    except Refused as refused:
        messages.info(request, why(refused.args[0]))
        return redirect("plan-file", borrower, seq)
    messages.success(request, _("Sent. Nothing is agreed before the borrower accepts it."))
    return redirect("plans")


def _made(plan: Plan, here: Here, sent: QueryDict) -> tuple[Typed, Offer | None]:
    """What was typed, and what it comes to; None with what is wrong beside its field."""
    said = typed.read_instead(sent, here.currency)
    if said.errors:
        return said, None
    facts = streams.stream(plan.proposed.borrower)
    try:
        wanted = said.instead_of(plan.total_minor, here.currency)
        return said, acts.instead(facts, plan, wanted, here.on)
    except Refused as refused:
        return typed.refused(said, refused.args[0], here), None


def _form(request: StaffRequest, plan: Plan, here: Here, said: Typed) -> HttpResponse:
    limits = bounds.of(here.product)
    shown = {
        "plan": plan,
        "here": here,
        "typed": said,
        "limits": limits,
        "parts": range(2, limits.by_person.parts_most + 1),
        "accept_by": promised.accept_by(here.on, limits.accept_days),
    }
    return render(request, "arrange/other.html", shown, status=400 if said.errors else 200)


@sensitive_variables("sent", "shown")
def _preview(
    request: StaffRequest,
    plan: Plan,
    made: Offer,
    said: Typed,
    sent: Mapping[str, Any] = NONE_TYPED,
) -> HttpResponse:
    borrower, by, at = plan.proposed.borrower, request.member.staff, request.clock.now()
    shown: dict[str, Any] = {
        "plan": plan,
        "person": persons.masked([borrower]).get(borrower),
        "offer": made,
        "here": made.here,
        "typed": said,
        "may_offer": acts.may_offer(plan, made.steps, request.member.role),
        "most": typed.TEXT_MAX,
        "sent": sent,
        "under": own_words.statements(borrower, by, at=at),
    }
    return render(
        request, "arrange/other_offer.html", shown, status=400 if sent.get("error") else 200
    )
