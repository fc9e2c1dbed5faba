"""Words that staff write themselves and a borrower reads: screened before they are sealed.

There is no other way from what staff type to what a borrower reads: an act seals by `seal`, and
what the guard finds raises `Blocked` before anything of the act is written. That it was tried is a
fact of the house (`words.refused`), with the words sealed among the person's own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenhand.ledger import hands, house, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.kinds_words import WHERE
from evenhand.outbound.contact import own_file
from evenhand.outbound.contact.guard import lexicon
from evenhand.outbound.contact.guard.offers import offer
from evenhand.outbound.contact.guard.screen import Finding, screen
from evenhand.people import persons

LOOK: Final = "audit"
"""The purpose of the looks that reading such words makes."""


class Held(NamedTuple):
    """A stretch of the words that may not be said, why, and what may be said instead."""

    category: str
    said: str
    why: str
    offer: str


class Blocked(Exception):
    """The guard lets these words not through; nothing was written but that it was tried."""

    def __init__(self, held: Sequence[Held]) -> None:
        super().__init__("words held back")
        self.held = tuple(held)

    def __str__(self) -> str:
        """What the page says beside the field."""
        return _("This was not sent: some of the words may not go out. See below which, and why.")


class Attempt(NamedTuple):
    """Words that one of staff wrote and the guard held back; `text` is their commitment, hex."""

    seq: int
    at: int
    by: int
    person: int
    where: str
    categories: tuple[str, ...]
    text: str


def seal(
    person: int, text: str, where: str, by: int, *, at: int, also_minor: Collection[int] = ()
) -> str:
    """The commitment (hex) of words to the person by member of staff `by`; "" for no words.

    `also_minor` are amounts that the act itself is about to write. Raises Blocked, and then keeps
    the attempt; not for use inside a transaction, which would take that back with it.
    """
    assert where in WHERE, "words are for a known page"
    if not text:
        return ""
    facts = streams.stream(person)
    known = own_file.amounts(person, facts, at) | frozenset(also_minor)
    found = screen(text, reader(), known, own_file.planned(facts, at))
    sealed = persons.seal_text(person, text).hex()
    if found:
        _keep(Attempt(0, at, by, person, where, tuple(each.category for each in found), sealed))
        raise Blocked([_held(text, each, _language(person)) for each in found])
    return sealed


def attempts() -> list[Attempt]:
    """Everything that was held back, the newest first."""
    return [_attempt(fact) for fact in reversed(streams.stream(house.HELD_BACK))]


def reader() -> str:
    """The guard's name for the language of whoever reads the page."""
    return guard_language(get_language() or "en")


def guard_language(lang: str) -> str:
    """The guard's name for one of our languages.

    >>> guard_language("zh-hant"), guard_language("en")
    ('zh-Hant', 'en')
    """
    return {name.lower(): name for name in lexicon.FILES}.get(lang.lower(), "en")


def _keep(one: Attempt) -> None:
    body = {
        "person": one.person,
        "where": one.where,
        "categories": list(one.categories),
        "lexicon": lexicon.fingerprint(),
        "text": one.text,
    }
    draft = Draft("words.refused", house.day_of(one.at), f"staff:{one.by}", body=body)
    act(house.HELD_BACK, lambda _facts: [draft], at=one.at)


def _attempt(fact: Fact) -> Attempt:
    body = fact.body
    by, categories = hands.staff_of(fact.hand), tuple(body["categories"])
    return Attempt(fact.seq, fact.at, by, body["person"], body["where"], categories, body["text"])


def _held(text: str, found: Finding, lang: str) -> Held:
    return Held(found.category, text[slice(*found.span)], found.why, offer(found.category, lang))


def _language(person: int) -> str:
    """The language the person reads, in which wording is offered."""
    known = persons.masked([person])
    return guard_language(known[person].lang if person in known else "")
