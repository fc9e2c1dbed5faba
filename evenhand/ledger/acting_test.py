"""Who acts on a stream decides by what stands there, also where another was quicker."""

from collections.abc import Sequence
from datetime import date

import pytest

from evenhand.ledger import made_up as m
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.streams import Moved, append, stream

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)


def enrol_once(facts: Sequence[Fact]) -> list[Draft]:
    return [] if facts else [m.enrolled(D)]


def test_what_is_said_already_is_not_said_again() -> None:
    assert [fact.seq for fact in act(41, enrol_once, at=m.noon(D))] == [1]
    assert act(41, enrol_once, at=m.noon(D)) == []


def test_the_slower_decides_again_on_what_the_quicker_wrote() -> None:
    seen: list[int] = []

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        seen.append(len(facts))
        if not facts:
            append(41, [m.enrolled(D)], at=m.noon(D), expected_seq=0)
        return [m.signed(7, D)]

    act(41, decide, at=m.noon(D))
    assert seen == [0, 1]
    assert [fact.kind for fact in stream(41)] == ["borrower.enrolled", "loan.signed"]


def test_a_stream_that_never_stands_still_is_said_so() -> None:
    def decide(facts: Sequence[Fact]) -> list[Draft]:
        append(41, [m.enrolled(D)], at=m.noon(D), expected_seq=len(facts))
        return [m.enrolled(D)]

    with pytest.raises(Moved, match="41"):
        act(41, decide, at=m.noon(D))
