"""What the replay prints: matrices side by side, reminders, refusals, ages, seconds and facts."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from django.db import connection
from rich import box
from rich.console import Console
from rich.table import Table

from evenhand.dayclose import progress
from evenhand.ledger import book
from evenhand.ledger.parts import PARTS
from evenhand.lifecycle.takeover.totals import major
from evenhand.site import queries
from evenhand.site.replay.behaviour import DUE_DAYS
from evenhand.site.replay.matrices import SIZE, Differing

AGES = {
    book.PAID_OFF: "paid off",
    0: "not past due",
    1: "1-30",
    31: "31-60",
    61: "61-90",
    91: "91+",
}


class Day(NamedTuple):
    """A closed day: seconds of everything from its close's start to the next, facts written."""

    day: date
    close_seconds: float
    whole_seconds: float
    facts: int
    sent: int


def facts_so_far() -> int:
    """How many facts there are."""
    with connection.cursor() as cursor:
        cursor.execute(queries.FACTS)
        return int(cursor.fetchone()[0])


def line_of(day: Day) -> str:
    """One closed day, as it is printed while the replay runs."""
    return (
        f"{day.day}  close {day.close_seconds:5.2f} s  whole day {day.whole_seconds:6.2f} s"
        f"  {day.facts:7,} facts  {day.sent:6,} sent"
    )


def print_matrices(
    console: Console,
    ours: Sequence[np.ndarray],
    the_file: Sequence[Sequence[Sequence[int]]],
) -> None:
    """Each month: months late before (rows) and after (columns), ours beside the file's."""
    for due, mine, theirs in zip(DUE_DAYS, ours, the_file, strict=False):
        title = f"{due:%Y-%m}: months late before (rows) and after, in our positions | in the file"
        table = Table(title=title, title_justify="left", box=box.SIMPLE)
        table.add_column("")
        for side in ("", "| "):
            for after in range(SIZE):
                table.add_column(f"{side}{after}", justify="right")
        for before in range(SIZE):
            counts = [*mine[before].tolist(), *theirs[before]]
            table.add_row(str(before), *(f"{count:,}" if count else "·" for count in counts))
        console.print(table)


def print_difference(console: Console, found: Differing) -> None:
    """The first cell that differs."""
    console.print(
        f"[bold red]The matrices differ[/]: {DUE_DAYS[found.month - 1]:%Y-%m},"
        f" {found.before} months late before, {found.after} after:"
        f" {found.ours:,} in our positions, {found.the_file:,} in the file."
    )


def print_contacts(console: Console, days: Sequence[date]) -> None:
    """Reminders sent per month, how contacts ended, planning refusals per rule."""
    table = Table("month", "reminders sent", title="Reminders", title_justify="left")
    for month, count in _rows(queries.SENT_PER_MONTH):
        table.add_row(str(month), f"{count:,}")
    console.print(table)
    ended = Table("fact", "count", title="Contacts", title_justify="left")
    for kind, count in _rows(queries.OUTCOMES):
        ended.add_row(str(kind), f"{count:,}")
    console.print(ended)
    refusals: Counter[str] = Counter()
    for day in days:
        refusals.update(progress.total(day, range(PARTS)).refusals)
    refused = Table("rule", "refused", title="Planning refusals", title_justify="left")
    for rule, count in refusals.most_common():
        refused.add_row(rule, f"{count:,}")
    console.print(refused if refusals else "Planning refusals: none")


def print_ages(console: Console, on: date) -> None:
    """The book by age."""
    table = Table("days past due", "loans", "principal unpaid", "past due", title_justify="left")
    table.title = f"Late by age on {on}"
    for band in book.by_age(on):
        outstanding, past_due = major(band.outstanding_minor), major(band.past_due_minor)
        table.add_row(AGES[band.age], f"{band.loans:,}", outstanding, past_due)
    console.print(table)


def print_speed(console: Console, days: Sequence[Day], seconds: float) -> None:
    """Seconds and facts per closed day by month, and in all."""
    table = Table("month", "days", "seconds a day", "slowest", "facts a day", "facts")
    table.title, table.title_justify = "Closed days", "left"
    for month in dict.fromkeys(f"{day.day:%Y-%m}" for day in days):
        own = [day for day in days if f"{day.day:%Y-%m}" == month]
        spent = [day.whole_seconds for day in own]
        facts = sum(day.facts for day in own)
        mean, slowest = sum(spent) / len(own), max(spent)
        per_day = f"{facts // len(own):,}"
        table.add_row(month, str(len(own)), f"{mean:.2f}", f"{slowest:.2f}", per_day, f"{facts:,}")
    console.print(table)
    facts = sum(day.facts for day in days)
    console.print(
        f"{len(days)} days closed, {facts:,} facts after the import, {seconds:.0f} s in all."
    )


def _rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
