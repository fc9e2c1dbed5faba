"""Proposals as staff see them: the queue with its clock, and one with its sums; the answer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import one_loan, streams
from evenhand.ledger.callers import last_callers
from evenhand.ledger.plans import Plan, plan_of, plans_of
from evenhand.lifecycle.arrange import acts, bounds, steps, typed
from evenhand.lifecycle.arrange.acts import Refused
from evenhand.outbound.contact import own_words
from evenhand.outbound.contact.own_words import Blocked
from evenhand.people import persons, staff
from evenhand.people.access import StaffRequest, in_clear, page
from evenhand.people.stand_ins import on_day

LOOK: Final = "plan"
"""The purpose of the look that reading the borrower's words makes."""


@require_GET
@page("plans")
def queue(request: StaffRequest) -> HttpResponse:
    """Every proposal that waits: those whose answer is late first, then by the last day for it;
    behind them those for which we offered another and the borrower has not said."""
    today, role = request.clock.today(), request.member.role
    found = steps.waiting(request.clock.now())
    borrowers = sorted({one.proposed.borrower for one in found})
    names, callers, roll = persons.masked(borrowers), last_callers(borrowers), on_day(today)
    lines = [
        {
            "plan": one,
            "who": names.get(one.proposed.borrower),
            "here": one_loan.here(streams.stream(one.proposed.borrower), one.loan, today),
            "left": (one.due_on - today).days,
            "mine": staff.may_see(role, "plan_answer") and acts.may_agree(one, role),
            "whose": roll.whose(
                callers.get(one.proposed.borrower, 0), "plan_answer", request.member.staff
            ),
        }
        for one in found
    ]
    shown = {
        "late": [line for line in lines if line["plan"].is_late(today)],
        "lines": [line for line in lines if _is_asked(line) and not line["plan"].is_late(today)],
        "offered": [line for line in lines if not _is_asked(line)],
        "limit": bounds.limit(role),
    }
    return render(request, "arrange/queue.html", shown)


def _is_asked(line: dict[str, Any]) -> bool:
    return bool(line["plan"].state == "asked")


@require_GET
@page("plans")
def file(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """One proposal: its sums, where the loan stands, the borrower's words (a look, logged)."""
    return _file(request, plan_at(borrower, seq))


@require_POST
@page("plan_answer")
@sensitive_post_parameters("text")
@sensitive_variables("text")
def agree(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """Agreed, within the limits of the role; words are as it pleases."""
    plan, text = plan_at(borrower, seq), request.POST.get("text", "").strip()
    sent = {"form": "agree", "text": text}
    if "use" in request.POST:
        return _file(request, plan, put_in(request, plan, sent))
    error = typed.words_error(text)
    if error:
        return _file(request, plan, {**sent, "error": error})
    by, at = request.member.staff, request.clock.now()
    return _done(request, plan, lambda: acts.agree(borrower, seq, by, at=at, text=text), sent)


@require_POST
@page("plan_answer")
@sensitive_post_parameters("text")
@sensitive_variables("text")
def decline(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """Declined, with reasons the borrower reads."""
    plan, text = plan_at(borrower, seq), request.POST.get("text", "").strip()
    sent = {"form": "decline", "text": text}
    if "use" in request.POST:
        return _file(request, plan, put_in(request, plan, sent))
    error = typed.words_error(text, needed=True)
    if error:
        return _file(request, plan, {**sent, "error": error})
    by, at = request.member.staff, request.clock.now()
    return _done(request, plan, lambda: acts.decline(borrower, seq, text, by, at=at), sent)


def plan_at(borrower: int, seq: int) -> Plan:
    """The plan of that number; 404 of none."""
    try:
        return plan_of(streams.stream(borrower), seq)
    except LookupError:
        raise Http404 from None


@sensitive_variables("sent", "put")
def put_in(
    request: StaffRequest, plan: Plan, sent: dict[str, Any], also_minor: Collection[int] = ()
) -> dict[str, Any]:
    """The form with the approved wording in it; nothing is sent."""
    borrower, category, at = plan.proposed.borrower, request.POST["use"], request.clock.now()
    put = own_words.offered(borrower, sent["text"], category, at=at, also_minor=also_minor)
    return {**sent, "text": put.text, "held": put.held, "used": True}


@sensitive_variables("sent", "blocked")
def _done(
    request: StaffRequest, plan: Plan, do: Callable[[], None], sent: dict[str, Any]
) -> HttpResponse:
    try:
        do()
    except Blocked as blocked:
        return _file(request, plan, {**sent, "error": str(blocked), "held": blocked.held})
    except Refused as refused:
        messages.info(request, why(refused.args[0]))
        return redirect("plan-file", plan.proposed.borrower, plan.seq)
    return redirect("plans")


@sensitive_variables("shown", "sent")
def _file(request: StaffRequest, plan: Plan, sent: dict[str, Any] | None = None) -> HttpResponse:
    borrower, member = plan.proposed.borrower, request.member
    facts = streams.stream(borrower)
    shown: dict[str, Any] = {
        "plan": plan,
        "person": persons.masked([borrower]).get(borrower),
        "here": one_loan.here(facts, plan.loan, request.clock.today()),
        "text": in_clear(request, borrower, plan.text, LOOK),
        "before": [one for one in plans_of(facts, plan.loan) if one.seq < plan.seq],
        "may_answer": plan.state == "asked" and staff.may_see(member.role, "plan_answer"),
        "may_agree": acts.may_agree(plan, member.role),
        "late": plan.is_late(request.clock.today()),
        "may_file": staff.may_see(member.role, "file"),
        "sent": sent or {},
        "under": own_words.statements(borrower, member.staff, at=request.clock.now()),
        "most": typed.TEXT_MAX,
    }
    return render(
        request, "arrange/file.html", shown, status=400 if sent and sent.get("error") else 200
    )


def why(code: str) -> str:
    """Why an answer was not written, as a sentence."""
    said = {
        "answered": _("It had been answered already."),
        "over_limit": _("It goes beyond what your role may agree to: a supervisor or compliance."),
        "own": _("You wrote it down yourself: somebody else answers it."),
        "step_over": _("Its first day is over: decline it, or offer another plan."),
    }
    return said.get(code) or _("Something has changed meanwhile. Look at it again.")
