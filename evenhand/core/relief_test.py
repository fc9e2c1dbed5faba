"""Changes of terms: a loan of 12,000.00 at 12 % a year, one instalment behind on 10 May 2026."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from evenhand.core.columns import KeyedError
from evenhand.core.days import iso
from evenhand.core.deal_test import Deal, number, shape
from evenhand.core.payoff import pay_off, settled
from evenhand.core.position import Payments, stand
from evenhand.core.relief import (
    HOLIDAY,
    INTEREST_PAUSE,
    LATER_DUE_DAY,
    LONGER_TERM,
    LOWER_RATE,
    MORATORIUM,
    PREPAID_SHORTER,
    RE_AGE,
    RE_AMORTISE,
    WORDS,
    Change,
    Changed,
    changed,
)
from evenhand.core.schedule import schedule
from evenhand.core.terms import Terms

DEAL = Deal(12_000_00, 120_000, date(2026, 1, 31), 12)
ON = date(2026, 5, 10)
NONE = Payments(*(np.array([], dtype=np.int64) for _column in range(3)))


def asked(
    words: list[int],
    numbers: dict[str, int] | None = None,
    deal: Deal = DEAL,
    on: date = ON,
    runs: bool = True,
) -> Changed:
    """Each word's change of the same loan, two of its instalments paid in time."""
    one, of = np.ones(len(words), dtype=np.int64), shape([deal] * len(words))
    plan = schedule(of)
    none = np.zeros_like(plan.due_on)
    terms = Terms(
        one, one * 180_000, one * 360, plan.count, plan.due_on,
        plan.principal_minor, plan.interest_minor, none, none,
    )  # fmt: skip
    row, n = np.nonzero(plan.due_minor[:, :2])
    paid = Payments(row, plan.due_on[row, n], plan.due_minor[row, n])
    said = {"count": 2, "due_day": 15, "rate_ppm": 60_000, "until": number(date(2026, 6, 20)),
            "money_minor": 0} | (numbers or {})  # fmt: skip
    change = Change(
        word=np.array(words),
        count=one * said["count"] + 10 * (np.array(words) == LONGER_TERM),
        due_day=one * said["due_day"],
        rate_ppm=one * said["rate_ppm"],
        until=one * said["until"],
        interest_runs=one == runs,
        money_minor=one * said["money_minor"],
    )
    return changed(terms, of, stand(terms, paid, number(on)), change)


def due(found: Changed, loan: int = 0) -> list[tuple[str, int]]:
    """What each instalment still to pay comes to."""
    terms = found.terms
    sums = terms.principal_minor + terms.interest_minor + terms.late_brought_minor
    rows = zip(iso(terms.due_on[loan]).tolist(), sums[loan].tolist(), strict=True)
    return [row for row in rows if row[1]]


def test_two_instalments_skipped_interest_running() -> None:
    """docs/why/relief.md: 2 x 1 % of 9,132.95 is 182.66: 20.29 to each of nine, 20.34 the last."""
    found = asked([HOLIDAY])
    assert due(found)[:3] == [
        ("2026-04-30", 1_071_02),
        ("2026-07-31", 1_086_48),
        ("2026-08-31", 1_086_48),
    ]
    assert due(found)[-1] == ("2027-03-31", 1_086_48)
    assert found.terms.waited_minor is not None
    assert found.terms.waited_minor[0, 3:].tolist() == [20_29] * 8 + [20_34]


def test_two_instalments_skipped_interest_paused() -> None:
    """Not a cent more, two months later."""
    found = asked([HOLIDAY], runs=False)
    assert due(found)[1:3] == [("2026-07-31", 1_066_19), ("2026-08-31", 1_066_19)]


def test_who_pays_off_in_a_holiday_pays_for_the_days_so_far() -> None:
    """30 of the holiday's 61 days of interest, 89.83; from its end on, all of it; and it closes."""
    found = asked([HOLIDAY])
    begin = found.shape.disbursed_on
    sums = []
    for day in (date(2026, 5, 10), date(2026, 6, 9), date(2026, 7, 10)):
        stood = stand(found.terms, NONE, number(day))
        late = stood.late_interest_minor
        sums.append(int((pay_off(found.terms, begin, stood).total_minor - late)[0]))
    assert [later - sums[0] for later in sums[1:]] == [89_83, 182_66]
    on = number(date(2026, 6, 9))
    told = pay_off(found.terms, begin, stand(found.terms, NONE, on))
    closed = settled(found.terms, begin, np.array([on]))
    money = Payments(np.array([0]), np.array([on]), told.total_minor)
    assert stand(closed, money, on + 40).paid_off.tolist() == [True]
    assert stand(closed, money, on + 40).overpaid_minor.tolist() == [0]


def test_the_due_day_moves_to_the_fifteenth() -> None:
    """15 days (30/360) of 9,132.95 at 12 % are 45.66, owed with the next instalment."""
    assert due(asked([LATER_DUE_DAY]))[1:3] == [("2026-06-15", 1_111_85), ("2026-07-15", 1_066_19)]


def test_no_interest_for_some_days() -> None:
    """21 of May's 31 days and 20 of June's 30: 61.87 and 54.39 less, half to even."""
    assert due(asked([INTEREST_PAUSE]))[1:4] == [
        ("2026-05-31", 1_004_32),
        ("2026-06-30", 1_011_80),
        ("2026-07-31", 1_066_19),
    ]


def test_a_moratorium() -> None:
    """Until 20 June: May's instalment comes on 30 June, with interest for 10 days of a month's 31
    and for the days before; late interest of April's stands still until then."""
    found = asked([MORATORIUM])
    assert due(found)[:2] == [("2026-04-30", 1_071_02), ("2026-06-30", 1_033_78)]
    stood = stand(found.terms, NONE, number(date(2026, 6, 20)))
    assert stood.late_interest_minor.tolist() == [4_83]


def test_what_is_past_joins_what_is_left() -> None:
    """April's 965.21 of principal; its 100.98 and 4.83 late are spread and bear nothing."""
    found = asked([RE_AGE])
    assert found.terms.principal_minor[0].tolist()[:3] == [0, 0, 0]
    assert found.terms.earned_minor is not None
    assert found.terms.earned_minor[0, 4:].tolist() == [11_22] * 8
    assert found.terms.late_brought_minor[0, 3:].tolist() == [53] * 8 + [59]
    assert stand(found.terms, NONE, number(ON)).past_due_minor.tolist() == [0]


def test_more_instalments_and_a_lower_rate() -> None:
    """The equal instalment by the formula, beside what May's days so far have earned."""
    longer, lower = asked([LONGER_TERM]), asked([LOWER_RATE])
    assert [row[1] for row in due(longer)[1:4]] == [838_32, 808_86, 808_86]
    assert [row[1] for row in due(lower)[1:4]] == [1_068_10, 1_038_64, 1_038_64]
    assert (longer.shape.count.tolist(), lower.shape.rate_ppm.tolist()) == ([12], [60_000])


def test_one_loan_is_a_batch_of_one() -> None:
    every = list(range(len(WORDS)))
    many = asked(every, {"money_minor": 300_00})
    for word in every:
        alone = asked([word], {"money_minor": 300_00})
        assert due(many, word) == due(alone)
        assert many.shape.count[word] == alone.shape.count[0]
        assert many.terms.count[word] == alone.terms.count[0]


@pytest.mark.parametrize(
    ("key", "word", "numbers"),
    [
        ("count", HOLIDAY, {"count": 0}),
        ("count", HOLIDAY, {"count": 601}),
        ("count", LONGER_TERM, {"count": -1}),
        ("count", LONGER_TERM, {"count": 595}),
        ("due_day", LATER_DUE_DAY, {"due_day": 0}),
        ("due_day", LATER_DUE_DAY, {"due_day": 32}),
        ("due_day", LATER_DUE_DAY, {"due_day": 31}),
        ("rate_ppm", LOWER_RATE, {"rate_ppm": 120_000}),
        ("rate_ppm", LOWER_RATE, {"rate_ppm": -1}),
        ("until", INTEREST_PAUSE, {"until": number(ON)}),
        ("until", MORATORIUM, {"until": number(ON) + 3_661}),
        ("from_day", RE_AMORTISE, {"money_minor": 12_000_00}),
        ("change", len(WORDS) + 1, {}),
    ],
)
def test_what_cannot_be_is_named(key: str, word: int, numbers: dict[str, int]) -> None:
    with pytest.raises(KeyedError) as refused:
        asked([word], numbers)
    assert refused.value.key == key


@pytest.mark.parametrize("multiple", [1, 1_00])
def test_what_would_not_cover_its_interest_is_the_change_that_cannot_be(multiple: int) -> None:
    """At 1000 % by actual days an equal instalment of many months is less than 31 days bear: the
    contract's rate or multiple is none of the change's numbers."""
    deal = replace(DEAL, rate=10_000_000, instalments=5, day_count="actual/365", multiple=multiple)
    with pytest.raises(KeyedError, match="would not cover") as refused:
        asked([RE_AMORTISE, LONGER_TERM], deal=deal)
    assert (refused.value.key, refused.value.row) == ("change", 1)


def test_nothing_is_left_after_the_last_due_day() -> None:
    with pytest.raises(KeyedError, match="no instalment is left"):
        asked([RE_AMORTISE], on=date(2027, 1, 31))


def test_the_row_that_cannot_be_is_named_among_many() -> None:
    with pytest.raises(KeyedError) as refused:
        asked([RE_AMORTISE, HOLIDAY, LATER_DUE_DAY], {"due_day": 31})
    assert refused.value.row == 2


def test_all_rows_that_cannot_be_for_one_reason_are_named_at_once() -> None:
    with pytest.raises(KeyedError) as refused:
        asked([LATER_DUE_DAY, RE_AMORTISE, LATER_DUE_DAY], {"due_day": 31})
    assert refused.value.rows.tolist() == [0, 2]


def test_only_an_equal_instalment_can_be_kept() -> None:
    with pytest.raises(KeyedError, match="only an equal instalment"):
        asked([PREPAID_SHORTER], deal=replace(DEAL, method="equal_principal"))


def test_a_day_that_a_holiday_puts_off_stays_put_off() -> None:
    """Due on Sunday 31 May, to be paid on Monday: on 1 June that period has run out."""
    deal = replace(DEAL, shift="forward")
    moved = asked([HOLIDAY], {"count": 1}, deal)
    assert [row[0] for row in due(moved)[1:3]] == ["2026-06-30", "2026-07-31"]
    with pytest.raises(KeyedError, match="waits for its day"):
        asked([HOLIDAY], deal=deal, on=date(2026, 5, 31))
    early = asked([RE_AMORTISE], deal=replace(DEAL, shift="backward"), on=date(2026, 5, 30))
    begins_on = early.terms.begins_on
    assert begins_on is not None and iso(begins_on[0, 4]).tolist() == "2026-05-31"


def test_months_of_a_bullet_are_not_forgotten() -> None:
    """Interest of the whole term falls due with the last: what is earned by the day stays owed."""
    for method, grace, n in (("bullet", (0, 0, 0), 11), ("equal_instalment", (6, 6, 0), 6)):
        found = asked([RE_AMORTISE], deal=replace(DEAL, method=method, grace=grace))
        earned = found.terms.earned_minor
        assert earned is not None
        assert np.flatnonzero(earned[0]).tolist() == [n]
        if method == "bullet":
            assert earned[0, n] == round(1_440_00 * 99 / 365)


def test_a_month_costs_a_months_interest_whenever_in_it_somebody_asks() -> None:
    """Asked on each day of May with nothing changed, May bears the 91.33 agreed, to a cent (10 days
    of 31 and 21 of 31), though from 10 May to 31 May there are 21 days of 30 by 30/360."""
    agreed = 91_33
    for day in range(1, 31):
        interest = asked([RE_AMORTISE], on=date(2026, 5, day)).terms.interest_minor[0, 3]
        assert abs(int(interest) - agreed) <= 1
    assert asked([RE_AMORTISE]).terms.interest_minor[0, 3] == agreed


def test_asked_twice_in_one_month_it_costs_a_month_still() -> None:
    once = asked([RE_AMORTISE])
    one, none = np.array([1]), np.array([0])
    nothing = Change(one * RE_AMORTISE, none, none, none, none, one > 0, none)
    stood = stand(once.terms, NONE, number(date(2026, 5, 20)))
    twice = changed(once.terms, once.shape, stood, nothing)
    assert abs(int(twice.terms.interest_minor[0, 3]) - 91_33) <= 1
