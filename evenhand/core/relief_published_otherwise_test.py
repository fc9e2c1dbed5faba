"""Published relief that comes out otherwise than ours, on purpose: theirs beside ours.

Each with the reason of `docs/why/relief.md`; where another reading of the terms makes both equal,
that is shown.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from evenhand.core.deal_test import Deal, number, shape
from evenhand.core.payoff import pay_off
from evenhand.core.position import stand
from evenhand.core.relief_published_test import (
    NONE,
    ONE,
    PAUSES,
    RATES,
    RE_AGED,
    RE_AMORTISED,
    RESCHEDULE,
    SIX,
    WHOLE,
    Told,
    after,
    agreed,
    left,
    rows,
)
from evenhand.core.schedule import schedule

MARCH, APRIL = date(2024, 3, 15), date(2024, 4, 15)


@dataclass(frozen=True)
class Otherwise:
    """What is published, what is ours, the rate of late interest that ours is asked with."""

    told: Told
    ours: str
    late: int = 0


OTHERWISE = {
    "a lower rate in the midst of a month": [
        Otherwise(
            Told(RATES + " C3916", SIX, 1,
                 ((date(2024, 2, 15), "lower_rate", {"rate_ppm": 40_000}),),
                 "2024-03-01 16.52 0.38, 2024-04-01 16.68 0.22, 2024-05-01 16.73 0.17,"
                 "2024-06-01 16.79 0.11, 2024-07-01 16.85 0.06"),
            "2024-03-01 16.71 0.38, 2024-04-01 16.63 0.22, 2024-05-01 16.68 0.17,"
            "2024-06-01 16.74 0.11, 2024-07-01 16.81 0.06"),
        Otherwise(
            Told(RATES + " C3917", SIX, 2,
                 ((date(2024, 3, 10), "lower_rate", {"rate_ppm": 40_000}),),
                 "2024-04-01 16.64 0.27, 2024-05-01 16.74 0.17, 2024-06-01 16.80 0.11,"
                 "2024-07-01 16.87 0.06"),
            "2024-04-01 16.73 0.27, 2024-05-01 16.72 0.17, 2024-06-01 16.78 0.11,"
            "2024-07-01 16.82 0.06"),
    ],
    "flat interest on what is left": [
        Otherwise(
            Told(RESCHEDULE + " C2809", Deal(3_000_00, 120_000, date(2023, 7, 1), 3, method="flat"),
                 1, ((date(2023, 8, 1), "lower_rate", {"rate_ppm": 60_000}),),
                 "2023-09-01 1000 15, 2023-10-01 1000 15"),
            "2023-09-01 1000 10, 2023-10-01 1000 10"),
    ],
    "a pause over two months": [
        Otherwise(
            Told(PAUSES + " C3476", SIX, 1,
                 ((date(2024, 2, 9), "interest_pause", {"until": date(2024, 3, 10)}),),
                 "2024-03-01 16.88 0.13, 2024-04-01 16.73 0.28, 2024-05-01 16.72 0.29,"
                 "2024-06-01 16.82 0.19, 2024-07-01 16.42 0.10"),
            "2024-03-01 16.52 0.14, 2024-04-01 16.62 0.28, 2024-05-01 16.72 0.29,"
            "2024-06-01 16.81 0.20, 2024-07-01 16.90 0.10"),
    ],
    "the odd unit": [
        Otherwise(
            Told(RE_AMORTISED + " C3069", WHOLE, 0, ((date(2024, 1, 25), "re_age", {}),),
                 "2024-01-31 187 0, 2024-02-15 188 0"),
            "2024-01-31 188 0, 2024-02-15 187 0"),
    ],
    "what is past joins what is left": [
        Otherwise(
            Told(RE_AMORTISED + " C4389", SIX, 1, ((MARCH, "re_age", {}),),
                 "2024-04-01 20.34 0.98, 2024-05-01 20.95 0.37, 2024-06-01 21.07 0.25,"
                 "2024-07-01 21.21 0.12"),
            "2024-04-01 20.87 0.58, 2024-05-01 20.77 0.50, 2024-06-01 20.90 0.37,"
            "2024-07-01 21.03 0.26", 70_000),
        Otherwise(
            Told(RE_AMORTISED + " C4312", SIX, 0, ((APRIL, "re_age", {}),),
                 "2024-05-01 31.99 2.32, 2024-06-01 33.91 0.40, 2024-07-01 34.10 0.20"),
            "2024-05-01 33.32 1.07, 2024-06-01 33.24 1.01, 2024-07-01 33.44 0.85", 70_000),
        Otherwise(
            Told(RE_AGED + " C4198", SIX, 1,
                 ((MARCH, "longer_term", {"count": 6}), (MARCH, "lower_rate", {"rate_ppm": 0}),
                  (MARCH, "re_age", {})),
                 "2024-04-01 13.93 0.12, 2024-05-01 13.93 0.12, 2024-06-01 13.93 0.12,"
                 "2024-07-01 13.93 0.12, 2024-08-01 13.93 0.12, 2024-09-01 13.92 0.11"),
            "2024-04-01 13.93 0.26, 2024-05-01 13.93 0.08, 2024-06-01 13.93 0.08,"
            "2024-07-01 13.93 0.08, 2024-08-01 13.93 0.08, 2024-09-01 13.92 0.13", 70_000),
    ],
    "days put off": [
        Otherwise(
            Told(RESCHEDULE + " C3390", SIX, 1,
                 ((date(2024, 2, 15), "holiday", {"count": 1}),
                  (date(2024, 2, 15), "later_due_day", {"due_day": 15})),
                 "2024-04-15 15.81 1.20, 2024-05-15 16.61 0.40, 2024-06-15 16.71 0.30,"
                 "2024-07-15 16.81 0.20, 2024-08-15 17.63 0.10"),
            "2024-04-15 16.52 0.81, 2024-05-15 16.62 0.48, 2024-06-15 16.72 0.38,"
            "2024-07-15 16.81 0.29, 2024-08-15 16.90 0.23"),
        Otherwise(
            Told(RESCHEDULE + " C3426", SIX, 0, ((SIX.disbursed_on, "holiday", {"count": 1}),),
                 "2024-03-01 15.84 1.17, 2024-04-01 16.52 0.49, 2024-05-01 16.62 0.39,"
                 "2024-06-01 16.71 0.30, 2024-07-01 16.81 0.20, 2024-08-01 17.50 0.10"),
            "2024-03-01 16.43 0.67, 2024-04-01 16.52 0.58, 2024-05-01 16.62 0.48,"
            "2024-06-01 16.72 0.38, 2024-07-01 16.81 0.29, 2024-08-01 16.90 0.23"),
    ],
}  # fmt: skip
REASONS = Path(__file__).parents[2] / "docs" / "why" / "relief.md"
EACH = [(why, one) for why, several in OTHERWISE.items() for one in several]


@pytest.mark.parametrize(("why", "one"), EACH, ids=[one.told.source[-5:] for _why, one in EACH])
def test_ours_is_otherwise_on_the_same_days_and_costs_no_more(why: str, one: Otherwise) -> None:
    """The same principal on the same days; all the interest asked for is theirs or less, but for
    the two cents by which a month agreed in whole cents may be off."""
    told, theirs = one.told, rows(one.told.rows)
    ours = left(after(told.deal, told.paid, told.asked, one.late))
    assert ours == rows(one.ours) != theirs, why
    assert [row[0] for row in ours] == [row[0] for row in theirs]
    assert sum(row[1] for row in ours) == sum(row[1] for row in theirs)
    assert sum(row[2] for row in ours) <= sum(row[2] for row in theirs) + 2


def test_each_difference_has_its_reason_on_the_page() -> None:
    page = REASONS.read_text(encoding="utf-8")
    assert [why for why in OTHERWISE if f"| {why} |" not in page] == []


@pytest.mark.parametrize(
    ("balance", "years", "regular", "raised"),
    [
        (50_000_00, 5, 876_39, 924_90),
        (100_000_00, 5, 1_752_78, 1_849_79),
        (150_000_00, 5, 2_629_16, 2_774_69),
        (50_000_00, 10, 460_07, 473_10),
        (100_000_00, 10, 920_13, 946_20),
        (150_000_00, 10, 1_380_20, 1_419_31),
        (160_000_00, 15, 1_029_61, 1_049_78),
    ],
)
def test_three_months_skipped_as_banks_had_it_in_2020(
    balance: int, years: int, regular: int, raised: int
) -> None:
    """2 % a year; digital.ulsterbank.co.uk, payment-holiday-examples.html, and (the last)
    ciiom.barclays.com, corona-virus/faqs. Theirs puts the interest to the principal and keeps the
    last day: read so, a loan of its own over what is left is within twelve pence. Ours keeps the
    principal of each instalment and moves the last day: it rises by three months' interest only,
    spread, and bears none on it."""
    deal = Deal(balance, 20_000, date(2020, 4, 1), 12 * years)
    assert schedule(shape([deal])).equal_minor == regular
    grown = round(balance * (1 + 0.02 / 12) ** 3)
    read = Deal(grown, 20_000, date(2020, 7, 1), 12 * years - 3)
    assert abs(int(schedule(shape([read])).equal_minor[0]) - raised) < 12
    terms = after(deal, 0, ((deal.disbursed_on, "holiday", {"count": 3}),))
    waited = terms.waited_minor
    assert waited is not None and waited.sum() == balance // 200
    next_one = left(terms)[0]
    assert next_one[1] + next_one[2] == regular + balance // 200 // (12 * years) < raised


def test_the_interest_of_three_months_skipped_in_india() -> None:
    """livemint.com, 22 May 2020: 3,000,000 at 8.5 % bears some 63,750 in three months.
    proloans.in, how-the-lockdown-moratorium-calculation-works: 2,000,000 at 10 % in 60 months, 50
    paid (the next three would bear 3,384, 3,058 and 2,729): 406,066 are left, which bear 10,152."""
    home = Deal(3_000_000_00, 85_000, date(2020, 5, 1), 240)
    waited = after(home, 0, ((home.disbursed_on, "holiday", {"count": 3}),)).waited_minor
    assert waited is not None and waited.sum() == 63_750_00
    other = Deal(2_000_000_00, 100_000, date(2016, 1, 1), 60)
    plan = schedule(shape([other]))
    assert (plan.interest_minor[0, 50:53] // 100).tolist() == [3_384, 3_058, 2_729]
    skipped = after(other, 50, ((date(2020, 3, 1), "holiday", {"count": 3}),)).waited_minor
    assert abs(int(plan.balance_minor[0, 49]) - 406_066_00) < 31_00  # theirs pays 0.91 a month more
    assert skipped is not None and round(int(skipped.sum()), -2) == 10_152_00


def test_a_pay_off_where_a_rule_rounds_each_day() -> None:
    """Oregon Administrative Code 441-735-0310: 200.00 at 36 % over 365 days, taken on the 5th for
    31 days (206.12), paid off on the 25th: 0.20 a day, 4.00. The days exactly are 3.95."""
    deal = Deal(200_00, 360_000, date(2026, 1, 5), 1, every=31, unit="day", method="bullet",
                day_count="actual/365")  # fmt: skip
    terms, on = agreed(deal), date(2026, 1, 25)
    assert left(terms)[0][2] == 6_12
    off = pay_off(terms, ONE * number(deal.disbursed_on), stand(terms, NONE, number(on)))
    assert np.array_equal(off.total_minor, [203_95])
