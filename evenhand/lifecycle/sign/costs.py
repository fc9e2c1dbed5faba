"""The all-in cost table (综合融资成本明示表): its values, for the document and for the page."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.utils.translation import override

from evenhand.ledger import charges, promises
from evenhand.ledger.applications import Application
from evenhand.ledger.charges import Charge
from evenhand.lifecycle.sign.terms import fees_of, late_minor, yearly_hundredths
from evenhand.web import shown
from evenhand.web import terms as said
from evenhand.web.documents.words import words
from evenhand.web.words import word

CONTINGENT: Final = (charges.LATE_INTEREST,)
"""What is charged only when something is past due."""
EXAMPLE: Final = (10_000, 10)
"""Principal in minor units and days past due of the table's example."""


def table(offer: Application, terms: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The values of the document `cost_table` for these terms, its sentences in the language."""
    found = charges.of_terms(terms)
    fees = {one["name"]: one for one in terms.get("fees", ())}
    with override(lang):
        return head(offer, terms) | {
            "charges": [
                _fee(fees[each.code], terms["currency"]) if each.code in fees else _item(each)
                for each in found
                if each.code not in CONTINGENT
            ],
            "contingent": [
                _item(each) | {"example": example(terms)}
                for each in found
                if each.code in CONTINGENT
            ],
        }


def head(offer: Application, terms: Mapping[str, Any]) -> dict[str, Any]:
    """What the cost table and the contract both say of the whole loan."""
    return {
        "loan": offer.loan,
        "currency": terms["currency"],
        "principal_minor": offer.offer_minor,
        "span": said.span(offer.offer_months, terms),
        "interest_minor": sum(row[2] for row in terms["instalments"]),
        "fees_minor": sum(fees_of(terms)) + charges.kept_back(terms),
        "kept_back_minor": charges.kept_back(terms),
        "down_minor": promises.down_minor(terms),
        "yearly_hundredths": yearly_hundredths(terms),
        "late_cap": said.late_cap(terms),
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
    known = words(lang)["charge"]
    return [
        _fee_row(each, currency) if "how" in each else _row(each, known[each["code"]], currency)
        for each in items
    ]


def _item(charge: Charge) -> dict[str, Any]:
    return {"code": charge.code, "rate_ppm": charge.rate_ppm, "year_days": charge.year_days}


def _fee(one: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """A fee by its name, how it is counted, and what it comes to in all."""
    return {
        "code": one["name"],
        "name": word("fee", one["name"]),
        "how": said.fee(one, currency),
        "total_minor": one["total_minor"],
    }


def _fee_row(item: Mapping[str, Any], currency: str) -> Row:
    total = f"{currency}\u00a0{shown.amount(item['total_minor'], currency)}"
    return Row(item["name"], "", item["how"], total, "")


def _row(item: Mapping[str, Any], own: Mapping[str, str], currency: str) -> Row:
    rate = shown.percent(item["rate_ppm"])
    told = ""
    if "example" in item:
        one = item["example"]
        told = own["example"].format(
            principal=f"{currency}\u00a0{shown.amount(one['principal_minor'], currency)}",
            days=one["days"],
            costs=f"{currency}\u00a0{shown.amount(one['costs_minor'], currency)}",
        )
    standard = own["standard"].format(rate=rate, days=item["year_days"])
    return Row(own["name"], own["how"], standard, rate, told)
