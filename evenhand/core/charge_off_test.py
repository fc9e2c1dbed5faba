"""A loan's day of charge-off, against a loop that looks at one loan on every day."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.charge_off import due
from evenhand.core.days import NEVER
from evenhand.core.position import Payments, stand
from evenhand.core.terms import Terms

AGE, NOTIFIED = 120, 60
DUE = 100


def a_loan(loans: int) -> Terms:
    """One instalment of 500.00, due on day 100, `loans` times."""
    one = np.ones(loans, dtype=np.int64)
    cell = one[:, None]
    return Terms(one, one, one * 360, one, cell * DUE, cell * 50_000, cell, cell * 0, cell * 0)


def found(on: Any, notified_on: Any, done: Any, paid: int = 0) -> Any:
    on = np.atleast_1d(np.asarray(on, dtype=np.int64))
    zero = np.zeros(1 if paid else 0, dtype=np.int64)
    payments = Payments(zero, zero + DUE, zero + paid)
    position = stand(a_loan(len(on)), payments, on)
    told = np.broadcast_to(np.asarray(notified_on, dtype=np.int64), on.shape)
    gone = np.broadcast_to(np.asarray(done, dtype=np.bool_), on.shape)
    return due(position, told, gone, AGE, NOTIFIED)


def test_on_its_day_and_on_none_before() -> None:
    days = [DUE, DUE + 1, DUE + 119, DUE + 120, DUE + 500]
    told = found(days, NEVER, False)
    assert told.now.tolist() == [False, False, False, True, True]
    assert told.look_on.tolist() == [NEVER, DUE + 120, DUE + 120, NEVER, NEVER]
    assert not told.by_bankruptcy.any()


def test_a_bankruptcy_told_of_brings_the_day_forward_and_never_back() -> None:
    told = found([89, 90, DUE + 119, DUE + 120], [30, 30, DUE + 100, DUE + 100], False)
    assert told.now.tolist() == [False, True, False, True]
    assert told.by_bankruptcy.tolist() == [False, True, False, False]
    assert told.look_on.tolist() == [90, NEVER, DUE + 120, NEVER]


def test_once_and_not_where_nothing_is_owed() -> None:
    for told in (found(DUE + 200, 0, True), found(DUE + 200, 0, False, paid=50_001)):
        assert not told.now.any() and told.look_on.tolist() == [NEVER]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 260),
    st.one_of(st.just(NEVER), st.integers(0, 260)),
    st.booleans(),
    st.sampled_from((0, 20_000, 50_001)),
)
def test_the_next_day_is_the_first_on_which_it_comes(
    on: int, notified_on: int, done: bool, paid: int
) -> None:
    told = found(on, notified_on, done, paid)
    owes = paid < 50_001 or on < DUE

    def comes(day: int) -> bool:
        late = owes and day > DUE and day - DUE >= AGE
        broke = owes and notified_on != NEVER and day - notified_on >= NOTIFIED
        return not done and (late or broke)

    assert bool(told.now[0]) == comes(on)
    if on > DUE and owes:
        later = [day for day in range(on + 1, 700) if comes(day) and not comes(on)]
        assert told.look_on[0] == (later[0] if later else NEVER)
