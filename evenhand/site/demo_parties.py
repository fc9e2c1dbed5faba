"""Who answers by law for the loan of a made-up borrower: two of staff invite them, they agree.

By the acts of the pages: proposed on a paper, approved by another hand, the code made, what it
means read, and agreed to.
"""

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from evenhand.ledger import house, parties, streams
from evenhand.ledger.kinds_party import INVITE
from evenhand.lifecycle.join import by_law, identity, steps, words
from evenhand.lifecycle.join.codes import Place
from evenhand.site.demo_changes import COMPLIANCE, SUPERVISOR, Moment


def answer(person: int, lang: str, here: Moment, said: Mapping[str, Any]) -> None:
    """The person answers from now on for the borrower's loan `here`, as `said`: the role, the paper
    that shows it, and of an estate what it is worth."""
    who, worth = identity.digest_of_person(person), said.get("limit_minor", 0)
    asked = by_law.Wanted(here.loan, INVITE, said["role"], said["evidence"], who, worth)
    by_law.approve(by_law.propose(asked, b"", SUPERVISOR, at=here.at), COMPLIANCE, at=here.at)
    facts = streams.stream(here.person)
    place = Place(here.person, parties.invitations(facts, here.loan)[-1].seq)
    with translation.override(lang):
        read = words.asked(place, facts, house.day_of(here.at))
        assert read, "the loan is owed"
        refusal = steps.join(place, person, words.text(read), at=here.at)
    assert not refusal, refusal
