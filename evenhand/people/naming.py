"""The name and the identity number a person gives, and what is asked about them outside."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hmac import compare_digest

from django.db import connection, transaction

from evenhand.people import batch, finding, queries, vault
from evenhand.people.spelling import dialled, normal


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody says they are, in clear: for the identity enquiry that leaves now."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    phone: str = field(repr=False)


def name_person(person: int, name: str, identity: str) -> None:
    """Keeps the name and identity number as given now; those given before are kept no more.

    Raises vault.Erased.
    """
    number = normal("identity", identity)
    with transaction.atomic():
        for opened in vault.of_persons([person], ["identity"]):
            finding.forget("identity", person, opened.plain.decode())
        with connection.cursor() as cursor:
            cursor.execute(queries.DROP_ITEMS, [person, ["name", "identity"]])
        vault.keep(person, "name", name.encode())
        vault.keep(person, "identity", number.encode())
        finding.index("identity", [(person, number)])


def identity_for_enquiry(person: int) -> Identity:
    """What the person gave, in clear (phone in E.164); for `outbound` only, when an enquiry leaves
    or a document that names its parties is printed.

    The fact of either is the trace, so no look is logged. Raises vault.Erased.
    """
    known = _latest(person)
    if not known:
        raise vault.Erased(person)
    phone = known.get("phone", "")
    return Identity(
        known.get("name", ""), known.get("identity", ""), dialled("phone", phone) if phone else ""
    )


def is_named(person: int) -> bool:
    """Has the person given a name and an identity number?"""
    return {"name", "identity"} <= _latest(person).keys()


def has_name(person: int) -> bool:
    """Is a name known of the person, from whatever source?"""
    return "name" in _latest(person)


def is_called(person: int, name: str, identity: str) -> bool:
    """Are these the name and identity number the house knows? Never where it knows none."""
    known = _latest(person)
    given = {"name": squeezed(name), "identity": normal("identity", identity)}
    held = {
        "name": squeezed(known.get("name", "")),
        "identity": normal("identity", known.get("identity", "")),
    }
    return all(
        held[key] and compare_digest(held[key].encode(), given[key].encode()) for key in held
    )


def namesakes(person: int) -> list[int]:
    """Other persons with this person's identity number."""
    number = _latest(person).get("identity", "")
    found = finding.find("identity", number) if number else []
    return [hit.person for hit in found if hit.person != person]


def speak(person: int, lang: str) -> None:
    """Remembers the language the person reads."""
    with connection.cursor() as cursor:
        cursor.execute(queries.SPEAK, [lang, person])


def langs(persons: Iterable[int]) -> dict[int, str]:
    """The languages those persons read now, by person; unknown ids are missing."""
    return {person: lang for person, lang, _zone in batch.rows(queries.PERSONS, persons)}


def squeezed(name: str) -> str:
    """A name without blanks, in one case."""
    return "".join(name.split()).casefold()


def _latest(person: int) -> dict[str, str]:
    """The latest of each; a number no longer used is none."""
    found = vault.of_persons([person], ["name", "identity"])
    known = {opened.kind: opened.plain.decode() for opened in found}
    phones = [item for _, item, _ in batch.rows(queries.POINTS, [person], ["phone"])]
    for opened in vault.by_id(phones):
        known["phone"] = opened.plain.decode()
    return known
