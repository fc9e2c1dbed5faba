"""The commands as a person types them, and the imported book in the hands of the next close."""

from datetime import date
from pathlib import Path

import pytest

from evenhand.dayclose import close, progress
from evenhand.law.strategies import strategies
from evenhand.ledger import streams
from evenhand.ledger.parts import PARTS
from evenhand.lifecycle.takeover import steps
from evenhand.lifecycle.takeover.steps import Files
from evenhand.people import persons
from evenhand.site import clock
from evenhand.site.commands import import_book, take_back

pytestmark = pytest.mark.django_db

AS_OF = date(2026, 3, 7)
TAPE = (
    "loan_reference,borrower_reference,name,phone,currency,disbursed_on,principal,annual_rate,"
    "late_rate,strategy,measures,instalments\n"
)
LOAN = "{0},B-{0},王芳,+86 120 0000 000{1},CNY,2025-12-01,3000.00,0.12,0.18,,{2},{3}\n"
WEEK_LATE = "2026-03-01 1000.00 20.00; 2026-04-01 1000.00 10.00"
HISTORY = "borrower_reference,kind,at,channel,outcome\n"


def written(folder: Path, tape: str, history: str = "") -> list[str]:
    """The command's words for these files."""
    (folder / "tape.csv").write_text(TAPE + tape)
    words = [str(folder / "tape.csv"), "--as-of", AS_OF.isoformat()]
    if history:
        (folder / "history.csv").write_text(HISTORY + history)
        words += ["--history", str(folder / "history.csv")]
    return words


def three_loans(measures: str = "sms") -> str:
    return "".join(LOAN.format(name, n, measures, WEEK_LATE) for n, name in enumerate("ABC", 1))


def totals(loans: int) -> list[str]:
    return [
        f"--count={loans}",
        f"--principal={loans * 2000}.00",
        f"--past-due=1-30={loans * 1020}.00",
    ]


def imported(folder: Path, tape: str, history: str = "") -> None:
    """The import on the tape's own day, as the command does it on ours."""
    written(folder, tape, history)
    told = folder / "history.csv" if history else None
    book = steps.read(Files(folder / "tape.csv", None, told), AS_OF, strategies())
    assert not book.faults
    steps.write(book, book.totals, at=clock.moment_of(AS_OF, 10))


def closed() -> progress.Counts:
    """The day of the tape closed: contacts for the eighth, when everybody is a week late."""
    return close.close(AS_OF, clock.moment_of(date(2026, 3, 8), 0, 5), range(PARTS))


def kinds_of(reference: str) -> list[str]:
    person = persons.find("loan", reference)[0].person
    return [fact.kind for fact in streams.stream(person)]


def test_a_dry_run_writes_nothing_and_prints_the_totals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_book.main(written(tmp_path, three_loans())) == 0
    assert capsys.readouterr().out.startswith('count = 3\nprincipal = "6000.00"\n[past_due]\n')
    assert import_book.main([*written(tmp_path, three_loans()), *totals(3)]) == 0
    assert "nothing was written (dry run)" in capsys.readouterr().out
    assert persons.find("loan", "A") == []


def test_the_printed_totals_are_a_totals_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = written(tmp_path, three_loans())
    import_book.main(words)
    (tmp_path / "totals.toml").write_text(capsys.readouterr().out)
    words += ["--totals", str(tmp_path / "totals.toml"), "--write"]
    assert import_book.main(words) == 0
    assert capsys.readouterr().out == "import 1: 3 loans, 3 borrowers written\n"
    assert import_book.main(words) == 0
    assert capsys.readouterr().out == "3 loans stood already and were passed over\n"


def test_bad_rows_are_printed_and_the_others_go_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tape = three_loans() + LOAN.format("D", 4, "sms", "soon")
    words = [*written(tmp_path, tape), *totals(3), "--write"]
    assert import_book.main(words) == 1
    said = capsys.readouterr().out
    assert said.startswith("tape.csv: line 5, instalments: not DUE_ON PRINCIPAL INTEREST")
    assert said.endswith("import 1: 3 loans, 3 borrowers written\n")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "--write needs control totals"),
        (["--count=3", "--principal=6000.01", "--past-due=1-30=3060"], "principal: 6000.01 exp"),
        (["--count=3", "--principal=many"], "principal: not an amount such as 1234.50"),
        (["--count=3", "--principal=6000", "--past-due=old=1"], "old: no such total"),
        (["--totals=none.toml"], "none.toml: cannot be read as TOML"),
        (["--totals=none.toml", "--count=3"], "from a file or from options, not from both"),
        (["--as-of=soon", "--count=3", "--principal=1"], "--as-of: not a day such as 2026-03-01"),
        (["--history=none.csv", "--count=3", "--principal=1"], "none.csv: cannot be read"),
    ],
)
def test_what_is_wrong_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], said: str
) -> None:
    assert import_book.main([*written(tmp_path, three_loans()), *more, "--write"]) == 2
    error = capsys.readouterr().err
    assert said in error and error.startswith("import-book: ") and error.count("\n") == 1
    assert persons.find("loan", "A") == []


def test_an_import_is_taken_back_by_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_book.main([*written(tmp_path, three_loans()), *totals(3), "--write"])
    assert take_back.main(["1"]) == 0
    assert "import 1 taken back: 3 loans, 3 borrowers" in capsys.readouterr().out
    assert take_back.main(["1"]) == 2
    assert take_back.main(["9"]) == 2


def test_the_first_close_reminds_who_is_a_week_late(tmp_path: Path) -> None:
    imported(tmp_path, three_loans())
    counts = closed()
    assert (counts.looked, counts.intended, dict(counts.refusals)) == (3, 3, {})


def test_contacts_before_the_import_count_against_the_caps(tmp_path: Path) -> None:
    days = ("2026-03-02", "2026-03-04", "2026-03-06")
    told = "".join(f"B-A,contact,{day}T09:00:00+08:00,sms,sent\n" for day in days)
    imported(tmp_path, three_loans(), told)
    counts = closed()
    assert counts.intended == 2
    assert dict(counts.refusals) == {"policy.freq.message_week": 1}
    assert "contact.intended" not in kinds_of("A")


def test_an_opt_out_and_a_complaint_before_the_import_refuse(tmp_path: Path) -> None:
    told = (
        "B-A,opt_out,2026-03-05T09:00:00+08:00,sms,\n"
        "B-B,complaint_open,2026-03-05T09:00:00+08:00,,\n"
    )
    imported(tmp_path, three_loans(), told)
    counts = closed()
    assert counts.intended == 1 and "contact.intended" in kinds_of("C")
    assert dict(counts.refusals) == {"policy.wish.opt_out": 1, "policy.pause.complaint": 1}


def test_a_measure_the_old_contract_does_not_name_is_refused(tmp_path: Path) -> None:
    imported(tmp_path, three_loans(measures="call"))
    counts = closed()
    assert counts.intended == 0 and sum(counts.refusals.values()) == 3
