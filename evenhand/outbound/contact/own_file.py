"""What a person's file knows that words may name: amounts of the ledger, consequences planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any, Final

import numpy as np

from evenhand.core import payoff
from evenhand.ledger import house, standing
from evenhand.ledger.contact_story import contacts
from evenhand.ledger.facts import Fact
from evenhand.outbound.contact.guard.consequences import Planned

SECOND: Final = 1_000_000
MINOR: Final = "_minor"
STEPS: Final = "steps"
"""The key of a plan's steps: [day, amount] each."""


def amounts(person: int, facts: Sequence[Fact], at: int) -> frozenset[int]:
    """Every amount the ledger has of this person, minor units: of loans, payments, plans, offers.

    What is owed, past due and due next, the instalments and their parts, the pay-off of the day,
    each for a loan and for all of them, by these `facts`: those of a moment gone by say what was
    known then. And as they stand now, of the loans of others that the person answers for.
    """
    found = {abs(fact.amount) for fact in facts if fact.amount}
    for fact in facts:
        found.update(figures(fact.body))
    on = house.day_number(house.day_of(at))
    others = {fact.body["borrower"] for fact in facts if fact.kind == "party.joined"} - {person}
    books = [standing.stand([other], on) for other in sorted(others)]
    for stood in (standing.stand_by(facts, on), *books):
        if len(stood.loan):
            found |= _of_loans(stood)
    return frozenset(found)


def planned(facts: Sequence[Fact], at: int) -> list[Planned]:
    """The consequences this file has: a visit intended for a day to come, an agency told of and not
    taken back, whether it begins or has begun (words may say of either only what is so)."""
    today = house.day_of(at)
    ended = {fact.cause for fact in facts if fact.kind == "state.ended"}
    visits = [
        Planned("visit", house.day_of(int(one.first.body["due_at"])))
        for one in contacts(facts)
        if one.channel == "visit" and one.outcome == "waiting"
        if house.day_of(int(one.first.body["due_at"])) >= today
    ]
    placed = [
        Planned("agency", house.day_of(int(fact.body["since"])))
        for fact in facts
        if fact.kind == "state.began"
        and fact.body["state"] == "placed_with_agency"
        and "since" in fact.body
        and fact.seq not in ended
    ]
    return [*visits, *placed]


def _of_loans(stood: standing.Standing) -> set[int]:
    """The amounts of loans on their day, of each and of all together."""
    paid_off = payoff.pay_off(stood.terms, stood.begins_on, stood.position)
    columns = [
        found
        for of in (stood.position, stood.terms, paid_off)
        for column in fields(of)
        if column.name.endswith(MINOR) or column.name.startswith("owed_")
        if (found := getattr(of, column.name)) is not None
    ]
    position = stood.position
    columns += [stood.terms.principal_minor + stood.terms.interest_minor]
    if stood.terms.fee_minor is not None:
        columns += [columns[-1] + stood.terms.fee_minor]
    columns += [position.owed_minor]
    sums = [column.sum() for column in columns if column.ndim == 1]
    return {int(minor) for column in (*columns, np.array(sums)) for minor in column.flat}


def figures(body: Any) -> Iterator[int]:
    """The amounts in a body or the like: what is under a key that ends so, at any depth."""
    if isinstance(body, list):
        for each in body:
            yield from figures(each)
    if isinstance(body, dict):
        for key, value in body.items():
            if key.endswith(MINOR) and isinstance(value, int):
                yield value
            elif key == STEPS:
                yield from (int(amount) for _day, amount in value)
            else:
                yield from figures(value)
