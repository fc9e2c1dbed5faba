"""The borrower's relief: what there is, what it comes to before anything holds, asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import promised, reliefs, streams
from evenhand.ledger.facts import Fact
from evenhand.ledger.one_loan import Here, here
from evenhand.ledger.reliefs import Relief
from evenhand.lifecycle.relief import acts, bounds, judging, typed
from evenhand.lifecycle.relief.acts import BORROWER
from evenhand.lifecycle.relief.judging import Refused
from evenhand.lifecycle.relief.seen import Seen
from evenhand.lifecycle.relief.typed import Typed
from evenhand.people import borrowers
from evenhand.people.borrowers import BorrowerRequest
from evenhand.web.amounts import seen_minor


@borrowers.page
@require_GET
def relief(request: BorrowerRequest, loan: int) -> HttpResponse:
    """What was asked for or is offered, and waits; else what may be asked for, and what was."""
    facts, at = _mine(request, loan)
    if one := reliefs.waiting(facts, loan, at.on):
        return _waiting(request, facts, at, one)
    why = judging.stopped(facts, loan, at.on) or ("" if at.pay_off_minor else "from_day")
    shown = {
        "here": at,
        "words": [] if why else _words(at),
        "why": typed.says(why) if why else "",
        "before": [(one, one.state(at.on)) for one in reversed(reliefs.reliefs_of(facts, loan))],
        "plan": why == "plan",
    }
    return render(request, "relief/choose.html", shown)


@borrowers.page
@require_GET
def kind(request: BorrowerRequest, loan: int, word: str) -> HttpResponse:
    """One kind: its form, and what is asked for seen to the cent beside what there is."""
    facts, at = _mine(request, loan)
    rule = _rule(at, word)
    form = typed.read(word, request.GET, at, rule)
    if not form.change:
        return _form(request, at, form, None)
    try:
        found = acts.possible(facts, loan, form.change, at.on, asked=True)
    except Refused as refused:
        return _form(request, at, typed.refused(form, refused.args[0], rule), None)
    return _form(request, at, form, found)


@borrowers.sure
@require_POST
def ask(request: BorrowerRequest, loan: int, word: str) -> HttpResponse:
    """Asked for as it was seen; inside the bounds it holds with this."""
    _facts, at = _mine(request, loan)
    rule = _rule(at, word)
    form = typed.read(word, request.POST, at, rule)
    if not form.change:
        return _form(request, at, form, None)
    try:
        acts.ask(
            request.person, loan, form.change, BORROWER, at=request.clock.now(),
            seen_minor=seen_minor(request.POST),
        )  # fmt: skip
    except Refused as refused:
        if refused.args[0] == "changed":
            messages.info(request, typed.says("changed", rule))
            return redirect(_address(loan, form))
        return _form(request, at, typed.refused(form, refused.args[0], rule), None)
    facts = streams.stream(request.person)
    if not reliefs.waiting(facts, loan, at.on):
        messages.success(request, _("It holds from today, as you saw it."))
        return redirect("my-loan", loan)
    return redirect("relief", loan)


@borrowers.page
@require_POST
def take_back(request: BorrowerRequest, loan: int) -> HttpResponse:
    """What waits for us is taken back; what we offer is not accepted."""
    facts, at = _mine(request, loan)
    one = reliefs.waiting(facts, loan, at.on)
    act = {"asked": acts.withdraw, "offered": acts.refuse}
    try:
        if one and one.way in act:
            act[one.way](request.person, one.seq, at=request.clock.now())
    except Refused:
        messages.info(request, _("It had been answered already."))
    return redirect("relief", loan)


@borrowers.sure
@require_POST
def accept(request: BorrowerRequest, loan: int) -> HttpResponse:
    """What we offer is accepted, as it was seen today."""
    facts, at = _mine(request, loan)
    one = reliefs.waiting(facts, loan, at.on)
    if one is None or one.way != "offered":
        messages.info(request, _("It had been answered already."))
        return redirect("relief", loan)
    seen, now = seen_minor(request.POST), request.clock.now()
    try:
        acts.accept(request.person, one.seq, BORROWER, at=now, seen_minor=seen)
    except Refused as refused:
        rule = bounds.of(at.product).kinds[one.change["change"]]
        messages.info(request, typed.says(refused.args[0], rule))
        return redirect("relief", loan)
    messages.success(request, _("It holds from today, as you saw it."))
    return redirect("my-loan", loan)


def _mine(request: BorrowerRequest, loan: int) -> tuple[list[Fact], Here]:
    """The person's facts, and where their own loan stands today; 404 of any other."""
    facts = streams.stream(request.person)
    found = here(facts, loan, request.clock.today())
    if found is None:
        raise Http404
    return facts, found


def _rule(at: Here, word: str) -> bounds.Rule:
    """What holds of a word that a borrower may ask for; 404 of any other."""
    rule = bounds.of(at.product).kinds.get(word)
    if rule is None or not rule.asks:
        raise Http404
    return rule


def _words(at: Here) -> list[str]:
    """What may be asked for, as the loan stands."""
    words = bounds.of(at.product).asked_for
    return [word for word in words if word != "re_age" or at.past_due_minor]


def _form(request: BorrowerRequest, at: Here, form: Typed, found: Seen | None) -> HttpResponse:
    limits = bounds.of(at.product)
    rule = limits.kinds[form.word]
    shown: dict[str, Any] = {
        "here": at,
        "form": form,
        "rule": rule,
        "choices": range(1, rule.by_person + 1),
        "latest": at.on + timedelta(days=rule.by_person),
        "answer_by": promised.answer_by(at.on, limits.answer_days),
        "seen": found,
        "at_once": bool(found and judging.at_once(found)),
    }
    if found:
        shown |= _to_be_sure(request, _address(at.loan, form))
    return render(request, "relief/kind.html", shown, status=400 if form.error else 200)


def _waiting(
    request: BorrowerRequest, facts: Sequence[Fact], at: Here, one: Relief
) -> HttpResponse:
    rule = bounds.of(at.product).kinds[one.change["change"]]
    shown: dict[str, Any] = {"here": at, "relief": one, "late": one.due_on < at.on}
    try:
        shown["seen"] = acts.outcome(facts, one, at.on)
    except Refused as refused:
        shown["why"] = typed.says(refused.args[0], rule)
    shown |= _to_be_sure(request, reverse("relief", args=[at.loan]))
    return render(request, f"relief/{one.way}.html", shown)


def _to_be_sure(request: BorrowerRequest, back: str) -> dict[str, Any]:
    way = f"{reverse('be-sure')}?{urlencode({'next': back})}"
    return {"is_sure": borrowers.is_sure(request), "be_sure": way}


def _address(loan: int, form: Typed) -> str:
    """The page that shows what this comes to."""
    return f"{reverse('relief-kind', args=[loan, form.word])}?{urlencode(form.query)}"
