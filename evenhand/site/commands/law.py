"""`evenhand law PACK [--on DAY]`: the numbers in force in a pack, with their sources.

`evenhand law diff` reads two packs, or one pack on two days, as a change of law (`law_diff`);
`evenhand law whatif` is a command of its own, which needs the house (`law_whatif`).

It runs without a house. Without a day it shows what is in force today, by the machine's calendar.
"""

import sys
from argparse import ArgumentTypeError
from collections.abc import Sequence
from datetime import date

from evenhand.law import loader, rulebook
from evenhand.law.loader import Pack, Value
from evenhand.law.schema import PackError
from evenhand.site import machine_day
from evenhand.site.commands import law_diff
from evenhand.site.commands.parser import a_day

USAGE = "usage: evenhand law PACK [--on YYYY-MM-DD]"


def main(argv: Sequence[str]) -> int:
    """Print a pack as it stands on a day; 2 where the words are not understood."""
    words = list(argv)
    if {"--help", "-h"} & set(words):
        print(_usage())
        return 0
    try:
        on, later = day_after(words, "--on"), day_after(words, "--and")
        print("\n".join(_lines(words, on, later)))
    except PackError as wrong:
        print(f"evenhand law: {wrong}", file=sys.stderr)
        return 2
    return 0


def _lines(words: list[str], on: date | None, later: date | None) -> list[str]:
    if words[:1] == ["diff"]:
        return law_diff.report(*law_diff.sides(words[1:], on, later))
    if len(words) != 1 or later:
        raise PackError(_usage())
    return report(loader.load(words[0]), on or machine_day.today())


def _usage() -> str:
    return f"{USAGE} (packs: {', '.join(loader.names())}); {law_diff.USAGE}"


def report(pack: Pack, on: date) -> list[str]:
    """What a pack says on a day: a paragraph a rule, what comes later, what is to be reviewed."""
    rows = rulebook.in_force(pack.name, on, "en")
    lines = [f"{pack.title['en']} ({pack.name}), in force on {on}", f"sha256 {pack.sha256}"]
    for rule in dict.fromkeys(row.rule for row in rows):
        lines += ["", *_paragraph([row for row in rows if row.rule == rule])]
    return [*lines, "", "Coming:", *_coming(pack, on), "", "To review:", *_to_review(pack, on)]


def _paragraph(sources: list[rulebook.Row]) -> list[str]:
    first = sources[0]
    marks = f"{first.effect}; the text itself: {first.law_effect}; since {first.since}"
    return [f"{first.rule} [{marks}]", f"  {first.plain}", *map(_source, sources)]


def _source(row: rulebook.Row) -> str:
    where = f"{row.instrument} {row.article}".strip()
    read = row.read if row.read == "house" else f"{row.read}, read {row.read_on}"
    parts = [part for part in (where, row.force, read, row.url, row.note) if part]
    return "  - " + " · ".join(parts)


def _coming(pack: Pack, on: date) -> list[str]:
    later = [
        f"  {rule.id} {_begins(value)}: " + ("ends" if value.ends else rule.plain(value, "en"))
        for rule in pack.rules
        for value in rule.values
        if value.expected or value.since > on
    ]
    return later or ["  nothing"]


def _begins(value: Value) -> str:
    """An announced value binds nobody until its text is read and the mark is taken away."""
    return f"expected from {value.since}" if value.expected else f"from {value.since}"


def _to_review(pack: Pack, on: date) -> list[str]:
    due = [f"  the pack: its review was due on {pack.review_again_on}"]
    rows = rulebook.in_force(pack.name, on, "en")
    unsure = [
        f"  {row.rule}: its start day {row.since} is not verified ({row.instrument})"
        for row in rows
        if row.start_unverified
    ]
    retold = [
        f"  {row.rule}: {row.instrument} was read in what others write of it, not itself"
        for row in rows
        if row.read == "secondary"
    ]
    overdue = due if on >= pack.review_again_on else []
    return [*overdue, *dict.fromkeys(unsure), *dict.fromkeys(retold)] or ["  nothing"]


def day_after(words: list[str], option: str) -> date | None:
    """The day after an option, taken out of the words; None where there is none."""
    if option not in words:
        return None
    place = words.index(option)
    said = words[place + 1 : place + 2]
    del words[place : place + 2]
    try:
        return a_day("".join(said))
    except ArgumentTypeError as wrong:
        raise PackError(f"{option}: {wrong}") from None
