"""One proposes, another decides, once; and the page tells by employee number."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from evenhand.ledger import house, made_up, two_hands
from evenhand.ledger.two_hands import TAKEN_BACK, Matter, NotAllowed, Proposal

pytestmark = pytest.mark.django_db
NOW = made_up.noon(date(2026, 4, 15))
MATTER = Matter(house.PRODUCTS, "product")
SAID = {"product": "demo", "since": "2026-05-01", "terms": {"currency": "CNY"}}
MAKER, CHECKER = "staff:3", "staff:5"


def fourth(one: Proposal) -> Mapping[str, Any]:
    assert one.said == SAID
    return {"version": 4}


def too_late(_one: Proposal) -> Mapping[str, Any]:
    raise NotAllowed("day")


def refusal(act: Any, *said: Any) -> str:
    with pytest.raises(NotAllowed) as refused:
        act(*said, at=NOW)
    return str(refused.value)


def test_another_hand_approves_and_says_what_follows() -> None:
    seq = MATTER.propose(SAID, MAKER, at=NOW)
    assert [(one.waits, one.said) for one in MATTER.all()] == [(True, SAID)]
    one = MATTER.approve(seq, CHECKER, fourth, at=NOW + 1)
    assert (one.state, one.given, one.decided_by) == ("approved", {"version": 4}, CHECKER)
    assert (one.decided_at, one.reason) == (NOW + 1, "")
    assert MATTER.all() == [one]


def test_nobody_decides_about_their_own_but_to_take_it_back() -> None:
    seq = MATTER.propose(SAID, MAKER, at=NOW)
    assert refusal(MATTER.approve, seq, MAKER, fourth) == "own"
    assert refusal(MATTER.decline, seq, "price", MAKER) == "own"
    assert refusal(MATTER.decline, seq, TAKEN_BACK, CHECKER) == "own"
    MATTER.decline(seq, TAKEN_BACK, MAKER, at=NOW)
    assert [(one.state, one.reason) for one in MATTER.all()] == [("declined", TAKEN_BACK)]


def test_what_is_decided_or_was_never_proposed_is_not_decided_again() -> None:
    seq = MATTER.propose(SAID, MAKER, at=NOW)
    MATTER.decline(seq, "price", CHECKER, at=NOW)
    assert refusal(MATTER.approve, seq, CHECKER, fourth) == "decided"
    assert refusal(MATTER.decline, seq, "price", CHECKER) == "decided"
    assert refusal(MATTER.approve, seq + 7, CHECKER, fourth) == "decided"


def test_what_the_check_refuses_waits_on() -> None:
    seq = MATTER.propose(SAID, MAKER, at=NOW)
    assert refusal(MATTER.approve, seq, CHECKER, too_late) == "day"
    assert [one.waits for one in MATTER.all()] == [True]


def test_lines_say_who_and_whether_it_is_the_readers_own() -> None:
    first = MATTER.propose(SAID, MAKER, at=NOW)
    MATTER.propose(SAID, CHECKER, at=NOW)
    MATTER.approve(first, CHECKER, fourth, at=NOW)
    asked: list[list[int]] = []

    def numbers(ids: list[int]) -> dict[int, str]:
        asked.append(ids)
        return {3: "E3", 5: "E5"}

    found = two_hands.lines(MATTER.all(), 5, numbers)
    assert [(line.by, line.decided_by, line.own) for line in found] == [
        ("E5", "", True),
        ("E3", "E5", False),
    ]
    assert asked == [[3, 5]]
