"""`evenhand replay FILE`: real people's paying behaviour through the whole machine.

Exit status 0 where the months late of our positions are those of the file, 1 where a cell differs,
2 where the request or the file is wrong or the database is not empty.
"""

import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import ProgrammingError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from evenhand.lifecycle.takeover.cells import BadCell, day
from evenhand.site.commands.parser import Parser
from evenhand.site.replay import report, run
from evenhand.site.replay.clients import BadFile, Clients, read_clients
from evenhand.site.replay.report import Day
from evenhand.site.replay.run import Replayed, Shown
from evenhand.site.replay.tape_making import DISBURSED_ON


def main(argv: Sequence[str]) -> int:
    """Run the replay and print what came of it."""
    words = _parser().parse_args(argv)
    if settings.SMS["provider"] != "simulator":
        print("replay: EVENHAND_SMS names a real provider; a replay simulates", file=sys.stderr)
        return 2
    began = time.monotonic()
    try:
        last = day(words.until, "--until")
        if not DISBURSED_ON <= last <= run.LAST:
            raise BadCell("--until", f"not from {DISBURSED_ON} to {run.LAST}")
        if words.people is not None and words.people < 1:
            raise BadCell("--people", "fewer than one")
        clients = read_clients(words.file, words.people)
        run.require_empty()
    except BadCell as bad:
        print(f"replay: {bad.column}: {bad.reason}", file=sys.stderr)
        return 2
    except BadFile as bad:
        print(f"replay: {bad}", file=sys.stderr)
        return 2
    except ProgrammingError:
        print("replay: this database has no tables yet; run `evenhand migrate`", file=sys.stderr)
        return 2
    except run.NotEmpty:
        print("replay: this database holds a book already; give it an empty one", file=sys.stderr)
        return 2
    done = _shown(words.file, clients, last)
    return report_of(done, last, time.monotonic() - began)


def _parser() -> Parser:
    parser = Parser(prog="evenhand replay", allow_abbrev=False)
    parser.add_argument("file", type=Path, help="uci_taiwan_credit_default.csv or .csv.gz")
    parser.add_argument("--people", type=int, metavar="N", help="only the first N clients")
    parser.add_argument("--until", default=run.LAST.isoformat(), metavar="DAY")
    return parser


def _shown(file: Path, clients: Clients, last: date) -> Replayed:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bars:
        taken = bars.add_task("loans taken over", total=None)
        lived = bars.add_task("days closed", total=None)

        def begin(loans: int, days: int) -> None:
            bars.update(taken, total=loans)
            bars.update(lived, total=days)

        def closed(one: Day) -> None:
            bars.print(report.line_of(one), highlight=False)
            bars.advance(lived)

        shown = Shown(begin, lambda loans: bars.advance(taken, loans), closed)
        return run.replay(file, clients, last, shown)


def report_of(done: Replayed, last: date, seconds: float) -> int:
    """Print what came of it; the exit status: 1 where a cell differs."""
    console = Console(width=None if sys.stdout.isatty() else 120)
    report.print_matrices(console, done.ours, done.the_file)
    report.print_contacts(console, [one.day for one in done.days])
    report.print_ages(console, last + timedelta(days=1))
    report.print_speed(console, done.days, seconds)
    if done.difference is not None:
        report.print_difference(console, done.difference)
        return 1
    months = len(done.ours)
    console.print(f"All cells of {months} month-to-month matrices are equal.")
    return 0
