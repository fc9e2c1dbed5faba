"""A story's text as values. A line that says nothing we know is refused with its number."""

import re
from datetime import date, time
from pathlib import Path
from typing import NamedTuple


class Lends(NamedTuple):
    day: date
    principal_minor: int
    months: int
    rate_ppm: int
    late_rate_ppm: int
    strategy: str
    kept_back_ppm: int
    down_ppm: int


class Line(NamedTuple):
    """One day's line: `verb` is pays, takes back, complains ...; `rest` what follows it."""

    day: date
    at: time | None
    verb: str
    rest: str
    number: int


class Story(NamedTuple):
    name: str
    sentence: str
    lends: Lends
    lines: list[Line]
    until: date


VERBS = (
    "pays",
    "takes back",
    "complains",
    "is answered",
    "opts out of",
    "agrees a plan until",
    "asks for",
    "is offered",
    "accepts",
    "hears",
    "stands",
    "is paid out",
)
PARTS = re.compile(r"(\d+) parts from (\S+)")
LENDS = re.compile(
    r"lends (\S+) (\S+) over (\d+) months at (\d+) %, late (\d+) %, strategy ([a-z-]+)"
    r"(?:, keeps back (\d+) %)?(?:, down-payment (\d+) %)?"
)
DAY = re.compile(rf"(\d{{4}}-\d\d-\d\d)(?: (\d\d:\d\d))? ({'|'.join(VERBS)})(?: (.*))?")


def read(path: Path) -> Story:
    """The story of a file. ValueError names the file and line that make no sense."""
    text = path.read_text("utf-8").splitlines()
    lends: Lends | None = None
    until: date | None = None
    lines: list[Line] = []
    for number, line in enumerate(text[1:], start=2):
        if match := LENDS.fullmatch(line):
            lends = _lends(match)
        elif line.startswith("until "):
            until = date.fromisoformat(line.removeprefix("until "))
        elif match := DAY.fullmatch(line):
            lines.append(_line(match, number))
        elif line.strip():
            raise ValueError(f"{path.name}:{number}: {line!r} is no line of a story")
    if lends is None or until is None or not text[0].startswith("# "):
        raise ValueError(f"{path.name}: a story has a sentence, a `lends` and an `until`")
    return Story(path.stem, text[0].removeprefix("# "), lends, lines, until)


def minor(major: str) -> int:
    """`12000.00` as minor units.

    >>> minor("12000.05")
    1200005
    """
    whole, _point, cents = major.replace(",", "").partition(".")
    return int(whole) * 100 + int(cents.ljust(2, "0") or 0)


def parts(rest: str) -> tuple[int, date]:
    """`6 parts from 2026-04-20`: how many, and the day of the first."""
    match = PARTS.fullmatch(rest)
    assert match, rest
    return int(match[1]), date.fromisoformat(match[2])


def _lends(match: re.Match[str]) -> Lends:
    day, principal, months, rate, late, strategy, kept_back, down = match.groups()
    per_cent = 10_000
    return Lends(
        date.fromisoformat(day),
        minor(principal),
        int(months),
        int(rate) * per_cent,
        int(late) * per_cent,
        strategy,
        int(kept_back or 0) * per_cent,
        int(down or 0) * per_cent,
    )


def _line(match: re.Match[str], number: int) -> Line:
    day, at, verb, rest = match.groups()
    moment = time.fromisoformat(at) if at else None
    return Line(date.fromisoformat(day), moment, verb, rest or "", number)
