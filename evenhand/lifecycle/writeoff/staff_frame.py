"""What the pages of waivers and of write-offs have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import Http404
from django.utils.translation import gettext as _

from evenhand.ledger import streams
from evenhand.ledger.loans import borrower_of
from evenhand.ledger.one_loan import Here, here
from evenhand.ledger.two_hands import Proposal
from evenhand.people import persons
from evenhand.people.access import StaffRequest
from evenhand.people.persons import Masked


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


def says() -> Mapping[str, str]:
    """Why it cannot be, by code."""
    return {
        "limit": _("The sum is above the limit of your role."),
        "proposed": _("Something about this loan waits for another hand already."),
        "owed": _("By now less is owed of it than that: propose it anew."),
        "days": _("It is not past due for as long as this reason asks."),
        "state": _("Nothing on record bears this reason out."),
        "fact": _("Nothing on record bears this reason out."),
        "off": _("The loan is written off already."),
        "on": _("The loan is not written off."),
    }
