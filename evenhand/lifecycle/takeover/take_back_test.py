"""The way back of an import, whole or cut short, and who comes in between."""

from datetime import timedelta
from pathlib import Path

import pytest

from evenhand.ledger import house, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.takeover import register, steps
from evenhand.lifecycle.takeover.register import Loan
from evenhand.lifecycle.takeover.steps import Files, Made, Refused
from evenhand.lifecycle.takeover.steps_test import (
    AS_OF,
    AT,
    close_a_day,
    imported,
    loan_of,
    two_loans,
)
from evenhand.lifecycle.takeover.take_back import take_back
from evenhand.lifecycle.takeover.tape_test import LADDERS
from evenhand.people import persons

pytestmark = pytest.mark.django_db


class Cut(Exception):
    """The power went."""


def cut_after_a(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """An import of two loans cut off when the first one stood; the numbers it said."""

    def power_goes(_done: int) -> None:
        raise Cut

    said: list[int] = []
    book = two_loans(folder)
    with monkeypatch.context() as small, pytest.raises(Cut):
        small.setattr(steps, "CHUNK", 1)
        steps.write(book, book.totals, at=AT, progress=power_goes, begun=said.append)
    assert persons.find("loan", "A") and not persons.find("loan", "B")
    return said


def told() -> list[Fact]:
    return streams.stream(house.IMPORTS)


def pay(reference: str) -> None:
    found = loan_of(reference)
    body = {"reference": "r", "channel": "bank"}
    paid = Draft("payment.received", AS_OF, "provider", found.target, 100, body=body)
    seq = streams.head(found.person).seq
    streams.append(found.person, [paid], at=AT + 1, expected_seq=seq)


def test_a_cut_import_is_finished_and_counted_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cut_after_a(tmp_path, monkeypatch) == [1]
    assert [fact.kind for fact in told()] == ["import.begun"]
    assert imported(two_loans(tmp_path)) == Made(1, 1, 1, 1)
    made = told()[-1]
    assert (made.kind, made.cause, made.body["count"]) == ("import.made", 1, 2)
    assert take_back(1, at=AT + 1) == (2, 2)


def test_an_import_cut_just_before_its_end_is_said_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as cut, pytest.raises(Cut):
        cut.setattr(register, "finish", lambda *_words, at: (_ for _ in ()).throw(Cut))
        imported(two_loans(tmp_path))
    assert imported(two_loans(tmp_path)) == Made(1, 0, 0, 2)
    assert [fact.kind for fact in told()] == ["import.begun", "import.made"]
    assert imported(two_loans(tmp_path)) == Made(0, 0, 0, 2)


def test_a_cut_import_does_not_go_on_as_of_another_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_after_a(tmp_path, monkeypatch)
    files = Files(tmp_path / "tape.csv", None, tmp_path / "history.csv")
    later = steps.read(files, AS_OF + timedelta(days=30), LADDERS)
    month_on = AT + 40 * 86_400_000_000
    with pytest.raises(Refused, match="import 1 of these files stands as of 2026-03-11"):
        steps.write(later, later.totals, at=month_on)
    assert not persons.find("loan", "B")
    take_back(1, at=month_on)
    assert steps.write(later, later.totals, at=month_on).loans == 2


def test_a_cut_import_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (number,) = cut_after_a(tmp_path, monkeypatch)
    assert take_back(number, at=AT + 1) == (1, 1)
    again = imported(two_loans(tmp_path))
    assert (again.number, again.loans) == (3, 2)


def test_a_close_between_the_two_runs_of_an_import_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_after_a(tmp_path, monkeypatch)
    close_a_day()
    book = two_loans(tmp_path)
    steps.write(book, book.totals, at=AT + 10)
    with pytest.raises(Refused, match="a day has been closed"):
        take_back(1, at=AT + 20)


def test_half_a_close_counts(tmp_path: Path) -> None:
    imported(two_loans(tmp_path))
    person = loan_of("B").person
    body = {"rules": ["policy.pause.complaint"], "not_before": 0}
    refused = Draft("contact.refused", AS_OF, "dayclose", body=body)
    seq = streams.head(person).seq
    streams.append(person, [refused], at=AT + 1, expected_seq=seq)
    with pytest.raises(Refused, match="a day has been closed"):
        take_back(1, at=AT + 2)


def test_money_that_comes_in_during_the_checks_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(two_loans(tmp_path))
    standing = register.standing

    def then_money_comes(origin: str) -> list[Loan]:
        loans = standing(origin)
        monkeypatch.setattr("evenhand.lifecycle.takeover.take_back._paid", lambda _loans: False)
        pay("A")
        return loans

    monkeypatch.setattr(register, "standing", then_money_comes)
    with pytest.raises(Refused, match="somebody else wrote about a borrower"):
        take_back(1, at=AT + 2)
    assert streams.stream(loan_of("A").person)[-1].kind == "payment.received"


def test_the_same_tape_after_an_erasure_makes_nobody_again(tmp_path: Path) -> None:
    imported(two_loans(tmp_path))
    a = loan_of("A")
    persons.erase(a.person, purpose="audit", by=7, at=AT)
    before = streams.streams([a.person, house.IMPORTS])
    assert imported(two_loans(tmp_path)) == Made(0, 0, 0, 2)
    assert persons.find("loan", "A") == [a]
    assert streams.streams([a.person, house.IMPORTS]) == before
    assert persons.masked([a.person])[a.person].erased
