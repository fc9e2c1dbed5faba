"""JSON in, JSON out: what the read-only commands share.

One object, or a list of objects, on standard input; one answer, or a list in the same order, on
standard output. A request that cannot be answered ends with status 2, one line on standard error
naming the key (in a batch also the index), and nothing on standard output.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NoReturn

from evenhand.law.written import DAY

Answers = list[dict[str, Any]]

AMOUNT = re.compile(r"(\d{1,18})(?:\.(\d{1,18}))?", re.ASCII)

_HALF = re.compile(r"\\u[dD][89a-fA-F]")


class BadRequest(Exception):
    """A request that cannot be answered: the key at fault, why, and its place in the batch."""

    def __init__(self, key: str, reason: str, index: int = 0) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason
        self.index = index


class Fields:
    """The keys of one JSON object, each read once as what it must be; else BadRequest.

    `under` is put before the key's name in what is said ("grace." for the keys of grace).
    """

    def __init__(self, values: Any, index: int, under: str = "") -> None:
        self.index = index
        self.under = under
        if not isinstance(values, dict):
            self.refuse("", "not an object")
        self.values: Mapping[str, Any] = values

    def refuse(self, key: str, reason: str) -> NoReturn:
        """Raise BadRequest for `key`."""
        name = (self.under + key).rstrip(".") or "request"
        raise BadRequest(name, reason, self.index)

    def only(self, keys: Sequence[str]) -> None:
        """Refuse any key that is none of `keys`."""
        for key in self.values:
            if key not in keys:
                self.refuse(key, "unknown key")

    def raw(self, key: str) -> Any:
        """The value of a needed key as it stands."""
        if key not in self.values:
            self.refuse(key, "missing")
        return self.values[key]

    def text(self, key: str) -> str:
        """A string."""
        value = self.raw(key)
        if not isinstance(value, str):
            self.refuse(key, "not a string")
        return value

    def word(self, key: str, words: Sequence[str], default: str | None = None) -> str:
        """One of `words`."""
        if default is not None and key not in self.values:
            return default
        value = self.text(key)
        if value not in words:
            self.refuse(key, f"none of {', '.join(words)}")
        return value

    def integer(self, key: str, least: int, most: int, default: int | None = None) -> int:
        """A whole number of least to most."""
        if default is not None and key not in self.values:
            return default
        value = self.raw(key)
        if type(value) is not int or not least <= value <= most:
            self.refuse(key, f"not a whole number from {least} to {most}")
        return value

    def scaled(self, key: str, digits: int) -> int:
        """A decimal string not below zero, times 10**digits; refused where it is finer."""
        found = AMOUNT.fullmatch(self.text(key))
        if found is None:
            self.refuse(key, "not a decimal string such as 5000.00")
        whole, part = found[1], (found[2] or "").rstrip("0")
        if len(part) > digits:
            self.refuse(key, f"finer than {digits} decimal places")
        return int(whole + part.ljust(digits, "0"))

    def day(self, key: str) -> date:
        """An ISO day."""
        value = self.text(key)
        if not DAY.fullmatch(value):
            self.refuse(key, "not an ISO day such as 2026-03-01")
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.refuse(key, "no such day")

    def listed(self, key: str) -> list[Any]:
        """A list of at least one entry."""
        value = self.raw(key)
        if not isinstance(value, list) or not value:
            self.refuse(key, "not a list, or empty")
        return value

    def rows(self, key: str, names: Sequence[str]) -> "list[Fields]":
        """A list of lists, each as an object of `names`."""
        found = []
        for place, row in enumerate(self.listed(key)):
            if not isinstance(row, list) or len(row) != len(names):
                self.refuse(f"{key}[{place}]", f"not a list of {', '.join(names)}")
            named = dict(zip(names, row, strict=True))
            found.append(Fields(named, self.index, f"{self.under}{key}[{place}]."))
        return found

    def parts(self, key: str) -> "list[Fields]":
        """A list of objects."""
        return [
            Fields(one, self.index, f"{self.under}{key}[{place}].")
            for place, one in enumerate(self.listed(key))
        ]

    def part(self, key: str) -> "Fields":
        """The keys of the object under an optional key (none where it is absent)."""
        return Fields(self.values.get(key, {}), self.index, f"{self.under}{key}.")


def run(name: str, argv: Sequence[str], answer: Callable[[list[Any]], Answers]) -> int:
    """Answer standard input: `answer` gets a list of requests and gives a list of answers."""
    batch = False
    if argv and argv[0] in {"--help", "-h"}:
        print(
            f"usage: evenhand {name} < REQUEST.json\n"
            "one object, or a list of objects, on standard input; answers on standard output"
        )
        return 0
    try:
        if argv:
            raise BadRequest(argv[0], "the request is read from standard input, not from arguments")
        asked = _read(sys.stdin.buffer.read())
        batch = isinstance(asked, list)
        answers = answer(asked if isinstance(asked, list) else [asked])
    except BadRequest as wrong:
        place = f"[{wrong.index}] " if batch else ""
        line = " ".join(f"{place}{wrong.key}: {wrong.reason}".split())
        print(f"evenhand {name}: {line}", file=sys.stderr)
        return 2
    sys.stdout.write(json.dumps(answers if batch else answers[0], ensure_ascii=False) + "\n")
    return 0


def _read(data: bytes) -> Any:
    try:
        text = data.decode("utf-8")
        hook = _whole if _HALF.search(text) else _object
        return json.loads(text, object_pairs_hook=hook, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise BadRequest("request", "not UTF-8") from None
    except (ValueError, RecursionError) as wrong:  # ValueError: also an integer of 4,300 digits
        raise BadRequest("request", f"not JSON: {wrong}") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen = dict(pairs)
    if len(seen) < len(pairs):
        names = [key for key, _value in pairs]
        twice = next(key for key in names if names.count(key) > 1)
        raise BadRequest(twice, "given twice")
    return seen


def _whole(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """As `_object`, where a text may hold half a character (a lone surrogate), which is none."""
    for key, value in pairs:
        try:
            json.dumps([key, value], ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise BadRequest(key, "holds half a character") from None
    return _object(pairs)


def _no_constant(text: str) -> Any:
    raise BadRequest("request", f"{text} is no JSON number")
