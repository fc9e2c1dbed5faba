"""Loans whose day of charge-off has come, where the accounting of a pack in force wants it.

The end of a day asks this of everybody it looks at, and writes `loan.charged_off` once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from django.conf import settings

from evenhand.core.charge_off import due
from evenhand.core.columns import Bools, Ints
from evenhand.core.days import NEVER
from evenhand.core.words import STATE_KINDS, code
from evenhand.law import charge_off
from evenhand.law.charge_off import Rule
from evenhand.ledger import house, off_books
from evenhand.ledger.columns import Records
from evenhand.ledger.facts import Draft
from evenhand.ledger.standing import Standing

BANKRUPTCY: Final = code("bankruptcy", STATE_KINDS)


class Charged(NamedTuple):
    """What is to be written, by borrower, and the next day [L] on which it may be more."""

    drafts: Mapping[int, list[Draft]]
    look_on: Ints


def charged(stood: Standing, held: Records, at: int) -> Charged:
    """The loans that stand here whose day has come, on the day they stand on; `held` are the
    borrowers' states (`states.STATE`), `at` is now."""
    rule = charge_off.rule(settings.EVENHAND_PACKS)
    if rule is None or not len(stood.loan):
        return Charged({}, np.full(len(stood.loan), NEVER, dtype=np.int64))
    done = np.isin(stood.loan, off_books.charged_among(np.unique(stood.borrower)))
    told = _notified(stood, held, at)
    found = due(stood.position, told, done, rule.past_due_days, rule.bankruptcy_days)
    drafts: dict[int, list[Draft]] = {}
    for row in np.flatnonzero(found.now).tolist():
        drafted = _draft(stood, row, rule, found.by_bankruptcy)
        drafts.setdefault(int(stood.borrower[row]), []).append(drafted)
    return Charged(drafts, found.look_on)


def _notified(stood: Standing, held: Records, at: int) -> Ints:
    """[L] the day we were told of a bankruptcy that stands, NEVER without one."""
    day = np.full(len(stood.loan), NEVER, dtype=np.int64)
    for one in held[(held["kind"] == BANKRUPTCY) & (held["until"] > at)]:
        learnt = house.day_number(house.day_of(int(one["at"])))
        of_loan = (one["loan"] == 0) | (stood.loan == one["loan"])
        mine = of_loan & (stood.borrower == one["borrower"])
        day[mine] = np.minimum(day[mine], learnt)
    return day


def _draft(stood: Standing, row: int, rule: Rule, by_bankruptcy: Bools) -> Draft:
    position = stood.position
    due_by_now = position.due_on[row] <= position.on[row]
    body = {
        "rule": rule.id,
        "reason": "bankruptcy" if by_bankruptcy[row] else "age",
        "outstanding_minor": int(position.outstanding_minor[row]),
        "interest_minor": int(position.owed_interest[row, due_by_now].sum()),
        "fee_minor": int(position.owed_fee[row, due_by_now].sum()),
        "late_minor": int(position.late_interest_minor[row]),
    }
    day = house.day_from(position.on[row])
    return Draft(off_books.CHARGED_OFF, day, "dayclose", int(stood.loan[row]), body=body)
