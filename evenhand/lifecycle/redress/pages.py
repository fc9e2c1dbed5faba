"""The own complaints, a borrower's or of whoever answers for a loan: said in under a minute; who
answers by when, the answer, appeal."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.law.routes import Route, routes
from evenhand.ledger import streams
from evenhand.ledger.kinds_state import GROUNDS, SUM
from evenhand.lifecycle import stops
from evenhand.lifecycle.redress import acts, late, sums, typed
from evenhand.lifecycle.redress.complaints import Complaint, Round, complaint_of, complaints_of
from evenhand.lifecycle.redress.typed import Typed
from evenhand.outbound.contact import own_words
from evenhand.people import kept, persons, staff
from evenhand.people.borrowers import BorrowerRequest, page

BORROWER = "borrower"


@page
@require_GET
def mine(request: BorrowerRequest) -> HttpResponse:
    """The own complaints, newest first; who has none yet finds the form at once."""
    found = complaints_of(streams.stream(request.person))
    if not found:
        return new(request)
    return render(request, "redress/mine.html", {"complaints": found[::-1]})


@page
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("text", "about")
def new(request: BorrowerRequest) -> HttpResponse:
    """One tap for what it is about, the rest free: collecting stops as it is sent."""
    facts = streams.stream(request.person)
    loans = typed.loans_of(facts)
    said = typed.read(request.POST, loans) if request.method == "POST" else Typed()
    if request.method == "POST" and not said.errors:
        wanted, at = said.wanted("app"), request.clock.now()
        seq = acts.open_complaint(request.person, wanted, BORROWER, at=at)
        return redirect("complaint-one", seq)
    shown = {"typed": said, "loans": loans, "grounds": GROUNDS, "most": typed.TEXT_MAX}
    shown |= what_stops(request, own=late.concerns(facts, 0)) | outside()
    return render(request, "redress/new.html", shown, status=400 if said.errors else 200)


@page
@require_GET
@sensitive_variables("shown")
def one(request: BorrowerRequest, seq: int) -> HttpResponse:
    """Where a complaint stands: who answers by when, what stops meanwhile, the answer."""
    return _one(request, _mine(request, seq), {})


@page
@require_POST
@sensitive_post_parameters("text")
@sensitive_variables("text")
def appeal(request: BorrowerRequest, seq: int) -> HttpResponse:
    """Not agreed: somebody else goes over it again."""
    found, text = _mine(request, seq), request.POST.get("text", "").strip()
    errors = typed.words_error(text)
    if errors:
        return _one(request, found, errors, text)
    if found.may_be_appealed:
        acts.appeal(request.person, seq, text, "app", BORROWER, at=request.clock.now())
    return redirect("complaint-one", seq)


@require_GET
def pauses(request: HttpRequest) -> HttpResponse:
    """What each pause stops, open to all."""
    today = request.clock.today()  # type: ignore[attr-defined]
    lines = stops.table(today, get_language() or settings.LANGUAGE_CODE)
    return render(request, "redress/pauses.html", {"lines": lines})


def what_stops(request: HttpRequest, ground: str = "", *, own: bool = True) -> dict[str, Any]:
    """The two lists of a complaint's page: what stops at once, what does not; of one about a sum by
    both pauses. `own`: is it about a loan of their own, whose late interest our lateness stops?"""
    today = request.clock.today()  # type: ignore[attr-defined]
    lang = get_language() or settings.LANGUAGE_CODE
    cells = stops.of_complaint(today, lang)
    if ground == SUM:
        _said, disputed = stops.of_state("dispute_open", today, lang)
        cells = [(code, one or dict(disputed)[code]) for code, one in cells]
    return {
        "stopped": [code for code, is_stopped in cells if is_stopped],
        "goes_on": [code for code, is_stopped in cells if not is_stopped],
        "late_interest": own,
    }


def outside() -> dict[str, Any]:
    """Where else to complain: the authorities' lines, and our own telephone."""
    lines: list[Route] = routes(settings.EVENHAND_PACKS)
    tag = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}.get(get_language() or "", "en")
    named = [(line.name[tag], line.number) for line in lines]
    return {"authorities": named, "hotline": settings.EVENHAND_LENDER["hotline"]}


def _mine(request: BorrowerRequest, seq: int) -> Complaint:
    try:
        return complaint_of(streams.stream(request.person), seq)
    except LookupError:
        raise Http404 from None


@sensitive_variables("shown", "text")
def _one(
    request: BorrowerRequest, found: Complaint, errors: dict[str, str], text: str = ""
) -> HttpResponse:
    facts, now = streams.stream(request.person), request.clock.now()
    own = late.concerns(facts, found.loan)
    hands = [round_.owner for round_ in found.rounds]
    hands += [said.by for round_ in found.rounds for said in (round_.answered,) if said]
    shown: dict[str, Any] = {
        "complaint": found,
        "sums": sums.shown_to_them(found, facts, now),
        "answers": sums.answered_for(found, facts, now),
        "rounds": [_told(request.person, round_) for round_ in found.rounds],
        "said": [_words(request.person, text) for text in _own(found)],
        "numbers": staff.numbers(hands),
        "roles": staff.roles(hands),
        "today": request.clock.today(),
        "typed": {"text": text, "errors": errors},
        "most": typed.TEXT_MAX,
    }
    shown |= what_stops(request, found.ground, own=own) | outside()
    return render(request, "redress/one.html", shown, status=400 if errors else 200)


def _own(found: Complaint) -> list[str]:
    texts = [found.rounds[0].text, *(said.text for said in found.added)]
    return [text for text in texts if text]


def _told(person: int, round_: Round) -> dict[str, Any]:
    """A round with its words opened, for the borrower's own eyes."""
    said = {"longer": round_.why_longer, "allowed": round_.allowed, "answer": round_.answered}
    ours = {name: one.text for name, one in said.items() if one and one.text}
    words = {name: own_words.to_read(person, text) for name, text in ours.items()}
    return {"round": round_, "appeal": _words(person, round_.text), **words}


def _words(person: int, text: str) -> str:
    """The words; empty where none are kept any more."""
    try:
        return kept.committed(person, text) if text else ""
    except persons.Erased:
        return ""
