"""The order in which a payment pays, as data: which state of instalment first, which part of it.

An order names all twelve pairs of a state (past due, due, in advance) and a part (late interest,
fee, interest, principal), first to last. Across instalments it is

- horizontal: state by state, in the order in which the states first come; within a state
  instalment by instalment, and within an instalment the parts in the order in which they come;
- vertical: pair by pair, the part of every instalment of the state before the next pair.

What is paid in advance begins with the next instalment, or with the last, or is spread: an equal
sum to each, a small instalment filled and the rest spread on; odd units go to those that owe most,
of equals to the later due. The house's own order (`allocation`) is HOUSE, horizontal, next. Where
what is paid in advance re-amortises, each payment is a change of the terms (`history.lowering`,
`by_day`); what such a change cannot take begins with the next instalment.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from evenhand.core.columns import Bools, Ints, require

STATES: Final = ("past_due", "due", "in_advance")
PAST_DUE, DUE, IN_ADVANCE = range(3)
PARTS: Final = ("late", "fee", "interest", "principal")
LATE, FEE, INTEREST, PRINCIPAL = range(4)
PAIRS: Final = tuple(f"{state}_{part}" for state in STATES for part in PARTS)
HOUSE: Final = tuple(range(len(PAIRS)))
ADVANCES: Final = ("next", "last", "spread", "re_amortise")
NEXT, LAST, SPREAD, RE_AMORTISE = range(4)
RANKS: Final = tuple(range(len(PARTS)))


@dataclass(frozen=True, slots=True)
class Order:
    """Columns [L]: `pairs` [L, 12] the codes of PAIRS, first to last; whether it is vertical; a
    code of ADVANCES."""

    pairs: Ints
    vertical: Bools
    advance: Ints

    def take(self, rows: Ints) -> "Order":
        """The same columns for the loans at `rows`, in that order."""
        return Order(self.pairs[rows], self.vertical[rows], self.advance[rows])


class Paid(NamedTuple):
    """What a payment a loan pays: [4, L, N] by part (PARTS) and instalment, and [L] the rest."""

    parts: Ints
    over: Ints


def house_order(loans: int) -> Order:
    """The house's own order (`allocation`), fees after late interest."""
    pairs = np.broadcast_to(np.array(HOUSE), (loans, len(HOUSE)))
    none = np.zeros(loans, dtype=np.int64)
    return Order(pairs, none.astype(np.bool_), none)


def checked(order: Order) -> Order:
    """The order itself where it names every pair once; else KeyedError naming `order`."""
    every = np.sort(order.pairs, axis=1) == np.array(HOUSE)
    require(every, "order", "does not name every part of every state once")
    known = (order.advance >= NEXT) & (order.advance <= RE_AMORTISE)
    require(known, "advance", f"none of {', '.join(ADVANCES)}")
    last = order.pairs[:, -len(PARTS) :] // len(PARTS) == IN_ADVANCE
    spread = (order.advance != SPREAD)[:, None] | last
    require(spread, "order", "to be spread, what is in advance comes last")
    return order


def pay(money: Ints, owed: Ints, due_on: Ints, on: Ints, order: Order) -> Paid:
    """What `money` [L] pays on `on` [L] of `owed` [4, L, N] (by PARTS, instalments by due day).

    >>> owed = np.array([[[0, 0]], [[0, 0]], [[4, 3]], [[95, 97]]])
    >>> principal_first = Order(np.array([[3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8]]),
    ...                         np.array([True]), np.array([LAST]))
    >>> paid = pay(np.array([150]), owed, np.array([[10, 40]]), np.array([20]), principal_first)
    >>> paid.parts[:, 0].tolist()
    [[0, 0], [0, 0], [4, 0], [95, 51]]
    """
    require(money >= 0, "amount", "below zero")
    checked(order)
    _parts, loans, width = owed.shape
    state = np.where(
        due_on < on[:, None], PAST_DUE, np.where(due_on > on[:, None], IN_ADVANCE, DUE)
    )
    turn = _turns(order, state)
    spread = (order.advance == SPREAD)[:, None] & (state == IN_ADVANCE)
    at_once = np.where(spread, 0, owed)
    cells = at_once.transpose(1, 0, 2).reshape(loans, -1)
    sequence = np.argsort(turn.transpose(1, 0, 2).reshape(loans, -1), axis=1, kind="stable")
    in_turn = np.take_along_axis(cells, sequence, axis=1)
    before = np.cumsum(in_turn, axis=1) - in_turn
    reached = np.clip(money[:, None] - before, 0, in_turn)
    paid = np.empty_like(cells)
    np.put_along_axis(paid, sequence, reached, axis=1)
    parts = paid.reshape(loans, len(PARTS), width).transpose(1, 0, 2)
    left = money - reached.sum(axis=1)
    evenly = _within(_spread(left, np.where(spread, owed, 0).sum(axis=0)), owed * spread, order)
    return Paid(parts + evenly, left - evenly.sum(axis=(0, 2)))


def _turns(order: Order, state: Ints) -> Ints:
    """[4, L, N] when each part of each instalment has its turn; lower comes first."""
    loans, width = state.shape
    place = np.argsort(order.pairs, axis=1).reshape(loans, len(STATES), len(PARTS))
    group = np.argsort(np.argsort(place.min(axis=2), axis=1), axis=1)
    row = np.arange(loans)[:, None]
    number = np.broadcast_to(np.arange(width), state.shape)
    from_last = (order.advance == LAST)[:, None] & (state == IN_ADVANCE)
    number = np.where(from_last, width - 1 - number, number)
    pair = place[row, state].transpose(2, 0, 1)
    span = len(PAIRS) * width
    across = group[row, state] * span + number * len(PAIRS) + pair
    turn: Ints = np.where(order.vertical[:, None], pair * width + number, across)
    return turn


def _spread(money: Ints, owed: Ints) -> Ints:
    """`money` [L] in equal sums over `owed` [L, N], none more than is owed: from the smallest on,
    each takes its share of what is left."""
    loans, width = owed.shape
    sequence = np.argsort(owed, axis=1, kind="stable")
    row, found, left = np.arange(loans), np.zeros_like(owed), money.copy()
    waiting = (owed > 0).sum(axis=1)
    for n in range(width):
        place = sequence[:, n]
        here = owed[row, place]
        share = np.minimum(here, left // np.maximum(waiting, 1))
        found[row, place] = share
        left = left - share
        waiting = waiting - (here > 0)
    return found


def _within(reached: Ints, owed: Ints, order: Order) -> Ints:
    """[4, L, N] a sum for each instalment, paid to its parts in the order of those in advance."""
    place = np.argsort(order.pairs, axis=1)[:, IN_ADVANCE * len(PARTS) :]
    sequence = np.argsort(place, axis=1)
    row, paid = np.arange(len(place)), np.zeros_like(owed)
    left = reached
    for n in RANKS:
        part = sequence[:, n]
        share = np.minimum(left, owed[part, row])
        paid[part, row] = share
        left = left - share
    return paid
