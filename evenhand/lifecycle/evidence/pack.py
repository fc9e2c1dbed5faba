"""The pack as plain data: what was written about one borrower, and what proves it."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.conf import settings

from evenhand.core.days import NEVER, iso
from evenhand.ledger import house, standing, streams
from evenhand.ledger.contact_story import Contact, contacts
from evenhand.ledger.export import export_stream
from evenhand.ledger.facts import Fact
from evenhand.ledger.loans import words_of
from evenhand.ledger.standing import Standing
from evenhand.outbound.documents import documents
from evenhand.outbound.documents.kept import Kept, kept
from evenhand.people import own_texts
from evenhand.web.rules import pack_title, title

PRACTICE: Final = "Made in a house of practice: nothing in this file counts."
FORMAT: Final = "evenhand evidence 1"
FIGURES: Final = (
    "outstanding_minor",
    "past_due_minor",
    "late_interest_minor",
    "due_minor",
    "paid_minor",
    "overpaid_minor",
)

Pack = dict[str, Any]


def pack(person: int, *, at: int) -> Pack:
    """Everything of a borrower as of `at`, in the language of the page: JSON's own types only.

    `stream` is what `evenhand export-stream` writes; amounts are minor units, moments microseconds
    UTC, digests and commitments hexadecimal, documents base64; `practice` only where it is that.
    LookupError where there is no stream.
    """
    facts = streams.stream(person)
    day = house.day_of(at)
    return {
        "format": FORMAT,
        "made_on": day.isoformat(),
        "borrower": person,
        "stream": json.loads(export_stream(person)),
        "texts": _texts(person, facts),
        "documents": [_document(person, one) for one in kept(facts)],
        "contacts": [_contact(one) for one in reversed(contacts(facts))],
        "sums": _sums(standing.stand([person], house.day_number(day))),
    } | ({"practice": PRACTICE} if settings.EVENHAND_PRACTICE else {})


def as_json(made: Mapping[str, Any]) -> str:
    """The pack as one line of JSON."""
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def _texts(person: int, facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """Each text a fact is bound to, with what its commitment is made of."""
    known = own_texts.of(person)
    bound = [(fact.seq, str(fact.body.get("text", ""))) for fact in facts]
    return [
        {"seq": seq, "commitment": digest, "salt": known[digest].salt, "text": known[digest].text}
        for seq, digest in bound
        if digest in known
    ]


def _document(person: int, one: Kept) -> dict[str, Any]:
    pdf = documents.read(person, one.item)
    said = {"name": one.name, "loan": one.loan, "lang": one.lang, "digest": one.digest}
    return said | {"at": one.at, "pdf": base64.b64encode(pdf).decode()}


def _contact(one: Contact) -> dict[str, Any]:
    return {
        "seq": one.first.seq,
        "hand": one.first.hand,
        "due_at": one.due_at,
        "left_at": one.left_at,
        "channel": one.channel,
        "purpose": one.purpose,
        "outcome": one.outcome,
        "reference": one.reference,
        "rules_checked": one.rules_checked,
        "packs": [
            {"pack": name, "title": pack_title(name), "sha256": digest}
            for name, digest in one.packs
        ],
        "refusals": [
            {"rule": each.rule, "title": title(each.rule), "cites": each.cites}
            for each in one.refusals
        ],
    }


def _sums(stood: Standing) -> list[dict[str, Any]]:
    """Where each loan stands, instalment by instalment."""
    currencies = words_of(stood.rows["currency"])
    return [_sum(stood, row, currency) for row, currency in enumerate(currencies)]


def _sum(stood: Standing, row: int, currency: str) -> dict[str, Any]:
    position = stood.position
    figures = {name: int(getattr(position, name)[row]) for name in FIGURES}
    count = int(stood.terms.count[row])
    owed = (
        position.owed_principal, position.owed_interest, position.owed_late, position.owed_fee,
    )  # fmt: skip
    instalments = [
        [
            str(iso(stood.terms.due_on[row, n : n + 1])[0]),
            int(stood.terms.principal_minor[row, n]),
            int(stood.terms.interest_minor[row, n]),
            *(int(part[row, n]) for part in owed),
        ]
        for n in range(count)
    ]
    since = int(position.past_due_since[row])
    return {
        "loan": int(stood.loan[row]),
        "currency": currency,
        "past_due_since": ""
        if since == NEVER
        else str(iso(position.past_due_since[row : row + 1])[0]),
        **figures,
        "instalments": instalments,
    }
