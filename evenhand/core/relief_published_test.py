"""Relief and paying ahead against what others have published, to the cent.

Figures with where they stand; `docs/why/relief.md` says where ours are others on purpose, and why.
Amounts are in major units, as printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from evenhand.core.days import iso
from evenhand.core.deal_test import Deal, number, shape
from evenhand.core.payoff import pay_off
from evenhand.core.position import Payments, stand
from evenhand.core.relief import WORDS, Change, changed
from evenhand.core.schedule import schedule
from evenhand.core.terms import Terms

FINERACT = "github.com/apache/fineract, fineract-e2e-tests-runner, features/"
RATES, RESCHEDULE = FINERACT + "LoanInterestRateChange.feature", FINERACT + "LoanReschedule.feature"
PAUSES = FINERACT + "LoanInterestPause.feature"
RE_AMORTISED = FINERACT + "LoanReAmortization-Part1.feature"
RE_AGED = FINERACT + "LoanReAgingEqualAmortization-Part1.feature"
EMI = "github.com/apache/fineract, fineract-progressive-loan, ProgressiveEMICalculatorTest.java"
ONE, NONE = np.array([1]), Payments(*(np.array([], dtype=np.int64) for _column in range(3)))

Rows = list[tuple[str, int, int]]
Asked = tuple[date, str, Mapping[str, int | date]]


@dataclass(frozen=True)
class Told:
    """A loan of which the first `paid` instalments are paid in time; what is asked for, one after
    the other; and the instalments then left, as published: day, principal, interest."""

    source: str
    deal: Deal
    paid: int
    asked: tuple[Asked, ...]
    rows: str


def rows(text: str) -> Rows:
    """
    >>> rows("2024-03-01 16.60 0.28")
    [('2024-03-01', 1660, 28)]
    """
    found = [line.split() for line in text.strip().split(",")]
    return [(day, minor(principal), minor(interest)) for day, principal, interest in found]


def minor(amount: str) -> int:
    return int(Decimal(amount) * 100)


def agreed(deal: Deal, late: int = 0) -> Terms:
    plan = schedule(shape([deal]))
    none = np.zeros_like(plan.due_on)
    return Terms(
        ONE, ONE * late, ONE * 360, plan.count, plan.due_on,
        plan.principal_minor, plan.interest_minor, none, none,
    )  # fmt: skip


def paid(deal: Deal, count: int) -> Payments:
    plan, n = schedule(shape([deal])), np.arange(count)
    return Payments(0 * n, plan.due_on[0, n], plan.due_minor[0, n])


def after(deal: Deal, count: int, asked: tuple[Asked, ...], late: int = 0) -> Terms:
    """The terms after the changes; what was paid is told to the first, the others stand on it."""
    terms, of, money = agreed(deal, late), shape([deal]), paid(deal, count)
    for on, word, said in asked:
        numbers = {key: number(one) if isinstance(one, date) else one for key, one in said.items()}
        change = Change(
            word=ONE * WORDS.index(word),
            count=ONE * numbers.get("count", 0),
            due_day=ONE * numbers.get("due_day", 0),
            rate_ppm=ONE * numbers.get("rate_ppm", 0),
            until=ONE * numbers.get("until", 0),
            interest_runs=np.array([numbers.get("runs", 1) == 1]),
            money_minor=ONE * numbers.get("money_minor", 0),
        )
        terms, of = changed(terms, of, stand(terms, money, number(on)), change)
        money = NONE
    return terms


def left(terms: Terms) -> Rows:
    """What each instalment still asks for; interest and late interest together."""
    interest = terms.interest_minor + terms.late_brought_minor
    columns = (iso(terms.due_on[0]), terms.principal_minor[0], interest[0])
    found = list(zip(*(column.tolist() for column in columns), strict=True))
    return [row for row in found if row[1] + row[2]]


SIX = Deal(100_00, 70_000, date(2024, 1, 1), 6)
THREE = Deal(3_000_00, 0, date(2023, 7, 1), 3)
FORTNIGHTS = Deal(750_00, 0, date(2023, 10, 1), 3, every=15, unit="day")
WHOLE = Deal(375_00, 0, date(2024, 1, 1), 3, every=15, unit="day", multiple=100)
AT_ONCE, THEN = date(2023, 10, 5), date(2023, 8, 1)
SKIPPED: Mapping[str, int | date] = {"count": 1, "runs": 0}

SAME = [
    Told(RATES + " C3217: 4 % from a due day on", SIX, 1,
         ((date(2024, 2, 1), "lower_rate", {"rate_ppm": 40_000}),),
         "2024-03-01 16.60 0.28, 2024-04-01 16.66 0.22, 2024-05-01 16.71 0.17,"
         "2024-06-01 16.77 0.11, 2024-07-01 16.83 0.06"),
    Told(RESCHEDULE + " C3882: nothing from the first day on", Deal(100_00, 100_000,
         date(2024, 1, 1), 6), 0, ((date(2024, 1, 1), "lower_rate", {"rate_ppm": 0}),),
         "2024-02-01 16.67 0, 2024-03-01 16.67 0, 2024-04-01 16.67 0, 2024-05-01 16.67 0,"
         "2024-06-01 16.67 0, 2024-07-01 16.65 0"),
    Told(RESCHEDULE + " C2806: two instalments more", THREE, 1,
         ((THEN, "longer_term", {"count": 4}),),
         "2023-09-01 500 0, 2023-10-01 500 0, 2023-11-01 500 0, 2023-12-01 500 0"),
    Told(RESCHEDULE + " C2996: two more, after a down-payment", FORTNIGHTS, 0,
         ((date(2023, 10, 1), "longer_term", {"count": 5}),),
         "2023-10-16 150 0, 2023-10-31 150 0, 2023-11-15 150 0, 2023-11-30 150 0,"
         "2023-12-15 150 0"),
    Told(RESCHEDULE + " C2997: two more, all of it paid out", Deal(1_050_00, 0, date(2023, 10, 1),
         3, every=15, unit="day"), 0, ((date(2023, 10, 11), "longer_term", {"count": 5}),),
         "2023-10-16 210 0, 2023-10-31 210 0, 2023-11-15 210 0, 2023-11-30 210 0,"
         "2023-12-15 210 0"),
    Told(RESCHEDULE + " C3028: one skipped and two more", FORTNIGHTS, 0,
         ((AT_ONCE, "holiday", SKIPPED), (AT_ONCE, "longer_term", {"count": 5})),
         "2023-10-31 150 0, 2023-11-15 150 0, 2023-11-30 150 0, 2023-12-15 150 0,"
         "2023-12-30 150 0"),
    Told(RESCHEDULE + " C2805: from the 1st to the 15th", THREE, 1,
         ((THEN, "later_due_day", {"due_day": 15}),), "2023-09-15 1000 0, 2023-10-15 1000 0"),
    Told(RESCHEDULE + " C2807: one skipped", THREE, 1, ((THEN, "holiday", SKIPPED),),
         "2023-10-01 1000 0, 2023-11-01 1000 0"),
    Told(RESCHEDULE + " C3022: one skipped, after a down-payment", FORTNIGHTS, 0,
         ((AT_ONCE, "holiday", SKIPPED),),
         "2023-10-31 250 0, 2023-11-15 250 0, 2023-11-30 250 0"),
    Told(RESCHEDULE + " C3029: two skipped", FORTNIGHTS, 0,
         ((AT_ONCE, "holiday", {"count": 2, "runs": 0}),),
         "2023-11-15 250 0, 2023-11-30 250 0, 2023-12-15 250 0"),
    Told(RE_AMORTISED + " C3077: two past join the last", WHOLE, 0,
         ((date(2024, 1, 31), "re_age", {}),), "2024-02-15 375 0"),
]  # fmt: skip


@pytest.mark.parametrize("told", SAME, ids=lambda told: told.source[-32:])
def test_the_instalments_left_are_those_published(told: Told) -> None:
    assert left(after(told.deal, told.paid, told.asked)) == rows(told.rows)


def test_the_interest_of_a_pause_is_that_published() -> None:
    """LoanInterestPause.feature C3475 (5 to 10 February) and C3477 (then 10 to 20 March): theirs
    keeps 17.01 and lets the last instalment fall, ours lets each fall by its own interest; the
    interest of each month, and so all that is paid, is the same."""
    first: Asked = (date(2024, 2, 4), "interest_pause", {"until": date(2024, 2, 10)})
    second: Asked = (date(2024, 3, 9), "interest_pause", {"until": date(2024, 3, 20)})
    once, twice = after(SIX, 1, (first,)), after(SIX, 1, (first, second))
    assert once.interest_minor[0, 1:].tolist() == [39, 39, 29, 20, 10]
    assert twice.interest_minor[0, 2:].tolist() == [25, 29, 20, 10]
    assert sum(row[1] + row[2] for row in left(once)) == 84_94


@pytest.mark.parametrize(
    ("source", "count", "on", "total"),
    [
        (EMI + ": payoff on0215", 0, date(2024, 2, 15), 100_82),
        (EMI + ": payoff on0115", 0, date(2024, 1, 15), 100_26),
        (FINERACT + "LoanReAmortization-Part2.feature C4407", 1, date(2024, 3, 1), 84_06),
    ],
)  # fmt: skip
def test_the_pay_off_of_a_day_is_that_published(
    source: str, count: int, on: date, total: int
) -> None:
    stood = stand(agreed(SIX), paid(SIX, count), number(on))
    assert pay_off(agreed(SIX), ONE * number(SIX.disbursed_on), stood).total_minor == total, source


def test_a_thousand_paid_ahead_as_the_federal_reserve_has_it() -> None:
    """federalreserve.gov/pubs/leasing/resource/different/early_exp3.htm and early_exp5.htm:
    18,800.00 at 9 % in 48 months of 467.84."""
    deal = Deal(18_800_00, 90_000, date(2001, 1, 1), 48)
    plan = schedule(shape([deal]))
    assert plan.equal_minor == 467_84
    assert plan.interest_minor[0, :2].tolist() == [141_00, 138_55]
    assert plan.balance_minor[0, :2].tolist() == [18_473_16, 18_143_87]
    stood = stand(agreed(deal), paid(deal, 2), number(date(2001, 3, 1)))
    assert pay_off(agreed(deal), ONE * number(deal.disbursed_on), stood).total_minor == 18_143_87
    for way in ("prepaid_lower", "prepaid_shorter"):
        ahead = after(deal, 1, ((date(2001, 2, 1), way, {"money_minor": 1_000_00}),))
        assert ahead.principal_minor[0, 1:].sum() == 17_473_16


def test_smaller_instalments_after_a_lump_sum() -> None:
    """calcsimpler.com, mortgage-recast-payment-drop-calculator: 350,000 at 5.25 % for 25 years,
    40,000 ahead: 2,097.37 before, 1,857.67 after; 265,000 at 4.60 % for 22 years: 1,597.71."""
    deal = Deal(350_000_00, 52_500, date(2025, 1, 1), 300)
    lower = after(deal, 0, ((deal.disbursed_on, "prepaid_lower", {"money_minor": 40_000_00}),))
    assert schedule(shape([deal])).equal_minor == 2_097_37
    assert left(lower)[0][1] + left(lower)[0][2] == 1_857_67
    other = Deal(265_000_00, 46_000, date(2025, 1, 1), 264)
    assert schedule(shape([other])).equal_minor == 1_597_71


def test_a_shorter_term_after_a_lump_sum() -> None:
    """emi.me/learn/how-prepayment-reduces-emi: 3,000,000 at 8.5 % for 240 months bears some
    3,248,327; 300,000 after the 13th and it ends after 192, some 950,000 saved. calculatorlib.com,
    loan-tenure-reduction-calculator: 500,000 at 9 % in 62.90 months, 100,000 ahead: in 47.73."""
    home = Deal(3_000_000_00, 85_000, date(2025, 1, 1), 240)
    plan = schedule(shape([home]))
    sooner = after(home, 13, ((date(2026, 2, 1), "prepaid_shorter", {"money_minor": 300_000_00}),))
    saved = int(plan.interest_minor[0, 13:].sum() - sooner.interest_minor.sum())
    assert abs(int(plan.interest_minor.sum()) - 3_248_327_00) < 1_00
    assert (sooner.count.tolist(), round(saved, -6)) == ([192], 950_000_00)
    other = Deal(500_000_00, 90_000, date(2025, 1, 1), 63)
    ahead: Asked = (other.disbursed_on, "prepaid_shorter", {"money_minor": 100_000_00})
    assert after(other, 0, (ahead,)).count.tolist() == [48]
