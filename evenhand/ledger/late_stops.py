"""The days on which a loan's late interest does not run: from the facts to spans of days.

`late_interest.stopped` counts from the end of its day, to the end of the day of the
`late_interest.resumed` that names it as its cause; without one, for as long as it takes.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Ints
from evenhand.core.days import NEVER
from evenhand.ledger import columns
from evenhand.ledger.columns import Array, Fields, Records
from evenhand.ledger.facts import Fact
from evenhand.ledger.house import day_number
from evenhand.ledger.queries import query_for

STOPPED: Final = "late_interest.stopped"
RESUMED: Final = "late_interest.resumed"
STOP: Final[Fields] = {
    "borrower": "bigint",
    "loan": "bigint",
    "seq": "integer",
    "day": "date",
    "cause": "integer",
}
"""`cause` is 0 of what stops, and the seq of the stop of what resumes."""


def of(borrowers: npt.ArrayLike) -> Records:
    """Every stop and resumption (`STOP`) of these borrowers, by borrower and seq."""
    params = {"borrowers": Array(borrowers)}
    return columns.columns(query_for("late_stops", borrowers), params, STOP)


def by(facts: Sequence[Fact]) -> Records:
    """The same from facts alone."""
    found = [
        (f.borrower, f.loan, f.seq, day_number(f.day), f.cause if f.kind == RESUMED else 0)
        for f in facts
        if f.kind in (STOPPED, RESUMED)
    ]
    return columns.records(found, STOP)


def spans(rows: Records, stops: Records) -> Ints | None:
    """The spans [L, S, 2] of the loans `rows` (`loans.TERMS`) as core's terms have them; None
    where no loan has any. What several stop at once is stopped once."""
    if not len(stops):
        return None
    ends = {(b, cause): day for b, _loan, _seq, day, cause in stops.tolist() if cause}
    found: dict[int, list[tuple[int, int]]] = {}
    for borrower, loan, seq, day, cause in stops.tolist():
        if not cause:
            found.setdefault(loan, []).append((day, ends.get((borrower, seq), NEVER)))
    found = {loan: _apart(each) for loan, each in found.items()}
    most = max(map(len, found.values()))
    table = np.full((len(rows), most, 2), NEVER, dtype=np.int64)
    for row in np.flatnonzero(np.isin(rows["loan"], list(found))).tolist():
        own = found[int(rows["loan"][row])]
        table[row, : len(own)] = own
    return table


def standing(facts: Sequence[Fact], because: str = "complaint") -> dict[int, Fact]:
    """The stop that stands of each loan, by loan, of those a `because` (complaint, plan) made; a
    dispute is a complaint."""
    by = {"complaint": ("complaint.", "dispute.")}.get(because, (f"{because}.",))
    over = {fact.cause for fact in facts if fact.kind == RESUMED}
    return {
        fact.loan: fact
        for fact in facts
        if fact.kind == STOPPED
        and fact.seq not in over
        and facts[fact.cause - 1].kind.startswith(by)
    }


def _apart(stopped: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same days as spans that rise and do not overlap."""
    apart: list[tuple[int, int]] = []
    for begin, end in sorted(stopped):
        if apart and begin <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((begin, end))
    return apart
