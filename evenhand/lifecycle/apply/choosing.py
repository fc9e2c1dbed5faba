"""Which product an applicant borrows by: the one there is, or the one they chose of several."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from evenhand.ledger import caps_of_day, products
from evenhand.ledger.products import Product
from evenhand.ledger.quotes import Quote, bounds, quote
from evenhand.web.terms import is_monthly

EXAMPLE_MINOR: Final = 1_000_000
EXAMPLE_MONTHS: Final = 12
"""What a first figure is of, as far as a product lends it."""


class Card(NamedTuple):
    """A product as an applicant sees it: what it lends, and a loan of it with real numbers."""

    product: Product
    least_minor: int
    most_minor: int
    fewest: int
    longest: int
    quote: Quote
    chosen: bool

    @property
    def monthly(self) -> bool:
        """Does an instalment fall due every month?"""
        return is_monthly(self.product.terms)


def offered_on(day: date) -> list[Product]:
    """What may be applied for on a day: what is offered, but for what the law's caps of that day
    make too dear. Nobody is shown a loan that would be refused for its price."""
    return [one for one in products.offered(day) if not caps_of_day.could_be_beyond(one, day)]


def chosen(offered: Sequence[Product], typed: Mapping[str, str]) -> Product | None:
    """The product to apply for; None where there are several and none of them was chosen."""
    if len(offered) == 1:
        return offered[0]
    named = typed.get("product", "")
    return next((one for one in offered if one.product == named), None)


def cards(offered: Sequence[Product], typed: Mapping[str, str], on: date) -> list[Card]:
    """The products offered, each with an example as if its money came on `on`."""
    taken = chosen(offered, typed)
    return [
        Card(one, *bounds(one)[0], *bounds(one)[1], quote(one, *example(one), on), one == taken)
        for one in offered
    ]


def example(product: Product) -> tuple[int, int]:
    """The principal and instalments of a first figure, within the product's bounds.

    >>> from evenhand.ledger.products import DEMO
    >>> example(DEMO), example(DEMO._replace(terms={**DEMO.terms, "months": [18, 36]}))
    ((1000000, 12), (1000000, 18))
    """
    (least, most), (fewest, longest) = bounds(product)
    principal = min(max(EXAMPLE_MINOR, least), most)
    return principal, min(max(EXAMPLE_MONTHS, fewest), longest)
