"""Is this person who they say? Name, identity number, phone and bank account asked about together.

`verify` asks the gate, writes that the question leaves, commits, asks the provider under our key,
and writes the answer. What was lost on the way is cleared up by asking for the key (`clear_up`,
each minute); where the provider cannot say, the answer stays unknown and the person may try again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from django.db import transaction

from evenhand.ledger import bank_accounts, bodies, house, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.enquiries import gate, leaving
from evenhand.outbound.enquiries.leaving import Leaving
from evenhand.people import persons
from evenhand.providers.identity import registry
from evenhand.providers.identity.message import Answer as Said
from evenhand.providers.identity.message import Provider, Question

ABOUT: Final = "identity"
HAND: Final = "provider"


class NotAsked(Exception):
    """The gate said no; `refusals` says why, all of it. Nothing was asked and nothing written."""

    def __init__(self, refusals: Sequence[str]) -> None:
        super().__init__(", ".join(refusals))
        self.refusals = tuple(refusals)


class NoConsent(NotAsked):
    """No consent for the identity check stands."""


class TooManyTries(NotAsked):
    """As often as the house asks in a day (`gate.TRIES_A_DAY`); tomorrow again."""


class Answer(NamedTuple):
    """An answer of the provider, from its fact."""

    answer: str
    """match | mismatch | unclear"""
    student: str
    """yes | no | unknown: in full-time higher education"""
    account: int
    checked: Mapping[str, str]
    """What was found of the elements that were told apart: name, identity, phone, account."""
    seq: int
    at: int


def verify(person: int, *, account: int, at: int, provider: Provider | None = None) -> str:
    """Ask whether this person's four elements belong together: match, mismatch, unclear, unknown.

    `account` is the vault's number of one of the person's bank accounts. A match that still holds
    is not asked for again. unknown: there is no answer, or not yet; the person may try again.
    Raises NoConsent or TooManyTries; a question under way is no try. Not inside a transaction.
    """
    operator = provider or registry.provider()
    facts = _cleared_up(person, operator, at)
    if bank_accounts.belongs(facts, account):
        return "match"
    if gate.under_way(facts, ABOUT):
        return "unknown"
    _judge(facts, at)
    question = _question(person, account, at)
    left = _leave(person, account, operator.name, at)
    if left is None:
        return "unknown"
    said = operator.ask(replace(question, key=leaving.key_of(left)))
    if said.answer == "unknown":
        said = operator.look_up(said.key)
    _write(left, said, operator.name, at)
    return said.answer if said.answer in ("match", "mismatch", "unclear") else "unknown"


def answered(facts: Sequence[Fact], account: int = 0) -> Answer | None:
    """The latest answer about identity, about that account where one is named; None: never any."""
    accounts = {
        fact.seq: int(fact.body["account"])
        for fact in facts
        if fact.kind == "enquiry.leaving" and fact.body["about"] == ABOUT
    }
    for fact in reversed(facts):
        if fact.kind != "enquiry.answered" or fact.cause not in accounts:
            continue
        if account in (0, accounts[fact.cause]):
            return _answer(fact, accounts[fact.cause])
    return None


def tries_left(facts: Sequence[Fact], at: int) -> int:
    """How often the person may still ask on the house day of `at`."""
    return max(0, gate.TRIES_A_DAY - gate.tries(facts, ABOUT, at))


def lost(at: int) -> bool:
    """Is there anything to clear up?"""
    return leaving.any_lost(at - gate.GRACE)


def clear_up(*, at: int, provider: Provider | None = None) -> int:
    """Ask what became of questions whose asker died, and write it; returns how many.

    Safe to do again and beside others: an answer is written once.
    """
    operator = provider or registry.provider()
    done = 0
    after = Leaving(0, 0)
    while found := leaving.lost(at - gate.GRACE, after):
        for left in found:
            done += _write(left, operator.look_up(leaving.key_of(left)), operator.name, at)
        after = found[-1]
    return done


TASKS: Final[Mapping[str, Callable[..., object]]] = {"enquiries.clear_up": clear_up}


def _cleared_up(person: int, operator: Provider, at: int) -> list[Fact]:
    """The stream, after asking about a question of this person's that waits too long."""
    facts = streams.stream(person)
    waiting = gate.under_way(facts, ABOUT)
    if waiting is None or waiting.at > at - gate.GRACE:
        return facts
    left = Leaving(person, waiting.seq)
    _write(left, operator.look_up(leaving.key_of(left)), operator.name, at)
    return streams.stream(person)


def _judge(facts: Sequence[Fact], at: int) -> None:
    refusals = gate.refusals(facts, ABOUT, at)
    if "no_consent" in refusals:
        raise NoConsent(refusals)
    if refusals:
        raise TooManyTries(refusals)


def _question(person: int, account: int, at: int) -> Question:
    """What will be asked, without its key: whatever cannot be read stops it before it leaves."""
    own = {known.item for known in persons.accounts(person)}
    assert account in own, "an account asked about is the person's own"
    who = persons.identity_for_enquiry(person)
    number = persons.account_for_transfer(account).number
    return Question("", who.name, who.number, who.phone, number, at)


def _leave(person: int, account: int, provider: str, at: int) -> Leaving | None:
    """Judge again and write that it leaves, committed; None where another question just left."""

    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        if gate.under_way(facts, ABOUT):
            return []
        _judge(facts, at)
        purpose = gate.PURPOSES[ABOUT]
        body = {"about": ABOUT, "purpose": purpose, "provider": provider, "account": account}
        cause = gate.consent(facts, purpose)
        return [Draft("enquiry.leaving", house.day_of(at), "borrower", cause=cause, body=body)]

    with transaction.atomic():
        written = act(person, decide, at=at)
        if not written:
            return None
        left = Leaving(person, written[0].seq)
        leaving.begin(left, at)
    return left


def _write(left: Leaving, said: Said, provider: str, at: int) -> bool:
    """Write what was answered, once; False where another has."""
    draft = _draft(left, said, provider, at)
    with transaction.atomic():
        if not leaving.end(left):
            return False
        act(left.borrower, lambda _facts: [draft], at=at)
    return True


def _draft(left: Leaving, said: Said, provider: str, at: int) -> Draft:
    body: dict[str, Any] = {"about": ABOUT, "provider": provider}
    if said.answer in ("match", "mismatch", "unclear"):
        kind = "enquiry.answered"
        checked = [[element, word] for element, word in said.checked]
        body |= {"answer": said.answer, "student": said.student, "checked": checked}
    else:
        kind = "enquiry.unknown"
        body |= {"again": 1} if said.answer == "unasked" else {}
    for key, value in (("reference", said.reference), ("reason", said.reason)):
        if value and bodies.code(value):
            body[key] = value
    return Draft(kind, house.day_of(at), HAND, cause=left.seq, body=body)


def _answer(fact: Fact, account: int) -> Answer:
    checked: dict[str, str] = dict(fact.body.get("checked", []))
    student = fact.body.get("student", "unknown")
    return Answer(fact.body["answer"], student, account, checked, fact.seq, fact.at)
