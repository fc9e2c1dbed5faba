"""The history that comes with a tape: contacts of the last 90 days, complaints, plans, wishes.

A CSV of its own, a row a contact or state, keyed by the tape's borrower_reference (and, where it is
about one loan only, loan_reference). Contacts count against the caps from the first day; a state
holds until it ends. The schema for people is `docs/reference/loan-tape.md`.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from evenhand.core.words import (
    CHANNELS,
    COLLECTORS,
    DIRECTIONS,
    FROM_ATTEMPTS,
    MODES,
    OUTCOMES,
    RECIPIENTS,
    STATE_KINDS,
)
from evenhand.ledger import house
from evenhand.lifecycle.takeover.cells import BadCell, Cells, Fault
from evenhand.lifecycle.takeover.tape import Row, read_rows

REQUIRED = ("borrower_reference", "kind", "at")
OPTIONAL = ("loan_reference", "until", "channel", "mode", "direction", "outcome", "to", "by")
COLUMNS = REQUIRED + OPTIONAL
CONTACT = "contact"
# States that need more columns than a tape has (hours, weekdays, an agency's name) are taken in
# by staff, one by one, after the import.
BY_STAFF = (
    "inconvenient",
    "workplace_forbids",
    "placed_with_agency",
    "debtor_agreed",
    "prior_consent",
)
# States that begin with what is done here: no tape brings them.
OF_THIS_HOUSE = (
    "safe_contact",
    "complaint_heard",
    FROM_ATTEMPTS,
    "plan_asked",
    "number_disowned",
    "reply_waiting",
    "crisis",
    "not_answering",
    "guarantee_over",
    "court_first",
    "limit_reached",
)
STATES = tuple(kind for kind in STATE_KINDS if kind not in (*BY_STAFF, *OF_THIS_HOUSE))
KINDS = (CONTACT, *STATES)
DAYS_KEPT = 90


class Past(NamedTuple):
    """One row: `at` in microseconds UTC, `until` the last day of a state (None: until a fact ends
    it); the words of a contact are "" for a state, but `channel` narrows an opt-out."""

    line: int
    borrower: str
    loan: str
    kind: str
    at: int
    until: date | None
    channel: str
    mode: str
    direction: str
    outcome: str
    to: str
    by: str


def read_history(path: Path, rows: list[Row], as_of: date, faults: list[Fault]) -> list[Past]:
    """The usable rows in order; contacts more than 90 days before `as_of` are left out silently,
    since no cap looks back further. A row about nobody on the tape is a fault."""
    owner = {row.reference: row.borrower for row in rows}
    known = set(owner.values())

    def make(line: int, cells: Cells) -> Past:
        past = _past(line, cells, as_of)
        if past.borrower not in known:
            raise BadCell("borrower_reference", "nobody on the tape (or only on bad rows)")
        if past.loan and owner.get(past.loan) != past.borrower:
            raise BadCell("loan_reference", "no loan of this borrower on the tape")
        return past

    oldest = as_of - timedelta(days=DAYS_KEPT)
    found = read_rows(path, REQUIRED, OPTIONAL, make, faults)
    return [past for past in found if past.kind != CONTACT or house.day_of(past.at) >= oldest]


def _past(line: int, cells: Cells, as_of: date) -> Past:
    kind = cells.word("kind", KINDS)
    at = cells.moment("at")
    if house.day_of(at) > as_of:
        raise BadCell("at", "after the day the tape stands at")
    words = _contact_words(cells) if kind == CONTACT else ("",) * 5
    channel = cells.word("channel", ("", *CHANNELS), "")
    if kind == CONTACT and not channel:
        raise BadCell("channel", "is empty")
    return Past(
        line=line,
        borrower=cells.reference("borrower_reference"),
        loan=cells.reference("loan_reference", ""),
        kind=kind,
        at=at,
        until=cells.day_or_none("until"),
        channel=channel,
        mode=words[0],
        direction=words[1],
        outcome=words[2],
        to=words[3],
        by=words[4],
    )


def _contact_words(cells: Cells) -> tuple[str, ...]:
    return (
        cells.word("mode", MODES, "interactive"),
        cells.word("direction", DIRECTIONS, "out"),
        cells.word("outcome", OUTCOMES),
        cells.word("to", RECIPIENTS, "debtor"),
        cells.word("by", COLLECTORS, "lender"),
    )
