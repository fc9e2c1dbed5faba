"""`evenhand close`: close every day that has ended and is not closed yet, in this process.

The worker does the same by itself each night, a job a part; this is for a house without a worker,
and for the morning after one stood still.
"""

import sys
from collections.abc import Sequence
from datetime import date

from rich.progress import Progress

from evenhand.dayclose import close
from evenhand.dayclose.progress import Counts
from evenhand.site import clock
from evenhand.site.commands.parser import Parser


def main(argv: Sequence[str]) -> int:
    """Prints a line for each day closed, or says that there is none to close."""
    parser = Parser(prog="evenhand close", description=__doc__)
    parser.parse_args(argv)
    now = clock.now()
    day = close.next_to_close(now)
    if day is None:
        print("every day that has ended is closed")
    while day is not None:
        done = _close(day, now)
        print(
            f"{day}: {done.looked} borrowers looked at, {done.intended} contacts intended,"
            f" {sum(done.refusals.values())} refused in planning, {len(done.set_aside)} set aside"
        )
        after = close.next_to_close(now)
        day = after if after != day else None
    return 0


def _close(day: date, now: int) -> Counts:
    with Progress(transient=True, disable=not sys.stderr.isatty()) as shown:
        bar = shown.add_task(day.isoformat(), total=None)
        return close.close(day, now, report=lambda n, of: shown.update(bar, completed=n, total=of))
