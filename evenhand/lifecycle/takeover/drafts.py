"""Rows of a tape and its history as drafts of facts.

Whatever names a person stays out: a fact holds the keyed digest of the lender's reference, words
of ours and numbers.
"""

import tomllib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings

from evenhand.ledger import house
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.takeover.cells import EPOCH
from evenhand.lifecycle.takeover.history import CONTACT, Past
from evenhand.lifecycle.takeover.tape import Instalment, Row

OLD_CONTRACTS = Path(__file__).with_name("old_contracts.toml")
KIND_OF_STATE = {
    "complaint_open": "complaint.opened",
    "dispute_open": "dispute.opened",
    "agreement_in_force": "plan.agreed",
    "opt_out": "wish.opt_out",
}
HAND = "import"


class Import(NamedTuple):
    """What all facts of one import share. `origin` is how they name it, `at` microseconds UTC."""

    origin: str
    as_of: date
    at: int
    measures: tuple[str, ...]


def default_measures(on: date) -> tuple[str, ...]:
    """The measures compliance lets an old contract have whose own list is not known."""
    entries = tomllib.loads(OLD_CONTRACTS.read_text())["measures"]
    in_force = [entry for entry in entries if entry["since"] <= on]
    return tuple(max(in_force, key=lambda entry: entry["since"])["value"])


def enrolled(row: Row, made: Import) -> Draft:
    """The first fact of a person's stream."""
    body = {"lang": row.person.lang, "zone": row.person.zone}
    return Draft("borrower.enrolled", made.as_of, HAND, body=body)


def imported(row: Row, owed: Sequence[Instalment], loan: int, digest: str, made: Import) -> Draft:
    """The fact of one loan taken over: what is still unpaid of it, and what was promised."""
    body: dict[str, Any] = {
        "product": row.product,
        "version": 1,
        "currency": row.currency,
        "rate_ppm": row.rate_ppm,
        "late_rate_ppm": row.late_rate_ppm,
        "late_year_days": row.late_year_days,
        "disbursed_on": row.disbursed_on.isoformat(),
        "strategy": row.strategy,
        "measures": list(row.measures or made.measures),
        "measures_from": "contract" if row.measures else "house default",
        "instalments": [[i.due_on.isoformat(), i.principal, i.interest] for i in owed],
        "late_brought": [[n, i.late] for n, i in enumerate(owed, start=1) if i.late],
        "as_of": made.as_of.isoformat(),
        "reference_digest": digest,
        "origin": made.origin,
    }
    outstanding = sum(instalment.principal for instalment in owed)
    return Draft("loan.imported", made.as_of, HAND, loan, outstanding, body=body)


def _end_of(day: date) -> int:
    """The first moment after a day of the lender's zone, in microseconds UTC."""
    after = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(settings.EVENHAND_ZONE))
    return (after - EPOCH) // timedelta(microseconds=1)


def past(row: Past, loan: int) -> Draft:
    """The fact of one row of the history; `loan` is 0 where it is about the person."""
    day = house.day_of(row.at)
    if row.kind == CONTACT:
        return Draft("contact.prior", day, HAND, loan, body={
            "at": row.at, "channel": row.channel, "mode": row.mode, "direction": row.direction,
            "outcome": row.outcome, "to": row.to, "by": row.by,
        })  # fmt: skip
    body: dict[str, Any] = {"since": row.at}
    if row.until:
        body["until"] = _end_of(row.until)
    if row.channel:
        body["channel"] = row.channel
    kind = KIND_OF_STATE.get(row.kind)
    if kind is None:
        return Draft("state.began", day, HAND, loan, body={"state": row.kind, **body})
    return Draft(kind, day, HAND, loan, body=body)
