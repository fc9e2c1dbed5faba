"""Products are rows, and a version never changes."""

from datetime import date

import pytest

from evenhand.ledger import bodies, products
from evenhand.ledger.products import ANY_DAY, DEMO, Product

pytestmark = pytest.mark.django_db


def test_the_demo_product_twice_is_once(db: None) -> None:
    products.seed("demo")
    products.seed("demo")
    assert products.find("demo", 3) == DEMO._replace(terms=dict(DEMO.terms))


def test_other_terms_are_another_version(db: None) -> None:
    products.seed("demo")
    dearer = DEMO._replace(terms={**DEMO.terms, "rate_ppm": 120_000})
    with pytest.raises(ValueError, match="version 3 has other terms"):
        products.add(dearer)
    later = Product("demo", 4, date(2026, 6, 1), dearer.terms)
    products.add(later)
    assert products.in_force("demo", date(2026, 5, 31)) == products.find("demo", 3)
    assert products.in_force("demo", date(2026, 6, 1)) == products.find("demo", 4)
    assert products.in_force("demo", date(2025, 12, 31)) is None


def test_whoever_applies_is_offered_every_product_in_force_the_oldest_first(db: None) -> None:
    assert products.offered(date(2026, 5, 31)) == []
    products.seed("demo")
    products.add(Product("small", 1, date(2026, 6, 1), DEMO.terms))
    products.add(Product("demo", 4, date(2026, 7, 1), {**DEMO.terms, "rate_ppm": 96_000}))
    assert products.offered(date(2026, 5, 31)) == [products.find("demo", 3)]
    both = [products.find("demo", 3), products.find("small", 1)]
    assert products.offered(date(2026, 6, 1)) == both
    assert products.offered(date(2026, 7, 1)) == [products.find("demo", 4), both[1]]


def test_a_product_is_offered_until_the_day_it_ends_and_may_be_offered_again(db: None) -> None:
    products.seed("demo_both")
    demo, steady = products.find("demo", 3), products.find("steady", 1)
    products.add(Product("demo", 4, date(2026, 6, 1), {**DEMO.terms, "offered": "no"}))
    products.add(Product("demo", 5, date(2026, 8, 1), DEMO.terms))
    assert products.offered(date(2026, 5, 31)) == [demo, steady]
    assert products.offered(date(2026, 6, 1)) == [steady]
    assert products.offered(date(2026, 8, 1)) == [products.find("demo", 5), steady]


def test_the_demo_book_offers_a_loan_to_be_repaid_on_any_day(db: None) -> None:
    products.seed("demo_all")
    names = [one.product for one in products.offered(date(2026, 5, 31))]
    assert names == ["demo", "repay-any-day", "steady"]
    assert all(bodies.AGREED[key](value) for key, value in ANY_DAY.terms.items()
               if key in bodies.AGREED)  # fmt: skip


def test_no_such_set(db: None) -> None:
    with pytest.raises(KeyError):
        products.seed("nothing")
