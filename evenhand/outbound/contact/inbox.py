"""A person's inbox: what left for it, newest first, and until when it has been read.

The words are those that were sealed as they left. Having read them is no fact: it changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from evenhand.core.words import CHANNELS, code
from evenhand.ledger import columns, streams
from evenhand.ledger.contacts import STAGES
from evenhand.ledger.facts import Fact
from evenhand.outbound.contact import queries, wording
from evenhand.outbound.contact.saying import IN_APP
from evenhand.people import kept

SENT: Final = STAGES.index("sent")
CHANNEL: Final = code(IN_APP, CHANNELS)


class Notice(NamedTuple):
    """One notice, there since `at` (microseconds UTC), about `loan` (0 for none)."""

    at: int
    template: str
    title: str
    text: str
    loan: int
    new: bool


class Left(NamedTuple):
    """A notice's place: the facts it was intended and left by."""

    intention: Fact
    leaving: Fact


def left(person: int) -> list[Left]:
    """Everything in the inbox, newest first, without its words."""
    facts = streams.stream(person)
    by_seq = {fact.seq: fact for fact in facts}
    return [
        Left(by_seq[fact.cause], fact)
        for fact in reversed(facts)
        if fact.kind == "contact.leaving" and fact.body["channel"] == IN_APP
    ]


def opened(person: int, some: Sequence[Left]) -> list[Notice]:
    """These notices with their words."""
    until, standing = read_until(person), wording.in_force()
    return [
        Notice(
            leaving.at,
            intention.body["template"],
            wording.title(standing, intention.body["template"], leaving.body["lang"]),
            kept.committed(person, leaving.body["text"]),
            intention.loan,
            leaving.at > until,
        )
        for intention, leaving in some
    ]


def unread(person: int) -> int:
    """How many notices are there that the person has not marked as read."""
    asked = {"person": person, "channel": CHANNEL, "stage": SENT}
    return int(columns.rows(queries.UNREAD, asked)[0][0])


def read_until(person: int) -> int:
    """The moment up to which everything is read, microseconds UTC; 0 before the first."""
    found = columns.rows(queries.READ_UNTIL, {"person": person})
    return int(found[0][0]) if found else 0


def read(person: int, until: int) -> None:
    """Everything there up to that moment is read."""
    columns.run(queries.READ, {"person": person, "until": until})
