"""Not me: who gets what was meant for somebody else says so, and gets nothing more from us.

Asked for nothing and told nothing of anybody. The number is kept back for everybody known under it,
which is a fact in the stream of each; each is asked behind the login, and only there, whether the
number is still theirs, and only a code sent there makes it theirs again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.db import transaction

from evenhand.ledger import house, states, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.reactions import Places
from evenhand.outbound.contact import verify_numbers
from evenhand.outbound.contact.tell import tell
from evenhand.outbound.contact.verify import Contact
from evenhand.outbound.contact.verify_numbers import DISOWNED
from evenhand.people import persons

KIND: Final = "contact.disowned"
PHONE: Final = "phone"
PARTS: Final = (
    "不是本人",
    "打错了",
    "打錯了",
    "发错了",
    "發錯了",
    "发错人",
    "發錯人",
    "找错人",
    "找錯人",
    "notme",
    "wrongnumber",
    "wrongperson",
)
"""Parts of a reply, without blanks and signs, that say so."""


def says_not_me(reply: str) -> bool:
    """Does this reply say that it reached somebody else?

    >>> says_not_me("Not me!"), says_not_me("你 发错了。"), says_not_me("退订")
    (True, True, False)
    """
    said = unicodedata.normalize("NFKC", reply).lower()
    letters = "".join(letter for letter in said if letter.isalnum())
    return letters == "不是我" or any(part in letters for part in PARTS)


def disown(contact: Contact, via: str, *, at: int, hand: str = "house") -> bool:
    """Whoever this contact reached says that they are not the person; False where it went to no
    number. `at` is now in microseconds UTC, `via` one of `kinds_contact.DISOWNED_BY`."""
    found = persons.addresses_for_sending([contact.address]) if contact.address else {}
    number = found.get(contact.address, "")
    if not number or not contact.ends_with:
        return False
    disown_number(number, via, at=at, hand=hand, of=contact)
    return True


def disown_number(
    number: str, via: str, *, at: int, hand: str = "house", of: Contact | None = None
) -> int:
    """The number is none of theirs under whom we know it; in how many streams that is new."""
    written: list[Fact] = []
    with transaction.atomic():
        verify_numbers.keep_back([number], at)
        for person, address in _known_under(number).items():
            cause = of.seq if of and (of.borrower, of.address) == (person, address) else 0
            body = {"address": address, "via": via}
            draft = Draft(KIND, house.day_of(at), hand, cause=cause, body=body)
            written += _once(person, draft, at)
    for fact in written:
        tell(fact.borrower, "number_doubted", at=at, cause=fact.seq)
    return len(written)


def doubted(person: int, at: int) -> dict[int, int]:
    """The person's numbers that somebody else has, by address, with the seq of the fact."""
    held = states.states([person])
    now = (held["kind"] == DISOWNED) & (held["until"] > at)
    return dict(zip(held["address"][now].tolist(), held["seq"][now].tolist(), strict=True))


def confirm(person: int, hand: str, *, at: int) -> bool:
    """The person has just shown that the number known last is theirs: it is used again.

    False where nobody doubted it.
    """
    address = _last_phone(person)
    seq = doubted(person, at).get(address, 0)
    if not seq:
        return False
    number = persons.addresses_for_sending([address])[address]
    body = {"address": address}
    draft = Draft("number.confirmed", house.day_of(at), hand, cause=seq, body=body)

    def decide(_facts: Sequence[Fact]) -> list[Draft]:
        return [draft] if address in doubted(person, at) else []

    with transaction.atomic():
        act(person, decide, at=at)
        verify_numbers.give_free(number)
    return True


def proved(facts: Places, *, at: int) -> None:
    """A number was changed by a code sent to the new one: it is the person's, whoever had it."""
    for fact in streams.facts_at(facts):
        address = int(fact.body["address"])
        number = persons.addresses_for_sending([address]).get(address, "")
        if number:
            verify_numbers.give_free(number)


TASKS: Final[Mapping[str, Callable[..., object]]] = {"contact.number_proved": proved}


def _once(person: int, draft: Draft, at: int) -> list[Fact]:
    """Write it where it is not said already."""

    def decide(_facts: Sequence[Fact]) -> list[Draft]:
        return [] if draft.body["address"] in doubted(person, at) else [draft]

    return act(person, decide, at=at)


def _known_under(number: str) -> dict[int, int]:
    """Everybody who is reached under this number: person and the address."""
    people = sorted({hit.person for hit in persons.find(PHONE, number)})
    points = [point for point in persons.points(people) if point.kind == PHONE]
    dialled = persons.addresses_for_sending([point.point for point in points])
    same = persons.dialled(PHONE, number)
    return {p.person: p.point for p in points if dialled.get(p.point) == same}


def _last_phone(person: int) -> int:
    """The phone we were given last; 0 for none."""
    known = [point.point for point in persons.points([person]) if point.kind == PHONE]
    return known[-1] if known else 0
