"""Products: versioned templates of terms. A product is a row; a loan keeps the version it signed.

A version never changes: other terms are the next version. Books taken over bring their own terms
and need no product.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.conf import settings
from psycopg.types.json import Jsonb

from evenhand.core.orders import PAIRS
from evenhand.law import payouts
from evenhand.ledger.columns import rows, run
from evenhand.ledger.queries import query


class Product(NamedTuple):
    """One version of a product, offered from `since` until the next.

    `terms`: currency; principal_minor and months as [least, most]; rate_ppm and late_rate_ppm a
    year; late_year_days; method, day_count, interest_per, instalment_multiple_minor, rounding as
    `core.schedule` reads them; strategy (the ladder's) and measures disclosed in the contract;
    what else of `bodies.AGREED` they say. `months` counts instalments, a month each unless `every`
    and `unit` say other steps. `offered` "no": from its day on nobody is offered the product.
    """

    product: str
    version: int
    since: date
    terms: Mapping[str, Any]

    @property
    def ends(self) -> bool:
        """Is the product no longer offered with this version?"""
        return self.terms.get("offered") == "no"


FIRST: Final = Product(
    "demo",
    1,
    date(2026, 1, 1),
    {
        "currency": "CNY",
        "principal_minor": [100_000, 5_000_000],
        "months": [3, 24],
        "rate_ppm": 108_000,
        "late_rate_ppm": 162_000,
        "late_year_days": 360,
        "method": "equal_instalment",
        "day_count": "30/360",
        "interest_per": "period",
        "instalment_multiple_minor": 1,
        "rounding": "half_even",
        "strategy": "standard",
        "measures": ["sms", "call", "letter"],
    },
)
SECOND: Final = Product(
    "demo", 2, FIRST.since, {**FIRST.terms, "measures": ["in_app", "sms", "call", "letter"]}
)
"""The contract names the inbox among the measures, so that reminders may lie there too."""
DEMO: Final = Product("demo", 3, FIRST.since, {**SECOND.terms, "strategy": "standard-calls"})
"""After the messages of a fortnight a person may call."""
STEADY: Final = Product(
    "steady",
    1,
    FIRST.since,
    {
        **DEMO.terms,
        "method": "equal_principal",
        "months": [6, 36],
        "rate_ppm": 96_000,
        "late_rate_ppm": 144_000,
        "late_cap_ppm": 200_000,
        "prepay": ["lower", "shorter"],
    },
)
"""Equal principal: dearer months first, less interest in all; late interest has an end."""
ANY_DAY: Final = Product(
    "repay-any-day",
    1,
    FIRST.since,
    {
        **DEMO.terms,
        "method": "bullet",
        "months": [1, 12],
        "day_count": "actual/360",
        "interest_per": "day",
        "late_cap_ppm": 200_000,
        "order": {"pairs": [*PAIRS], "vertical": 0, "advance": "re_amortise"},
    },
)
"""Borrow once, repay any part on any day (随借随还): interest by the day, all at the end."""
SEEDS: Final = {
    "demo": (FIRST, SECOND, DEMO),
    "demo_both": (FIRST, SECOND, DEMO, STEADY),
    "demo_all": (FIRST, SECOND, DEMO, STEADY, ANY_DAY),
}


def add(product: Product) -> None:
    """Offer a version; the same again changes nothing, other terms under its number: ValueError."""
    name, version, since, terms = product
    params = {"product": name, "version": version, "since": since, "terms": Jsonb(dict(terms))}
    run(query("add_product"), params)
    if find(name, version) != product._replace(terms=dict(terms)):
        raise ValueError(f"product {name} version {version} has other terms already")


def seed(name: str) -> None:
    """Offer the products of a named set. KeyError where there is none."""
    for product in SEEDS[name]:
        add(product)


def find(product: str, version: int) -> Product | None:
    """A version by its number, whether offered still or not."""
    return _first(rows(query("product"), {"product": product, "version": version}))


def in_force(product: str, on: date) -> Product | None:
    """The version offered on a day."""
    return _first(rows(query("product_in_force"), {"product": product, "on": on}))


def offered(on: date) -> list[Product]:
    """What is offered to whoever applies on a day: of each product the version in force, unless it
    ends the product, or a pack in force on the day forbids its fee at the payout; the product
    offered longest first."""
    found = []
    for of_name in versions().values():
        now = current(of_name, on)
        if now and not now.ends and not payouts.forbidden(settings.EVENHAND_PACKS, now.terms, on):
            found.append((of_name[0].since, now.product, now))
    return [now for _since, _name, now in sorted(found, key=lambda one: one[:2])]


def current(of_name: Sequence[Product], on: date) -> Product | None:
    """Of a product's versions the one in force on a day."""
    begun = [one for one in of_name if one.since <= on]
    return max(begun, key=lambda one: (one.since, one.version), default=None)


def versions() -> dict[str, list[Product]]:
    """Every version of every product, by product, the first version first."""
    found: dict[str, list[Product]] = {}
    for row in rows(query("product_versions")):
        found.setdefault(row[0], []).append(Product(*row))
    return found


def _first(found: list[tuple[Any, ...]]) -> Product | None:
    return Product(*found[0]) if found else None
