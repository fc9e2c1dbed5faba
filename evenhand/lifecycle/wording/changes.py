"""What changed from one text to another, as stretches that are the same, gone or new."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Final, NamedTuple

WORD: Final = re.compile(r"[A-Za-z0-9{}_’'-]+|.", re.DOTALL)
"""What changes as a whole: a word in Latin letters, a placeholder, any other sign."""


class Stretch(NamedTuple):
    """`kind` is same, gone or new."""

    kind: str
    text: str


class Changed(NamedTuple):
    """A text of a wording by its name, with what changed in it."""

    name: str
    stretches: list[Stretch]


def stretches(before: str, after: str) -> list[Stretch]:
    """Both texts as one, in order.

    >>> [tuple(each) for each in stretches("Call us now.", "Call us.")]
    [('same', 'Call us'), ('gone', ' now'), ('same', '.')]
    """
    was, is_now = WORD.findall(before), WORD.findall(after)
    found = []
    for what, a, b, c, d in SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Stretch("same", "".join(was[a:b])))
        if what in ("replace", "delete"):
            found.append(Stretch("gone", "".join(was[a:b])))
        if what in ("replace", "insert"):
            found.append(Stretch("new", "".join(is_now[c:d])))
    return found


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[Changed]:
    """What changed from one wording to another, text by text."""
    names = [*after, *(name for name in before if name not in after)]
    return [Changed(n, stretches(before.get(n, ""), after.get(n, ""))) for n in names]
