"""Contacts somebody wants to make, as columns, and the standing of the loans they are about."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import ALL_DEBTS, NO, YES, Bits, Codes
from evenhand.ledger.standing import Standing

DEBTS_MAX: Final = 64
"""Loans of one borrower the gate tells apart; those beyond share the last bit."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Columns [A]: one contact each, at most one a borrower, by borrower rising.

    Words are codes of `core.words`; `debts` is a set of the borrower's loans, bit i the i-th by
    number; `disclosed` says whether every loan's signed contract names this channel as a measure.
    """

    borrower: Ints
    channel: Codes
    mode: Codes
    to: Codes
    purpose: Codes
    address: Ints
    debts: Bits
    disclosed: Codes
    days_late: Ints
    overdue_minor: Ints

    def __len__(self) -> int:
        return len(self.borrower)

    def take(self, rows: Ints) -> Wanted:
        """The contacts at `rows`, in that order."""
        return Wanted(*(getattr(self, column.name)[rows] for column in fields(self)))


@dataclass(frozen=True, slots=True)
class Loans:
    """Columns [B]: what the named loans of each borrower add up to."""

    borrower: Ints
    debts: Bits
    measures: Ints
    days_late: Ints
    overdue_minor: Ints


def rank_of(borrower: Ints) -> Ints:
    """[L] each loan's place among its borrower's loans, from rows by borrower and loan.

    >>> rank_of(np.array([7, 7, 9])).tolist()
    [0, 1, 0]
    """
    first = np.searchsorted(borrower, borrower)
    rank: Ints = np.minimum(np.arange(len(borrower)) - first, DEBTS_MAX - 1)
    return rank


def named_loans(stood: Standing, named: Bools, borrowers: Ints) -> Loans:
    """What the named loans [L] of each borrower [B] add up to; `borrowers` rises.

    `measures` are those every named loan discloses, `days_late` the oldest's, `overdue_minor` the
    sum. A borrower without a named loan has no measure, and the debts are all.
    """
    rows = np.flatnonzero(named)
    some, first = np.unique(stood.borrower[rows], return_index=True)
    count = len(borrowers)
    debts = np.full(count, ALL_DEBTS, dtype=np.uint64)
    measures, days_late, overdue = (np.zeros(count, dtype=np.int64) for _ in range(3))
    if len(rows):
        place = np.searchsorted(borrowers, some)
        bit = np.uint64(1) << rank_of(stood.borrower)[rows].astype(np.uint64)
        debts[place] = np.bitwise_or.reduceat(bit, first)
        measures[place] = np.bitwise_and.reduceat(stood.rows["measures"][rows], first)
        days_late[place] = np.maximum.reduceat(stood.position.past_due_days[rows], first)
        overdue[place] = np.add.reduceat(stood.position.past_due_minor[rows], first)
    return Loans(borrowers, debts, measures, days_late, overdue)


def disclosed(measures: Ints, channel: Codes) -> Codes:
    """YES where the channel is among the measures (bits of `words.CHANNELS`), else NO.

    >>> call_and_sms = np.array([0, 4], dtype=np.int8)
    >>> disclosed(np.array([1 << 4, 1 << 4]), call_and_sms).tolist()
    [0, 1]
    """
    among = (measures >> channel.astype(np.int64)) & 1
    return np.where(among == 1, YES, NO).astype(np.int8)
