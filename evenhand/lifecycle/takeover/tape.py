"""The loan tape: the columns of its CSV and the reading of its rows.

The schema for people is `docs/reference/loan-tape.md`; a test holds it against COLUMNS. A row that
cannot be used becomes a `Fault` and the reading goes on; only a file that is no tape at all raises.
"""

import csv
import gzip
import io
import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

from evenhand.core import shape
from evenhand.core.money import ROUNDINGS
from evenhand.core.words import CHANNELS
from evenhand.lifecycle.takeover.cells import BadCell, BadFile, Cells, Fault, day, money
from evenhand.people.persons import Person

REQUIRED = (
    "loan_reference",
    "borrower_reference",
    "name",
    "phone",
    "currency",
    "disbursed_on",
    "principal",
    "annual_rate",
    "late_rate",
)
OPTIONAL = (
    "identity",
    "lang",
    "zone",
    "product",
    "late_year_days",
    "strategy",
    "measures",
    "outstanding_principal",
    "instalments",
    "instalment_count",
    "every",
    "unit",
    "method",
    "day_count",
    "interest_per",
    "instalment_multiple",
    "last_instalment",
    "rounding",
    "paid_instalments",
    "paid_into_next",
    "late_interest",
)
COLUMNS = REQUIRED + OPTIONAL
STRATEGY = "old-contract"
LANGS = ("zh-hans", "zh-hant", "en")
INSTALMENTS_MOST = 600
_NAME = re.compile(r"[A-Za-z0-9.-]{1,32}")


class Instalment(NamedTuple):
    """What is still unpaid of one instalment; minor units. `late` was charged before the tape."""

    due_on: date
    principal: int
    interest: int
    late: int


class Shape(NamedTuple):
    """Terms we can compute: how the instalments were made, and how far they are paid."""

    instalments: int
    every: int
    unit: str
    method: str
    day_count: str
    interest_per: str
    multiple: int
    last: str
    rounding: str
    paid_instalments: int
    paid_into_next: int
    late_interest: int


class Row(NamedTuple):
    """One loan of the tape. Exactly one of `instalments` and `shape` says what is owed, or neither
    where the file of instalments does. `measures` is () where the contract's are not known."""

    line: int
    reference: str
    borrower: str
    person: Person
    currency: str
    product: str
    disbursed_on: date
    principal: int
    rate_ppm: int
    late_rate_ppm: int
    late_year_days: int
    strategy: str
    measures: tuple[str, ...]
    outstanding: int | None
    instalments: tuple[Instalment, ...]
    shape: Shape | None


T = TypeVar("T")


def read_rows(
    path: Path,
    required: tuple[str, ...],
    optional: tuple[str, ...],
    make: Callable[[int, Cells], T],
    faults: list[Fault],
) -> Iterator[T]:
    """Each row of a CSV (plain or .gz, UTF-8) made by `make`; bad rows are put into `faults`."""
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), strict=True, restval="")
    _check_header(path, list(reader.fieldnames or ()), required, optional)
    rows = iter(reader)
    while True:
        try:
            row = next(rows)
            if None in row:
                raise BadCell("row", "more cells than the header has columns")
            yield make(reader.line_num, Cells(row))
        except StopIteration:
            return
        except BadCell as bad:
            faults.append(Fault(path.name, reader.line_num, bad.column, bad.reason))
        except csv.Error:
            faults.append(Fault(path.name, reader.line_num, "row", "not CSV (a stray quote?)"))


def read_tape(path: Path, strategies: Collection[str], faults: list[Fault]) -> list[Row]:
    """The usable loans of a tape in order, their strategy among `strategies`.

    A reference that stands twice is a fault the second time.
    """
    kept: list[Row] = []
    seen: dict[str, int] = {}
    people: dict[str, Row] = {}
    for row in read_rows(path, REQUIRED, OPTIONAL, _row, faults):
        first = people.setdefault(row.borrower, row)
        if row.reference in seen:
            reason = f"stands on line {seen[row.reference]} already"
            faults.append(Fault(path.name, row.line, "loan_reference", reason))
        elif row.strategy not in strategies:
            faults.append(Fault(path.name, row.line, "strategy", "no strategy of the house"))
        elif first.person != row.person:
            reason = f"another person than on line {first.line}"
            faults.append(Fault(path.name, row.line, "borrower_reference", reason))
        else:
            seen[row.reference] = row.line
            kept.append(row)
    return kept


def compact_instalments(text: str) -> tuple[Instalment, ...]:
    """Instalments of one cell: "DUE_ON PRINCIPAL INTEREST [LATE_INTEREST]", separated by ";".

    >>> compact_instalments("2026-04-01 800.00 100.00 1.25; 2026-05-01 808 92")[1].principal
    80800
    """
    parts = [part.split() for part in text.split(";") if part.strip()]
    if any(len(part) not in (3, 4) for part in parts):
        raise BadCell("instalments", "not DUE_ON PRINCIPAL INTEREST [LATE_INTEREST]; …")
    return tuple(_compact(*part) for part in parts)


def _compact(due_on: str, principal: str, interest: str, late: str = "0") -> Instalment:
    amounts = (money(amount, "instalments") for amount in (principal, interest, late))
    return Instalment(day(due_on, "instalments"), *amounts)


def _row(line: int, cells: Cells) -> Row:
    instalments = cells.text("instalments", "")
    shaped = bool(cells.text("instalment_count", ""))
    if instalments and shaped:
        raise BadCell("instalments", "given both as they stand and by terms")
    outstanding = cells.text("outstanding_principal", "")
    currency = cells.text("currency")
    if len(currency) != 3 or not (currency.isascii() and currency.isupper()):
        raise BadCell("currency", "not a currency such as CNY")
    return Row(
        line=line,
        reference=cells.reference("loan_reference"),
        borrower=cells.reference("borrower_reference"),
        person=_person(cells),
        currency=currency,
        product=_name(cells, "product", "old-contract"),
        disbursed_on=cells.day("disbursed_on"),
        principal=cells.money("principal"),
        rate_ppm=cells.ppm("annual_rate"),
        late_rate_ppm=cells.ppm("late_rate"),
        late_year_days=int(cells.word("late_year_days", ("360", "365"), "360")),
        strategy=_name(cells, "strategy", STRATEGY),
        measures=_measures(cells.text("measures", "")),
        outstanding=cells.money("outstanding_principal") if outstanding else None,
        instalments=compact_instalments(instalments) if instalments else (),
        shape=_shape(cells) if shaped else None,
    )


def _name(cells: Cells, column: str, default: str) -> str:
    name = cells.text(column, default)
    if not _NAME.fullmatch(name):
        raise BadCell(column, "not a name of up to 32 letters, digits, dots and dashes")
    return name


def _person(cells: Cells) -> Person:
    return Person(
        name=cells.text("name"),
        phone=cells.phone("phone"),
        identity=cells.text("identity", ""),
        lang=cells.word("lang", LANGS, "zh-hans"),
        zone=cells.zone("zone", "Asia/Shanghai"),
    )


def _measures(text: str) -> tuple[str, ...]:
    measures = tuple(text.replace("|", " ").split())
    if any(measure not in CHANNELS for measure in measures):
        raise BadCell("measures", "none of " + ", ".join(CHANNELS))
    return measures


def _shape(cells: Cells) -> Shape:
    return Shape(
        instalments=cells.number("instalment_count", most=INSTALMENTS_MOST),
        every=cells.number("every", "1", most=366),
        unit=cells.word("unit", shape.UNITS, "month"),
        method=cells.word("method", shape.METHODS, "equal_instalment"),
        day_count=cells.word("day_count", shape.DAY_COUNTS, "30/360"),
        interest_per=cells.word("interest_per", shape.INTEREST_PER, "day"),
        multiple=cells.money("instalment_multiple", "0.01"),
        last=cells.word("last_instalment", shape.LASTS, "takes_the_rest"),
        rounding=cells.word("rounding", ROUNDINGS, "half_even"),
        paid_instalments=cells.number("paid_instalments", "0", most=INSTALMENTS_MOST),
        paid_into_next=cells.money("paid_into_next", "0"),
        late_interest=cells.money("late_interest", "0"),
    )


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        return content.decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as reason:
        raise BadFile(f"{path}: cannot be read ({type(reason).__name__})") from reason


def _check_header(
    path: Path, header: list[str], required: tuple[str, ...], optional: tuple[str, ...]
) -> None:
    for column in required:
        if column not in header:
            raise BadFile(f"{path}: no column {column}")
    for column in header:
        if column not in required + optional:
            raise BadFile(f"{path}: unknown column {column}")
    if len(set(header)) < len(header):
        raise BadFile(f"{path}: a column stands twice")
