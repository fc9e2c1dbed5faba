"""Staff: who answers by law, or ratifies. One says on what evidence, another looks and approves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import streams, two_hands
from evenhand.ledger.kinds_party import WHY_NOT
from evenhand.ledger.two_hands import Line, Proposal
from evenhand.lifecycle import other_hand
from evenhand.lifecycle.join import by_law, typed
from evenhand.lifecycle.other_hand import Desk
from evenhand.people import look, persons, staff
from evenhand.people.access import StaffRequest, page
from evenhand.people.look import Look
from evenhand.people.persons import Masked
from evenhand.web.uploads import kind_of

LOOK: Final = "legal_request"
"""The purpose of the look that opening a document is."""


class Waiting(NamedTuple):
    """A proposal, whose loan it is about, and why it cannot be approved today: empty where it can
    or was decided."""

    line: Line
    who: Masked | None
    barred: str


@require_GET
@page("parties")
def listed(request: StaffRequest) -> HttpResponse:
    """What waits for another hand, and who decided what."""
    waiting, decided = other_hand.apart(by_law.MATTER.all())
    told = DESK.may(request) | {
        "waiting": _lines(request, waiting),
        "decided": _lines(request, decided),
        "may_file": staff.may_see(request.member.role, "file"),
    }
    return render(request, "join/parties.html", told)


@require_GET
@page("parties")
def find(request: StaffRequest) -> HttpResponse:
    """To a loan by its number."""
    return DESK.find(request, "party-loan")


@require_POST
@page("party_approve")
def decide(request: StaffRequest, seq: int) -> HttpResponse:
    """Approve what another proposed, or decline it for a reason."""
    return DESK.decide(request, seq)


@require_POST
@page("party_propose")
def take_back(request: StaffRequest, seq: int) -> HttpResponse:
    """Take the own proposal back."""
    return DESK.take_back(request, seq)


@require_POST
@page("party_approve")
def paper(request: StaffRequest, seq: int) -> HttpResponse:
    """The document that a proposal rests on: a look, logged."""
    one = next((each for each in by_law.MATTER.all() if each.seq == seq), None)
    if one is None or "paper" not in one.said:
        raise Http404
    borrower, now = one.said["borrower"], request.clock.now()
    try:
        plain = persons.open_bytes(borrower, one.said["paper"])
    except KeyError as gone:
        raise Http404 from gone
    look.write(Look(borrower, now, request.member.staff, "paper", LOOK))
    answer = HttpResponse(plain, content_type=kind_of(plain, typed.KINDS))
    answer.headers["Content-Disposition"] = "attachment"
    return answer


def _approve(request: StaffRequest, seq: int) -> str:
    by_law.approve(seq, request.member.hand, at=request.clock.now())
    return _("Approved. Where somebody is invited, their code is on the page of the loan.")


def says() -> Mapping[str, str]:
    """Why it cannot be, by code."""
    return {
        "over": _("Nothing is owed of this loan."),
        "ground": _("What this asks for is not on record: record it first."),
        "enough": _("As many as can be invited at once are invited."),
        "guarantee": _("No guarantee of this loan waits for a court."),
        "proposed": _("The same waits for another hand already."),
    }


DESK: Final = Desk(
    by_law.MATTER, "parties", "party_propose", "party_approve", WHY_NOT, _approve, says
)


def _lines(request: StaffRequest, found: Sequence[Proposal]) -> list[Waiting]:
    told = two_hands.lines(found, request.member.staff, staff.numbers)
    names = persons.masked(sorted({one.said["borrower"] for one in found}))
    return [_line(request, line, names) for line in told]


def _line(request: StaffRequest, line: Line, names: Mapping[int, Any]) -> Waiting:
    one = line.proposal
    facts = streams.stream(one.said["borrower"]) if one.waits else []
    why = by_law.against(facts, by_law.wanted(one), request.clock.today()) if one.waits else ""
    return Waiting(line, names.get(one.said["borrower"]), DESK.why(why) if why else "")
