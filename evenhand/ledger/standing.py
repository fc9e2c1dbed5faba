"""Where loans stand on a day: their facts loaded as columns and handed to `core.position`.

`stand` only reads; `restand` also keeps what it found as position rows. A position row holds days,
not counts, and says for which (seq, stood_on) it is true.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Ints
from evenhand.core.days import NEVER
from evenhand.core.payoff import begins, settled
from evenhand.core.position import Payments, Position
from evenhand.core.position import stand as core_stand
from evenhand.core.returned import Returns, less_returned
from evenhand.core.terms import Terms
from evenhand.ledger import columns, kinds, late_stops, loans
from evenhand.ledger.columns import Array, Fields, Records
from evenhand.ledger.facts import Fact
from evenhand.ledger.house import day_number
from evenhand.ledger.queries import query_for

PAYMENT: Final[Fields] = {
    "borrower": "bigint",
    "loan": "bigint",
    "seq": "integer",
    "day": "date",
    "amount": "bigint",
    "cause": "integer",
}
POSITION: Final[Fields] = {
    "borrower": "bigint",
    "loan": "bigint",
    "seq": "integer",
    "stood_on": "date",
    "outstanding_minor": "bigint",
    "past_due_minor": "bigint",
    "past_due_principal_minor": "bigint",
    "past_due_interest_minor": "bigint",
    "late_interest_minor": "bigint",
    "past_due_since": "date",
    "past_due_count": "integer",
    "due_minor": "bigint",
    "next_due_on": "date",
    "next_due_minor": "bigint",
    "paid_off": "boolean",
    "overpaid_minor": "bigint",
}
MONEY_KINDS: Final = (
    "payment.received",
    "payment.reversed",
    "payment.returned",
    "interest.waived",
)
SEQ: Final[Fields] = {"borrower": "bigint", "seq": "integer"}
COMPUTED: Final = tuple(POSITION)[4:]


class Standing(NamedTuple):
    """L loans by (borrower, loan), all columns in that order.

    `borrower` [L]; `seq` [L] the head each stood at; `rows` [L] the terms as records of
    `loans.TERMS` (strategy, measures, currency ...); `terms`, `payments` and `position` are core's,
    the payments less what was returned of them, the terms without the interest that a pay-off has
    waived. `begins_on` [L] is where each first instalment's period begins.
    """

    borrower: Ints
    seq: Ints
    rows: Records
    terms: Terms
    payments: Payments
    position: Position
    begins_on: Ints

    @property
    def loan(self) -> Ints:
        return self.terms.loan


def stand(borrowers: npt.ArrayLike, on: int | Ints) -> Standing:
    """Every loan of these borrowers as of day `on` (one day, or one a borrower), by all facts.

    `borrowers` is a column without repetition; one without a loan has no row.
    """
    wanted = np.asarray(borrowers, dtype=np.int64)
    asked = {"borrowers": Array(wanted)}
    # The heads first: a fact written meanwhile is then counted in, never claimed and left out.
    seqs = columns.columns(query_for("seqs", wanted), asked, SEQ)
    rows = loans.terms(wanted)
    paid = columns.columns(query_for("payments", wanted), asked, PAYMENT)
    stops = late_stops.of(wanted)
    days = _day_of_each(rows, wanted, on)
    return _stood(seqs, rows, loans.owed(wanted), (paid, stops), days)


def stand_by(facts: Sequence[Fact], on: int | Ints) -> Standing:
    """The same from facts alone, by borrower and seq: what was known once, say.

    `on` is one day, or one a borrower who has facts, by borrower rising.
    """
    ended = {fact.loan for fact in facts if fact.kind == "loan.withdrawn"}
    begun = [f for f in facts if loans.begins(f) and f.loan not in ended]
    return stand_of(loans.rows_of(begun), facts, on)


def stand_of(standing: tuple[Records, Records], facts: Sequence[Fact], on: int | Ints) -> Standing:
    """The same, where the rows of the loans that stand (`loans.rows_of`) are at hand."""
    rows, lines = standing
    paid = [
        (fact.borrower, fact.loan, fact.seq, day_number(fact.day), fact.amount, _cause(fact))
        for fact in facts
        if fact.kind in MONEY_KINDS
    ]
    heads = columns.records(sorted({f.borrower: f.seq for f in facts}.items()), SEQ)
    money = (columns.records(paid, PAYMENT), late_stops.by(facts))
    return _stood(heads, rows, lines, money, _day_of_each(rows, heads["borrower"], on))


def restand(borrowers: npt.ArrayLike, on: int | Ints) -> Standing:
    """`stand`, and keep it as position rows. Inside the caller's transaction where there is one."""
    stood = stand(borrowers, on)
    keep(stood)
    return stood


def keep(stood: Standing) -> int:
    """Write position rows, but none over one that stood at a later head. Returns how many."""
    rows = columns.empty(len(stood.borrower), POSITION)
    rows["borrower"] = stood.borrower
    rows["loan"] = stood.loan
    rows["seq"] = stood.seq
    rows["stood_on"] = stood.position.on
    for name in COMPUTED:
        rows[name] = getattr(stood.position, name)
    later = "old.seq <= excluded.seq"
    return columns.upsert("ledger_position", rows, POSITION, "borrower, loan", later)


def positions(borrowers: npt.ArrayLike) -> Records:
    """The position rows that stand for these borrowers, by borrower and loan."""
    return columns.columns(
        query_for("positions", borrowers), {"borrowers": Array(borrowers)}, POSITION
    )


def project(by_kind: Mapping[str, Sequence[Fact]]) -> None:
    """Stand the borrowers again whose money was touched, on the house day of it."""
    days = kinds.touched(by_kind, "money")
    if days:
        borrowers = np.array(sorted(days), dtype=np.int64)
        restand(borrowers, np.array([days[b] for b in borrowers.tolist()], dtype=np.int64))


def _stood(
    seqs: Records, rows: Records, lines: Records, money: tuple[Records, Records], on: Ints
) -> Standing:
    """`money` is what was paid, and where late interest stopped and went on."""
    paid, stops = money
    agreed = replace(loans.terms_columns(rows, lines), stopped=late_stops.spans(rows, stops))
    borrower, disbursed_on, rate_ppm = (
        np.ascontiguousarray(rows[name]) for name in ("borrower", "disbursed_on", "rate_ppm")
    )
    begins_on = begins(agreed, disbursed_on, rate_ppm, rows["imported"])
    terms = settled(agreed, begins_on, _paid_off_on(rows, paid, on))
    payments = _payments(rows, paid, on)
    position = core_stand(terms, payments, on)
    seq = seqs["seq"][np.searchsorted(seqs["borrower"], borrower)]
    return Standing(borrower, seq, rows, terms, payments, position, begins_on)


def _day_of_each(rows: Records, borrowers: Ints, on: int | Ints) -> Ints:
    """The day each loan stands on, from one day, or one a borrower."""
    days = np.broadcast_to(np.asarray(on, dtype=np.int64), borrowers.shape)
    order = np.argsort(borrowers)
    place = np.searchsorted(borrowers, rows["borrower"], sorter=order)
    return np.asarray(days[order][place], dtype=np.int64)


def _cause(fact: Fact) -> int:
    """What a reversal reverses; 0 of what was returned, below zero of what waives interest."""
    if fact.kind == "payment.returned":
        return 0
    return -fact.cause if fact.kind == "interest.waived" else fact.cause


def _paid_off_on(rows: Records, paid: Records, on: Ints) -> Ints:
    """[L] the day from which the interest of unused days is waived, NEVER where it is not.

    What waives it stands as long as the payment that caused it.
    """
    day = np.full(len(rows), NEVER, dtype=np.int64)
    waiver = (paid["amount"] < 0) & (paid["cause"] < 0)
    if not waiver.any():
        return day
    number = np.unique(paid["borrower"], return_inverse=True)[1]
    payment = number << 32 | np.abs(paid["cause"])
    reversal = (paid["amount"] < 0) & (paid["cause"] > 0)
    row, waived = _of_loans(rows, paid[waiver & ~np.isin(payment, payment[reversal])])
    np.minimum.at(day, row, waived["day"])
    return np.where(day <= on, day, NEVER)


def _payments(rows: Records, paid: Records, on: Ints) -> Payments:
    """What was paid on these loans and not taken back, by loan, day and seq, less what was
    returned by the day each stands on."""
    row, kept = _of_loans(rows, paid[_stands(paid)])
    by_day = np.lexsort((kept["seq"], kept["day"], row))
    payments = Payments(row[by_day], kept["day"][by_day], kept["amount"][by_day])
    back = (paid["amount"] < 0) & (paid["cause"] == 0)
    if not back.any():
        return payments
    row, gone = _of_loans(rows, paid[back])
    return less_returned(payments, Returns(row, gone["day"], -gone["amount"]), on)


def _of_loans(rows: Records, money: Records) -> tuple[Ints, Records]:
    """The money of loans that stand, and the place of each one's loan."""
    order = np.argsort(rows["loan"])
    place = np.searchsorted(rows["loan"], money["loan"], sorter=order)
    known = place < len(rows)
    row = order[np.where(known, place, 0)] if len(rows) else np.zeros(len(money), dtype=np.int64)
    if len(rows):
        known &= rows["loan"][row] == money["loan"]
    return row[known], money[known]


def _stands(paid: Records) -> npt.NDArray[np.bool_]:
    """Which rows are payments that no later row reverses.

    ValueError where a reversal is not of one payment, its whole amount, once.
    """
    number = np.unique(paid["borrower"], return_inverse=True)[1]
    key = number << 32 | paid["seq"]
    reversal = np.flatnonzero((paid["amount"] < 0) & (paid["cause"] > 0))
    if not len(reversal):
        return np.asarray(paid["amount"] > 0)
    target = (number << 32 | paid["cause"])[reversal]
    payment = np.minimum(np.searchsorted(key, target), len(key) - 1)
    fits = (key[payment] == target) & (paid["amount"][payment] == -paid["amount"][reversal])
    fits &= paid["loan"][payment] == paid["loan"][reversal]
    if not fits.all() or len(np.unique(target)) != len(target):
        raise ValueError("a reversal is not of one payment, whole and once")
    standing = paid["amount"] > 0
    standing[payment] = False
    return np.asarray(standing)
