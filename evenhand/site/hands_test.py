"""Two hands do all the work once, and only where there is enough of it."""

import threading
from collections.abc import Sequence

import pytest

from evenhand.ledger.parts import PARTS
from evenhand.site.hands import Hands


def test_a_small_day_is_done_by_one_hand() -> None:
    hands = Hands(many=10)
    assert hands.work(9, list) == [list(range(PARTS))]
    hands.rest()


def test_a_big_day_is_done_by_two_at_once_each_part_by_one() -> None:
    hands = Hands(many=10)
    both = threading.Barrier(2, timeout=30)

    def some(parts: Sequence[int]) -> list[int]:
        both.wait()  # passes only where both work at the same time
        return list(parts)

    left, right = hands.work(10, some)
    assert sorted(left + right) == list(range(PARTS))
    hands.rest()


def test_what_the_other_hand_could_not_do_is_heard_of() -> None:
    hands = Hands(many=10)

    def some(parts: Sequence[int]) -> None:
        if 1 in parts:
            raise ValueError("part 1")

    with pytest.raises(ValueError, match="part 1"):
        hands.work(10, some)
    hands.rest()
