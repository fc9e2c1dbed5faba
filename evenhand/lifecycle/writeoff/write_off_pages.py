"""Staff: a loan to be taken off the books (核销), or put back where that was a mistake. Finance
says which and on what ground; another, within the limit of the role, sees the same and approves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.ledger import off_books, one_loan, streams, two_hands
from evenhand.ledger.facts import Fact
from evenhand.ledger.kinds_writeoff import WRITE_OFF_DECLINED
from evenhand.ledger.two_hands import Line, Proposal
from evenhand.lifecycle import other_hand
from evenhand.lifecycle.other_hand import Desk
from evenhand.lifecycle.writeoff import limits, writing_off
from evenhand.lifecycle.writeoff.reasons import reasons
from evenhand.lifecycle.writeoff.staff_frame import here_of, says, whose
from evenhand.lifecycle.writeoff.writing_off import MISTAKE, UNDO, WRITE_OFF, Seen, Wanted
from evenhand.people import persons, staff
from evenhand.people.access import StaffRequest, page
from evenhand.people.persons import Masked

OLD_MOST: Final = 50
AGE: Final = "age"


class Waiting(NamedTuple):
    """A proposal, whose loan it is about, what there is to see today (None once decided), why the
    reader cannot approve it: empty where they can; and the principal it took off the books, in
    minor units of `currency`: 0 where it took none."""

    line: Line
    who: Masked | None
    seen: Seen | None
    barred: str
    taken_minor: int = 0
    currency: str = ""


@require_GET
@page("write_offs")
def listed(request: StaffRequest) -> HttpResponse:
    """What waits for another hand, loans past due as long as age alone asks, who decided what."""
    waiting, decided = other_hand.apart(writing_off.proposals())
    days = reasons()[AGE].past_due_days
    told = DESK.may(request) | {
        "waiting": _lines(request, waiting),
        "decided": _lines(request, decided),
        "old": off_books.old(request.clock.today(), days, OLD_MOST),
        "old_days": days,
        "may_file": staff.may_see(request.member.role, "file"),
    }
    return render(request, "writeoff/write_offs.html", told)


@require_GET
@page("write_off_propose")
def find(request: StaffRequest) -> HttpResponse:
    """To a loan by its number."""
    return DESK.find(request, "write-off-new")


@require_http_methods(["GET", "POST"])
@page("write_off_propose")
def new(request: StaffRequest, loan: int) -> HttpResponse:
    """What is owed and on what ground it could be written off; propose it."""
    at_loan, at = here_of(request, loan), request.clock.now()
    facts = streams.stream(at_loan.borrower)
    off = off_books.write_off(facts, loan)
    ways = [MISTAKE] if off else writing_off.borne_out(facts, at_loan, at)
    told: dict[str, Any] = {
        "here": at_loan,
        "who": persons.masked([at_loan.borrower]).get(at_loan.borrower),
        "off": off,
        "recovered_minor": off_books.recovered(facts, off) if off else 0,
        "ways": ways,
        "reasons": reasons(),
        "may_file": staff.may_see(request.member.role, "file"),
    }
    reason = request.POST.get("reason", "")
    if request.method == "GET" or reason not in ways:
        told["error"] = _("Choose the reason.") if request.method == "POST" else ""
        status = 400 if request.method == "POST" else 200
        return render(request, "writeoff/write_off.html", told, status=status)
    asked, hand = Wanted(loan, UNDO if off else WRITE_OFF, reason), request.member.hand
    return DESK.propose(request, lambda: writing_off.propose(asked, hand, at=at))


@require_POST
@page("write_off_approve")
def decide(request: StaffRequest, seq: int) -> HttpResponse:
    """Approve what another proposed, or decline it for a reason."""
    return DESK.decide(request, seq)


@require_POST
@page("write_off_propose")
def take_back(request: StaffRequest, seq: int) -> HttpResponse:
    """Take the own proposal back."""
    return DESK.take_back(request, seq)


def _approve(request: StaffRequest, seq: int) -> str:
    writing_off.approve(seq, request.member.hand, at=request.clock.now())
    return _("Approved. What is owed is as it was.")


DESK: Final = Desk(
    writing_off.MATTER,
    "write-offs",
    "write_off_propose",
    "write_off_approve",
    WRITE_OFF_DECLINED,
    _approve,
    says,
)


def _lines(request: StaffRequest, found: Sequence[Proposal]) -> list[Waiting]:
    told = two_hands.lines(found, request.member.staff, staff.numbers)
    names = whose(found)
    return [_line(request, line, names.get(line.proposal.said["borrower"])) for line in told]


def _taken(facts: Sequence[Fact], one: Proposal, on: date) -> tuple[int, str]:
    """The principal that a decided proposal took off the books, with its currency."""
    held = (fact for fact in facts if fact.kind == off_books.WRITE_OFF)
    fact = next((each for each in held if each.body.get("proposal") == one.seq), None)
    at = one_loan.here(facts, fact.loan, on) if fact else None
    return (fact.body["outstanding_minor"], at.currency) if fact and at else (0, "")


def _line(request: StaffRequest, line: Line, who: Masked | None) -> Waiting:
    one = line.proposal
    facts = streams.stream(one.said["borrower"])
    if not one.waits:
        return Waiting(line, who, None, "", *_taken(facts, one, request.clock.today()))
    seen = writing_off.seen(facts, writing_off.wanted(one), request.clock.now())
    over = seen.here.claim_minor > limits.write_off(request.member.role)
    against = seen.against or ("limit" if over else "")
    return Waiting(line, who, seen, DESK.why(against) if against else "")
