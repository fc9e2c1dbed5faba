"""Something happened: what borrowers say of themselves, what stops by it and what does not."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.ledger import one_loan, streams
from evenhand.ledger.one_loan import Here
from evenhand.lifecycle import stops
from evenhand.lifecycle.circumstances import acts, typed
from evenhand.lifecycle.circumstances.acts import BORROWER
from evenhand.lifecycle.circumstances.circumstances import Circumstance, standing
from evenhand.lifecycle.circumstances.kinds import Rule, own, rules
from evenhand.lifecycle.circumstances.typed import Typed
from evenhand.people import kept, persons
from evenhand.people.borrowers import BorrowerRequest, page


class Line(NamedTuple):
    """What is on record, with what the borrower said of it."""

    one: Circumstance
    text: str


@page
@require_GET
def happened(request: BorrowerRequest) -> HttpResponse:
    """What is on record, what may be said, and the ways to pay less or later."""
    facts = streams.stream(request.person)
    found = standing(facts, request.clock.now())
    shown = {
        "lines": [Line(one, _words(request.person, one.text)) for one in found],
        "words": own(),
        "loans": _loans(request),
        "hotline": settings.EVENHAND_LENDER["hotline"],
    }
    return render(request, "circumstances/happened.html", shown)


@page
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("text")
@sensitive_variables("form")
def one(request: BorrowerRequest, word: str) -> HttpResponse:
    """One of them: what stops and what goes on, before it is sent; sent it holds at once."""
    rule = rules().get(word)
    if rule is None or not rule.own:
        raise Http404
    form, today = Typed(word), request.clock.today()
    if request.method == "POST":
        form = typed.read_own(word, request.POST, today)
        if not form.errors:
            said, at = form.said(today), request.clock.now()
            acts.record(request.person, said, BORROWER, at=at)
            messages.success(request, _("It is on record, and holds from now on."))
            return redirect("happened")
    return _form(request, rule, form)


@page
@require_POST
def over(request: BorrowerRequest) -> HttpResponse:
    """What the borrower said themselves is over."""
    seq = request.POST.get("seq", "")
    if seq.isdecimal() and acts.take_back(request.person, int(seq), at=request.clock.now()):
        messages.success(request, _("That is over, then. What it stopped may go on."))
    return redirect("happened")


@sensitive_variables("form", "shown")
def _form(request: BorrowerRequest, rule: Rule, form: Typed) -> HttpResponse:
    lang = get_language() or settings.LANGUAGE_CODE
    _sentences, cells = stops.of_state(rule.word, request.clock.today(), lang)
    shown: dict[str, Any] = {
        "rule": rule,
        "form": form,
        "lawyer": rule.word == typed.LAWYER,
        "most": typed.TEXT_MOST,
        "stopped": [code for code, is_stopped in cells if is_stopped],
        "goes_on": [code for code, is_stopped in cells if not is_stopped],
        "loans": _loans(request),
    }
    return render(request, "circumstances/one.html", shown, status=400 if form.errors else 200)


def _loans(request: BorrowerRequest) -> list[Here]:
    """The own loans that something is owed of."""
    facts, today = streams.stream(request.person), request.clock.today()
    found = [one_loan.here(facts, loan, today) for loan in typed.loans_of(facts)]
    return [here for here in found if here and here.pay_off_minor > 0]


def _words(person: int, commitment: str) -> str:
    """The words; empty where there are none, or none are kept any more."""
    try:
        return kept.committed(person, commitment) if commitment else ""
    except persons.Erased:
        return ""
