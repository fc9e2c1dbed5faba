"""A change of a loan's terms before it is made, and the fact that makes it.

A preview is no arithmetic of its own: the change is supposed behind the facts there are, and they
are folded. So what is previewed is what then happens, on the day it is made.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core.columns import KeyedError
from evenhand.core.history import CHANGED as HAPPENED
from evenhand.core.loan_fold import stand_through
from evenhand.core.relief import changed
from evenhand.ledger import house, standing
from evenhand.ledger.facts import Draft, Fact, supposed
from evenhand.ledger.standing import Standing
from evenhand.ledger.told import CHANGED

WAYS: Final = {"lower": "prepaid_lower", "shorter": "prepaid_shorter"}


class Row(NamedTuple):
    """What is owed of one instalment, numbered from 1: days since 1970, minor units."""

    n: int
    due_on: int
    principal_minor: int
    interest_minor: int
    late_minor: int
    fee_minor: int

    @property
    def total_minor(self) -> int:
        return self.principal_minor + self.interest_minor + self.late_minor + self.fee_minor


class Preview(NamedTuple):
    """Instalments of which anything is owed on the day, as they stand and as they would."""

    before: list[Row]
    after: list[Row]


def preview(
    facts: Sequence[Fact], loan: int, body: Mapping[str, Any], on: date, cause: int = 0
) -> Preview:
    """What a change counting from `on` does, to the cent; `facts` are the borrower's, `body` its
    `change` and numbers, `cause` the seq of its payment where it is a `prepaid_*`.

    KeyedError names the key of the body, or `from_day`, where the change cannot be.
    """
    own = [fact for fact in facts if fact.loan == loan]
    made = {**body, "from_day": on.isoformat(), "shown": []}
    then = supposed(facts, Draft(CHANGED, on, "house", loan, cause=cause, body=made))
    day = house.day_number(on)
    before, after = standing.stand_by(own, day), standing.stand_by([*own, then], day)
    _require_kept(before, after)
    return Preview(rows_of(before), rows_of(after))


def draft(
    facts: Sequence[Fact], loan: int, body: Mapping[str, Any], on: date, hand: str, cause: int
) -> Draft:
    """The fact that changes the terms from `on` on, with the rows as `preview` shows them."""
    shown = preview(facts, loan, body, on, cause).after
    lines = [
        [house.day_from(row.due_on).isoformat(), row.principal_minor, row.interest_minor]
        for row in shown
    ]
    made = {**body, "from_day": on.isoformat(), "shown": lines}
    return Draft(CHANGED, on, hand, loan, cause=cause, body=made)


def prepaid(facts: Sequence[Fact], payment: Fact, way: str) -> Draft | None:
    """The change that a payment in advance causes (`bodies.PREPAY`); None where it can cause none:
    it pays no more than is due, or everything."""
    try:
        body = {"change": WAYS[way]}
        return draft(facts, payment.loan, body, payment.day, "house", payment.seq)
    except KeyedError:
        return None


def rows_of(stood: Standing) -> list[Row]:
    """What is owed of each instalment of the one loan that stands."""
    position = stood.position
    columns = (
        position.due_on, position.owed_principal, position.owed_interest, position.owed_late,
        position.owed_fee,
    )  # fmt: skip
    table = np.stack([column[0] for column in columns], axis=1).tolist()
    rows = [Row(n, *cells) for n, cells in enumerate(table, start=1)]
    return [row for row in rows if row.total_minor]


def _require_kept(before: Standing, after: Standing) -> None:
    """KeyedError where what is supposed last of the one loan that stands could not be."""
    found = after.deals
    assert found is not None, "a loan is not plain whose terms are changed"
    history, known = found.history, before.deals.history.changes.word if before.deals else ()
    mine = np.flatnonzero((history.what == HAPPENED) & (history.change == len(known)))
    if not len(mine):
        raise KeyedError("change", 0, "without a payment of its own")
    if found.stood.kept[mine[0]]:
        return
    earlier = history.where(np.arange(len(history.row)) < mine[0])
    stood = stand_through(found.agreed, earlier, history.day[mine])
    change = history.changes.take(history.change[mine])
    changed(stood.terms, stood.shape, stood.position, change)
    raise KeyedError("change", 0, "pays no more than is due, or everything")
