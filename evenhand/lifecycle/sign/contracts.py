"""The contract's values: what was approved, what it costs, where to pay, what may follow."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils.translation import override

from evenhand.law.routes import routes
from evenhand.ledger import parties
from evenhand.ledger.facts import Fact
from evenhand.ledger.shapes import dated
from evenhand.lifecycle.sign.agreement import Agreement
from evenhand.lifecycle.sign.costs import example, head
from evenhand.lifecycle.sign.measures import Measure, measures, sentence
from evenhand.lifecycle.sign.paying import channels
from evenhand.lifecycle.sign.terms import rows_due
from evenhand.web import terms as said
from evenhand.web import words
from evenhand.web.rules import TAGS

OWN_ORDER: Final = frozenset({"order", "fees"})
"""Of terms with one of these the order of a payment is said part by part."""
COMPLAINT: Final = "complaint.deadline"
"""The rule of a pack that says by when a complaint is answered."""


def values(found: Agreement, facts: Sequence[Fact], lang: str, on: date) -> dict[str, Any]:
    """The values of the document `contract`, its sentences of law in the language."""
    offer, terms = found.offer, found.terms
    assert found.confirmed is not None, "a contract follows a confirmed cost table"
    with override(lang):
        return head(offer, terms) | {
            "shape": said.shape(terms),
            "purpose": words.word("loan_purpose", offer.purpose),
            "rate_ppm": terms["rate_ppm"],
            "fees": said.fees(terms),
            "order": said.order(terms) if OWN_ORDER & terms.keys() else [],
            "prepay": [*said.prepay(terms), *said.any_day(terms)],
            "dated": dated(terms),
            "late_rate_ppm": terms["late_rate_ppm"],
            "late_year_days": terms["late_year_days"],
            "cost_table": found.confirmed.body["document"],
            "instalments": [list(row) for row in rows_due(offer.offer_minor, terms)],
            "parties": [_party(each) for each in parties.parties(facts, offer.loan)],
            "channels": channels(offer.loan, lang, on),
            "example": example(terms),
            "measures": [_measure(each) for each in measures_of(found, lang, on)],
            "complaint_rule": sentence(COMPLAINT, settings.EVENHAND_PACKS, lang, on),
            "routes": [
                {"name": route.name[TAGS[lang]], "number": route.number}
                for route in routes(settings.EVENHAND_PACKS)
            ],
        }


def measures_of(found: Agreement, lang: str, on: date) -> list[Measure]:
    """The measures the contract names, with the rules in force on a day, in a language."""
    with override(lang):
        return measures(found.terms, settings.EVENHAND_PACKS, lang, on)


def _measure(measure: Measure) -> dict[str, Any]:
    return measure._asdict() | {"rules": [rule._asdict() for rule in measure.rules]}


def _party(party: parties.Party) -> dict[str, Any]:
    until = party.until.isoformat() if party.until else ""
    return {
        "role": party.role,
        "person": party.person,
        "limit_minor": party.limit_minor,
        "until": until,
        "guarantee": party.guarantee,
    }
