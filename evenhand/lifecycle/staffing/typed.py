"""What is typed into the forms of the roll. Facts hold codes: so do teams, numbers and badges."""

import re
from collections.abc import Mapping
from datetime import date

from evenhand.law import written
from evenhand.people import staff

CODE = re.compile(r"[A-Za-z0-9._/-]{1,20}")
NAME = re.compile(r"[a-z][a-z0-9._-]{1,30}")


def text(sent: Mapping[str, str], key: str) -> str:
    """A field without blanks around it."""
    return str(sent.get(key, "")).strip()


def is_code(said: str) -> bool:
    """Letters, digits and a few signs, as a team or a badge has them."""
    return CODE.fullmatch(said) is not None


def is_name(said: str) -> bool:
    """A name to sign in with."""
    return NAME.fullmatch(said) is not None


def is_role(said: str) -> bool:
    """A role of the matrix."""
    return said in staff.ROLES


def day(sent: Mapping[str, str], key: str) -> date | None:
    """A day as the browser sends it."""
    try:
        return written.day(text(sent, key))
    except ValueError:
        return None
