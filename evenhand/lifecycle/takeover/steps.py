"""Taking over a book: read, compare, write.

Nothing is written before the control totals agree. Then it goes by at most 2,500 borrowers a
transaction, persons and facts together; a run cut short is finished by running the same files
again, because a loan that stands already is passed over. They go on as of the same day: the totals
of another day would not be those of the loans that stand. Two imports never run at once.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction

from evenhand.ledger import house, streams
from evenhand.ledger.facts import Draft, canonical
from evenhand.ledger.streams import Append
from evenhand.lifecycle.takeover import drafts, queries, register, totals
from evenhand.lifecycle.takeover.cells import Fault
from evenhand.lifecycle.takeover.drafts import Import
from evenhand.lifecycle.takeover.history import Past, read_history
from evenhand.lifecycle.takeover.owed import Owed, owed_by, read_instalments, standing
from evenhand.lifecycle.takeover.tape import read_tape
from evenhand.lifecycle.takeover.totals import Totals
from evenhand.people import persons

CHUNK = 2_500
# The index of people holds the lender's references of loans and, behind this mark, of persons; no
# reference on a tape contains a blank.
PERSON_MARK = "borrower "

Progress = Callable[[int], None]


class Refused(Exception):
    """Nothing was written; the text is the one line that says why."""


class Files(NamedTuple):
    """The files of one import."""

    tape: Path
    instalments: Path | None = None
    history: Path | None = None


class Book(NamedTuple):
    """A tape as read: usable loans with what is owed, history, faults, and what it stands at."""

    owed: list[Owed]
    history: list[Past]
    faults: list[Fault]
    totals: Totals
    as_of: date
    digest: str


class Made(NamedTuple):
    """What an import wrote. `number` names it (0: nothing was left to write)."""

    number: int
    loans: int
    borrowers: int
    already: int


class _Known(NamedTuple):
    """What stands already: loan by reference, person by borrower reference."""

    loans: dict[str, int]
    people: dict[str, int]


def read(files: Files, as_of: date, strategies: Collection[str]) -> Book:
    """The book of these files as of a day; bad rows are in `faults`. Raises `BadFile`.

    `strategies` are the names a loan's strategy may have: they belong to another stage.
    """
    faults: list[Fault] = []
    rows = read_tape(files.tape, strategies, faults)
    separate = read_instalments(files.instalments, faults) if files.instalments else {}
    book = owed_by(rows, separate, as_of, files.tape.name, faults)
    usable = [owed.row for owed in book]
    past = read_history(files.history, usable, as_of, faults) if files.history else []
    stood = totals.of_position(standing(book, as_of))
    return Book(book, past, faults, stood, as_of, _digest(files))


def write(
    book: Book,
    expected: Totals,
    *,
    at: int,
    progress: Progress = lambda done: None,
    begun: Progress = lambda number: None,
) -> Made:
    """Write what does not stand yet, learnt at `at` (microseconds UTC).

    `progress` is told after each transaction how many borrowers it held, `begun` the import's
    number once something of it stands. Raises `Refused` where the totals disagree, the tape's day
    lies ahead, these files stand as of another day, or another import is running.
    """
    differing = totals.disagreements(expected, book.totals)
    if differing:
        raise Refused("nothing written: " + "; ".join(map(str, differing)))
    if book.as_of > house.day_of(at):
        raise Refused(f"nothing written: {book.as_of} has not come yet")
    made = Import(f"import:{book.digest[:24]}", book.as_of, at, drafts.default_measures(book.as_of))
    with alone():
        return _write(book, made, _number(made), progress, begun)


def _number(made: Import) -> int:
    """The import these files have begun, 0 where none; refused where it is as of another day."""
    before = register.begun(made.origin)
    if before is None:
        return 0
    day = before.body["as_of"]
    if day != made.as_of.isoformat():
        raise Refused(f"nothing written: import {before.seq} of these files stands as of {day}")
    return before.seq


def _write(book: Book, made: Import, number: int, progress: Progress, begun: Progress) -> Made:
    known = _known(book)
    named = register.named(book.digest, book.totals, made)
    loans = borrowers = 0
    for chunk in _chunks(book, known):
        with transaction.atomic():
            written = _write_chunk(chunk, made, known)
            first = written > 0 and number == 0
            if first:
                number = register.say("import.begun", named, at=made.at)
        if first:
            begun(number)
        loans += sum(len(person.new) for person in chunk)
        borrowers += written
        progress(len(chunk))
    already = sum(1 for owed in book.owed if owed.row.reference in known.loans)
    if not borrowers and (number == 0 or register.finished(number)):
        return Made(0, loans, borrowers, already)
    register.finish(named, number, len(book.faults), at=made.at)
    return Made(number, loans, borrowers, already)


class _Person(NamedTuple):
    """One borrower of the tape: loans not here yet, and the history."""

    reference: str
    new: list[Owed]
    past: list[Past]


def _chunks(book: Book, known: _Known) -> Iterator[list[_Person]]:
    """The borrowers about whom something may be left to write, in the order of the tape."""
    new: dict[str, list[Owed]] = defaultdict(list)
    past: dict[str, list[Past]] = defaultdict(list)
    for owed in book.owed:
        if owed.row.reference not in known.loans:
            new[owed.row.borrower].append(owed)
    for row in book.history:
        past[row.borrower].append(row)
    references = list(dict.fromkeys((*new, *past)))
    for first in range(0, len(references), CHUNK):
        some = references[first : first + CHUNK]
        yield [_Person(key, new.get(key, []), past.get(key, [])) for key in some]


def _write_chunk(chunk: Sequence[_Person], made: Import, known: _Known) -> int:
    """Persons, index and facts of one chunk, in a transaction; returns how many streams grew."""
    unknown = [person for person in chunk if person.reference not in known.people]
    ids = persons.enrol([person.new[0].row.person for person in unknown], at=made.at)
    fresh = dict(zip((person.reference for person in unknown), ids, strict=True))
    number = {**known.people, **fresh}
    rows = [owed.row for person in chunk for owed in person.new]
    loans = dict(zip((row.reference for row in rows), _new_loans(len(rows)), strict=True))
    persons.index_loans(
        [(PERSON_MARK + reference, person, 0) for reference, person in fresh.items()]
        + [(row.reference, number[row.borrower], loans[row.reference]) for row in rows]
    )
    digests = dict(zip(loans, persons.loan_digests(list(loans)), strict=True))
    taken = _Taken(made, {**known.loans, **loans}, digests)
    return _append(chunk, number, set(fresh), taken)


class _Taken(NamedTuple):
    made: Import
    loans: dict[str, int]
    digests: dict[str, str]


def _append(
    chunk: Sequence[_Person], number: dict[str, int], fresh: set[str], taken: _Taken
) -> int:
    heads = streams.heads([number[person.reference] for person in chunk])
    said = _said(
        [number[one.reference] for one in chunk if one.past and one.reference not in fresh]
    )
    appends = []
    for person in chunk:
        borrower = number[person.reference]
        own = _drafts(person, person.reference in fresh, taken, said.get(borrower, set()))
        if own:
            appends.append(Append(borrower, heads[borrower].seq, own))
    if streams.append_many(appends, at=taken.made.at):
        raise Refused("cut short: somebody else wrote about a borrower; run the same files again")
    return len(appends)


def _drafts(person: _Person, fresh: bool, taken: _Taken, said: set[str]) -> list[Draft]:
    own = [drafts.enrolled(person.new[0].row, taken.made)] if fresh else []
    own += [
        drafts.imported(
            owed.row,
            owed.instalments,
            taken.loans[owed.row.reference],
            taken.digests[owed.row.reference],
            taken.made,
        )
        for owed in person.new
    ]
    for row in sorted(person.past, key=lambda row: row.at):
        draft = drafts.past(row, taken.loans.get(row.loan, 0))
        if _mark(draft.kind, draft.loan, draft.body) not in said:
            own.append(draft)
    return own


def _said(borrowers: Sequence[int]) -> dict[int, set[str]]:
    """What is written already of those borrowers, so that no contact or state is told twice."""
    marks: dict[int, set[str]] = defaultdict(set)
    if borrowers:
        for fact in streams.streams(borrowers):
            marks[fact.borrower].add(_mark(fact.kind, fact.loan, fact.body))
    return marks


def _mark(kind: str, loan: int, body: object) -> str:
    return canonical([kind, loan, body])


def _known(book: Book) -> _Known:
    found = persons.find_many("loan", [owed.row.reference for owed in book.owed])
    loans = [one.target for many in found.values() for one in many]
    with connection.cursor() as cursor:
        cursor.execute(queries.STANDING, [loans])
        stands = {row[0] for row in cursor.fetchall()}
    marked = [PERSON_MARK + reference for reference in {o.row.borrower for o in book.owed}]
    people = persons.find_many("loan", marked)
    here = {
        reference: one for reference, many in found.items() for one in many if one.target in stands
    }
    # Who was erased is known by their loans alone: the tape does not make that person again.
    owners = {
        owed.row.borrower: here[owed.row.reference].person
        for owed in book.owed
        if owed.row.reference in here
    }
    marks = {key.removeprefix(PERSON_MARK): many[0].person for key, many in people.items()}
    return _Known({reference: one.target for reference, one in here.items()}, {**owners, **marks})


def _new_loans(count: int) -> list[int]:
    loans: list[int] = streams.new_loans(count).tolist()
    return loans


def _digest(files: Files) -> str:
    """SHA-256 over the files, each by its own digest."""
    whole = hashlib.sha256()
    for path in files:
        content = path.read_bytes() if path else b""
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()


@contextmanager
def alone() -> Iterator[None]:
    """No other import or take-back at the same time; a lock dies with its connection."""
    with connection.cursor() as cursor:
        cursor.execute(queries.HOLD)
        if not cursor.fetchone()[0]:
            raise Refused("nothing written: another import or take-back is running")
        try:
            yield
        finally:
            cursor.execute(queries.RELEASE)
