"""The borrower's own loan at a page: as it stands today, with all facts of theirs, read once."""

from typing import NamedTuple

from evenhand.ledger import house, streams
from evenhand.ledger.facts import Fact
from evenhand.lifecycle.repay import owing
from evenhand.lifecycle.repay.owing import Owing
from evenhand.people.borrowers import BorrowerRequest


class Mine(NamedTuple):
    """The loan, and the facts it stands by."""

    one: Owing
    facts: list[Fact]


def mine(request: BorrowerRequest, loan: int) -> Mine:
    """The borrower's own loan today; Http404 for any other."""
    facts = streams.stream(request.person)
    return Mine(owing.among(facts, loan, house.day_number(request.clock.today())), facts)
