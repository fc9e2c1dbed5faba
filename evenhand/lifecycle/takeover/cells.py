"""One cell of a tape read into a value: what every column may hold, and what to say where not.

A reason never repeats what stood in the cell: a tape holds names and phone numbers, and reasons
are printed and kept in logs.
"""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from zoneinfo import ZoneInfo

from evenhand.law import written

MONEY_MAX = 10**13
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONEY = re.compile(r"\d{1,12}(\.\d{1,2})?")
_REFERENCE = re.compile(r"[\x21-\x7e]{1,64}")
_PHONE = re.compile(r"\+?[\d \-]{6,24}")


class Fault(NamedTuple):
    """What is wrong with a row: the file's name, its line (the header is 1), column and reason."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: line {self.line}, {self.column}: {self.reason}"


class BadCell(Exception):
    """A cell that cannot be used."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(column, reason)
        self.column = column
        self.reason = reason


class BadFile(Exception):
    """The file as a whole cannot be read; its text is one line."""


class Cells:
    """The cells of one row, asked for by column; a bad answer raises `BadCell`."""

    def __init__(self, row: dict[str, str]) -> None:
        self._row = row

    def text(self, column: str, default: str | None = None) -> str:
        """The cell without outer blanks; where empty `default`, or a fault without one."""
        value = self._row.get(column, "").strip()
        if value:
            return value
        if default is None:
            raise BadCell(column, "is empty")
        return default

    def reference(self, column: str, default: str | None = None) -> str:
        """A reference of 1 to 64 visible ASCII characters."""
        value = self.text(column, default)
        if value and not _REFERENCE.fullmatch(value):
            raise BadCell(column, "not a reference of up to 64 visible characters")
        return value

    def phone(self, column: str) -> str:
        """A phone number: digits, blanks and dashes, perhaps a leading plus."""
        value = self.text(column)
        if not _PHONE.fullmatch(value):
            raise BadCell(column, "not a phone number")
        return value

    def money(self, column: str, default: str | None = None) -> int:
        """An amount in major units ("1234.50") as minor units, not below zero."""
        return money(self.text(column, default), column)

    def ppm(self, column: str) -> int:
        """A yearly rate ("0.12") in parts per million, 0 to 10."""
        try:
            ppm = Decimal(self.text(column)) * 1_000_000
            if ppm != ppm.to_integral_value() or not 0 <= ppm <= 10_000_000:
                raise BadCell(column, "not a rate from 0 to 10 in whole millionths")
        except InvalidOperation as reason:
            raise BadCell(column, "not a rate such as 0.12") from reason
        return int(ppm)

    def number(self, column: str, default: str | None = None, *, most: int) -> int:
        """A whole number from 0 to `most`."""
        value = self.text(column, default)
        if not value.isascii() or not value.isdigit() or int(value) > most:
            raise BadCell(column, f"not a whole number from 0 to {most}")
        return int(value)

    def day(self, column: str) -> date:
        """An ISO day."""
        return day(self.text(column), column)

    def day_or_none(self, column: str) -> date | None:
        """An ISO day, or None where the cell is empty."""
        return self.day(column) if self.text(column, "") else None

    def moment(self, column: str) -> int:
        """An ISO moment with an offset, as microseconds UTC."""
        try:
            moment = written.moment(self.text(column))
        except ValueError as reason:
            raise BadCell(column, "not a moment such as 2026-03-01T09:30:00+08:00") from reason
        if moment.tzinfo is None:
            raise BadCell(column, "a moment without an offset from UTC")
        return (moment - EPOCH) // timedelta(microseconds=1)

    def word(self, column: str, words: tuple[str, ...], default: str | None = None) -> str:
        """One of the words allowed."""
        value = self.text(column, default)
        if value not in words:
            raise BadCell(column, "none of " + ", ".join(words))
        return value

    def zone(self, column: str, default: str) -> str:
        """A time zone's name."""
        value = self.text(column, default)
        try:
            ZoneInfo(value)
        except (ValueError, OSError, KeyError) as reason:
            raise BadCell(column, "not a time zone such as Asia/Shanghai") from reason
        return value


def money(text: str, column: str) -> int:
    """An amount in major units as minor units, without a float.

    >>> money("1234.5", "principal")
    123450
    """
    if not _MONEY.fullmatch(text):
        raise BadCell(column, "not an amount such as 1234.50")
    whole, _, cents = text.partition(".")
    minor = int(whole) * 100 + int(cents.ljust(2, "0"))
    if minor > MONEY_MAX:
        raise BadCell(column, "more than 100,000,000,000.00")
    return minor


def day(text: str, column: str) -> date:
    """An ISO day from 1970 on."""
    try:
        value = written.day(text)
    except ValueError as reason:
        raise BadCell(column, "not a day such as 2026-03-01") from reason
    if value.year < 1970 or value.year > 2200:
        raise BadCell(column, "not a day from 1970 to 2200")
    return value
