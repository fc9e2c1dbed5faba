"""Hand-made clients: what the file says about a month, and what such a person then pays."""

from datetime import date

import numpy as np

from evenhand.core.days import NEVER
from evenhand.site.replay.behaviour import Behaviour, behave, month_ends, paying

EPOCH = date(1970, 1, 1)


def client(*pay: int) -> Behaviour:
    return behave(np.array([pay]))


def paid_on(behaviour: Behaviour) -> list[str]:
    days = behaviour.paying_on[0].tolist()
    return [
        "-" if day == NEVER else date.fromordinal(day + EPOCH.toordinal()).isoformat()
        for day in days
    ]


def test_who_is_never_late_pays_every_due_day() -> None:
    always = client(-2, -1, 0, 0, -1, -2)
    assert always.paid.tolist() == [[1, 1, 1, 1, 1, 1]]
    assert paid_on(always) == [
        "2026-04-01",
        "2026-05-01",
        "2026-06-01",
        "2026-07-01",
        "2026-08-01",
        "2026-09-01",
    ]


def test_months_late_grow_by_at_most_one_a_month() -> None:
    assert client(8, 8, 8, 8, 8, 8).late.tolist() == [[0, 1, 2, 3, 4, 5, 6]]
    assert client(8, 8, 8, 8, 8, 8).paid.tolist() == [[0, 0, 0, 0, 0, 0]]


def test_who_never_pays_has_no_paying_day() -> None:
    assert paid_on(client(8, 8, 8, 8, 8, 8)) == ["-"] * 6


def test_catching_up_pays_two_ten_days_after_the_due_day() -> None:
    caught_up = client(1, 0, 0, 0, 0, 0)
    assert caught_up.paid.tolist() == [[0, 2, 1, 1, 1, 1]]
    assert paid_on(caught_up)[:3] == ["-", "2026-05-11", "2026-06-01"]


def test_staying_one_month_behind_pays_one_ten_days_after() -> None:
    behind = client(1, 1, 1, 0, 0, 0)
    assert behind.paid.tolist() == [[0, 1, 1, 2, 1, 1]]
    assert paid_on(behind)[:4] == ["-", "2026-05-11", "2026-06-11", "2026-07-11"]


def test_falling_from_three_months_late_to_none_pays_four() -> None:
    assert client(1, 2, 3, 0, 0, 0).paid.tolist() == [[0, 0, 0, 4, 1, 1]]


def test_who_pays_on_a_day_and_how_many() -> None:
    both = behave(np.array([[0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0]]))
    may_first = (date(2026, 5, 1) - EPOCH).days
    assert paying(both, may_first).row.tolist() == [0]
    assert paying(both, may_first + 10).row.tolist() == [1]
    assert paying(both, may_first + 10).instalments.tolist() == [2]


def test_the_months_that_end_within_a_run() -> None:
    all_six = list(month_ends(date(2026, 3, 1), date(2026, 9, 30)))
    assert all_six[0] == (1, date(2026, 5, 1)) and all_six[-1] == (6, date(2026, 10, 1))
    assert list(month_ends(date(2026, 3, 1), date(2026, 5, 30))) == [(1, date(2026, 5, 1))]
