"""What is still owed of each loan of a tape: as it stands, from a second file, or by terms.

The result is the same for all three: unpaid instalments, oldest first. A loan of which they cannot
be made is a fault and falls out; the others go on.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evenhand.core import position
from evenhand.core.columns import KeyedError
from evenhand.core.days import NEVER
from evenhand.core.terms import Terms
from evenhand.lifecycle.takeover.cells import EPOCH, BadCell, Cells, Fault
from evenhand.lifecycle.takeover.plans import Plan, plans
from evenhand.lifecycle.takeover.tape import (
    INSTALMENTS_MOST,
    Instalment,
    Row,
    Shape,
    read_rows,
)

REQUIRED = ("loan_reference", "due_on", "principal", "interest")
OPTIONAL = ("late_interest",)
PRINCIPAL_MAX = 10**13
NOBODY = position.Payments(*(np.array([], np.int64) for _ in range(3)))


class Owed(NamedTuple):
    """A usable row of the tape with its unpaid instalments, oldest first."""

    row: Row
    instalments: tuple[Instalment, ...]


def read_instalments(path: Path, faults: list[Fault]) -> dict[str, tuple[Instalment, ...]]:
    """A second file's instalments by loan reference, in the file's order. A loan with a bad line
    is left out whole: half of what is owed would be wrong."""
    found: dict[str, list[Instalment]] = defaultdict(list)
    spoilt: set[str] = set()

    def make(_line: int, cells: Cells) -> tuple[str, Instalment]:
        reference = cells.reference("loan_reference")
        try:
            return reference, _instalment(cells)
        except BadCell:
            spoilt.add(reference)
            raise

    for reference, instalment in read_rows(path, REQUIRED, OPTIONAL, make, faults):
        found[reference].append(instalment)
    return {key: tuple(value) for key, value in found.items() if key not in spoilt}


def _instalment(cells: Cells) -> Instalment:
    return Instalment(
        cells.day("due_on"),
        cells.money("principal"),
        cells.money("interest"),
        cells.money("late_interest", "0"),
    )


def owed_by(
    rows: Sequence[Row],
    separate: Mapping[str, tuple[Instalment, ...]],
    as_of: date,
    tape: str,
    faults: list[Fault],
) -> list[Owed]:
    """Every row that says what is owed of it, checked; the others go to `faults`."""
    shaped = [row for row in rows if row.shape is not None]
    by_terms = dict(zip((row.reference for row in shaped), plans(shaped), strict=True))
    kept = []
    for row in rows:
        try:
            kept.append(Owed(row, _checked(row, _instalments(row, separate, by_terms), as_of)))
        except BadCell as bad:
            faults.append(Fault(tape, row.line, bad.column, bad.reason))
    return kept


def standing(book: Sequence[Owed], as_of: date) -> position.Position:
    """Where the book stands on the tape's day, before any payment to us."""
    width = max((len(owed.instalments) for owed in book), default=1)
    cells = np.zeros((3, len(book), width), np.int64)
    due_on = np.full((len(book), width), NEVER, np.int64)
    for at, (_, instalments) in enumerate(book):
        for n, instalment in enumerate(instalments):
            due_on[at, n] = (instalment.due_on - EPOCH.date()).days
            cells[:, at, n] = instalment[1:]
    on = (as_of - EPOCH.date()).days
    terms = Terms(
        loan=np.arange(len(book)),
        late_rate_ppm=np.array([owed.row.late_rate_ppm for owed in book], np.int64),
        late_year_days=np.array([owed.row.late_year_days for owed in book], np.int64),
        count=np.array([len(owed.instalments) for owed in book], np.int64),
        due_on=due_on,
        principal_minor=cells[0],
        interest_minor=cells[1],
        late_brought_minor=cells[2],
        late_from=np.where(due_on == NEVER, NEVER, on),
    )
    return position.stand(terms, NOBODY, on)


def _instalments(
    row: Row,
    separate: Mapping[str, tuple[Instalment, ...]],
    by_terms: Mapping[str, Plan | KeyedError],
) -> tuple[Instalment, ...]:
    if row.instalments:
        return row.instalments
    if row.shape is None:
        if row.reference not in separate:
            raise BadCell("instalments", "not said here, by terms, or in the file of instalments")
        return separate[row.reference]
    plan = by_terms[row.reference]
    if isinstance(plan, KeyedError):
        raise BadCell(plan.key, plan.reason)
    return _unpaid(plan, row.shape)


def _unpaid(plan: Plan, shape: Shape) -> tuple[Instalment, ...]:
    """What is left of a plan after the instalments paid, and the part paid of the next."""
    left = plan[shape.paid_instalments :]
    if not left:
        raise BadCell("paid_instalments", "all of them; nothing is left to take over")
    due_on, principal, interest = left[0]
    if shape.paid_into_next >= principal + interest:
        raise BadCell("paid_into_next", "as much as the whole instalment or more")
    of_interest = min(shape.paid_into_next, interest)
    of_principal = shape.paid_into_next - of_interest
    first = Instalment(
        due_on, principal - of_principal, interest - of_interest, shape.late_interest
    )
    return (first, *(Instalment(*coming, 0) for coming in left[1:]))


def _checked(row: Row, instalments: tuple[Instalment, ...], as_of: date) -> tuple[Instalment, ...]:
    due = [instalment.due_on for instalment in instalments]
    outstanding = sum(instalment.principal for instalment in instalments)
    late = [i for i in instalments if i.late and i.due_on >= as_of]
    faults = (
        (row.disbursed_on > as_of, "disbursed_on", "after the day the tape stands at"),
        (len(due) > INSTALMENTS_MOST, "instalments", f"more than {INSTALMENTS_MOST}"),
        (due != sorted(due), "instalments", "due days out of order"),
        (due[0] < row.disbursed_on, "instalments", "due before the loan was paid out"),
        (outstanding > row.principal, "principal", "less than the principal unpaid"),
        (outstanding == 0, "instalments", "no principal is unpaid"),
        (
            any(i.principal + i.interest + i.late == 0 for i in instalments),
            "instalments",
            "nothing is unpaid of one",
        ),
        (bool(late), "late_interest", "on an instalment not past due"),
        (
            row.outstanding not in (None, outstanding),
            "outstanding_principal",
            "not the unpaid principal of the instalments",
        ),
    )
    for wrong, column, reason in faults:
        if wrong:
            raise BadCell(column, reason)
    return instalments
