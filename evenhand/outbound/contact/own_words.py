"""Words that staff write themselves and a borrower reads: screened as they are asked for, with what
must stand under them, and screened again as the notice of them leaves and as they are read.

There is no other way from what staff type to what a borrower reads: an act seals by `seal`, and
what the guard finds raises `Blocked` before anything of the act is written. That it was tried is a
fact of the house (`words.refused`), with the words sealed among the person's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenhand.ledger import hands, house, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.kinds_words import WHERE, WRITTEN
from evenhand.outbound.contact import closing, own_file
from evenhand.outbound.contact.guard import lexicon
from evenhand.outbound.contact.guard.consequences import Planned
from evenhand.outbound.contact.guard.offers import offer, with_offer
from evenhand.outbound.contact.guard.screen import Finding, screen
from evenhand.outbound.contact.wording import NotApproved, Offends
from evenhand.people import kept, persons

LOOK: Final = "audit"
"""The purpose of the looks that reading such words makes."""
SUMS_OF_THE_ACT: Final = ("decision",)
"""Where words may name sums that only the act itself knew: nobody can say later what those were."""


class Held(NamedTuple):
    """A stretch of the words that may not be said, why, and what may be said instead."""

    category: str
    said: str
    why: str
    offer: str


class Blocked(Exception):
    """These words do not go through; nothing was written but that it was tried. Nothing is `held`
    where only the statements that stand under them have no approved words."""

    def __init__(self, held: Sequence[Held]) -> None:
        super().__init__("words held back")
        self.held = tuple(held)

    def __str__(self) -> str:
        """What the page says beside the field."""
        if not self.held:
            return _("This was not sent: what has to stand under it has no approved words yet.")
        return _("This was not sent: some of the words may not go out. See below which, and why.")


class Offered(NamedTuple):
    """Words into which an approved wording was put, and what of them is still held back."""

    text: str
    held: tuple[Held, ...]


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
    """The commitment (hex) of words to the person by member of staff `by`, with the statements that
    must stand under them; "" for no words.

    `also_minor` are amounts that the act itself is about to write. Raises Blocked, and then keeps
    the attempt; not for use inside a transaction, which would take that back with it.
    """
    assert where in WHERE, "words are for a known page"
    if not text:
        return ""
    lang = language(person)
    found = screen(text, reader(), *_known(person, at, also_minor))
    if found:
        sealed = persons.seal_text(person, text).hex()
        _keep(Attempt(0, at, by, person, where, _categories(found), sealed))
        raise Blocked([_held(text, each, lang) for each in found])
    try:
        under = closing.lines(lang, by, at=at)
    except (NotApproved, Offends):
        raise Blocked([]) from None
    return persons.seal_text(person, closing.under(text, under)).hex()


def statements(person: int, by: int, *, at: int) -> tuple[str, ...] | None:
    """What will stand under words to this person, for the page on which they are written; None
    where it has no approved words, and none can be sent."""
    try:
        return closing.lines(language(person), by, at=at)
    except (NotApproved, Offends):
        return None


def offered(
    person: int, text: str, category: str, *, at: int, also_minor: Collection[int] = ()
) -> Offered:
    """The words with the approved wording in place of each sentence found in that category; where
    none is, they stay. Nothing is sent or written by it."""
    lang, known = language(person), _known(person, at, also_minor)
    found = screen(text, reader(), *known)
    spans = [each.span for each in found if each.category == category]
    if spans:
        text = with_offer(text, spans, offer(category, lang))
        found = screen(text, reader(), *known)
    return Offered(text, tuple(_held(text, each, lang) for each in found))


def told_of(intentions: Iterable[Fact]) -> dict[tuple[int, int], Fact]:
    """The facts with words of staff that contacts tell of, by (borrower, seq)."""
    causes = {(one.borrower, one.cause) for one in intentions if one.cause}
    return {
        (fact.borrower, fact.seq): fact
        for fact in (streams.facts_at(causes) if causes else ())
        if fact.kind in WRITTEN and fact.hand.startswith("staff:") and fact.body.get("text")
    }


def require_clean_still(told: Fact, *, at: int) -> None:
    """Raise Offends where words of staff, about to be told of, may not be said as the file, the
    lexicon and the law stand now. Each such text is an attempt, kept once."""
    person, where, sealed = told.borrower, WRITTEN[told.kind], told.body["text"]
    facts = streams.stream(person)
    known = None
    if where not in SUMS_OF_THE_ACT:
        then = own_file.amounts(person, facts[: told.seq], told.at)
        known = own_file.amounts(person, facts, at) | then
    text = closing.typed(kept.committed(person, sealed))
    found = _categories(screen(text, reader(), known, own_file.planned(facts, at)))
    if found:
        _keep_once(Attempt(0, at, hands.staff_of(told.hand), person, where, found, sealed))
        raise Offends(" ".join(found))


def to_read(person: int, commitment: str) -> str:
    """Words of staff as their reader sees them, once more past the guard; empty where there are
    none, or none are kept any more."""
    if not commitment:
        return ""
    try:
        text = kept.committed(person, commitment)
    except persons.Erased:
        return ""
    if screen(closing.typed(text), reader()):
        return _("These words are held back. Ask us, and somebody writes to you anew.")
    return text


def attempts() -> list[Attempt]:
    """Everything that was held back, the newest first."""
    return [_attempt(fact) for fact in reversed(streams.stream(house.HELD_BACK))]


def reader() -> str:
    """The guard's name for the language of whoever reads the page."""
    return lexicon.named(get_language() or "en")


def language(person: int) -> str:
    """The guard's name for the language the person reads: wording is offered in it."""
    known = persons.masked([person])
    return lexicon.named(known[person].lang if person in known else "")


def _known(
    person: int, at: int, also_minor: Collection[int]
) -> tuple[frozenset[int], list[Planned]]:
    """What the file knows that words may name: amounts, and consequences planned."""
    facts = streams.stream(person)
    known_minor = own_file.amounts(person, facts, at) | frozenset(also_minor)
    return known_minor, own_file.planned(facts, at)


def _categories(found: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(each.category for each in found)


def _keep_once(one: Attempt) -> None:
    """What was found as it left is found again with each try: one fact is enough."""
    if not any(known.text == one.text for known in attempts()):
        _keep(one)


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
