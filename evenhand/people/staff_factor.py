"""The second factor of staff: a code from an app besides the password, or a recovery code.

The secret is sealed by the house key and shown only until its first right code; recovery codes
are kept as keyed digests, and each opens once. A try is counted before it is judged: every fifth
wrong one in a row locks for a quarter of an hour, after fifteen an admin must reset the factor. No
code opens twice, but for the demo's secret, which is shown to everybody.
"""

import os
from collections.abc import Sequence
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction

from evenhand.people import queries, spelt_codes, totp, vault
from evenhand.people.credentials import clean

RECOVERY_CODES: Final = 10
TRIES_A_LOCK: Final = 5
TRIES_MAX: Final = 15


def begin(staff: int) -> None:
    """A new secret, to be confirmed by its first code; replaces one nobody has confirmed."""
    _run(queries.BEGIN_FACTOR, [staff, _sealed(staff, totp.new_secret())])


def publish(staff: int, secret: bytes) -> None:
    """A secret everybody may know: the demo's. Its codes may be shown, and open more than once."""
    _run(queries.PUBLISH_FACTOR, [staff, _sealed(staff, secret)])


def unconfirmed(staff: int) -> bytes | None:
    """The secret that waits for its first right code; a confirmed one is never shown again."""
    row = _run(queries.UNCONFIRMED, [staff])
    return _opened(staff, row[0]) if row else None


def state_of(staff: int) -> str:
    """Is there a factor? "" (none confirmed), "open", "locked" for a while, "spent"."""
    row = _run(queries.FACTOR_STATE, [TRIES_MAX, staff])
    return str(row[0]) if row else ""


def confirm(staff: int, typed: str) -> list[str]:
    """The first right code makes the secret count: ten recovery codes, told this once.

    Nothing where the code is wrong, or the factor is confirmed already.
    """
    with transaction.atomic():
        if unconfirmed(staff) is None or not _is_code(staff, clean(typed)):
            return []
        codes = [spelt_codes.new() for _ in range(RECOVERY_CODES)]
        _run(queries.DROP_RECOVERY, [staff])
        _run(queries.ADD_RECOVERY, [staff, [_digest(staff, code) for code in codes]])
    return codes


def is_right(staff: int, typed: str) -> bool:
    """Is this the code of now, or a recovery code not used before? Either is used up by it."""
    if state_of(staff) != "open":
        return False
    said = spelt_codes.read(typed)
    if len(said) == totp.DIGITS:
        return _is_code(staff, said)
    if _run(queries.TRY_FACTOR, [TRIES_A_LOCK, staff, TRIES_MAX]) is None:
        return False
    if _run(queries.USE_RECOVERY, [staff, _digest(staff, said)]) is None:
        return False
    _run(queries.FACTOR_WAS_RIGHT, [0, staff, 0])
    return True


def recovery_left(staff: int) -> int:
    """How many recovery codes still open."""
    row = _run(queries.COUNT_RECOVERY, [staff])
    return int(row[0]) if row else 0


def shown_code(staff: int) -> str:
    """The present code of a secret everybody may know; empty for everybody else's."""
    row = _run(queries.SHOWN_FACTOR, [staff])
    return totp.code(_opened(staff, row[0]), row[1]) if row else ""


def reset(staff: int) -> None:
    """The factor is gone with its recovery codes: the next sign-in sets a new one."""
    _run(queries.DROP_RECOVERY, [staff])
    _run(queries.DROP_FACTOR, [staff])


def _is_code(staff: int, typed: str) -> bool:
    row = _run(queries.TRY_FACTOR, [TRIES_A_LOCK, staff, TRIES_MAX])
    if row is None:
        return False
    box, now = row
    step = totp.step_of(_opened(staff, box), typed, now)
    return step is not None and _run(queries.FACTOR_WAS_RIGHT, [step, staff, step]) is not None


def _digest(staff: int, code: str) -> bytes:
    return vault.index_digest("recovery", f"{staff}\0{spelt_codes.read(code)}")


def _key() -> AESGCM:
    return AESGCM(vault.derived(vault.house_key(), b"evenhand staff factor"))


def _sealed(staff: int, secret: bytes) -> bytes:
    nonce = os.urandom(vault.NONCE)
    return nonce + _key().encrypt(nonce, secret, str(staff).encode())


def _opened(staff: int, box: bytes) -> bytes:
    nonce, sealed = bytes(box[: vault.NONCE]), bytes(box[vault.NONCE :])
    return _key().decrypt(nonce, sealed, str(staff).encode())


def _run(sql: str, parameters: Sequence[Any]) -> tuple[Any, ...] | None:
    """The first row of a statement, where it answers with rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone() if cursor.description else None
