"""Who cannot be reached: told from what was tried, and from nobody's word.

Source: the China Banking Association's norm of 30 January 2026 (`law/cn/parties.toml`): a number
out of service, or three attempts in a row without success. By house policy these are of three
different days, and of whoever has several numbers each must be out of service. Any sign of life
ends it: somebody picks up, a payment, a word or an act of their own, a sign-in.

It only ever lets others be asked, so a state of this word that a fact brings in counts for nothing
(`known` leaves it out, the ledger takes none).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from evenhand.core.words import CHANNELS, DIRECTIONS, FROM_ATTEMPTS, OUTCOMES, RECIPIENTS, code
from evenhand.ledger import columns, contacts, house, states, streams
from evenhand.ledger.columns import Records
from evenhand.ledger.facts import Fact
from evenhand.ledger.states import STATE
from evenhand.outbound.contact.wanted import Wanted
from evenhand.people import persons

INSTEAD: Final = tuple(code(to, RECIPIENTS) for to in ("nominated_contact", "relative"))
"""Who may be asked where the borrower cannot be reached."""
DAYS: Final = 3
"""Unanswered on so many different days in a row (house policy)."""
CALLS: Final = tuple(code(channel, CHANNELS) for channel in ("call", "voicebot"))
THEM: Final = code("debtor", RECIPIENTS)
TRIED: Final = frozenset({"unanswered", "not_in_service"})
PICKED_UP: Final = frozenset({"conversation", "connected_notice", "busy"})
"""A line that is busy is in use by somebody."""
FROM_THEM: Final = frozenset({"payment.received", "reply.received"})
"""Signs of life that others write down; what a borrower does is by their own hand."""


class Attempt(NamedTuple):
    """A call to one of the borrower's numbers (a contact point), at microseconds UTC."""

    at: int
    number: int
    outcome: str


def states_of(wanted: Wanted) -> Records:
    """Of those about whom somebody else is wanted: who cannot be reached, as states
    (`states.STATE`)."""
    borrowers = np.unique(wanted.borrower[np.isin(wanted.to, INSTEAD)])
    if not len(borrowers):
        return columns.empty(0, STATE)
    made = contacts.contact_history(borrowers, 0)
    facts = streams.streams(borrowers)
    numbers = [(p.person, p.point) for p in persons.points(borrowers.tolist()) if p.kind == "phone"]
    signed_in = persons.last_seen(borrowers.tolist())
    found = []
    for one in borrowers.tolist():
        own = made[made["borrower"] == one]
        signs = [*_signs(own, (f for f in facts if f.borrower == one)), signed_in.get(one, 0)]
        since = since_when(_attempts(own), {point for who, point in numbers if who == one}, signs)
        if since is not None:
            found.append(tuple(states.unbounded(one, 0, FROM_ATTEMPTS, since).values()))
    return columns.records(found, STATE)


def since_when(
    attempts: Iterable[Attempt], numbers: Collection[int], signs: Iterable[int]
) -> int | None:
    """Since which attempt the borrower cannot be reached (microseconds UTC); None: can be.

    `numbers` are those in use, `signs` the moments of signs of life; who picks up gives one.
    """
    rising = sorted(attempts)
    alive = [*signs, *(each.at for each in rising if each.outcome in PICKED_UP)]
    after = [each for each in rising if each.outcome in TRIED and each.at > max(alive, default=0)]
    moments = [*_out_of_service(after, numbers), *_on_different_days(after)]
    return min(moments, default=None)


def _out_of_service(after: Sequence[Attempt], numbers: Collection[int]) -> list[int]:
    """When the last of the numbers was found out of service, each one's last attempt."""
    last = {each.number: each for each in after}
    gone = [last[n].at for n in numbers if n in last and last[n].outcome == "not_in_service"]
    return [max(gone)] if gone and len(gone) == len(numbers) else []


def _on_different_days(after: Sequence[Attempt]) -> list[int]:
    """When the attempts without success had been made on enough days."""
    days = {house.day_of(each.at): each.at for each in reversed(after)}
    return sorted(days.values())[DAYS - 1 : DAYS]


def _attempts(own: Records) -> list[Attempt]:
    """The calls to a borrower's own numbers that ended."""
    ended = np.isin(own["channel"], CALLS) & (own["recipient"] == THEM) & (own["outcome"] >= 0)
    told = own[ended][["at", "address", "outcome"]].tolist()
    return [Attempt(at, number, OUTCOMES[outcome]) for at, number, outcome in told]


def _signs(own: Records, facts: Iterable[Fact]) -> list[int]:
    """Whoever writes or calls lives, and who pays, and who does anything by their own hand."""
    from_them = own["at"][own["direction"] == code("in", DIRECTIONS)].tolist()
    acts = [fact.at for fact in facts if fact.hand == "borrower" or fact.kind in FROM_THEM]
    return [*from_them, *acts]
