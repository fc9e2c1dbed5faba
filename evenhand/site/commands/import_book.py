"""`evenhand import-book TAPE --as-of DAY …`: a dry run, or with --write the book itself.

The schema and the exit statuses are `docs/reference/loan-tape.md`.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from evenhand.law.strategies import strategies
from evenhand.lifecycle.takeover import steps, totals
from evenhand.lifecycle.takeover.cells import BadCell, BadFile, day
from evenhand.lifecycle.takeover.steps import Book, Files, Made, Refused
from evenhand.lifecycle.takeover.totals import Totals
from evenhand.site import clock
from evenhand.site.commands.parser import Parser


class BadRequest(Exception):
    """The request itself is wrong; the text is the one line to print."""


def main(argv: Sequence[str]) -> int:
    """0: every row usable; 1: some rows set aside; 2: nothing written, the last line says why."""
    words = _parser().parse_args(argv)
    try:
        expected = _expected(words)
        files = Files(words.tape, words.instalments, words.history)
        book = steps.read(files, _day(words.as_of), strategies())
        for fault in book.faults:
            print(fault)
        if words.write:
            _report(_write(book, expected))
        else:
            _dry_run(book, expected)
    except (BadRequest, BadFile, Refused) as reason:
        print(f"import-book: {reason}", file=sys.stderr)
        return 2
    return 1 if book.faults else 0


def _parser() -> Parser:
    parser = Parser(prog="evenhand import-book", allow_abbrev=False)
    parser.add_argument("tape", type=Path)
    parser.add_argument("--as-of", required=True, metavar="DAY")
    parser.add_argument("--instalments", type=Path, metavar="FILE")
    parser.add_argument("--history", type=Path, metavar="FILE")
    parser.add_argument("--totals", type=Path, metavar="FILE")
    parser.add_argument("--count", type=int, metavar="LOANS")
    parser.add_argument("--principal", metavar="AMOUNT")
    parser.add_argument("--past-due", action="append", default=[], metavar="AGE=AMOUNT")
    parser.add_argument("--write", action="store_true")
    return parser


def _expected(words: argparse.Namespace) -> Totals | None:
    """The control totals of the request, None where there are none."""
    options = words.count is not None or words.principal is not None or words.past_due
    if words.totals and options:
        raise BadRequest("control totals come from a file or from options, not from both")
    if words.totals:
        return totals.read_totals(words.totals)
    if not options:
        if words.write:
            raise BadRequest("--write needs control totals (--totals, or --count and --principal)")
        return None
    past_due = dict(_aged(text) for text in words.past_due)
    given = {"count": words.count, "principal": words.principal or "", "past_due": past_due}
    try:
        return totals.given(given)
    except BadCell as bad:
        raise BadRequest(f"{bad.column}: {bad.reason}") from bad


def _aged(text: str) -> tuple[str, str]:
    age, _, amount = text.partition("=")
    return age, amount


def _day(text: str) -> date:
    try:
        return day(text, "--as-of")
    except BadCell as bad:
        raise BadRequest(f"{bad.column}: {bad.reason}") from bad


def _dry_run(book: Book, expected: Totals | None) -> None:
    print("\n".join(book.totals.lines()))
    if expected is None:
        return
    differing = totals.disagreements(expected, book.totals)
    if differing:
        raise Refused("; ".join(map(str, differing)))
    print("# the control totals agree; nothing was written (dry run)")


def _write(book: Book, expected: Totals | None) -> Made:
    assert expected is not None, "the request was checked"
    people = len({owed.row.borrower for owed in book.owed})
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task("borrowers", total=people)
        return steps.write(
            book,
            expected,
            at=clock.now(),
            progress=lambda done: shown.advance(task, done),
            begun=_begun,
        )


def _begun(number: int) -> None:
    """Said at once: whoever is cut short has the number by which it is taken back."""
    print(f"import-book: import {number} has begun", file=sys.stderr, flush=True)


def _report(made: Made) -> None:
    if made.number:
        print(f"import {made.number}: {made.loans} loans, {made.borrowers} borrowers written")
    if made.already:
        print(f"{made.already} loans stood already and were passed over")
