"""A tape read: what is usable, what is said of the rest, and what the book stands at."""

import re
from datetime import date
from pathlib import Path

import pytest

from evenhand.lifecycle.takeover import history, owed, steps, tape, totals
from evenhand.lifecycle.takeover.cells import BadFile, Fault
from evenhand.lifecycle.takeover.steps import Book, Files
from evenhand.lifecycle.takeover.totals import Totals

AS_OF = date(2026, 3, 11)
HEADER = (
    "loan_reference,borrower_reference,name,phone,currency,"
    "disbursed_on,principal,annual_rate,late_rate"
)
LADDERS = ("old-contract",)
ROW = "{0},B-{0},王芳,+86 120 0000 0001,CNY,2025-12-01,3000.00,0.12,0.18"
STANDS = "2026-03-01 1000.00 20.00; 2026-04-01 1000.00 10.00"


def book(folder: Path, *rows: str, header: str = HEADER + ",instalments", **files: str) -> Book:
    path = folder / "tape.csv"
    path.write_text("\n".join([header, *rows]) + "\n")
    others = {}
    for name, text in files.items():
        others[name] = folder / f"{name}.csv"
        others[name].write_text(text)
    return steps.read(Files(path, **others), AS_OF, LADDERS)


def faults(read: Book) -> list[str]:
    return [str(fault) for fault in read.faults]


def test_a_loan_in_mid_life_stands_as_the_tape_says(tmp_path: Path) -> None:
    read = book(tmp_path, ROW.format("A") + ",2026-02-01 981.20 26.00 4.15; 2026-04-01 1000 10")
    assert not read.faults
    assert read.totals == Totals(1, 198_120, (0, 101_135, 0, 0))  # 38 days past due


def test_late_interest_runs_on_from_the_tapes_day_only(tmp_path: Path) -> None:
    read = book(tmp_path, ROW.format("A") + ",2026-03-01 1000.00 20.00 4.15")
    on_the_day = owed.standing(read.owed, AS_OF)
    assert on_the_day.late_interest_minor.tolist() == [415]
    assert totals.of_position(on_the_day).past_due == (102_415, 0, 0, 0)


def test_bad_rows_are_named_by_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    read = book(
        tmp_path,
        ROW.format("A") + "," + STANDS,
        ROW.format("B").replace("3000.00", "many") + "," + STANDS,
        ROW.format("A") + "," + STANDS,
        ROW.format("C") + ",2026-03-01 1000.00",
        ROW.format("D") + ",",
        ROW.format("E") + "," + STANDS + ",surplus",
        ROW.format("F") + ",2026-04-01 1000 10; 2026-03-01 1000 20",
        ROW.format("G") + ",2026-03-01 5000 20",
        ROW.format("H").replace("2025-12-01", "2026-04-01") + ",2026-05-01 1000 20",
        ROW.format("Z") + "," + STANDS,
    )
    assert sorted(faults(read)) == [
        "tape.csv: line 10, disbursed_on: after the day the tape stands at",
        "tape.csv: line 3, principal: not an amount such as 1234.50",
        "tape.csv: line 4, loan_reference: stands on line 2 already",
        "tape.csv: line 5, instalments: not DUE_ON PRINCIPAL INTEREST [LATE_INTEREST]; …",
        "tape.csv: line 6, instalments: not said here, by terms, or in the file of instalments",
        "tape.csv: line 7, row: more cells than the header has columns",
        "tape.csv: line 8, instalments: due days out of order",
        "tape.csv: line 9, principal: less than the principal unpaid",
    ]
    assert [loan.row.reference for loan in read.owed] == ["A", "Z"]
    assert read.totals.loans == 2


def test_a_fault_never_repeats_what_stood_in_the_cell(tmp_path: Path) -> None:
    read = book(tmp_path, ROW.format("A").replace("+86 120 0000 0001", "call me") + "," + STANDS)
    assert faults(read) == ["tape.csv: line 2, phone: not a phone number"]


def test_one_borrower_is_one_person(tmp_path: Path) -> None:
    second = ROW.format("A2").replace("B-A2", "B-A").replace("0001", "0002")
    read = book(tmp_path, ROW.format("A") + "," + STANDS, second + "," + STANDS)
    assert faults(read) == ["tape.csv: line 3, borrower_reference: another person than on line 2"]


def test_by_terms_with_a_part_paid(tmp_path: Path) -> None:
    header = HEADER + ",instalment_count,paid_instalments,paid_into_next,late_interest"
    read = book(tmp_path, ROW.format("A") + ",3,2,30.00,1.00", header=header)
    # 3,000.00 at 12 % in three months: 1,020.07 twice, then 1,009.96 and 10.10.
    last = read.owed[0].instalments
    assert [(i.due_on, i.principal, i.interest, i.late) for i in last] == [
        (date(2026, 3, 1), 99_006, 0, 100)
    ]


def test_terms_we_cannot_compute_hide_no_other(tmp_path: Path) -> None:
    header = HEADER + ",instalment_count,every,paid_instalments"
    read = book(
        tmp_path,
        ROW.format("A") + ",3,1,0",
        ROW.format("B") + ",0,1,0",
        ROW.format("C") + ",12,1,12",
        header=header,
    )
    assert faults(read) == [
        "tape.csv: line 3, instalments: not 1 to 600",
        "tape.csv: line 4, paid_instalments: all of them; nothing is left to take over",
    ]
    assert len(read.owed) == 1


def test_instalments_in_a_second_file(tmp_path: Path) -> None:
    read = book(
        tmp_path,
        ROW.format("A"),
        ROW.format("B"),
        header=HEADER,
        instalments="loan_reference,due_on,principal,interest\n"
        "A,2026-03-01,1000.00,20.00\nB,2026-03-01,1000.00,20.00\nB,soon,1000.00,10.00\n"
        "A,2026-04-01,1000.00,10.00\nB,2026-05-01,1000.00,10.00\n",
    )
    assert faults(read) == [
        "instalments.csv: line 4, due_on: not a day such as 2026-03-01",
        "tape.csv: line 3, instalments: not said here, by terms, or in the file of instalments",
    ]
    assert [i.principal for i in read.owed[0].instalments] == [100_000, 100_000]


def test_a_rows_own_control(tmp_path: Path) -> None:
    header = HEADER + ",instalments,outstanding_principal"
    read = book(tmp_path, ROW.format("A") + "," + STANDS + ",1999.99", header=header)
    assert faults(read) == [
        "tape.csv: line 2, outstanding_principal: not the unpaid principal of the instalments"
    ]


def test_history_about_nobody_on_the_tape_is_a_fault(tmp_path: Path) -> None:
    read = book(
        tmp_path,
        ROW.format("A") + "," + STANDS,
        history="borrower_reference,kind,at,channel,outcome,loan_reference,until\n"
        "B-A,contact,2026-03-10T10:00:00+08:00,sms,sent,,\n"
        "B-A,contact,2025-10-10T10:00:00+08:00,sms,sent,,\n"
        "B-A,agreement_in_force,2026-03-01T00:00:00+08:00,,,A,2026-06-30\n"
        "B-Q,contact,2026-03-10T10:00:00+08:00,sms,sent,,\n"
        "B-A,contact,2026-03-10T10:00:00,sms,sent,,\n"
        "B-A,rumour,2026-03-10T10:00:00+08:00,,,,\n"
        "B-A,complaint_open,2026-04-10T10:00:00+08:00,,,,\n"
        "B-A,agreement_in_force,2026-03-01T00:00:00+08:00,,,Q,2026-06-30\n",
    )
    assert [past.kind for past in read.history] == ["contact", "agreement_in_force"]
    assert [(fault.line, fault.column) for fault in read.faults] == [
        (5, "borrower_reference"),
        (6, "at"),
        (7, "kind"),
        (8, "at"),
        (9, "loan_reference"),
    ]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", HEADER + ",mood\n", HEADER + ",lang,lang\n"])
def test_what_is_no_tape_is_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tape.csv"
    path.write_text(text)
    with pytest.raises(BadFile, match="column"):
        tape.read_tape(path, LADDERS, [])


def test_a_missing_or_unreadable_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        tape.read_tape(tmp_path / "none.csv", LADDERS, [])
    (tmp_path / "tape.csv.gz").write_bytes(b"not gzip")
    with pytest.raises(BadFile, match="cannot be read"):
        tape.read_tape(tmp_path / "tape.csv.gz", LADDERS, [])


def test_totals_read_back_as_printed(tmp_path: Path) -> None:
    path = tmp_path / "totals.toml"
    said = Totals(3, 1_234_505, (1, 20, 300, 4_000))
    path.write_text("\n".join(said.lines()))
    assert totals.read_totals(path) == said


@pytest.mark.parametrize(
    "text",
    [
        "count = -1",
        'count = 1\nprincipal = "1"\nmood = 2',
        "count = ",
        'count = 1\nprincipal = "x"',
    ],
)
def test_totals_that_are_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "totals.toml"
    path.write_text(text)
    with pytest.raises(BadFile):
        totals.read_totals(path)


def test_every_disagreement_is_named() -> None:
    found = totals.disagreements(Totals(2, 100, (0, 0, 0, 5)), Totals(1, 101, (0, 0, 0, 5)))
    assert [str(one) for one in found] == [
        "count: 2 expected, the tape stands at 1",
        "principal: 1.00 expected, the tape stands at 1.01",
    ]


def test_the_reference_page_names_every_column() -> None:
    page = Path("docs/reference/loan-tape.md").read_text()
    named = set(re.findall(r"[a-z_]{2,}", page))
    assert set(tape.COLUMNS + history.COLUMNS + owed.REQUIRED + owed.OPTIONAL) <= named
    assert set(history.KINDS) <= named


def test_a_stray_quote_is_a_fault_of_its_line(tmp_path: Path) -> None:
    found: list[Fault] = []
    path = tmp_path / "tape.csv"
    path.write_text(HEADER + '\nA,"B"x,' + "\n" + ROW.format("C") + "\n")
    assert [row.reference for row in tape.read_tape(path, LADDERS, found)] == ["C"]
    assert [fault.column for fault in found] == ["row"]
