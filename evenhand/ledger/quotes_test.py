"""A quote is the schedule's own arithmetic, and the contract's."""

from datetime import date

import numpy as np
import pytest

from evenhand.core.columns import KeyedError
from evenhand.core.schedule import schedule
from evenhand.core.shape import monthly_equal
from evenhand.ledger.house import day_number
from evenhand.ledger.products import DEMO
from evenhand.ledger.quotes import bounds, quote

ON = date(2026, 3, 1)


@pytest.mark.parametrize(("principal", "months"), [(100_000, 3), (1_234_500, 7), (5_000_000, 24)])
def test_a_quote_is_the_plain_loan_of_the_schedule(principal: int, months: int) -> None:
    one = np.array([1])
    plain = schedule(
        monthly_equal(one * principal, one * 108_000, one * day_number(ON), one * months)
    )
    found = quote(DEMO, principal, months, ON)
    due = plain.due_minor[0].tolist()
    assert (found.instalment_minor, found.last_minor) == (due[0], due[-1])
    assert found.total_minor == sum(due) == principal + found.interest_minor
    assert found.first_due_on == day_number(date(2026, 4, 1))


def test_what_is_charged_is_the_rate_and_nothing_else() -> None:
    assert abs(quote(DEMO, 1_000_000, 12, ON).yearly_hundredths - 1080) <= 1


@pytest.mark.parametrize(
    ("method", "even"),
    [("equal_instalment", True), ("flat", True), ("interest_only", False), ("bullet", False)],
)
def test_a_last_instalment_of_all_the_principal_is_never_an_odd_cent(
    method: str, even: bool
) -> None:
    found = quote(DEMO._replace(terms={**DEMO.terms, "method": method}), 1_000_000, 12, ON)
    assert found.is_even == even
    assert even or found.last_minor == found.dearest_minor > 1_000_000


def test_the_first_instalment_is_the_first_with_which_something_is_due() -> None:
    """All at the end, it is the last; with two months of grace on everything, the third."""
    whole = quote(DEMO._replace(terms={**DEMO.terms, "method": "bullet"}), 1_000_000, 12, ON)
    assert whole.instalment_minor == whole.last_minor == whole.total_minor
    assert whole.first_due_on == whole.last_due_on == day_number(date(2027, 3, 1))
    graced = {**DEMO.terms, "grace_principal": 2, "grace_interest": 2}
    later = quote(DEMO._replace(terms=graced), 1_000_000, 12, ON)
    assert later.first_due_on == day_number(date(2026, 6, 1)) and later.instalment_minor > 0


def test_the_bounds_are_the_products() -> None:
    assert bounds(DEMO) == ((100_000, 5_000_000), (3, 24))


def test_nothing_is_quoted_of_no_loan() -> None:
    with pytest.raises(KeyedError):
        quote(DEMO, 0, 12, ON)
