"""Who signs in with a phone number: one number, one holder, and a change only with its proof."""

from django.db import connection, transaction

from evenhand.people import credentials, finding, persons, points, queries, vault
from evenhand.people.spelling import normal

PHONE = "phone"


def holder(number: str) -> int:
    """The person who signs in with this number; 0 for nobody.

    A number that several persons have, as books taken over may, is the one's who chose a PIN, else
    the one's known last.
    """
    found = [hit.person for hit in finding.find(PHONE, number)]
    return max(credentials.with_pin(found) or found, default=0)


def enrol_holder(number: str, lang: str, zone: str, *, at: int) -> tuple[int, bool]:
    """The holder of a number just proved, enrolled where it is nobody's yet; and whether it was.

    Two who prove the same number at once are one person. `at` is microseconds UTC.
    """
    with transaction.atomic():
        _lock(number)
        known = holder(number)
        if known:
            return known, False
        new = persons.Person("", normal(PHONE, number), lang=lang, zone=zone)
        return persons.enrol([new], at=at)[0], True


def number_for_code(person: int) -> str:
    """The number one-time codes go to, in clear: for the sending of a code only. Raises Erased."""
    items = [point.point for point in points.points([person]) if point.kind == PHONE]
    known = vault.by_id(items)
    if not known:
        raise vault.Erased(person)
    return known[-1].plain.decode()


def change_number(person: int, number: str) -> int:
    """The person is reached and found by the new number from now on; returns the new point.

    0, and nothing changed, where it is another holder's. The old point is retired: it can still be
    told of the change. A confidential number stays confidential.
    """
    with transaction.atomic():
        _lock(number)
        if holder(number) not in (0, person):
            return 0
        old = vault.of_persons([person], [PHONE])
        marks = points.marks(person)
        hidden = any(marks.get(each.item, points.UNMARKED).confidential for each in old)
        for each in old:
            finding.forget(PHONE, person, each.plain.decode())
            points.retire(person, each.item)
        new = points.add_point(person, PHONE, normal(PHONE, number), confidential=hidden)
        finding.index(PHONE, [(person, number)])
    return new


def _lock(number: str) -> None:
    """Holds back others who prove the same number, until this transaction ends."""
    digest = vault.index_digest(PHONE, normal(PHONE, number))
    with connection.cursor() as cursor:
        cursor.execute(queries.LOCK_NUMBER, [int.from_bytes(digest[:8], signed=True)])
