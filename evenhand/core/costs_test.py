"""The yearly cost of schedules with fees and later disbursements."""

from datetime import date

import numpy as np
import pytest

from evenhand.core import apr, fees
from evenhand.core.advances import Advances, paid_in_parts
from evenhand.core.advances_test import advances
from evenhand.core.columns import KeyedError
from evenhand.core.costs import flows_of_schedule, irr_of
from evenhand.core.days import NEVER, iso
from evenhand.core.deal_test import Deal, shape
from evenhand.core.fees import Charged, Fees, charged

PLAIN = Deal(10_000_00, 120_000, date(2026, 1, 31), 12)


def cost(deal: Deal, of_fees: Fees | None = None, later: Advances | None = None) -> int:
    wanted = shape([deal])
    parts = later or advances()
    plan = paid_in_parts(wanted, parts)
    return int(irr_of(wanted, plan, charged(plan, wanted.rounding, of_fees or fee()), parts)[0])


def fee(*amounts: tuple[int, int]) -> Fees:
    """Fixed fees: when, and how much."""
    when, amount = (np.array([each[n] for each in amounts], dtype=np.int64) for n in range(2))
    return Fees(0 * when, when, 0 * when + NEVER, 0 * when + fees.FIXED, amount)


def test_interest_alone_costs_its_rate() -> None:
    assert cost(PLAIN) == 1200


def test_a_fee_at_disbursal_costs_as_if_less_had_been_lent() -> None:
    """9,900.00 for twelve instalments of 888.49 or so."""
    less = apr.irr_hundredths(
        np.array([9_900_00]), np.full((1, 12), 888_49), np.array([1]), np.array([2])
    )
    assert cost(PLAIN, fee((fees.AT_DISBURSAL, 100_00))) == int(less[0]) == 1391


def test_a_fee_of_each_instalment_costs_as_a_dearer_instalment() -> None:
    dear = apr.irr_hundredths(
        np.array([10_000_00]), np.full((1, 12), 898_49), np.array([1]), np.array([2])
    )
    assert cost(PLAIN, fee((fees.PER_INSTALMENT, 10_00))) == int(dear[0])


def test_a_part_paid_out_later_costs_the_rate_too() -> None:
    later = advances((date(2026, 3, 15), 5_000_00))
    assert cost(PLAIN, later=later) == pytest.approx(1200, abs=6), "simple in the fraction"


def test_an_odd_first_period_costs_the_rate_too() -> None:
    odd = Deal(10_000_00, 120_000, date(2026, 1, 31), 12, first_on=date(2026, 3, 15))
    assert cost(odd) == pytest.approx(1200, abs=6), "simple in the fraction, the law says"


def test_graced_instalments_are_no_payments() -> None:
    graced = Deal(10_000_00, 120_000, date(2026, 1, 31), 4, grace=(2, 2, 0))
    wanted = shape([graced])
    plan = paid_in_parts(wanted, advances())
    nothing = Charged(np.zeros(1, dtype=np.int64), 0 * plan.due_on)
    flows = flows_of_schedule(wanted, plan, nothing, advances())
    assert iso(flows.day).tolist() == ["2026-01-31", "2026-04-30", "2026-05-31"]


def test_a_fee_that_leaves_nothing_is_named() -> None:
    with pytest.raises(KeyedError, match="fees: nothing is left"):
        cost(PLAIN, fee((fees.AT_DISBURSAL, 10_000_00)))
