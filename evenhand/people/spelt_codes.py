"""Codes that are handed over and typed in: sixteen letters and digits in fours, 80 random bits."""

import base64
import os

from evenhand.people.credentials import clean

BYTES = 10


def new() -> str:
    """A code nobody can guess, as it is shown."""
    return in_fours(base64.b32encode(os.urandom(BYTES)).decode(), "-")


def read(typed: str) -> str:
    """What was typed, without what is only for the eye.

    >>> read(" abcd-efgh ijkl\N{EM SPACE}mnop")
    'ABCDEFGHIJKLMNOP'
    """
    return clean(typed).replace("-", "").upper()


def in_fours(letters: str, between: str) -> str:
    """
    >>> in_fours("ABCDEFGHIJ", " ")
    'ABCD EFGH IJ'
    """
    return between.join(letters[place : place + 4] for place in range(0, len(letters), 4))
