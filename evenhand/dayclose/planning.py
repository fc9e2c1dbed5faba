"""One chunk of borrowers on a day, as columns: where they stand, the next step, what the law says.

`plan` only reads. `write` commits what was planned for everybody whose stream still stands where it
was judged, in one transaction: intentions, outbox, positions, look_on and the counts of it all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from django.db import transaction

from evenhand.core.columns import Bools, Ints
from evenhand.core.days import NEVER
from evenhand.dayclose import progress
from evenhand.dayclose.progress import Counts
from evenhand.ledger import looks, standing, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.holding import hold
from evenhand.ledger.parts import parts_of
from evenhand.ledger.standing import Standing
from evenhand.lifecycle.remind import steps as remind
from evenhand.outbound.contact import outbox
from evenhand.outbound.contact.ask import Answer, ask, draft
from evenhand.outbound.contact.known import Books
from evenhand.outbound.contact.outbox import Waiting

NO_PHONE: Final = "house.no_phone"
"""Counted beside the rules: a step that has no number to go to."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Columns [B] by borrower: the seq judged at, the day to look again, whether there is a step;
    the standing they were judged by, the intentions, when each is due (microseconds UTC), and the
    borrowers each rule refused.
    """

    borrower: Ints
    seq: Ints
    look_on: Ints
    has_step: Bools
    stood: Standing
    intended: dict[int, Draft]
    due_at: dict[int, int]
    refused: Mapping[str, Ints]


def plan(borrowers: Ints, on: int, at: int) -> Plan:
    """Judge these borrowers (rising) for day `on`; `at` is now, microseconds UTC.

    Heads are read before anything else: what is written after that moves them and undoes the plan.
    Raises KeyedError or another error of the data where a borrower's cannot be worked out.
    """
    heads = streams.heads(borrowers)
    seq = np.array([heads[borrower].seq for borrower in borrowers.tolist()], dtype=np.int64)
    stood = standing.stand(borrowers, on)
    steps = remind.steps_of(stood)
    wanted = remind.reminders(stood, steps)
    answer = ask(wanted.wanted, Books(stood.borrower, stood.loan), on, at)
    look_on = np.full(len(borrowers), NEVER, dtype=np.int64)
    look_on[np.searchsorted(borrowers, stood.borrower[steps.first])] = steps.borrower_look_on
    place = np.searchsorted(borrowers, wanted.wanted.borrower)
    again = np.where(answer.allowed, NEVER, np.clip(answer.look_on, on + 1, NEVER))
    look_on[place] = np.minimum(look_on[place], again)
    has_step = np.isin(borrowers, stood.borrower[steps.lead[steps.lead >= 0]])
    refused = dict(answer.refused) | {NO_PHONE: wanted.unreachable}
    intended = _intended(
        wanted, answer, on, dict(zip(borrowers.tolist(), seq.tolist(), strict=True))
    )
    due_at = {b: int(d.body["due_at"]) for b, d in intended.items()}
    return Plan(borrowers, seq, look_on, has_step, stood, intended, due_at, refused)


def write(day: date, made: Plan, at: int, milliseconds: int) -> Ints:
    """Commit a plan; returns the borrowers who had moved: nothing was written for them."""
    with transaction.atomic():
        held = hold(made.borrower, made.seq)
        borrowers = made.borrower[held]
        intended = [b for b in borrowers.tolist() if b in made.intended]
        seq = dict(zip(made.borrower.tolist(), made.seq.tolist(), strict=True))
        appends = [streams.Append(b, seq[b], [made.intended[b]]) for b in intended]
        moved = streams.append_many(appends, at=at)
        assert not moved, "a held head moved"
        waiting = [Waiting(b, seq[b] + 1) for b in intended]
        outbox.put(waiting, [made.due_at[b] for b in intended])
        _keep(made, held)
        now_at = made.seq[held] + np.isin(borrowers, intended)
        looks.set_look_on(borrowers, made.look_on[held], now_at)
        progress.add(day, _counts(made, held, milliseconds))
    return made.borrower[~held]


def _intended(
    wanted: remind.Reminders, answer: Answer, on: int, seq: Mapping[int, int]
) -> dict[int, Draft]:
    """The intention of every borrower who may be written to."""
    borrower = wanted.wanted.borrower.tolist()
    return {
        borrower[row]: draft(answer, row, on, seq[borrower[row]], wanted.words[row])._replace(
            loan=wanted.loan[row]
        )
        for row in np.flatnonzero(answer.allowed).tolist()
    }


def _keep(made: Plan, held: Bools) -> None:
    """Position rows of those held: as stood, or stood once more where some had moved."""
    if held.all():
        standing.keep(made.stood)
    elif held.any():
        standing.restand(made.borrower[held], int(made.stood.position.on[0]))


def _counts(made: Plan, held: Bools, milliseconds: int) -> dict[int, Counts]:
    """What was done, by part; the time is the first part's, so that the sum is right."""
    borrowers = made.borrower[held]
    part = parts_of(borrowers)
    looked = np.bincount(part, minlength=0)
    stepped = np.bincount(part, weights=made.has_step[held], minlength=len(looked))
    intended = np.bincount(
        part, weights=np.isin(borrowers, list(made.intended)), minlength=len(looked)
    )
    by_part = {
        p: Counts(int(looked[p]), int(stepped[p]), int(intended[p]), int(intended[p]))
        for p in np.flatnonzero(looked).tolist()
    }
    for rule, refused in made.refused.items():
        if not len(refused):
            continue
        among, count = np.unique(parts_of(refused[np.isin(refused, borrowers)]), return_counts=True)
        for p, n in zip(among.tolist(), count.tolist(), strict=True):
            by_part[p].refusals[rule] += n
    if by_part:
        by_part[min(by_part)].milliseconds = milliseconds
    return by_part
