"""`evenhand statement`, and the same in staff's eyes: by what was known that evening, or now."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from evenhand.ledger import made_up as m
from evenhand.ledger.streams import append
from evenhand.people import staff
from evenhand.site.commands import statement

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
DUE = D + timedelta(days=30)
LATER = DUE + timedelta(days=10)


@pytest.fixture(autouse=True)
def book(move_clock: Callable[[int], None]) -> None:
    """A payment of the due day that reached us ten days later."""
    append(41, [m.enrolled(D), m.signed(7, D, 2)], at=m.noon(D), expected_seq=0)
    append(41, [m.paid(7, DUE, 101_000)], at=m.noon(LATER), expected_seq=2)
    move_clock(m.noon(LATER))


def told(capsys: pytest.CaptureFixture[str], *argv: object) -> list[str]:
    assert statement.main(["7", *map(str, argv)]) == 0
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_as_known_now_and_as_known_then(capsys: pytest.CaptureFixture[str]) -> None:
    on = DUE + timedelta(days=4)
    lines = told(capsys, "--on", on)
    assert lines[:5] == [
        "Loan 7 at the end of 2026-04-04, as known at the end of 2026-04-10",
        "lent 2026-03-01: CNY 2,000.00, 2 instalments",
        "2026-03-31 instalment fell due 1 1,010.00 1,010.00",
        "2026-03-31 payment received (known since 2026-04-10) -1,010.00 0.00",
        "balance 0.00",
    ]
    lines = told(capsys, "--on", on, "--known", on)
    # Four days of 1,000.00 x 18 % / 360.
    assert "2026-04-04 late interest since 2026-03-31 2.00 1,012.00" in lines
    assert "due and unpaid 1,012.00" in lines


def test_a_loan_not_known_then_is_a_line_and_status_two(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert statement.main(["7", "--known", "2026-02-28"]) == 2
    assert statement.main(["8"]) == 2
    assert "no loan 8 is known then" in capsys.readouterr().err


def test_finance_reads_it_from_the_book_and_no_name_with_it(client: Client) -> None:
    staff.enlist("qian", "correct horse battery", role="finance", number="E0007", lang="en")
    assert client.login(username="qian", password="correct horse battery")
    client.cookies["django_language"] = "en"
    assert b'href="/staff/statements/7/"' in client.get("/book/").content
    page = client.get("/staff/statements/7/?on=2026-04-04").content.decode()
    assert "reached us on" in page and 'href="/book/"' in page
    assert client.get("/staff/statements/7/?on=x").status_code == 400
    assert client.get("/staff/statements/8/").status_code == 404
