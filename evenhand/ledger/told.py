"""What is told of few loans beside their payments, and how these loans were agreed.

A loan is plain where nothing but payments is told of it and it was agreed in the house's own way;
`core.position` stands it from columns alone. Of the others the facts are read here, and `deals`
makes columns of them for `core.loan_fold`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from evenhand.ledger import columns
from evenhand.ledger.columns import Array, Records
from evenhand.ledger.facts import Fact
from evenhand.ledger.loans import BEGINS
from evenhand.ledger.queries import query_for
from evenhand.ledger.waivers import WAIVED

CHANGED: Final = "loan.terms_changed"
EVENTS: Final = (CHANGED, WAIVED)
OWN_WAY: Final = frozenset({"order", "late_cap_ppm", "fees_due", "grace_interest"})
"""Keys of a contract that none has which is agreed in the house's own way."""


class Told(NamedTuple):
    """The changes and waivers, by borrower and seq, and the facts that loans began with which are
    not plain, by loan and seq."""

    events: list[Fact]
    begun: dict[tuple[int, int], Fact]

    def of(self, rows: Records) -> dict[int, Fact]:
        """The facts that those of the loans `rows` (`loans.TERMS`) began with which are not plain,
        by place."""
        if not self.begun:
            return {}
        keys = zip(rows["loan"].tolist(), rows["seq"].tolist(), strict=True)
        return {row: self.begun[key] for row, key in enumerate(keys) if key in self.begun}


def of(borrowers: npt.ArrayLike, rows: Records) -> Told:
    """What is told of the loans `rows` (`loans.TERMS`), all those of these borrowers."""
    facts = _facts("told", borrowers)
    touched = rows[np.isin(rows["loan"], [fact.loan for fact in facts if fact.kind in EVENTS])]
    if len(touched):
        facts += _facts("some_facts", touched["borrower"], seqs=Array(touched["seq"], "integer"))
    return _told(facts)


def by(facts: Sequence[Fact]) -> Told:
    """The same from facts alone."""
    touched = {fact.loan for fact in facts if fact.kind in EVENTS}
    return _told([
        fact
        for fact in facts
        if fact.kind in EVENTS
        or (fact.kind in BEGINS and (fact.loan in touched or is_in_own_way(fact.body)))
    ])  # fmt: skip


def is_in_own_way(terms: Mapping[str, Any]) -> bool:
    """Are these terms of a contract other than the house's own way?"""
    return not OWN_WAY.isdisjoint(terms) or terms.get("method") == "bullet"


def _told(facts: list[Fact]) -> Told:
    events = [fact for fact in facts if fact.kind in EVENTS]
    begun = {(fact.loan, fact.seq): fact for fact in facts if fact.kind in BEGINS}
    return Told(sorted(events, key=lambda fact: (fact.borrower, fact.seq)), begun)


def _facts(name: str, borrowers: npt.ArrayLike, **params: Array) -> list[Fact]:
    found = columns.rows(query_for(name, borrowers), {"borrowers": Array(borrowers), **params})
    return [Fact(*row) for row in found]
