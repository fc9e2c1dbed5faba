"""The borrower's page "I did not take this loan": one tap, a question back, and where it stands."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from evenhand.ledger import streams
from evenhand.lifecycle.disburse import claims
from evenhand.outbound.contact import own_words
from evenhand.outbound.contact.tell import tell
from evenhand.people import staff
from evenhand.people.borrowers import BorrowerRequest, page


@page
def not_mine(request: BorrowerRequest, loan: int) -> HttpResponse:
    """Say it, or see who answers and by when."""
    facts = streams.stream(request.person)
    if not any(fact.loan == loan for fact in facts):
        raise Http404
    found = claims.claims_of(facts, loan)
    claim = found[-1] if found else None
    if request.method == "POST" and (claim is None or claim.outcome == "not_upheld"):
        seq, at = claims.open_claim(request.person, loan, request.clock.now()), request.clock.now()
        due = claims.due_on(request.clock.today()).isoformat()
        tell(request.person, "claim_opened", at=at, cause=seq, loan=loan, values={"day": due})
        return redirect("not-mine", loan)
    if request.method == "POST":
        return redirect("not-mine", loan)
    shown = {"loan": loan, "claim": claim, "hotline": settings.EVENHAND_LENDER["hotline"]}
    if claim is not None:
        shown["owner_role"] = staff.roles([claim.owner]).get(claim.owner, "")
        shown["owner_number"] = staff.numbers([claim.owner]).get(claim.owner, "")
    if claim is not None and claim.text:
        shown["answer"] = own_words.to_read(request.person, claim.text)
    return render(request, "disburse/not_mine.html", shown)
