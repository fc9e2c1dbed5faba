"""`evenhand law PACK [--on DAY]`: the numbers in force in a pack, with their sources."""

import sys
from collections.abc import Sequence
from datetime import date

from evenhand.law import loader, rulebook
from evenhand.law.schema import PackError
from evenhand.site import clock

USAGE = "usage: evenhand law PACK [--on YYYY-MM-DD]"


def main(argv: Sequence[str]) -> int:
    """Print a pack as it stands on a day (today if left out); 2 for a wrong word."""
    words = list(argv)
    try:
        on = _day(words)
        if len(words) != 1:
            raise ValueError(f"{USAGE}; packs: {', '.join(loader.names())}")
        print("\n".join(report(words[0], on)))
    except (PackError, ValueError) as wrong:
        print(f"evenhand law: {wrong}", file=sys.stderr)
        return 2
    return 0


def report(name: str, on: date) -> list[str]:
    """What a pack says on a day: one paragraph a rule, then what is to be reviewed."""
    pack = loader.load(name)
    head = [f"{pack.title['en']} ({name}) on {on}", f"sha256 {pack.sha256}"]
    rows = rulebook.in_force(name, on, "en")
    lines: list[str] = []
    for rule in dict.fromkeys(row.rule for row in rows):
        sources = [row for row in rows if row.rule == rule]
        first = sources[0]
        marks = f"{first.effect}, law: {first.law_effect}, since {first.since}"
        lines += ["", f"{rule}  [{marks}]", f"  {first.plain}"]
        lines += [f"  {_source(row)}" for row in sources]
    overdue = [f"review of the pack was due on {pack.review_again_on}"]
    unsure = [f"start day not verified: {row.rule} ({row.since})" for row in rows
              if row.start_unverified]  # fmt: skip
    review = (overdue if on >= pack.review_again_on else []) + list(dict.fromkeys(unsure))
    return [*head, *lines, "", "To review:", *(f"  {line}" for line in review or ["nothing"])]


def _source(row: rulebook.Row) -> str:
    where = " ".join(part for part in (row.instrument, row.article) if part)
    read = "house policy" if row.read == "house" else f"{row.read}, read {row.read_on}"
    note = f" ({row.note})" if row.note else ""
    return " · ".join(part for part in (where, row.force, read, row.url) if part) + note


def _day(words: list[str]) -> date:
    """The day after `--on`, taken out of the words, or today."""
    if "--on" not in words:
        return clock.machine_day()
    place = words.index("--on")
    del words[place]
    if place >= len(words):
        raise ValueError(USAGE)
    return date.fromisoformat(words.pop(place))
