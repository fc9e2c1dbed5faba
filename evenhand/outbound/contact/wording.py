"""Which wordings may leave: proposed by one of staff, approved by another, each with its version.

A wording is known by its key (sort/template/language); its version is the SHA-256 of its texts.
What ships with a release is words like any others: nothing of it leaves until a lender adopts it,
the whole release in one act if they like. Until new words are approved those approved before go on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from evenhand.ledger import house, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.kinds_words import DECLINED_FOR
from evenhand.outbound.contact import wording_rules, words
from evenhand.outbound.contact.guard.screen import screen
from evenhand.outbound.contact.own_words import guard_language
from evenhand.outbound.contact.wording_rules import Fault
from evenhand.outbound.contact.words import Fields

PROPOSED: Final = "template.proposed"
APPROVED: Final = "template.approved"
DECLINED: Final = "template.declined"
USE, STOP = "use", "stop"
TAKEN_BACK: Final = DECLINED_FOR[-1]


class NotApproved(LookupError):
    """Nobody has approved words for this: nothing is said. `args[0]` is the key."""


class Offends(ValueError):
    """Words that were about to leave say what no word may; `args[0]` are the categories."""


class NotAllowed(Exception):
    """By the same hand, decided already, or a wording with faults. `args[0]` says which: own,
    decided, faults, nothing."""


class Wording(NamedTuple):
    """A wording in force; `seq` is that of its approval."""

    key: str
    fields: Fields
    version: str
    seq: int


class Proposal(NamedTuple):
    """Wordings somebody proposed, by key; of a `stop` their fields are empty."""

    seq: int
    at: int
    hand: str
    does: str
    words: Mapping[str, Fields]
    state: str = "waiting"
    """waiting, approved or declined."""
    reason: str = ""
    decided_by: str = ""
    decided_at: int = 0


def version_of(key: str, fields: Fields) -> str:
    """The version of a wording: the SHA-256 of key and texts, in one spelling.

    >>> version_of("sms/news/en", {"text": "Hello"})[:12]
    '16b634808c46'
    """
    said = json.dumps([key, fields], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def in_force() -> Mapping[str, Wording]:
    """The wordings that may leave now, by key; one question to the database."""
    head = streams.head(house.WORDS)
    return _in_force(head.seq, head.link) if head.seq else {}


def fields(sort: str, template: str, lang: str) -> Fields:
    """The words to say now; NotApproved where nobody has approved any."""
    key = words.key_of(sort, template, lang)
    try:
        return in_force()[key].fields
    except KeyError:
        raise NotApproved(key) from None


def title(template: str, lang: str) -> str:
    """What a notice in the inbox is called; as it ships where nothing is approved any more."""
    key = words.key_of("in_app", template, lang)
    found = in_force().get(key)
    return (found.fields if found else words.shipped()[key])["title"]


def missing() -> list[str]:
    """The keys this release needs words for and has none approved: whoever is to hear them does
    not."""
    return sorted(words.shipped().keys() - in_force().keys())


def release() -> dict[str, Fields]:
    """What this release says otherwise than what is in force, by key."""
    standing = in_force()
    return {
        key: shipped
        for key, shipped in words.shipped().items()
        if key not in standing or standing[key].version != version_of(key, shipped)
    }


def proposals() -> list[Proposal]:
    """Everything that was proposed, the newest first, with what came of it."""
    return list(reversed(_proposals(streams.stream(house.WORDS)).values()))


def propose(said: Mapping[str, Fields], hand: str, *, at: int) -> int:
    """Propose wordings by key; the proposal's seq. NotAllowed where one has faults."""
    _require_sound(said)
    return _propose(USE, said, hand, at)


def propose_stop(keys: Collection[str], hand: str, *, at: int) -> int:
    """Propose that the wordings of these keys are used no more."""
    return _propose(STOP, {key: {} for key in sorted(keys)}, hand, at)


def approve(seq: int, hand: str, *, at: int) -> None:
    """Another hand than the proposal's approves it: from now on that is what leaves."""

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        one = _waiting(facts, seq)
        if one.hand == hand:
            raise NotAllowed("own")
        if one.does == USE:
            _require_sound(one.words)
        return [Draft(APPROVED, house.day_of(at), hand, cause=seq)]

    act(house.WORDS, decide, at=at)


def decline(seq: int, reason: str, hand: str, *, at: int) -> None:
    """Another hand declines the proposal for a reason, or its own takes it back."""

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        one = _waiting(facts, seq)
        if (one.hand == hand) != (reason == TAKEN_BACK):
            raise NotAllowed("own")
        return [Draft(DECLINED, house.day_of(at), hand, cause=seq, body={"reason": reason})]

    act(house.WORDS, decide, at=at)


def require_clean(text: str, lang: str, known_minor: Collection[int] = ()) -> None:
    """Raise Offends where a text with its values, about to leave, offends.

    `known_minor` are the amounts it was filled with. The same text is read once.
    """
    found = _categories(text, guard_language(lang), frozenset(known_minor))
    if found:
        raise Offends(" ".join(found))


@lru_cache(4096)
def _categories(text: str, lang: str, known_minor: frozenset[int]) -> tuple[str, ...]:
    return tuple(each.category for each in screen(text, lang, known_minor))


def _propose(does: str, said: Mapping[str, Fields], hand: str, at: int) -> int:
    if not said:
        raise NotAllowed("nothing")
    body = {"does": does, "words": {key: dict(said[key]) for key in sorted(said)}}
    draft = Draft(PROPOSED, house.day_of(at), hand, body=body)
    (fact,) = act(house.WORDS, lambda _facts: [draft], at=at)
    return fact.seq


def _require_sound(said: Mapping[str, Fields]) -> None:
    found: list[Fault] = [one for key in said for one in wording_rules.faults(key, said[key])]
    if found:
        raise NotAllowed("faults", found)


def _waiting(facts: Sequence[Fact], seq: int) -> Proposal:
    one = _proposals(facts).get(seq)
    if one is None or one.state != "waiting":
        raise NotAllowed("decided")
    return one


def _proposals(facts: Sequence[Fact]) -> dict[int, Proposal]:
    """By seq, oldest first."""
    found: dict[int, Proposal] = {}
    for fact in facts:
        if fact.kind == PROPOSED:
            found[fact.seq] = Proposal(fact.seq, fact.at, fact.hand, **fact.body)
        elif fact.cause in found:
            found[fact.cause] = found[fact.cause]._replace(
                state="approved" if fact.kind == APPROVED else "declined",
                reason=fact.body.get("reason", ""),
                decided_by=fact.hand,
                decided_at=fact.at,
            )
    return found


@lru_cache(4)
def _in_force(seq: int, _link: bytes) -> Mapping[str, Wording]:
    """The wordings in force by the first `seq` facts; the link says which facts those are.

    A wording that does not fit what this release fills is not in force.
    """
    facts = streams.stream(house.WORDS)[:seq]
    proposed = _proposals(facts)
    standing: dict[str, Wording] = {}
    for fact in facts:
        if fact.kind != APPROVED:
            continue
        for key, said in proposed[fact.cause].words.items():
            standing.pop(key, None)
            if said and wording_rules.fits(key, said):
                standing[key] = Wording(key, said, version_of(key, said), fact.seq)
    return standing
