"""Receipts: every payment, what of it paid what, and the paper."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from evenhand.ledger import house, plans, streams
from evenhand.ledger.facts import Fact
from evenhand.lifecycle.repay import certificate, owing, prepaying, words
from evenhand.lifecycle.repay.owing import Owing
from evenhand.people import borrowers
from evenhand.people.borrowers import BorrowerRequest


@borrowers.page
@require_GET
def receipts(request: BorrowerRequest) -> HttpResponse:
    """All payments, newest first."""
    facts = streams.stream(request.person)
    on = house.day_number(request.clock.today())
    loans = {one.loan: one for one in owing.all_by(facts, on)}
    taken_back = {fact.cause for fact in facts if fact.kind == "payment.reversed"}
    lines: list[dict[str, Any]] = [
        {
            "payment": fact,
            "currency": loans[fact.loan].currency,
            "channel": words.channel(fact.body["channel"]),
            "taken_back": fact.seq in taken_back,
            "did": plans.effect(facts, fact) if fact.seq not in taken_back else None,
            "ahead": prepaying.outcome(facts, fact) if fact.seq not in taken_back else None,
            "parts": _parts(facts, fact, loans[fact.loan]) if fact.seq not in taken_back else [],
        }
        for fact in reversed(facts)
        if fact.kind == "payment.received" and fact.loan in loans
    ]
    return render(request, "repay/receipts.html", {"lines": lines})


@borrowers.page
@require_GET
def paid_off(request: BorrowerRequest, loan: int) -> HttpResponse:
    """The paid-off certificate; made here for whoever had no account with us when they paid."""
    pdf = certificate.paid_off(request.person, loan, at=request.clock.now())
    if pdf is None:
        raise Http404
    return as_pdf(pdf, f"evenhand-{loan}")


@borrowers.page
@require_GET
def receipt(request: BorrowerRequest, seq: int) -> HttpResponse:
    """The receipt of one payment as a signed PDF."""
    payment = _payment(request.person, seq)
    lang, at = get_language() or "zh-hant", request.clock.now()
    pdf = certificate.receipt(request.person, payment, lang, at=at)
    return as_pdf(pdf, f"evenhand-{payment.loan}-{seq}")


def as_pdf(pdf: bytes, name: str) -> HttpResponse:
    """A document as the browser shows it, by a name that says nothing of what it is."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _parts(facts: Sequence[Fact], payment: Fact, one: Owing) -> list[tuple[str, int]]:
    return [
        (words.part(code), minor) for code, minor in certificate.of_payment(facts, payment, one)
    ]


def _payment(person: int, seq: int) -> Fact:
    facts = streams.stream(person)
    found = [fact for fact in facts if fact.seq == seq and fact.kind == "payment.received"]
    taken_back = any(fact.kind == "payment.reversed" and fact.cause == seq for fact in facts)
    if not found or taken_back:
        raise Http404
    return found[0]
