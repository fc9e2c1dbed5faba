"""From the ladder's steps to the contacts we want to make, and back when there is nothing to say.

A step becomes one text message to the borrower's own phone about every loan it names. Its words
tell a lock screen nothing; which of two neutral templates it is depends on the purpose alone. Who
has an account with us online finds the same in the inbox there, with amount and day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from evenhand.core.columns import Ints
from evenhand.core.days import NEVER, iso
from evenhand.core.ladder import NONE, Progress, Steps, next_step
from evenhand.core.words import CHANNELS, MODES, PURPOSES, RECIPIENTS, STATE_KINDS, code
from evenhand.law.strategies import rungs_of
from evenhand.ledger import house, states
from evenhand.ledger.columns import Records
from evenhand.ledger.reactions import Places
from evenhand.ledger.standing import Standing
from evenhand.outbound.contact import reach, send
from evenhand.outbound.contact.outcome import INBOX
from evenhand.outbound.contact.saying import IN_APP
from evenhand.outbound.contact.wanted import Wanted, disclosed, named_loans
from evenhand.people import persons

PLAN: Final = code("agreement_in_force", STATE_KINDS)
DUE_NOTICE: Final = code("due_reminder", PURPOSES)
PHONE: Final = "phone"
SECOND: Final = 1_000_000
TEMPLATE: Final = {"collect": "attention", "due_reminder": "notice"}


@dataclass(frozen=True, slots=True)
class Reminders:
    """The contacts wanted [A] by one channel, and the words of each for its intention.
    `last_on` is the last day on which there is something to say: the due day of a due notice, NEVER
    for a reminder. `unreachable` borrowers have a step and no phone we know.
    """

    wanted: Wanted
    words: list[dict[str, Any]]
    loan: list[int]
    last_on: Ints
    unreachable: Ints


def steps_by(stood: Standing, taken: Records, held: Records) -> Steps:
    """The ladder's step of every borrower who stands here; theirs are the rungs `taken`
    (`contacts.PROGRESS`) and the states `held` (`states.STATE`)."""
    rungs = rungs_of(stood.rows["strategy"])
    return next_step(rungs, stood.position, _progress(stood, taken, held), stood.borrower)


def reminders(stood: Standing, steps: Steps) -> Reminders:
    """One message for each borrower with a step, about all the loans it names."""
    lead = steps.lead[steps.lead >= 0]
    borrower = stood.borrower[lead]
    phone = _phones(borrower)
    reached = phone >= 0
    made = _reminders(stood, steps, lead[reached], "sms", phone[reached])
    return replace(made, unreachable=borrower[~reached])


def notices(stood: Standing, steps: Steps) -> Reminders:
    """The same in the inbox of each borrower with a step and an account with us online, whose
    terms they have not taken back."""
    lead = steps.lead[steps.lead >= 0]
    lead = lead[reach.asked_in_app(stood.borrower[lead])]
    return _reminders(stood, steps, lead, IN_APP, np.full(len(lead), INBOX, dtype=np.int64))


def _reminders(stood: Standing, steps: Steps, lead: Ints, by: str, address: Ints) -> Reminders:
    """One contact by channel `by` for each of these borrowers, whose leading loans are `lead`."""
    at = stood.borrower[lead]
    loans = named_loans(stood, steps.named & np.isin(stood.borrower, at), at)
    channel = np.full(len(at), code(by, CHANNELS), dtype=np.int8)
    wanted = Wanted(
        borrower=at,
        channel=channel,
        mode=np.full(len(at), code("interactive", MODES), dtype=np.int8),
        to=np.full(len(at), code("debtor", RECIPIENTS), dtype=np.int8),
        purpose=steps.purpose[lead].astype(np.int8),
        address=address,
        debts=loans.debts,
        disclosed=disclosed(loans.measures, channel),
        days_late=loans.days_late,
        overdue_minor=loans.overdue_minor,
    )
    words, loan = _words(stood, steps, lead, wanted)
    last_on = np.where(wanted.purpose == DUE_NOTICE, steps.since[lead], NEVER)
    return Reminders(wanted, words, loan, last_on, at[:0])


def withdraw(facts: Places, *, at: int) -> None:
    """A payment was received (or a loan taken back): what waits and has nothing left to say goes.

    `facts` are (borrower, seq). Safe to do again.
    """
    send.withdraw(sorted({borrower for borrower, _seq in facts}), at)


TASKS: Final[Mapping[str, Callable[..., object]]] = {"remind.withdraw": withdraw}


def _progress(stood: Standing, taken: Records, held: Records) -> Progress:
    """The last rung taken of each loan, and the first day on which no plan holds it any more."""
    row, known = _place(stood, taken["loan"])
    rung = np.full(len(stood.loan), NONE, dtype=np.int64)
    since = np.full(len(stood.loan), NEVER, dtype=np.int64)
    rung[row[known]] = taken["rung"][known]
    since[row[known]] = taken["since"][known]
    return Progress(rung, since, _held_until(stood, held[held["kind"] == PLAN]))


def _held_until(stood: Standing, plans: Records) -> Ints:
    """[L] the day the last plan over each loan ends; NEVER for one without end, 0 without any."""
    borrowers = np.unique(stood.borrower)
    held = np.zeros(len(stood.loan), dtype=np.int64)
    if not len(plans):
        return held
    ends = _end_days(plans["until"])
    over_all = plans["loan"] == 0
    row, known = _place(stood, plans["loan"])
    of_loan = known & ~over_all
    np.maximum.at(held, row[of_loan], ends[of_loan])
    of_borrower = np.zeros(len(borrowers), dtype=np.int64)
    place = np.searchsorted(borrowers, plans["borrower"][over_all])
    np.maximum.at(of_borrower, place, ends[over_all])
    return np.maximum(held, of_borrower[np.searchsorted(borrowers, stood.borrower)])


def _end_days(until: Ints) -> Ints:
    """The house day of each moment a plan ends, NEVER for one that does not."""
    moments, place = np.unique(until, return_inverse=True)
    days = [
        NEVER if moment >= states.WITHOUT_END else house.day_number(house.day_of(moment))
        for moment in moments.tolist()
    ]
    return np.array(days, dtype=np.int64)[place]


def _place(stood: Standing, loan: Ints) -> tuple[Ints, np.ndarray[Any, np.dtype[np.bool_]]]:
    """The row of each loan in `stood`, and whether it is there."""
    order = np.argsort(stood.loan, kind="stable")
    place = np.searchsorted(stood.loan, loan, sorter=order)
    row = order[np.minimum(place, len(order) - 1)]
    return row, stood.loan[row] == loan


def _phones(borrowers: Ints) -> Ints:
    """The contact point of each borrower's phone, the newest one we were given; -1 for none."""
    known = {p.person: p.point for p in persons.points(borrowers.tolist()) if p.kind == PHONE}
    return np.array([known.get(b, -1) for b in borrowers.tolist()], dtype=np.int64)


def _words(
    stood: Standing, steps: Steps, lead: Ints, wanted: Wanted
) -> tuple[list[dict[str, Any]], list[int]]:
    """What each intention says of itself, and the loan it is filed under (0: several)."""
    named: dict[int, list[list[Any]]] = {borrower: [] for borrower in wanted.borrower.tolist()}
    rows = np.flatnonzero(steps.named)
    since = iso(steps.since[rows]).tolist()
    listed = (stood.borrower[rows].tolist(), stood.loan[rows].tolist(), steps.rung[rows].tolist())
    for borrower, loan, rung, day in zip(*listed, since, strict=True):
        if borrower in named:
            named[borrower].append([loan, rung, day])
    words = [
        {
            "channel": CHANNELS[channel],
            "mode": "interactive",
            "to": "debtor",
            "address": address,
            "purpose": PURPOSES[purpose],
            "step": rung,
            "since": day,
            "loans": named[borrower],
            "template": TEMPLATE[PURPOSES[purpose]],
        }
        for borrower, channel, address, purpose, rung, day in zip(
            wanted.borrower.tolist(),
            wanted.channel.tolist(),
            wanted.address.tolist(),
            wanted.purpose.tolist(),
            steps.rung[lead].tolist(),
            iso(steps.since[lead]).tolist(),
            strict=True,
        )
    ]
    single = [loans[0][0] if len(loans) == 1 else 0 for loans in named.values()]
    return words, single
