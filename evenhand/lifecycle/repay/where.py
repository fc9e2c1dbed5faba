"""Where to pay, told to everybody who owes something; and whom to call about a fraud."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from evenhand.ledger import columns
from evenhand.lifecycle.repay import queries
from evenhand.outbound.contact import tell
from evenhand.outbound.payments import register

BATCH: Final = 500
_FRAUD: Final = Path(__file__).parent / "fraud.toml"


class Line(NamedTuple):
    """A line to call about a fraud, in one language."""

    number: str
    name: str
    says: str
    url: str


@cache
def fraud_lines(lang: str) -> tuple[Line, ...]:
    """Whom to call about a fraud besides the house, in a language of ours."""
    read = tomllib.loads(_FRAUD.read_text("utf-8"))["line"]
    return tuple(
        Line(one["number"], one["name"][lang], one["says"][lang], one["url"]) for one in read
    )


def tell_changes(day: date, *, at: int) -> int:
    """What changes in the register with this day is told to everybody who owes something."""
    changes = register.changes_of(day)
    if not changes:
        return 0
    values = {"day": day.isoformat()}
    count = 0
    for person in _everybody(day):
        tell.tell(person, "where_to_pay_changed", at=at, values=values)
        count += 1
    return count


def _everybody(day: date) -> Iterator[int]:
    """Who owes something and was not told on this day, a batch at a time."""
    after = 0
    while found := columns.rows(queries.UNTOLD, {"after": after, "limit": BATCH, "day": day}):
        yield from (row[0] for row in found)
        after = found[-1][0]
