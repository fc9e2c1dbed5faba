"""What is told of few loans beside their payments, and how these loans were agreed.

A loan is plain where nothing but payments is told of it and it was agreed in the house's own way;
`core.position` stands it from columns alone. Of the others the facts are read here, and `deals`
makes columns of them for `core.loan_fold`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import numpy.typing as npt

from evenhand.ledger import columns
from evenhand.ledger.columns import Array, Records
from evenhand.ledger.facts import Fact
from evenhand.ledger.loans import BEGINS
from evenhand.ledger.queries import query_for

CHANGED: Final = "loan.terms_changed"
WAIVED: Final = "charge.waived"
OWN_WAY: Final = frozenset({"order", "late_cap_ppm", "fees_due", "grace_interest"})
"""Keys of a contract that none has which is agreed in the house's own way."""


class Line(NamedTuple):
    """One fact of these, as far as it counts."""

    borrower: int
    seq: int
    loan: int
    day: date
    kind: str
    amount: int
    cause: int
    body: Mapping[str, Any]


class Told(NamedTuple):
    """The changes and waivers, by borrower and seq, and the facts that loans began with which are
    not plain, by loan and seq."""

    events: list[Line]
    begun: dict[tuple[int, int], Line]

    def of(self, rows: Records) -> dict[int, Line]:
        """The facts that those of the loans `rows` (`loans.TERMS`) began with which are not plain,
        by place."""
        if not self.begun:
            return {}
        keys = zip(rows["loan"].tolist(), rows["seq"].tolist(), strict=True)
        return {row: self.begun[key] for row, key in enumerate(keys) if key in self.begun}


def of(borrowers: npt.ArrayLike) -> Told:
    """What is told of these borrowers' loans."""
    found = columns.rows(query_for("told", borrowers), {"borrowers": Array(borrowers)})
    return _told([Line(*row) for row in found])


def by(facts: Sequence[Fact]) -> Told:
    """The same from facts alone."""
    touched = {fact.loan for fact in facts if fact.kind in (CHANGED, WAIVED)}
    return _told([
        Line(f.borrower, f.seq, f.loan, f.day, f.kind, f.amount, f.cause, f.body)
        for f in facts
        if f.kind in (CHANGED, WAIVED)
        or (f.kind in BEGINS and (f.loan in touched or is_in_own_way(f.body)))
    ])  # fmt: skip


def is_in_own_way(terms: Mapping[str, Any]) -> bool:
    """Are these terms of a contract other than the house's own way?"""
    return not OWN_WAY.isdisjoint(terms) or terms.get("method") == "bullet"


def _told(lines: list[Line]) -> Told:
    events = [line for line in lines if line.kind in (CHANGED, WAIVED)]
    begun = {(line.loan, line.seq): line for line in lines if line.kind in BEGINS}
    return Told(sorted(events, key=lambda line: (line.borrower, line.seq)), begun)
