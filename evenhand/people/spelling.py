"""How phone and identity numbers are spelt: one spelling per value, whatever was typed."""

import re
import unicodedata

GAPS = re.compile(r"[\s\-\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060\u2212\ufeff]+")
"""Blanks, dashes, and what copying from elsewhere leaves unseen between digits."""
IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
MAINLAND = re.compile(r"\+86|0086|86(?=1\d{10}$)")
MAINLAND_CODES = ("", "86", "0086")
"""What stood before a mainland mobile number in the index when its spelling was kept."""


def normal(kind: str, value: str) -> str:
    """One spelling per value: half-width, no blanks or dashes, no mainland prefix, capitals.

    >>> normal("phone", "+86 138-1234 1234"), normal("identity", "11010519491231002x")
    ('13812341234', '11010519491231002X')
    >>> normal("phone", "008613812341234"), normal("phone", "８６１３８１２３４１２３４")
    ('13812341234', '13812341234')
    """
    if kind == "loan":
        return value
    bare = GAPS.sub("", unicodedata.normalize("NFKC", value)).upper()
    mainland = MAINLAND.match(bare) if kind == "phone" else None
    return bare[mainland.end() :] if mainland else bare


def is_identity(spelt: str) -> bool:
    """Has an identity number, in its one spelling, the shape of one: 17 digits, a digit or X?"""
    return bool(IDENTITY.fullmatch(spelt))


def dialled(kind: str, address: str) -> str:
    """An address as providers want it: phones in E.164, a bare number being mainland China's.

    >>> dialled("phone", "138 1234-1234"), dialled("phone", "+886 912 345 678")
    ('+8613812341234', '+886912345678')
    """
    if kind != "phone":
        return address
    bare = normal(kind, address)
    return bare if bare.startswith("+") else f"+86{bare}"


def spellings(kind: str, value: str) -> set[str]:
    """The spelling a value is indexed by now, and those that stood in the index before."""
    now = normal(kind, value)
    if kind == "loan":
        return {now}
    before = value.replace(" ", "").replace("-", "").upper()
    if kind != "phone":
        return {now, before}
    mobile = now.startswith("1") and len(now) == 11
    codes = MAINLAND_CODES if mobile else ("",)
    return {before.removeprefix("+86"), *(code + now for code in codes)}
