"""What stood otherwise than the facts say is put right, and named."""

from datetime import date

import pytest

from evenhand.ledger import made_up as m
from evenhand.ledger.columns import rows, run
from evenhand.ledger.rebuild import Difference, rebuild
from evenhand.ledger.streams import append

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)


@pytest.fixture
def book(db: None) -> None:
    """A borrower with a bit of everything."""
    drafts = [
        m.enrolled(D),
        m.signed(7, D, 2),
        m.paid(7, D, 500),
        m.intended(D, {7: 1}, D, 3),
        m.leaving(D, 4),
        m.begun(D, "complaint.opened"),
    ]
    append(41, drafts, at=m.noon(D), expected_seq=0)


def _found() -> list[Difference]:
    return [difference for _, differences in rebuild() for difference in differences]


SPOILT = {
    "update ledger_terms set late_rate_ppm = 1": ("ledger_terms", (41, 7), "changed"),
    "delete from ledger_instalment where n = 2": ("ledger_instalment", (41, 7, 2), "missing"),
    "update ledger_position set outstanding_minor = 1": ("ledger_position", (41, 7), "changed"),
    "update ledger_contact set stage = 0": ("ledger_contact", (41, 4), "changed"),
    "delete from ledger_progress": ("ledger_progress", (41, 7), "missing"),
    "update ledger_state set borrower = 77": ("ledger_state", (41, 6), "missing"),
    "delete from ledger_look_on": ("ledger_look_on", (41,), "missing"),
    "insert into ledger_look_on values (55, '2026-03-01')": ("ledger_look_on", (55,), "extra"),
    "delete from ledger_loan": ("ledger_loan", (7,), "missing"),
    "insert into ledger_loan values (99, 41, 3)": ("ledger_loan", (99,), "extra"),
    "insert into ledger_loan values (98, 55, 3)": ("ledger_loan", (98,), "extra"),
}


@pytest.mark.parametrize("statement", SPOILT)
def test_put_right_and_named(book: None, statement: str) -> None:
    assert run(statement) > 0
    assert SPOILT[statement] in _found()
    assert _found() == []


def test_what_stands_right_is_left_as_it_was(book: None) -> None:
    run("update ledger_look_on set look_on = '2026-05-05'")
    assert _found() == []
    assert rows("select look_on from ledger_look_on") == [(date(2026, 5, 5),)]
