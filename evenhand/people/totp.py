"""Codes that change every thirty seconds (RFC 6238 over RFC 4226): six digits, SHA-1.

Arithmetic only: the step is an argument, and whoever calls reads the clock.
"""

import base64
import hashlib
import hmac
import os
from typing import Final
from urllib.parse import quote, urlencode

DIGITS: Final = 6
SECONDS: Final = 30
SECRET: Final = 20
"""Bytes of a secret: as many as the hash has."""
DRIFT: Final = 1
"""Steps a telephone's clock may be behind or before."""


def new_secret() -> bytes:
    """A secret for one app."""
    return os.urandom(SECRET)


def code(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """The code of a step (seconds since 1970 by thirty).

    >>> code(b"12345678901234567890", 1111111109 // 30, 8)
    '07081804'
    """
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
    place = digest[-1] & 0x0F
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def step_of(secret: bytes, typed: str, now: int) -> int | None:
    """The step whose code this is, near the present one; None where it is nobody's."""
    near = range(now - DRIFT, now + DRIFT + 1)
    right = [step for step in near if hmac.compare_digest(code(secret, step), typed)]
    return right[-1] if right else None


def spelt(secret: bytes) -> str:
    """A secret as apps and people type it.

    >>> spelt(b"12345678901234567890")
    'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
    """
    return base64.b32encode(secret).decode()


def address(secret: bytes, issuer: str, account: str) -> str:
    """The address an app opens to take a secret in (otpauth).

    >>> address(b"12345678901234567890", "Evenhand", "E 7")[:36]
    'otpauth://totp/Evenhand:E%207?secret'
    """
    label = f"{quote(issuer, safe='')}:{quote(account, safe='')}"
    said = urlencode({"secret": spelt(secret), "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{label}?{said}"
