"""Staff: who answers for one loan, for how much; invited, asked to pay, or let go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import parties, streams
from evenhand.ledger.answering import Answered
from evenhand.ledger.contact_story import Refusal, by_rule
from evenhand.ledger.facts import Fact
from evenhand.ledger.loans import borrower_of
from evenhand.ledger.one_loan import Here, here
from evenhand.ledger.parties import Invitation, Promise
from evenhand.lifecycle.join import by_law, codes, steps, typed
from evenhand.lifecycle.join.codes import Place
from evenhand.lifecycle.join.party_pages import DESK
from evenhand.lifecycle.join.typed import Form
from evenhand.outbound.contact import ask_other
from evenhand.outbound.contact.ask_other import Verdict
from evenhand.people import persons, staff
from evenhand.people.access import StaffRequest, page
from evenhand.web import rules


class Shown(NamedTuple):
    """Somebody who was invited, as staff see it. `name` is masked, `stood` and `verdict` are of
    whoever joined."""

    invitation: Invitation
    state: str
    name: str
    stood: Answered | None
    verdict: Verdict | None
    refusals: list[Refusal]
    may_recall: bool


@require_GET
@page("parties")
def loan(request: StaffRequest, loan: int) -> HttpResponse:
    """Who answers for the loan, and the form that proposes somebody."""
    return _page(request, *_loan(request, loan), Form())


@require_POST
@sensitive_post_parameters("identity")
@page("party_propose")
def propose(request: StaffRequest, loan: int) -> HttpResponse:
    """Propose somebody who answers by law, or that a court came first."""
    at_loan, facts = _loan(request, loan)
    roles = by_law.open_to(facts, loan, request.clock.today())
    sent = request.FILES.get("paper")
    form = typed.read(request.POST, sent, loan, at_loan.currency, roles)
    if form.wanted is None:
        return _page(request, at_loan, facts, form, 400)
    wanted, hand, now = form.wanted, request.member.hand, request.clock.now()
    return DESK.propose(request, lambda: by_law.propose(wanted, form.paper, hand, at=now))


@require_GET
@page("party_propose")
def letter(request: StaffRequest, loan: int, seq: int) -> HttpResponse:
    """The code on paper, to be handed over or sent as a letter: nothing on it speaks of a loan."""
    at_loan, facts = _loan(request, loan)
    asked = _invitation(at_loan, facts, seq)
    if not asked.is_open(request.clock.today()):
        raise Http404
    told = {"invitation": asked, "code": codes.shown(at_loan.borrower, asked.item)}
    return render(request, "join/letter.html", told)


@require_POST
@page("party_propose")
def recall(request: StaffRequest, loan: int, seq: int) -> HttpResponse:
    """Take an invitation of staff's back, and with it what was joined by it."""
    at_loan, facts = _loan(request, loan)
    _invitation(at_loan, facts, seq)
    place, now = Place(at_loan.borrower, seq), request.clock.now()
    if steps.recall(place, at=now, hand=request.member.hand):
        messages.error(request, _("It is over already, or the applicant invited them."))
    else:
        messages.success(request, _("Taken back. They answer for nothing by it."))
    return redirect("party-loan", loan)


@require_POST
@page("party_ask")
def ask(request: StaffRequest, loan: int, seq: int) -> HttpResponse:
    """Ask whoever joined to pay what they answer for, as far as the gate allows."""
    at_loan, facts = _loan(request, loan)
    asked = _invitation(at_loan, facts, seq)
    promise = _promise(asked, at_loan.borrower)
    if promise is None:
        raise Http404
    done = ask_other.ask(
        asked.person, promise.seq, hand=request.member.hand, at=request.clock.now()
    )
    if done:
        messages.success(request, _("Asked, in their inbox and by a neutral text message."))
    else:
        messages.error(request, _("They may not be asked now: see why below."))
    return redirect("party-loan", loan)


def _loan(request: StaffRequest, loan: int) -> tuple[Here, list[Fact]]:
    """Where the loan stands, and its borrower's stream; Http404 where it has not begun."""
    borrower = borrower_of(loan)
    facts = streams.stream(borrower) if borrower else []
    found = here(facts, loan, request.clock.today())
    if found is None:
        raise Http404
    return found, facts


def _invitation(at_loan: Here, facts: Sequence[Fact], seq: int) -> Invitation:
    found = steps.invitation_at(Place(at_loan.borrower, seq), facts)
    if found is None or found.loan != at_loan.loan:
        raise Http404
    return found


def _page(
    request: StaffRequest, at_loan: Here, facts: list[Fact], form: Form, status: int = 200
) -> HttpResponse:
    today, role = request.clock.today(), request.member.role
    roles = by_law.open_to(facts, at_loan.loan, today)
    told: dict[str, Any] = {
        "here": at_loan,
        "who": persons.masked([at_loan.borrower]).get(at_loan.borrower),
        "parties": _shown(request, at_loan, facts, today),
        "roles": [(one, by_law.EVIDENCE[one]) for one in roles],
        "papers": sorted({paper for one in roles for paper in by_law.EVIDENCE[one]}),
        "estate": any(one in parties.ESTATE for one in roles),
        "form": form,
        "errors": form.errors,
        "may_propose": staff.may_see(role, "party_propose"),
        "may_ask": staff.may_see(role, "party_ask"),
        "may_file": staff.may_see(role, "file"),
    }
    return render(request, "join/party_loan.html", told, status=status)


def _shown(request: StaffRequest, at_loan: Here, facts: Sequence[Fact], today: date) -> list[Shown]:
    found = parties.invitations(facts, at_loan.loan)[::-1]
    names = persons.masked(sorted({one.person for one in found if one.person}))
    return [_one(request, one, at_loan, facts, names) for one in found]


def _one(
    request: StaffRequest, asked: Invitation, at_loan: Here, facts: Sequence[Fact], names: Any
) -> Shown:
    today = request.clock.today()
    expired = asked.state == "open" and not asked.is_open(today)
    promise = _promise(asked, at_loan.borrower)
    verdict = _verdict(request, promise, asked.person) if promise else None
    return Shown(
        asked,
        "expired" if expired else asked.state,
        names[asked.person].name if asked.person in names else "",
        verdict.stood if verdict else None,
        verdict,
        by_rule((cite.rule, cite.cite) for cite in verdict.cites) if verdict else [],
        asked.by_staff and asked.state in ("open", "joined"),
    )


def _verdict(request: StaffRequest, promise: Promise, person: int) -> Verdict:
    return ask_other.verdict(person, promise.seq, at=request.clock.now(), language=rules.tag())


def _promise(asked: Invitation, borrower: int) -> Promise | None:
    """The standing promise of whoever joined by an invitation."""
    if asked.state != "joined":
        return None
    own = parties.promises(streams.stream(asked.person))
    key = (borrower, asked.seq)
    return next((one for one in own if (one.borrower, one.invited) == key), None)
