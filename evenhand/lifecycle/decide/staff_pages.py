"""The line of applications that wait for a person, and the file of one; deciding it."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import streams
from evenhand.ledger.applications import Application, applications
from evenhand.ledger.facts import Fact
from evenhand.ledger.quotes import quote
from evenhand.lifecycle.decide import class_caps, policy, reviewing, steps, typed, waiting, words
from evenhand.lifecycle.decide.reviewing import Judge, Refused
from evenhand.outbound.contact import own_words
from evenhand.outbound.contact.own_words import Blocked
from evenhand.people import answers, borrowers, look, persons, staff
from evenhand.people.access import StaffRequest, page
from evenhand.web.amounts import figure

HOUR = 3_600_000_000


class Line(NamedTuple):
    """One who waits, as the list shows them. `left` is whole hours until the answer is due."""

    one: Application
    terms: Mapping[str, Any]
    name: str
    reasons: list[str]
    due_at: int
    left: int


@require_GET
@page("applications")
def line(request: StaffRequest) -> HttpResponse:
    """Those who asked for a person, the longest waiting first; names masked."""
    now = request.clock.now()
    hours = policy.in_force(request.clock.today()).lending.review_hours
    found = waiting.line()
    names = persons.masked([each.borrower for each in found])
    lines = []
    for each in found:
        one = applications(streams.stream(each.borrower)).get(each.loan)
        if one is None or not one.review:
            continue
        due_at = one.review_at + hours * HOUR
        name = names[each.borrower].name if each.borrower in names else ""
        told = words.reasons(one.reasons)
        terms = steps.tools_for(one, one.made_at).product.terms
        lines.append(Line(one, terms, name, told, due_at, (due_at - now) // HOUR))
    return render(request, "decide/line.html", {"lines": lines})


@require_GET
@page("applications")
def application(request: StaffRequest, loan: int) -> HttpResponse:
    """The file of one application: what was asked, what the house decided and why."""
    return render(request, "decide/application.html", _shown(request, loan))


@require_POST
@page("application_decide")
@sensitive_variables("said", "shown", "asked")
def reveal(request: StaffRequest, loan: int) -> HttpResponse:
    """The applicant's answers in clear, for a stated purpose; every text is a look, logged."""
    shown = _shown(request, loan)
    purpose = request.POST.get("purpose", "")
    if purpose not in look.PURPOSES:
        return render(request, "decide/application.html", shown | {"unstated": True}, status=400)
    one: Application = shown["one"]
    see = partial(
        persons.reveal_text,
        one.borrower,
        purpose=purpose,
        by=request.member.staff,
        at=request.clock.now(),
    )
    try:
        said = see(bytes.fromhex(one.text))
        asked = see(bytes.fromhex(one.review_words)) if one.review_words else ""
    except persons.Erased:
        raise Http404 from None
    shown |= {"said": answers.read(said), "asked": asked}
    return render(request, "decide/application.html", shown)


@require_POST
@page("application_decide")
@sensitive_post_parameters()
def decide(request: StaffRequest, loan: int) -> HttpResponse:
    """Yes or no with reasons; a yes to a large sum is proposed to another person."""
    shown = _shown(request, loan)
    one: Application = shown["one"]
    form = typed.verdict(request.POST, shown["currency"])
    if category := request.POST.get("use"):
        at, sums = request.clock.now(), reviewing.lent(one, form.verdict, request.clock.now())
        put = own_words.offered(one.borrower, form.words, category, at=at, also_minor=sums)
        shown |= {"form": form._replace(words=put.text, errors={}), "held": put.held, "used": True}
        return render(request, "decide/application.html", shown)
    if form.verdict is None:
        return render(request, "decide/application.html", shown | {"form": form}, status=400)
    try:
        said = reviewing.decide(
            one.borrower, loan, form.verdict, _judge(request), at=request.clock.now()
        )
    except Refused as refused:
        told = {"form": form._replace(refusal=words.refusal(refused.codes))}
        return render(request, "decide/application.html", shown | told, status=400)
    except Blocked as blocked:
        shown |= {"form": form._replace(errors={"words": str(blocked)}), "held": blocked.held}
        return render(request, "decide/application.html", shown, status=400)
    told_of = {
        "made": _("Decided. The applicant is told."),
        "proposed": _("Proposed. A supervisor has to confirm it."),
    }
    messages.success(request, told_of[said])
    return redirect("applications" if said == "made" else "application", *_to(said, loan))


@require_POST
@page("application_decide")
@sensitive_variables("shown", "blocked")
def confirm(request: StaffRequest, loan: int) -> HttpResponse:
    """A supervisor confirms what another proposed."""
    shown = _shown(request, loan)
    try:
        reviewing.confirm(shown["one"].borrower, loan, _judge(request), at=request.clock.now())
    except Refused as refused:
        told = {"form": typed.nothing()._replace(refusal=words.refusal(refused.codes))}
        return render(request, "decide/application.html", shown | told, status=400)
    except Blocked as blocked:
        shown |= {"form": typed.nothing()._replace(refusal=str(blocked)), "held": blocked.held}
        return render(request, "decide/application.html", shown, status=400)
    messages.success(request, _("Confirmed. The applicant is told."))
    return redirect("applications")


def _to(said: str, loan: int) -> list[int]:
    return [] if said == "made" else [loan]


def _judge(request: StaffRequest) -> Judge:
    beside = borrowers.person_of(request)
    return Judge(request.member.staff, request.member.role, beside)


def _shown(request: StaffRequest, loan: int) -> dict[str, Any]:
    borrower = waiting.borrower_of(loan)
    facts = streams.stream(borrower) if borrower else []
    one = applications(facts).get(loan)
    if one is None:
        raise Http404
    product = steps.tools_for(one, one.made_at).product
    explained = steps.again(facts, one) if one.house_decision else None
    rules = policy.in_force(request.clock.today())
    may = staff.may_see(request.member.role, "application_decide")
    return {
        "one": one,
        "person": persons.masked([borrower]).get(borrower),
        "currency": product.terms["currency"],
        "terms": product.terms,
        "quote": quote(product, one.principal_minor, one.months, one.day),
        "reasons": words.reasons(_house(facts, one).body["reasons"] if one.house_decision else ()),
        "explained": explained,
        "parts": words.parts(explained) if explained else [],
        "lending": rules.lending,
        "due_at": one.review_at + rules.lending.review_hours * HOUR,
        "may_decide": may and one.review > 0,
        "own": may and reviewing.is_own(one, facts, _judge(request)),
        "may_confirm": may and one.proposed > 0 and request.member.role == reviewing.SENIOR,
        "proposed_reasons": words.reasons(one.proposal.get("reasons", ())),
        "purposes": look.PURPOSES,
        "asked_figure": figure(one.principal_minor, product.terms["currency"]),
        "choices": _choices(request.clock.today()),
        "form": typed.nothing(),
        "under": own_words.statements(borrower, request.member.staff, at=request.clock.now()),
    }


def _house(facts: list[Fact], one: Application) -> Fact:
    return next(fact for fact in facts if fact.seq == one.house_decision)


def _choices(on: date) -> dict[str, list[tuple[str, str]]]:
    unasked = class_caps.unasked(on)
    return {
        outcome: [
            (code, said)
            for code, said in zip(codes, words.reasons(codes), strict=True)
            if code not in unasked
        ]
        for outcome, codes in reviewing.REASONS.items()
    }
