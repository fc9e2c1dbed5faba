"""What a borrower wrote back to us, read from the facts: the words, and who answered them how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from evenhand.ledger import streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_of
from evenhand.ledger.states import everybody_in
from evenhand.outbound.contact import own_words
from evenhand.outbound.contact.tell import tell
from evenhand.people import kept, persons

RECEIVED: Final = "reply.received"
ANSWERED: Final = "reply.answered"
WAITING: Final = ("crisis", "reply_waiting")
"""The states of what nobody has answered, what goes first in front."""


class Answered(Exception):
    """Somebody else was quicker."""


@dataclass(slots=True)
class Said:
    """What the borrower wrote at `at` (microseconds UTC); `answer` is empty while it waits."""

    borrower: int
    seq: int
    at: int
    text: str
    """The commitment to the words, as `answer` is."""
    crisis: bool
    answer: str = ""
    answered_by: str = ""
    answered_at: int = 0


def said(facts: Sequence[Fact]) -> list[Said]:
    """Everything one borrower wrote back, oldest first."""
    found: dict[int, Said] = {}
    for fact in facts:
        if fact.kind == RECEIVED:
            crisis = fact.body.get("state") == "crisis"
            found[fact.seq] = Said(*fact[:2], fact.at, fact.body["text"], crisis)
        elif fact.kind == ANSWERED:
            one = found[fact.cause]
            one.answer, one.answered_by = fact.body["text"], fact.hand
            one.answered_at = fact.at
    return list(found.values())


def words(person: int, one: Said) -> tuple[str, str]:
    """What was written and what was answered, in clear, for the person's own eyes."""
    try:
        return kept.committed(person, one.text), own_words.to_read(person, one.answer)
    except persons.Erased:
        return "", ""


def waiting(at: int) -> list[Said]:
    """Whatever waits for an answer: words of crisis first, then the oldest first."""
    places = [
        (borrower, seq) for state in WAITING for borrower, seq, *_rest in everybody_in(state, at=at)
    ]
    facts = {fact[:2]: fact for fact in streams.facts_at(places)}
    return [one for place in places for one in said([facts[place]])]


def one_of(borrower: int, seq: int) -> Said | None:
    """What this borrower wrote in that fact; None where it is none."""
    found = (one for one in said(streams.stream(borrower)) if one.seq == seq)
    return next(found, None)


def answer(one: Said, text: str, by: int, *, at: int) -> None:
    """Staff answer in words the borrower reads; raises Answered where somebody has already."""
    commitment = own_words.seal(one.borrower, text, "reply", by, at=at)

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        if any(fact.kind == ANSWERED and fact.cause == one.seq for fact in facts):
            raise Answered
        body = {"text": commitment}
        return [Draft(ANSWERED, day_of(at), f"staff:{by}", cause=one.seq, body=body)]

    (fact,) = act(one.borrower, decide, at=at)
    tell(one.borrower, "reply_answered", at=at, cause=fact.seq)
