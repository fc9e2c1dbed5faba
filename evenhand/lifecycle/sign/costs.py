"""The all-in cost table (综合融资成本明示表): its values, for the document and for the page."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from evenhand.ledger import charges
from evenhand.ledger.applications import Application
from evenhand.ledger.charges import Charge
from evenhand.lifecycle.sign.terms import late_minor, yearly_hundredths
from evenhand.web import shown
from evenhand.web.documents.words import words

CONTINGENT: Final = (charges.LATE_INTEREST,)
"""What is charged only when something is past due."""
EXAMPLE: Final = (10_000, 10)
"""Principal in minor units and days past due of the table's example."""


def table(offer: Application, terms: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the document `cost_table` for these terms."""
    found = charges.of_terms(terms)
    return {
        "loan": offer.loan,
        "currency": terms["currency"],
        "principal_minor": offer.offer_minor,
        "months": offer.offer_months,
        "interest_minor": sum(row[2] for row in terms["instalments"]),
        "yearly_hundredths": yearly_hundredths(offer.offer_minor, terms),
        "charges": [_item(each) for each in found if each.code not in CONTINGENT],
        "contingent": [
            _item(each) | {"example": example(terms)} for each in found if each.code in CONTINGENT
        ],
    }


def example(terms: Mapping[str, Any]) -> dict[str, int]:
    """What being late costs, on a sum that everybody can picture."""
    principal, late = EXAMPLE
    costs = late_minor(principal, late, terms)
    return {"principal_minor": principal, "days": late, "costs_minor": costs}


class Row(NamedTuple):
    """A charge as the page shows it: the words are the document's."""

    name: str
    how: str
    standard: str
    yearly: str
    example: str


def rows(items: Sequence[Mapping[str, Any]], currency: str, lang: str) -> list[Row]:
    """The charges (`charges` or `contingent` of `table`) in the document's words."""
    return [_row(each, words(lang)["charge"][each["code"]], currency) for each in items]


def _item(charge: Charge) -> dict[str, Any]:
    return {"code": charge.code, "rate_ppm": charge.rate_ppm, "year_days": charge.year_days}


def _row(item: Mapping[str, Any], said: Mapping[str, str], currency: str) -> Row:
    rate = shown.percent(item["rate_ppm"])
    told = ""
    if "example" in item:
        one = item["example"]
        told = said["example"].format(
            principal=f"{currency}\u00a0{shown.amount(one['principal_minor'], currency)}",
            days=one["days"],
            costs=f"{currency}\u00a0{shown.amount(one['costs_minor'], currency)}",
        )
    standard = said["standard"].format(rate=rate, days=item["year_days"])
    return Row(said["name"], said["how"], standard, rate, told)
