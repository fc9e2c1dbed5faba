"""Relief from a stream's facts: what was asked for, offered or given, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from evenhand.ledger import promised
from evenhand.ledger.columns import rows
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.kinds_relief import NUMBERS
from evenhand.ledger.queries import query
from evenhand.ledger.streams import facts_at
from evenhand.ledger.told import CHANGED

WAYS: Final = {"relief.asked": "asked", "relief.offered": "offered", "relief.granted": "granted"}
ANSWERS: Final = {
    CHANGED: "given",
    "relief.withdrawn": "withdrawn",
    "relief.declined": "declined",
    "relief.refused": "refused",
}
LATE: Final = "relief.answer_late"
YEAR: Final = timedelta(days=365)


class Relief(NamedTuple):
    """One relief of a loan: `way` is asked, offered or granted, `said` that fact, `answer` the fact
    that says what came of it, `late` the one that says that our answer is late."""

    way: str
    said: Fact
    answer: Fact | None = None
    late: Fact | None = None

    @property
    def seq(self) -> int:
        return self.said.seq

    @property
    def loan(self) -> int:
        return self.said.loan

    @property
    def change(self) -> dict[str, Any]:
        """The change in the words of `loan.terms_changed`."""
        return change_of(self.said.body)

    @property
    def due_on(self) -> date:
        """The last day for our answer to what was asked, or for the borrower's to what we offer."""
        return date.fromisoformat(self.said.body["due_on"])

    def state(self, on: date) -> str:
        """given, declined, withdrawn, refused; lapsed where an offer was not taken in time; else
        waiting."""
        if self.answer:
            return ANSWERS[self.answer.kind]
        return "lapsed" if self.way == "offered" and on > self.due_on else "waiting"


def change_of(body: Any) -> dict[str, Any]:
    """The word and the numbers of a change, of any fact that names one.

    >>> change_of({"change": "holiday", "count": 2, "due_on": "2026-01-01"})
    {'change': 'holiday', 'count': 2}
    """
    return {key: body[key] for key in ("change", *NUMBERS) if key in body}


def reliefs_of(facts: Sequence[Fact], loan: int) -> list[Relief]:
    """Every relief of a loan, the oldest first."""
    found: dict[int, Relief] = {}
    for fact in facts:
        if fact.loan == loan and fact.kind in WAYS:
            found[fact.seq] = Relief(WAYS[fact.kind], fact)
        elif fact.kind in ANSWERS and (one := found.get(fact.cause)):
            found[fact.cause] = one._replace(answer=fact)
        elif fact.kind == LATE and (one := found.get(fact.cause)):
            found[fact.cause] = one._replace(late=fact)
    return list(found.values())


def relief_of(facts: Sequence[Fact], seq: int) -> Relief | None:
    """The relief of that number; None where there is none."""
    said = next((fact for fact in facts if fact.seq == seq), None)
    found = reliefs_of(facts, said.loan) if said else []
    return next((one for one in found if one.seq == seq), None)


def waiting(facts: Sequence[Fact], loan: int, on: date) -> Relief | None:
    """The relief of the loan that waits for an answer; None without one."""
    found = [one for one in reliefs_of(facts, loan) if one.state(on) == "waiting"]
    return found[-1] if found else None


def late(facts: Sequence[Fact], on: date) -> list[Draft]:
    """What the end of day `on` makes of what was asked for and waits: our answers that are late,
    each said once."""
    loans = sorted({fact.loan for fact in facts if fact.kind == "relief.asked"})
    waits = [one for loan in loans if (one := waiting(facts, loan, on)) and one.way == "asked"]
    return [
        draft for one in waits for draft in promised.late(LATE, one.said, one.due_on, one.late, on)
    ]


def given(facts: Sequence[Fact], loan: int) -> list[Relief]:
    """Every relief of the loan that came to hold, the oldest first."""
    return [one for one in reliefs_of(facts, loan) if one.answer and one.answer.kind == CHANGED]


def within_a_year(found: Sequence[Relief], on: date, change: str = "") -> int:
    """How many of these began in the year to `on`, of one word or of any."""
    words = [one.said.body["change"] for one in found if one.said.day > on - YEAR]
    return sum(change in ("", word) for word in words)


def all_waiting(on: date) -> list[Relief]:
    """Everything that waits for an answer, ours or a borrower's, the oldest first."""
    found = [Relief(WAYS[fact.kind], fact) for fact in facts_at(rows(query("reliefs_waiting"), {}))]
    return sorted((one for one in found if one.state(on) == "waiting"), key=lambda one: one.due_on)
