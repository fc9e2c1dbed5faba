"""`evenhand law whatif PACK --from DAY --until DAY`: contacts on record under another pack.

PACK is a pack that ships, by name, or a draft, by the path of its folder or of one file that takes
the place of a shipped pack's. Both days are of the house, and both count.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from time import perf_counter

from django.db import ProgrammingError

from evenhand.law import drafts
from evenhand.law.schema import PackError, refuse_unless
from evenhand.outbound.contact import what_if
from evenhand.outbound.contact.what_if import SORTS, Finding, Other, Tally
from evenhand.site import clock
from evenhand.site.commands.law import day_after
from evenhand.web import shown

USAGE = "usage: evenhand law whatif PACK --from DAY --until DAY"
SAID = {"refused": "would be refused", "allowed": "would be allowed"}


def main(argv: Sequence[str]) -> int:
    """Print a line for each contact the pack judges otherwise; 2 where the words are wrong."""
    words = list(argv)
    try:
        first, last = day_after(words, "--from"), day_after(words, "--until")
        if len(words) != 1 or first is None or last is None:
            raise PackError(USAGE)
        refuse_unless(first <= last, f"--until: {last} is before {first}")
        other = what_if.other_law(drafts.named(words[0]), first, last)
        for line in report(other, first, last):
            print(line)
    except PackError as wrong:
        print(f"evenhand law whatif: {' '.join(str(wrong).split())}", file=sys.stderr)
        return 2
    except ProgrammingError:
        print("evenhand law whatif: this database has no tables yet", file=sys.stderr)
        return 2
    return 0


def report(other: Other, first: date, last: date) -> Iterator[str]:
    """The findings of these days, one a line, then what they come to. It names nobody."""
    since = clock.moment_of(first)
    until = clock.moment_of(last + timedelta(days=1))
    packs = ", ".join(f"{pack.name} {pack.sha256[:16]}" for pack in other.packs)
    yield f"Contacts from {first} to {last}, as known then, under {packs}"
    tally, began = Tally(), perf_counter()
    for finding in what_if.replay(other, since, until, tally):
        yield _line(finding)
    seconds = max(perf_counter() - began, 0.001)
    yield from _summary(tally)
    yield from (f"To be tightened before that pack holds: {reason}" for reason in other.looser)
    yield f"In {seconds:.1f} s: {int(tally.judged / seconds):,} contacts a second."


def _line(found: Finding) -> str:
    """One contact: what becomes of it, by which rules, where they stand, and when it is lawful."""
    loans = ", ".join(map(str, found.loans))
    about = f"borrower {found.borrower}" + (f" loan {loans}" if loans else "")
    rules = "; ".join(f"{each.rule} ({', '.join(each.cites)})" for each in found.rules)
    line = f"{SAID[found.sort]}: {_moment(found.at)} {found.channel} {found.purpose}, {about}"
    if found.sort == SORTS[1]:
        return f"{line}; then refused by {rules}"
    lawful = f"not before {_moment(found.not_before)}" if found.not_before else "until a fact comes"
    return f"{line}; by {rules}; {lawful}"


def _summary(tally: Tally) -> Iterator[str]:
    refused, allowed = (tally.findings[sort] for sort in SORTS)
    yield (
        f"{tally.judged:,} contacts judged again ({tally.left:,} left, {tally.refused:,} refused): "
        f"{refused:,} would be refused, {allowed:,} would be allowed."
    )
    if tally.silent:
        yield f"{tally.silent:,} refusals do not say what was wanted and were not judged."
    for (sort, rule, channel), times in sorted(tally.by_rule.items()):
        yield f"  {SAID[sort]}: {rule}, {channel}: {times:,}"


def _moment(at: int) -> str:
    return f"{shown.at_house(at):%Y-%m-%d %H:%M}"
