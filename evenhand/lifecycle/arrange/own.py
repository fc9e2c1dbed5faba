"""A person's own loan and plan at a page: where it stands, what was read, our words opened."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404

from evenhand.ledger import one_loan, states, streams
from evenhand.ledger.one_loan import Here
from evenhand.ledger.plans import Plan
from evenhand.lifecycle.arrange.acts import TIME_BARRED
from evenhand.outbound.contact import own_words
from evenhand.people.borrowers import BorrowerRequest

READ: Final = "read"


def here_of(request: BorrowerRequest, loan: int) -> Here:
    """Where the person's own loan stands today; 404 of any other."""
    found = one_loan.here(streams.stream(request.person), loan, request.clock.today())
    if found is None:
        raise Http404
    return found


def read_of(request: BorrowerRequest) -> str:
    """What the person has read first, as the page's address or form says."""
    return request.GET.get(READ) or request.POST.get(READ, "")


def unread(request: BorrowerRequest, loan: int) -> bool:
    """Is the debt time-barred, and has the person not gone on past what is said of that?"""
    barred = states.stands(request.person, loan, TIME_BARRED, at=request.clock.now())
    return barred and request.GET.get(READ) != TIME_BARRED


def told(person: int, found: Plan) -> dict[str, Any]:
    """A plan with our words to it opened, for the borrower's own eyes."""
    return {"plan": found, "answer": own_words.to_read(person, found.answer_text)}
