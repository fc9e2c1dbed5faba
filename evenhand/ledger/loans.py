"""Loans as agreed: terms and instalments, from the facts that sign or import a loan."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from evenhand.core import words
from evenhand.core.columns import Ints
from evenhand.core.days import NEVER
from evenhand.core.terms import Terms
from evenhand.ledger import columns
from evenhand.ledger.columns import Array, Fields, Records
from evenhand.ledger.facts import Fact
from evenhand.ledger.house import day_number
from evenhand.ledger.queries import query, query_for

TERMS: Final[Fields] = {
    "borrower": "bigint",
    "loan": "bigint",
    "seq": "integer",
    "signed_on": "date",
    "disbursed_on": "date",
    "as_of": "date",
    "currency": "char(3)",
    "strategy": "char(32)",
    "product": "char(32)",
    "version": "integer",
    "principal_minor": "bigint",
    "rate_ppm": "bigint",
    "late_rate_ppm": "bigint",
    "late_year_days": "integer",
    "measures": "integer",
    "count": "integer",
    "imported": "boolean",
}
INSTALMENT: Final[Fields] = {
    "borrower": "bigint",
    "loan": "bigint",
    "n": "integer",
    "due_on": "date",
    "principal_minor": "bigint",
    "interest_minor": "bigint",
    "late_brought_minor": "bigint",
    "late_from": "date",
}
OWED: Final[Fields] = dict(list(INSTALMENT.items())[3:])
"""What is owed of an instalment, without the key by which it is sorted."""
LOAN: Final[Fields] = {"loan": "bigint", "borrower": "bigint", "seq": "integer"}

NUMBER_DIGITS: Final = 12
"""Digits of a loan's number that are read."""
BEGINS: Final = ("loan.signed", "loan.disbursed", "loan.imported")
"""The kinds a loan may begin with; `begins` says whether a fact of them does."""

Line = tuple[Any, ...]


def project(by_kind: Mapping[str, Sequence[Fact]]) -> None:
    """Terms of loans that begin; nothing of loans taken back, but the look-up, which facts need."""
    begun = [fact for kind in BEGINS for fact in by_kind.get(kind, ()) if begins(fact)]
    if begun:
        rows, instalments = rows_of(begun)
        columns.put("ledger_terms", rows, TERMS)
        columns.put("ledger_instalment", instalments, INSTALMENT)
        columns.put("ledger_loan", rows[list(LOAN)], LOAN)
    for fact in by_kind.get("loan.withdrawn", ()):
        _withdraw(fact)


def begins(fact: Fact) -> bool:
    """Does a loan begin with this fact: is it owed from here on?"""
    if fact.kind == "loan.signed":
        return "awaits" not in fact.body
    if fact.kind == "loan.disbursed":
        return "instalments" in fact.body
    return fact.kind == "loan.imported"


def rows_of(begun: Sequence[Fact]) -> tuple[Records, Records]:
    """The rows of terms, by borrower and loan, and of instalments, by borrower, loan and n.

    Raises ValueError where a body's instalments are none.
    """
    terms = [_terms_line(fact) for fact in begun]
    instalments = [line for fact in begun for line in _instalment_lines(fact)]
    rows = columns.records(terms, TERMS)
    lines = columns.records(instalments, INSTALMENT)
    return (
        rows[np.lexsort((rows["loan"], rows["borrower"]))],
        lines[np.lexsort((lines["n"], lines["loan"], lines["borrower"]))],
    )


def terms(borrowers: npt.ArrayLike) -> Records:
    """The terms of every loan of these borrowers, by borrower and loan."""
    params = {"borrowers": Array(borrowers)}
    return columns.columns(query_for("terms", borrowers), params, TERMS)


def owed(borrowers: npt.ArrayLike) -> Records:
    """Every instalment of every loan of these borrowers (`OWED`), by borrower, loan and n.

    Whose each is, the terms' counts say: a column less is a tenth of a second less for a big book.
    """
    params = {"borrowers": Array(borrowers)}
    return columns.columns(query_for("owed", borrowers), params, OWED)


def terms_columns(rows: Records, lines: Records) -> Terms:
    """The terms as core has them: a row a loan in the order of `rows`, instalments padded.

    `lines` are all the instalments of these loans in the order of `rows`, and by n within a loan.
    """
    count = np.ascontiguousarray(rows["count"])
    assert count.sum() == len(lines), "terms and instalments do not belong together"
    widest = int(count.max(initial=1))
    row = np.repeat(np.arange(len(rows)), count)
    cell = (row, np.arange(len(lines)) - np.repeat(np.cumsum(count) - count, count))

    def padded(name: str, padding: int) -> Ints:
        column = np.full((len(rows), widest), padding, dtype=np.int64)
        column[cell] = lines[name]
        return column

    return Terms(
        loan=np.ascontiguousarray(rows["loan"]),
        late_rate_ppm=np.ascontiguousarray(rows["late_rate_ppm"]),
        late_year_days=np.ascontiguousarray(rows["late_year_days"]),
        count=count,
        due_on=padded("due_on", NEVER),
        principal_minor=padded("principal_minor", 0),
        interest_minor=padded("interest_minor", 0),
        late_brought_minor=padded("late_brought_minor", 0),
        late_from=padded("late_from", NEVER),
    )


def borrower_of(loan: int) -> int | None:
    """Whose loan it is (or was, for one taken back); None where there is no such loan."""
    found = columns.rows(query("borrower_of"), {"loan": loan})
    return int(found[0][0]) if found else None


def numbered(text: str) -> int | None:
    """The loan of a number as people type it; None where there is no such loan."""
    number = text.strip()
    plain = number.isascii() and number.isdecimal() and len(number) <= NUMBER_DIGITS
    return int(number) if plain and borrower_of(int(number)) else None


def words_of(column: npt.NDArray[np.bytes_]) -> list[str]:
    """A fixed-width text column as words, without their padding."""
    return [word.decode().rstrip() for word in column.tolist()]


def _terms_line(fact: Fact) -> Line:
    body = fact.body
    imported = fact.kind == "loan.imported"
    measures = 0
    for measure in body["measures"]:
        measures |= words.bit(measure, words.CHANNELS)
    return (
        fact.borrower, fact.loan, fact.seq, day_number(fact.day), _day(body["disbursed_on"]),
        _day(body["as_of"]) if imported else day_number(fact.day),
        body["currency"].encode(), _padded(body["strategy"]), _padded(body["product"]),
        body["version"], fact.amount, body["rate_ppm"], body["late_rate_ppm"],
        body["late_year_days"], measures, len(body["instalments"]), imported,
    )  # fmt: skip


def _instalment_lines(fact: Fact) -> list[Line]:
    body = fact.body
    brought = dict(body.get("late_brought", ()))
    # An imported loan's late interest up to the import is in what was brought, not counted twice.
    settled = _day(body["as_of"]) if fact.kind == "loan.imported" else 0
    strange = brought.keys() - range(1, len(body["instalments"]) + 1)
    if strange:
        raise ValueError(f"loan {fact.loan}: late_brought names instalment {min(strange)}")
    return [
        (fact.borrower, fact.loan, n, _day(due_on), principal, interest, brought.get(n, 0), settled)
        for n, (due_on, principal, interest) in enumerate(body["instalments"], start=1)
    ]


def _day(iso: str) -> int:
    return day_number(date.fromisoformat(iso))


def _padded(word: str) -> bytes:
    return word.ljust(32).encode()


def _withdraw(fact: Fact) -> None:
    ended = columns.run(
        query_for("withdraw_loan", [fact.borrower]), {"borrower": fact.borrower, "loan": fact.loan}
    )
    if not ended:
        raise ValueError(f"loan {fact.loan} of borrower {fact.borrower} is none to take back")
