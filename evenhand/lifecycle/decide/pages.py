"""The applicant's answer: what was decided, why, and a person to look where the house said no."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import streams
from evenhand.ledger.applications import Application, applications
from evenhand.ledger.facts import Fact
from evenhand.ledger.quotes import quote
from evenhand.lifecycle.decide import policy, scorecard, steps, words
from evenhand.outbound.contact import own_words
from evenhand.people import borrowers
from evenhand.people.borrowers import BorrowerRequest

WORDS_MAX = 1_000
HOUR = 3_600_000_000
HUNDREDTH_PPM = 100
"""A hundredth of a per cent in parts per million."""


@require_GET
@borrowers.page
def decision(request: BorrowerRequest, loan: int) -> HttpResponse:
    """The answer to one application of the borrower's own."""
    facts = streams.stream(request.person)
    one = _own(facts, loan)
    return render(request, "decide/decision.html", _shown(request, facts, one))


@require_POST
@sensitive_post_parameters()
@borrowers.page
def review(request: BorrowerRequest, loan: int) -> HttpResponse:
    """A person of staff shall look, with words to them or without."""
    facts = streams.stream(request.person)
    one = _own(facts, loan)
    said = request.POST.get("words", "").strip()
    if len(said) > WORDS_MAX:
        shown = _shown(request, facts, one) | {"words": said, "too_long": WORDS_MAX}
        return render(request, "decide/decision.html", shown, status=400)
    steps.ask_review(request.person, loan, said, at=request.clock.now())
    return redirect("decision", loan)


def _own(facts: list[Fact], loan: int) -> Application:
    one = applications(facts).get(loan)
    if one is None:
        raise Http404
    return one


def _shown(request: BorrowerRequest, facts: list[Fact], one: Application) -> dict[str, Any]:
    on = request.clock.today()
    lending = policy.in_force(on).lending
    product = steps.tools_for(one, one.made_at).product
    offered = one.offer_minor > 0
    explained = steps.again(facts, one) if one.house_decision else None
    found = quote(product, one.offer_minor, one.offer_months, on) if offered else None
    return {
        "one": one,
        "currency": product.terms["currency"],
        "terms": product.terms,
        "quote": found,
        "yearly_ppm": found.yearly_hundredths * HUNDREDTH_PPM if found else 0,
        "less": offered and one.offer_minor < one.principal_minor,
        "holds": one.holds(on),
        "goes_on": one.goes_on(on),
        "by_staff": one.decided_by.startswith("staff"),
        "reasons": words.reasons(one.reasons),
        "told": own_words.to_read(request.person, one.words),
        "may_ask": steps.may_be_reviewed(one) and (one.stage != "approved" or one.holds(on)),
        "answer_by": one.review_at + lending.review_hours * HOUR,
        "review_hours": lending.review_hours,
        "explained": explained,
        "parts": words.parts(explained) if explained else [],
        "base": scorecard.in_use().card.base,
        "approve_from": lending.approve_from,
    }
