"""Which wordings may leave: proposed by one of staff, approved by another, each with its version.

A wording is known by its key (sort/template/language); its version is the SHA-256 of its texts.
What ships with a release is words like any others: nothing of it leaves until a lender adopts it,
the whole release in one act if they like. Until new words are approved those approved before go on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from evenhand.ledger import house, streams
from evenhand.ledger.facts import EMPTY
from evenhand.ledger.two_hands import Matter, NotAllowed, Proposal
from evenhand.outbound.contact import wording_rules, words
from evenhand.outbound.contact.guard import lexicon
from evenhand.outbound.contact.guard.screen import screen
from evenhand.outbound.contact.wording_rules import Fault
from evenhand.outbound.contact.words import Fields

MATTER: Final = Matter(house.WORDS, "template")
"""Each proposal says what it `does` and its `words`: wordings by key, their fields empty where it
does `stop`. Not allowed are, besides what is for two hands, faults (`args[1]`) and nothing."""
APPROVED: Final = "template.approved"
USE, STOP = "use", "stop"


class NotApproved(LookupError):
    """Nobody has approved words for this: nothing is said. `args[0]` is the key."""


class Offends(ValueError):
    """Words that were about to leave say what no word may; `args[0]` are the categories."""


class Wording(NamedTuple):
    """A wording in force; `seq` is that of its approval."""

    key: str
    fields: Fields
    version: str
    seq: int


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


def title(standing: Mapping[str, Wording], template: str, lang: str) -> str:
    """What a notice in the inbox is called by the wordings `in_force`; as it ships where nothing is
    approved any more."""
    key = words.key_of("in_app", template, lang)
    found = standing.get(key)
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
    return MATTER.all()


def propose(said: Mapping[str, Fields], hand: str, *, at: int) -> int:
    """Propose wordings by key; the proposal's seq. NotAllowed where one has faults."""
    _require_sound(said)
    return _propose(USE, said, hand, at)


def propose_stop(keys: Collection[str], hand: str, *, at: int) -> int:
    """Propose that the wordings of these keys are used no more."""
    return _propose(STOP, {key: {} for key in sorted(keys)}, hand, at)


def approve(seq: int, hand: str, *, at: int) -> None:
    """Another hand than the proposal's approves it: from now on that is what leaves."""
    MATTER.approve(seq, hand, _require_sound_still, at=at)


def require_clean(text: str, lang: str, known_minor: Collection[int] = ()) -> None:
    """Raise Offends where a text with its values, about to leave, offends.

    `known_minor` are the amounts it was filled with. The same text is read once.
    """
    found = _categories(text, lexicon.named(lang), frozenset(known_minor))
    if found:
        raise Offends(" ".join(found))


@lru_cache(4096)
def _categories(text: str, lang: str, known_minor: frozenset[int]) -> tuple[str, ...]:
    return tuple(each.category for each in screen(text, lang, known_minor))


def _propose(does: str, said: Mapping[str, Fields], hand: str, at: int) -> int:
    if not said:
        raise NotAllowed("nothing")
    words_by_key = {key: dict(said[key]) for key in sorted(said)}
    return MATTER.propose({"does": does, "words": words_by_key}, hand, at=at)


def _require_sound(said: Mapping[str, Fields]) -> None:
    found: list[Fault] = [one for key in said for one in wording_rules.faults(key, said[key])]
    if found:
        raise NotAllowed("faults", found)


def _require_sound_still(one: Proposal) -> Mapping[str, Any]:
    if one.said["does"] == USE:
        _require_sound(one.said["words"])
    return EMPTY


@lru_cache(4)
def _in_force(seq: int, _link: bytes) -> Mapping[str, Wording]:
    """The wordings in force by the first `seq` facts; the link says which facts those are.

    A wording that does not fit what this release fills is not in force.
    """
    facts = streams.stream(house.WORDS)[:seq]
    proposed = MATTER.read(facts)
    standing: dict[str, Wording] = {}
    for fact in facts:
        if fact.kind != APPROVED:
            continue
        for key, said in proposed[fact.cause].said["words"].items():
            standing.pop(key, None)
            if said and wording_rules.fits(key, said):
                standing[key] = Wording(key, said, version_of(key, said), fact.seq)
    return standing
