"""Contact points: a number, an e-mail or postal address in the vault, and the marks on it.

A confidential point is shown on no page and to no staff but one role. A retired point is used no
more, unless to tell its holder that it was changed.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import connection

from evenhand.people import batch, queries, vault
from evenhand.people.masks import mask_email, mask_number, mask_postal
from evenhand.people.spelling import dialled

POINT_KINDS = ("phone", "email", "postal")
MASKS = {"phone": mask_number, "email": mask_email, "postal": mask_postal}


class Point(NamedTuple):
    """A contact point: its id is what facts call the address."""

    point: int
    person: int
    kind: str


class Shown(NamedTuple):
    """A contact point as its owner's page shows it: masked, or nothing where it is hidden."""

    point: int
    kind: str
    masked: str
    hidden: bool


class Confidential(PermissionDenied):
    """The person keeps this out of sight: only the one role named for it may see it."""


class Marks(NamedTuple):
    """What is marked on an item."""

    confidential: bool
    retired: bool


UNMARKED = Marks(False, False)


def points(persons: Iterable[int]) -> list[Point]:
    """The contact points of those persons in use, oldest first, without what is in them."""
    found = batch.rows(queries.POINTS, persons, list(POINT_KINDS))
    return [Point(item, person, kind) for person, item, kind in found]


def shown(person: int) -> list[Shown]:
    """The person's contact points in use, oldest first, as pages may show them."""
    known = marks(person)
    found = []
    for opened in vault.by_id(point.point for point in points([person])):
        hidden = known.get(opened.item, UNMARKED).confidential
        masked = "" if hidden else MASKS[opened.kind](opened.plain.decode())
        found.append(Shown(opened.item, opened.kind, masked, hidden))
    return found


def addresses_for_sending(point_ids: Iterable[int]) -> dict[int, str]:
    """The addresses behind contact points (phones in E.164); those of erased persons are missing.

    For `outbound.contact` at the moment of sending only: the fact `contact.leaving` written before
    the send is the trace, so no look is logged.
    """
    return {
        opened.item: dialled(opened.kind, opened.plain.decode())
        for opened in vault.by_id(point_ids)
        if opened.kind in POINT_KINDS
    }


def add_point(person: int, kind: str, value: str, confidential: bool = False) -> int:
    """Keeps a further contact point of the person; returns its id. Raises vault.Erased."""
    assert kind in POINT_KINDS, "a contact point is of a known kind"
    item = vault.keep(person, kind, value.encode())
    if confidential:
        mark(person, {item: Marks(True, False)})
    return item


def is_confidential(items: Iterable[int]) -> dict[int, bool]:
    """Which of those contact points the person keeps out of sight."""
    wanted = list(items)
    found = _marks(batch.rows(queries.MARKS_BY_ITEM, wanted))
    return {item: found.get(item, UNMARKED).confidential for item in wanted}


def retired(items: Iterable[int]) -> set[int]:
    """Those of these contact points that are used no more: another took their place."""
    found = _marks(batch.rows(queries.MARKS_BY_ITEM, list(items)))
    return {item for item, marked in found.items() if marked.retired}


def hide_only(person: int, confidential: Iterable[int]) -> None:
    """From now on exactly these points of the person are confidential."""
    wanted = set(confidential)
    every = vault.of_persons([person], POINT_KINDS)
    known = marks(person)
    mark(
        person,
        {
            opened.item: known.get(opened.item, UNMARKED)._replace(
                confidential=opened.item in wanted
            )
            for opened in every
        },
    )


def retire(person: int, item: int) -> None:
    """The contact point or account is used no more; what it holds stays in the vault."""
    mark(person, {item: marks(person).get(item, UNMARKED)._replace(retired=True)})


def marks(person: int) -> dict[int, Marks]:
    """The marks on the person's items; what is not marked is missing."""
    return _marks(batch.rows(queries.MARKS, [person]))


def mark(person: int, wanted: Mapping[int, Marks]) -> None:
    """Sets marks on the person's items."""
    lines = [(person, item, *each) for item, each in wanted.items()]
    with connection.cursor() as cursor:
        cursor.executemany(queries.MARK, lines)


def _marks(rows: Iterable[tuple[Any, ...]]) -> dict[int, Marks]:
    return {item: Marks(confidential, retired) for item, confidential, retired in rows}
