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
    taken_back = owing.taken_back(facts)
    lines = [
        _line(facts, fact, loans[fact.loan], is_gone=fact.seq in taken_back)
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


def _line(facts: Sequence[Fact], payment: Fact, one: Owing, *, is_gone: bool) -> dict[str, Any]:
    """A payment, and what it did; nothing of what it did where it was taken back."""
    line = {
        "payment": payment,
        "currency": one.currency,
        "channel": words.channel(payment.body["channel"]),
        "taken_back": is_gone,
    }
    if is_gone:
        return line
    parts = certificate.of_payment(facts, payment, one)
    return line | {
        "did": plans.effect(facts, payment),
        "ahead": prepaying.outcome(facts, payment),
        "parts": [(words.part(code), minor) for code, minor in parts],
    }


def _payment(person: int, seq: int) -> Fact:
    facts = streams.stream(person)
    found = [fact for fact in facts if fact.seq == seq and fact.kind == "payment.received"]
    if not found or seq in owing.taken_back(facts):
        raise Http404
    return found[0]
