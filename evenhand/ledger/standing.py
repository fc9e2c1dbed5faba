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
from evenhand.core.returned import Returns, left_after, less_returned
from evenhand.core.terms import Terms
from evenhand.ledger import columns, deals, kinds, late_stops, loans, told
from evenhand.ledger.columns import Array, Fields, Records
from evenhand.ledger.deals import Deals, Money
from evenhand.ledger.facts import Fact
from evenhand.ledger.house import day_number
from evenhand.ledger.queries import query_for
from evenhand.ledger.told import Told

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


class _Known(NamedTuple):
    """What was paid, where late interest stopped and went on, and what is told of few loans."""

    paid: Records
    stops: Records
    told: Told


class Standing(NamedTuple):
    """L loans by (borrower, loan), all columns in that order.

    `borrower` [L]; `seq` [L] the head each stood at; `rows` [L] the terms as records of
    `loans.TERMS` (strategy, measures, currency ...); `terms`, `payments` and `position` are core's,
    the payments less what was returned of them, the terms those in force, without the interest that
    a pay-off has waived. `begins_on` [L] is where each first instalment's period begins. `deals`
    are the loans among them that are not plain: how they were agreed, what happened.
    """

    borrower: Ints
    seq: Ints
    rows: Records
    terms: Terms
    payments: Payments
    position: Position
    begins_on: Ints
    deals: Deals | None

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
    known = _Known(paid, late_stops.of(wanted), told.of(wanted, rows))
    days = _day_of_each(rows, wanted, on)
    return _stood(seqs, rows, loans.owed(wanted), known, days)


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
    known = _Known(columns.records(paid, PAYMENT), late_stops.by(facts), told.by(facts))
    return _stood(heads, rows, lines, known, _day_of_each(rows, heads["borrower"], on))


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


def _stood(seqs: Records, rows: Records, lines: Records, known: _Known, on: Ints) -> Standing:
    paid = known.paid
    agreed = replace(loans.terms_columns(rows, lines), stopped=late_stops.spans(rows, known.stops))
    borrower, disbursed_on, rate_ppm = (
        np.ascontiguousarray(rows[name]) for name in ("borrower", "disbursed_on", "rate_ppm")
    )
    begins_on = begins(agreed, disbursed_on, rate_ppm, rows["imported"])
    waived = _paid_off(rows, paid)
    terms = settled(agreed, begins_on, _paid_off_on(waived, on))
    payments, seqs_paid = _payments(rows, paid, on)
    position = core_stand(terms, payments, on)
    money = Money(payments, seqs_paid, waived)
    found = deals.deals(rows, agreed, begins_on, money, known.told, on)
    if found:
        terms, position = deals.among(found, terms, begins_on, position)
    seq = seqs["seq"][np.searchsorted(seqs["borrower"], borrower)]
    return Standing(borrower, seq, rows, terms, payments, position, begins_on, found)


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


def _paid_off(rows: Records, paid: Records) -> Ints:
    """(place of the loan, day, seq) [P, 3] of what waives the interest of unused days.

    It stands as long as the payment that caused it.
    """
    waiver = (paid["amount"] < 0) & (paid["cause"] < 0)
    if not waiver.any():
        return np.empty((0, 3), dtype=np.int64)
    number = np.unique(paid["borrower"], return_inverse=True)[1]
    payment = number << 32 | np.abs(paid["cause"])
    reversal = (paid["amount"] < 0) & (paid["cause"] > 0)
    row, waived = _of_loans(rows, paid[waiver & ~np.isin(payment, payment[reversal])])
    return np.stack((row, waived["day"], waived["seq"]), axis=1)


def _paid_off_on(waived: Ints, on: Ints) -> Ints:
    """[L] the day from which the interest of unused days is waived, NEVER where it is not."""
    day = np.full(len(on), NEVER, dtype=np.int64)
    np.minimum.at(day, waived[:, 0], waived[:, 1])
    return np.where(day <= on, day, NEVER)


def _payments(rows: Records, paid: Records, on: Ints) -> tuple[Payments, Ints]:
    """What was paid on these loans and not taken back, by loan, day and seq, less what was
    returned by the day each stands on; and the seq of each."""
    row, kept = _of_loans(rows, paid[_stands(paid)])
    by_day = np.lexsort((kept["seq"], kept["day"], row))
    payments = Payments(row[by_day], kept["day"][by_day], kept["amount"][by_day])
    seq = np.ascontiguousarray(kept["seq"][by_day])
    back = (paid["amount"] < 0) & (paid["cause"] == 0)
    if not back.any():
        return payments, seq
    row, gone = _of_loans(rows, paid[back])
    returns = Returns(row, gone["day"], -gone["amount"])
    return less_returned(payments, returns, on), seq[left_after(payments, returns, on) > 0]


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
