"""One chunk of borrowers on a day, as columns: where they stand, the next step, what the law says.

`plan` only reads. `write` commits what was planned for everybody whose stream still stands where it
was judged, in one transaction: intentions, outbox, positions, look_on and the counts of it all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from django.db import transaction

from evenhand.core.columns import Bools, Ints
from evenhand.core.days import NEVER
from evenhand.dayclose import progress
from evenhand.dayclose.progress import Counts
from evenhand.ledger import contacts, looks, standing, states, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.holding import hold
from evenhand.ledger.parts import parts_of
from evenhand.ledger.standing import Standing
from evenhand.lifecycle.remind import steps as remind
from evenhand.lifecycle.writeoff import charging_off
from evenhand.outbound.contact import outbox, wording
from evenhand.outbound.contact.ask import Answer, ask, draft
from evenhand.outbound.contact.known import Books
from evenhand.outbound.contact.outbox import Waiting
from evenhand.outbound.contact.wanted import Wanted
from evenhand.outbound.contact.wording import Wording

NO_PHONE: Final = "house.no_phone"
"""Counted beside the rules: a step that has no number to go to."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Columns [B] by borrower: the seq judged at, the day to look again, whether there is a step;
    the standing they were judged by, the intentions of each, all that is written of each (the
    intentions first), and the borrowers each rule refused.
    """

    borrower: Ints
    seq: Ints
    look_on: Ints
    has_step: Bools
    stood: Standing
    intended: Mapping[int, list[Draft]]
    drafts: Mapping[int, list[Draft]]
    refused: Mapping[str, Ints]


def plan(borrowers: Ints, on: int, at: int) -> Plan:
    """Judge these borrowers (rising) for day `on`; `at` is now, microseconds UTC.

    Heads are read before anything else: what is written after that moves them and undoes the plan.
    Raises KeyedError or another error of the data where a borrower's cannot be worked out.
    """
    heads = streams.heads(borrowers)
    seq = np.array([heads[borrower].seq for borrower in borrowers.tolist()], dtype=np.int64)
    stood = standing.stand(borrowers, on)
    lent = np.unique(stood.borrower)
    held = states.states(lent)
    steps = remind.steps_by(stood, contacts.progress(lent), held)
    books = Books(stood.borrower, stood.loan)
    by_message = _Asked.of(remind.reminders(stood, steps), books, on, at)
    in_app = _Asked.of(remind.notices(stood, steps), books, on, at).beside(by_message)
    look_on = np.full(len(borrowers), NEVER, dtype=np.int64)
    look_on[np.searchsorted(borrowers, stood.borrower[steps.first])] = steps.borrower_look_on
    for asked in (by_message, in_app):
        place = np.searchsorted(borrowers, asked.wanted.borrower)
        look_on[place] = np.minimum(look_on[place], asked.look_on(on))
    charged = charging_off.charged(stood, held, at)
    np.minimum.at(look_on, np.searchsorted(borrowers, stood.borrower), charged.look_on)
    has_step = np.isin(borrowers, stood.borrower[steps.lead[steps.lead >= 0]])
    refused = by_message.refused(in_app) | {NO_PHONE: by_message.reminders.unreachable}
    # The inbox first: the message holds the rung, and gives it back where it fails.
    intended: dict[int, list[Draft]] = defaultdict(list)
    judged_at = dict(zip(borrowers.tolist(), seq.tolist(), strict=True))
    approved = wording.in_force()
    for asked in (in_app, by_message):
        for borrower, drafted in asked.drafts(on, judged_at, approved):
            intended[borrower].append(drafted)
    drafts = {b: [*own] for b, own in intended.items()}
    for borrower, own in charged.drafts.items():
        drafts.setdefault(borrower, []).extend(own)
    return Plan(borrowers, seq, look_on, has_step, stood, intended, drafts, refused)


def write(day: date, made: Plan, at: int, milliseconds: int) -> Ints:
    """Commit a plan; returns the borrowers who had moved: nothing was written for them."""
    with transaction.atomic():
        held = hold(made.borrower, made.seq)
        borrowers = made.borrower[held]
        writing = [b for b in borrowers.tolist() if b in made.drafts]
        seq = dict(zip(made.borrower.tolist(), made.seq.tolist(), strict=True))
        appends = [streams.Append(b, seq[b], made.drafts[b]) for b in writing]
        moved = streams.append_many(appends, at=at)
        assert not moved, "a held head moved"
        waiting = [
            (Waiting(b, seq[b] + n), int(drafted.body["due_at"]))
            for b in writing
            for n, drafted in enumerate(made.intended.get(b, ()), start=1)
        ]
        outbox.put([row for row, _due_at in waiting], [due_at for _row, due_at in waiting])
        _keep(made, held)
        now_at = made.seq[held] + _how_many(made.drafts, borrowers)
        looks.set_look_on(borrowers, made.look_on[held], now_at)
        progress.add(day, _counts(made, held, milliseconds))
    return made.borrower[~held]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Contacts wanted by one channel, and what the law says to them."""

    reminders: remind.Reminders
    answer: Answer
    allowed: Bools

    @classmethod
    def of(cls, reminders: remind.Reminders, books: Books, on: int, at: int) -> _Asked:
        answer = ask(reminders.wanted, books, on, at)
        return cls(reminders, answer, answer.allowed)

    @property
    def wanted(self) -> Wanted:
        return self.reminders.wanted

    def beside(self, other: _Asked) -> _Asked:
        """The same where the other channel goes too, or never will: the two go together."""
        waits = ~other.allowed & (other.answer.look_on <= other.reminders.last_on)
        held = np.isin(self.wanted.borrower, other.wanted.borrower[waits])
        return _Asked(self.reminders, self.answer, self.allowed & ~held)

    def look_on(self, on: int) -> Ints:
        """The day to ask again, NEVER where it is allowed or waits for a fact."""
        again = np.clip(self.answer.look_on, on + 1, NEVER)
        return np.where(self.answer.allowed, NEVER, again)

    def refused(self, other: _Asked) -> dict[str, Ints]:
        """Rule id to the borrowers it refused, by this channel and by the other."""
        more = other.answer.refused
        return {
            rule: np.concatenate([refused, more.get(rule, refused[:0])])
            for rule, refused in self.answer.refused.items()
        }

    def drafts(
        self, on: int, judged_at: Mapping[int, int], approved: Mapping[str, Wording]
    ) -> Iterator[tuple[int, Draft]]:
        """The intention of every borrower who may be reached."""
        borrower = self.wanted.borrower.tolist()
        made = self.reminders
        for row in np.flatnonzero(self.allowed).tolist():
            seq = judged_at[borrower[row]]
            drafted = draft(self.answer, row, on, seq, made.words[row], approved)
            yield borrower[row], drafted._replace(loan=made.loan[row])


def _how_many(drafts: Mapping[int, list[Draft]], borrowers: Ints) -> Ints:
    """[B] how many drafts each borrower has."""
    return np.array([len(drafts.get(b, ())) for b in borrowers.tolist()], dtype=np.int64)


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
    intended, written = (
        np.bincount(part, weights=_how_many(drafts, borrowers), minlength=len(looked))
        for drafts in (made.intended, made.drafts)
    )
    by_part = {
        p: Counts(int(looked[p]), int(stepped[p]), int(intended[p]), int(written[p]))
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
