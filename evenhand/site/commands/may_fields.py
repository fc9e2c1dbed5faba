"""One key of a request of `evenhand may`, read as what it must be; else BadRequest names it."""

import re
from datetime import datetime
from typing import Final

from evenhand.core import words
from evenhand.law import written, zones
from evenhand.site.commands.jsonline import BadRequest, Fields

DEBTS_MAX: Final = 64
TIME_OF_DAY: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)


def moment(fields: Fields, key: str) -> datetime:
    """A moment with an offset."""
    try:
        value = written.moment(fields.text(key))
    except ValueError:
        fields.refuse(key, "not a moment such as 2026-11-09T10:00:00+08:00")
    if value.utcoffset() is None:
        fields.refuse(key, "a moment without an offset")
    return value


def minute(fact: Fields, key: str) -> int:
    """A time of day "HH:MM" in minutes; "24:00" is the day's end."""
    found = TIME_OF_DAY.fullmatch(fact.text(key))
    if found is None:
        fact.refuse(key, 'not a time of day such as "15:00"')
    return int(found[0][:2]) * 60 + int(found[0][3:])


def zone_names(request: Fields) -> list[str]:
    """Every zone the person may be in, each one the zone database knows."""
    names = request.raw("zones")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        request.refuse("zones", "not a list of zone names")
    try:
        zones.table(names)
    except zones.UnknownZoneError as error:
        raise BadRequest("zones", str(error), request.index) from None
    return names


def debts(fields: Fields, known: dict[str, int]) -> int:
    """The set of a list of debts; an empty list is about every debt."""
    listed = fields.raw("debts")
    if not isinstance(listed, list) or not all(isinstance(debt, str) for debt in listed):
        fields.refuse("debts", "not a list of ids")
    places = [known.setdefault(debt, len(known)) for debt in listed]
    if len(known) > DEBTS_MAX:
        fields.refuse("debts", f"more than {DEBTS_MAX} debts")
    return sum({1 << place for place in places}) or (1 << DEBTS_MAX) - 1


def listed(request: Fields, key: str) -> list[Fields]:
    """The objects of a list; none where the key is absent."""
    entries = request.values.get(key, [])
    if not isinstance(entries, list):
        request.refuse(key, "not a list")
    under = (f"{key}[{place}]." for place in range(len(entries)))
    return [Fields(entry, request.index, name) for entry, name in zip(entries, under, strict=True)]


def answer(fields: Fields, key: str) -> bool:
    """true or false."""
    value = fields.raw(key)
    if not isinstance(value, bool):
        fields.refuse(key, "neither true nor false")
    return value


def word_set(fields: Fields, key: str, known: tuple[str, ...]) -> int:
    """A list of words as one set of bits; empty where the key is absent."""
    listed = fields.values.get(key, [])
    if not isinstance(listed, list) or not all(word in known for word in listed):
        fields.refuse(key, f"not a list of {', '.join(known)}")
    return sum({words.bit(word, known) for word in listed})


def code(fields: Fields, key: str, known: tuple[str, ...], default: str | None = None) -> int:
    """The code of a word."""
    return words.code(fields.word(key, known, default), known)


def seconds(at: datetime) -> int:
    """Whole seconds UTC, a part of a second dropped."""
    return int(at.timestamp() // 1)
