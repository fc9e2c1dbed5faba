"""Orders of allocation against a purse emptied coin by coin, in the order's own words."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core import orders
from evenhand.core.allocation import Parts, allocate
from evenhand.core.columns import Ints, KeyedError
from evenhand.core.orders import ADVANCES, HOUSE, PAIRS, PARTS, STATES, Order

ON = 100


@dataclass
class Case:
    """A payment, instalments (due day; late, fee, interest, principal), an order in words."""

    money: int
    instalments: list[tuple[int, list[int]]]
    pairs: list[str]
    vertical: bool
    advance: str


def state_of(due_on: int) -> str:
    return STATES[0] if due_on < ON else STATES[1] if due_on == ON else STATES[2]


def turns(case: Case) -> list[tuple[int, int]]:
    """(instalment, part) in the order in which they are paid; what is spread is left out."""
    at_once = [
        n for n, (due_on, _) in enumerate(case.instalments)
        if not (case.advance == "spread" and state_of(due_on) == "in_advance")
    ]  # fmt: skip
    found = []
    if case.vertical:
        for pair in case.pairs:
            for n in walked(case, at_once):
                for part in range(4):
                    if f"{state_of(case.instalments[n][0])}_{PARTS[part]}" == pair:
                        found.append((n, part))
        return found
    for state in dict.fromkeys(pair.rsplit("_", 1)[0] for pair in case.pairs):
        parts = [
            PARTS.index(pair.rsplit("_", 1)[1])
            for pair in case.pairs
            if pair.startswith(state + "_")
        ]
        for n in walked(case, at_once):
            if state_of(case.instalments[n][0]) == state:
                found += [(n, part) for part in parts]
    return found


def walked(case: Case, numbers: list[int]) -> list[int]:
    ahead = [n for n in numbers if state_of(case.instalments[n][0]) == "in_advance"]
    others = [n for n in numbers if n not in ahead]
    return others + (ahead[::-1] if case.advance == "last" else ahead)


def slowly(case: Case) -> tuple[list[list[int]], int]:
    owed = [list(parts) for _, parts in case.instalments]
    paid, purse = [[0] * 4 for _ in owed], case.money
    for n, part in turns(case):
        coins = min(purse, owed[n][part])
        paid[n][part], purse = coins, purse - coins
    if case.advance == "spread":
        purse = spread(case, owed, paid, purse)
    return paid, purse


def spread(case: Case, owed: list[list[int]], paid: list[list[int]], purse: int) -> int:
    """Coin by coin in rounds, to each instalment that is not full; the odd coins to the later due,
    of two the one that owes more."""
    ahead = [n for n in range(len(owed)) if state_of(case.instalments[n][0]) == "in_advance"]
    sums = [0] * len(owed)
    open_ = [n for n in ahead if sum(owed[n])]
    while purse and open_:
        by_need = sorted(open_, key=lambda n: (sum(owed[n]), n))
        for n in by_need[-purse:] if purse < len(by_need) else by_need:
            sums[n], purse = sums[n] + 1, purse - 1
        open_ = [n for n in open_ if sums[n] < sum(owed[n])]
    parts = [
        PARTS.index(pair.rsplit("_", 1)[1]) for pair in case.pairs if pair.startswith("in_adv")
    ]
    for n in ahead:
        for part in parts:
            paid[n][part] = min(sums[n], owed[n][part])
            sums[n] -= paid[n][part]
    return purse


def columns(cases: list[Case]) -> tuple[Ints, Ints, Ints, Ints, Order]:
    width = max(len(case.instalments) for case in cases)
    pad = (ON + 999, [0, 0, 0, 0])
    rows = [case.instalments + [pad] * (width - len(case.instalments)) for case in cases]
    order = Order(
        np.array([[PAIRS.index(pair) for pair in case.pairs] for case in cases]),
        np.array([case.vertical for case in cases]),
        np.array([ADVANCES.index(case.advance) for case in cases]),
    )
    owed = np.array([[parts for _, parts in row] for row in rows]).transpose(2, 0, 1)
    due_on = np.array([[day for day, _ in row] for row in rows])
    return np.array([case.money for case in cases]), owed, due_on, np.full(len(cases), ON), order


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    advance = draw(st.sampled_from(ADVANCES))
    pairs = draw(st.permutations(PAIRS))
    if advance == "spread":
        pairs = sorted(pairs, key=lambda pair: pair.startswith("in_advance"))
    days = sorted(
        draw(st.lists(st.sampled_from([80, 90, ON, 110, 120, 130]), min_size=1, max_size=6))
    )
    owed = [draw(st.lists(st.integers(0, 9), min_size=4, max_size=4)) for _ in days]
    money = draw(st.integers(0, 120))
    return Case(money, list(zip(days, owed, strict=True)), pairs, draw(st.booleans()), advance)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(any_case(), min_size=1, max_size=4))
def test_a_payment_by_any_order_coin_by_coin(cases: list[Case]) -> None:
    paid = orders.pay(*columns(cases))
    for loan, case in enumerate(cases):
        expected, over = slowly(case)
        found = paid.parts[:, loan].T[: len(expected)].tolist()
        assert (found, int(paid.over[loan])) == (expected, over)
        assert sum(map(sum, found)) + over == case.money


@settings(derandomize=True, deadline=None, max_examples=100)
@given(any_case())
def test_the_houses_order_is_allocations(case: Case) -> None:
    case = Case(case.money, case.instalments, list(PAIRS), False, "next")
    money, owed, due_on, on, order = columns([case])
    found = orders.pay(money, owed, due_on, on, order)
    late = owed[0] + owed[1]
    expected = allocate(money, Parts(late, owed[2], owed[3]))
    assert (found.parts[0] + found.parts[1]).tolist() == expected.paid.late.tolist()
    assert found.parts[2].tolist() == expected.paid.interest.tolist()
    assert found.parts[3].tolist() == expected.paid.principal.tolist()
    assert found.over.tolist() == expected.over.tolist()


BOOK = [(90, [1, 0, 10, 100]), (ON, [0, 0, 9, 101]), (110, [0, 0, 8, 102]), (120, [0, 0, 7, 103])]


@pytest.mark.parametrize(
    ("vertical", "advance", "money", "expected"),
    [
        (False, "next", 250, [[1, 10, 100], [0, 9, 101], [0, 8, 21], [0, 0, 0]]),
        (False, "last", 250, [[1, 10, 100], [0, 9, 101], [0, 0, 0], [0, 7, 22]]),
        (False, "spread", 252, [[1, 10, 100], [0, 9, 101], [0, 8, 7], [0, 7, 9]]),
        (True, "next", 250, [[1, 10, 100], [0, 9, 101], [0, 8, 14], [0, 7, 0]]),
    ],
)
def test_a_table_to_read(
    vertical: bool, advance: str, money: int, expected: list[list[int]]
) -> None:
    """docs/why/allocation.md: the same payment by four orders (no fees)."""
    paid = orders.pay(*columns([Case(money, BOOK, list(PAIRS), vertical, advance)])).parts[:, 0]
    assert paid[[0, 2, 3]].T.tolist() == expected


def test_an_order_that_forgets_a_part_is_named() -> None:
    pairs = np.array([[*HOUSE[:-1], 0]])
    with pytest.raises(KeyedError, match="order: does not name"):
        orders.checked(Order(pairs, np.array([False]), np.array([0])))
    with pytest.raises(KeyedError, match="advance: none of"):
        orders.checked(Order(np.array([HOUSE]), np.array([False]), np.array([4])))
    ahead = np.array([[*HOUSE[8:], *HOUSE[:8]]])
    with pytest.raises(KeyedError, match="order: to be spread"):
        orders.checked(Order(ahead, np.array([False]), np.array([orders.SPREAD])))
