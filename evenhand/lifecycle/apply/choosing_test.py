"""One product is no question; of several the applicant chooses, by the numbers of a loan."""

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from evenhand.ledger import products
from evenhand.ledger.products import DEMO, STEADY
from evenhand.lifecycle.apply import choosing

BOTH = [DEMO, STEADY]


def test_one_product_is_taken_and_of_several_the_chosen_one() -> None:
    assert choosing.chosen([DEMO], {}) == choosing.chosen([DEMO], {"product": "x"}) == DEMO
    assert choosing.chosen(BOTH, {}) is None and choosing.chosen(BOTH, {"product": "x"}) is None
    assert choosing.chosen(BOTH, {"product": "steady"}) == STEADY
    assert choosing.chosen([], {"product": "demo"}) is None


def test_cards_have_the_numbers_of_a_loan() -> None:
    demo, steady = choosing.cards(BOTH, {"product": "steady"}, date(2026, 5, 4))
    assert not demo.chosen and steady.chosen
    assert (steady.least_minor, steady.most_minor) == (100_000, 5_000_000)
    assert (steady.fewest, steady.longest) == (6, 36)
    left, due = Decimal(1_000_000), []
    for n in range(12):
        part = left if n == 11 else Decimal(83_333)
        due.append(part + (left * Decimal("0.008")).quantize(Decimal(1), ROUND_HALF_EVEN))
        left -= part
    assert [steady.quote.instalment_minor, steady.quote.last_minor] == [int(due[0]), int(due[-1])]
    assert steady.quote.total_minor == sum(due) and abs(steady.quote.yearly_hundredths - 960) <= 1


@pytest.mark.django_db
def test_what_the_caps_of_the_day_make_too_dear_is_shown_to_nobody() -> None:
    """It was saved before the cap fell: only its decision would have said no."""
    day = date(2026, 5, 4)
    dear = STEADY._replace(product="dear", terms={**STEADY.terms, "rate_ppm": 250_000})
    for one in (DEMO, dear):
        products.add(one)
    assert [one.product for one in products.offered(day)] == ["dear", "demo"]
    assert choosing.offered_on(day) == [DEMO]
