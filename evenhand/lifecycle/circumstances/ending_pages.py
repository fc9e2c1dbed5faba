"""Staff: a circumstance to be ended before its day. One says why; another looks and approves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from evenhand.ledger import hands, streams, two_hands
from evenhand.ledger.kinds_circumstance import ENDING_DECLINED
from evenhand.ledger.two_hands import Line, Proposal
from evenhand.lifecycle.circumstances import acts
from evenhand.lifecycle.circumstances.circumstances import Circumstance, of_seq
from evenhand.lifecycle.other_hand import Desk
from evenhand.people import persons, staff
from evenhand.people.access import StaffRequest, in_clear, page
from evenhand.people.persons import Masked

LOOK: Final = "circumstance"
"""The purpose of the looks that reading the words makes."""


class Ending(NamedTuple):
    """A proposal for a page: whose, what is to end, why (in clear only while it waits)."""

    line: Line
    who: Masked | None
    one: Circumstance | None
    note: str


@require_POST
@page("ending_approve")
def decide(request: StaffRequest, seq: int) -> HttpResponse:
    """Approve what another proposed, or decline it for a reason."""
    return DESK.decide(request, seq)


@require_POST
@page("ending_propose")
def take_back(request: StaffRequest, seq: int) -> HttpResponse:
    """Take the own proposal back."""
    return DESK.take_back(request, seq)


def lines(request: StaffRequest, found: Sequence[Proposal]) -> list[Ending]:
    """Proposals for the page of a reader; the words of one that waits are a look, logged."""
    told = two_hands.lines(found, request.member.staff, staff.numbers)
    names = persons.masked(sorted({one.said["borrower"] for one in found}))
    return [_ending(request, line, names) for line in told]


def numbers(found: Sequence[Circumstance]) -> dict[int, str]:
    """Employee numbers of who recorded these, by seq."""
    by = {one.seq: hands.staff_of(one.fact.hand) for one in found}
    known = staff.numbers(sorted({member for member in by.values() if member}))
    return {seq: known[member] for seq, member in by.items() if member in known}


@sensitive_variables("note")
def _ending(request: StaffRequest, line: Line, names: Mapping[int, Masked]) -> Ending:
    one, note = line.proposal, ""
    borrower = one.said["borrower"]
    if one.waits and staff.may_see(request.member.role, "circumstance_record"):
        note = in_clear(request, borrower, one.said.get("note", ""), LOOK)
    began = of_seq(streams.stream(borrower), one.said["began"])
    return Ending(line, names.get(borrower), began, note)


def _approve(request: StaffRequest, seq: int) -> str:
    acts.approve(seq, request.member.hand, at=request.clock.now())
    return _("Approved. It has ended, and what it stopped may go on.")


def _says() -> Mapping[str, str]:
    return {
        "ended": _("It does not stand any more."),
        "proposed": _("Its end waits for another hand already."),
        "caller": _("You called this borrower last: somebody else decides."),
    }


DESK: Final = Desk(
    acts.MATTER,
    "circumstances",
    "ending_propose",
    "ending_approve",
    ENDING_DECLINED,
    _approve,
    _says,
)
