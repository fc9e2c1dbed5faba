"""The PIN a borrower signs in with, besides the one-time code: kept as a slow hash of its digest.

The digest is keyed by the house key: a stolen table alone cannot be tried out, though a PIN has few
digits. Every fifth wrong try in a row locks for a quarter of an hour; after fifteen the PIN opens
nothing any more and a new one must be chosen.
"""

import re
import unicodedata
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection

from evenhand.people import queries, vault

DIGITS_MIN = 6
DIGITS_MAX = 12
BIRTHS = ("%Y%m%d", "%y%m%d", "%d%m%Y", "%d%m%y", "%m%d%Y", "%m%d%y")
"""How a birth date is typed."""
TRIES_A_LOCK = 5
TRIES_MAX = 15
_RUNS = "0123456789" * 2


class PinHasher(Argon2PasswordHasher):
    """Argon2id at 19 MiB, two passes, one lane: some 30 ms on a small machine."""

    memory_cost = settings.PIN_HASH_KIB
    parallelism = 1


HASHER = PinHasher()


def clean(typed: str) -> str:
    """What was typed, half-width and without blanks."""
    return "".join(unicodedata.normalize("NFKC", typed).split())


def fault_of(pin: str, birth: date | None = None, phone: str = "") -> str:
    """Why a PIN will not do: "short", "digits", "obvious", "own"; empty where it will.

    >>> fault_of("12345"), fault_of("12345a"), fault_of("123456"), fault_of("827364")
    ('short', 'digits', 'obvious', '')
    """
    if not re.fullmatch(r"[0-9]*", pin) or len(pin) > DIGITS_MAX:
        return "digits"
    if len(pin) < DIGITS_MIN:
        return "short"
    if _is_obvious(pin):
        return "obvious"
    own = {f"{birth:{form}}" for form in BIRTHS} if birth else set()
    digits = re.sub(r"\D", "", phone)
    return "own" if pin in own or (digits and pin in digits) else ""


def _is_obvious(pin: str) -> bool:
    """A short part over and over, a run up or down, or such a run with each digit twice."""
    period = any(pin == (pin[:size] * len(pin))[: len(pin)] for size in range(1, len(pin) // 2 + 1))
    runs = (_RUNS, _RUNS[::-1])
    twice = pin[::2] == pin[1::2] and any(pin[::2] in run for run in runs)
    return period or twice or any(pin in run for run in runs)


def set_pin(person: int, pin: str) -> None:
    """From now on this is the person's PIN; wrong tries are forgotten."""
    encoded = HASHER.encode(_digest(person, pin), HASHER.salt())
    with connection.cursor() as cursor:
        cursor.execute(queries.SET_PIN, [person, encoded])


def with_pin(persons: list[int]) -> set[int]:
    """Which of those persons have chosen a PIN."""
    with connection.cursor() as cursor:
        cursor.execute(queries.HAS_PIN, [persons])
        return {row[0] for row in cursor.fetchall()}


def state_of(person: int) -> str:
    """May the person's PIN be tried now? "open", "locked" for a while, "spent", "" without one."""
    with connection.cursor() as cursor:
        cursor.execute(queries.PIN_STATE, [TRIES_MAX, person])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def is_right(person: int, pin: str) -> bool:
    """Is this the person's PIN? The try is counted first; a locked PIN is never right."""
    with connection.cursor() as cursor:
        cursor.execute(queries.TRY_PIN, [TRIES_A_LOCK, person, TRIES_MAX])
        row = cursor.fetchone()
        if row is None or not HASHER.verify(_digest(person, pin), row[0]):
            return False
        cursor.execute(queries.PIN_WAS_RIGHT, [person])
    return True


def is_birth(person: int, birth: date) -> bool:
    """Is the person's PIN this birth date, in some order? No try: the person has just chosen it."""
    with connection.cursor() as cursor:
        cursor.execute(queries.PIN, [person])
        row = cursor.fetchone()
    typed = {f"{birth:{form}}" for form in BIRTHS}
    return row is not None and any(HASHER.verify(_digest(person, pin), row[0]) for pin in typed)


def _digest(person: int, pin: str) -> str:
    return vault.index_digest("pin", f"{person}\0{pin}").hex()
