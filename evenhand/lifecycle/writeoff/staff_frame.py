"""What the pages of waivers and of write-offs have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _

from evenhand.ledger import streams
from evenhand.ledger.loans import borrower_of
from evenhand.ledger.two_hands import TAKEN_BACK, Matter, NotAllowed, Proposal
from evenhand.lifecycle.writeoff.here import Here, here
from evenhand.people import persons
from evenhand.people.access import StaffRequest
from evenhand.people.persons import Masked

HISTORY_MOST: Final = 20


def here_of(request: StaffRequest, loan: int) -> Here:
    """Where a loan stands today; Http404 where there is none that has begun."""
    borrower = borrower_of(loan)
    found = here(streams.stream(borrower), loan, request.clock.today()) if borrower else None
    if found is None:
        raise Http404
    return found


def whose(found: Sequence[Proposal]) -> Mapping[int, Masked]:
    """The borrowers these proposals are about."""
    return persons.masked(sorted({one.said["borrower"] for one in found}))


def taken_back(request: StaffRequest, matter: Matter, seq: int) -> None:
    """Take the own proposal back, or say why not."""
    try:
        matter.decline(seq, TAKEN_BACK, request.member.hand, at=request.clock.now())
    except NotAllowed as refused:
        messages.error(request, why(refused.args[0]))


def why(code: str) -> str:
    """Why it cannot be, as a sentence."""
    return {
        "own": _("Nobody approves what they proposed themselves: another person decides."),
        "decided": _("It had been decided already."),
        "limit": _("The sum is above the limit of your role."),
        "proposed": _("Something about this loan waits for another hand already."),
        "owed": _("By now less is owed of it than that: propose it anew."),
        "moved": _("The sum has moved since you saw it: look at it again."),
        "days": _("It is not past due for as long as this reason asks."),
        "state": _("Nothing on record bears this reason out."),
        "fact": _("Nothing on record bears this reason out."),
        "off": _("The loan is written off already."),
        "on": _("The loan is not written off."),
    }[code]
