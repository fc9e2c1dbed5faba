"""What was agreed, as columns."""

from datetime import date

import pytest

from evenhand.core.days import NEVER
from evenhand.ledger import loans
from evenhand.ledger import made_up as m
from evenhand.ledger.facts import Draft
from evenhand.ledger.house import day_number
from evenhand.ledger.streams import append

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
ON = day_number(D)


@pytest.fixture
def book(db: None) -> None:
    """A loan signed here in two instalments, and one taken over with one left."""
    drafts = [m.enrolled(D), m.signed(8, D, 2), m.imported(7, D, 1)]
    append(41, drafts, at=m.noon(D), expected_seq=0)


def test_terms_by_borrower_and_loan(book: None) -> None:
    taken, signed = loans.terms([41, 99])
    assert (taken["loan"], taken["imported"], taken["seq"]) == (7, True, 3)
    assert (signed["loan"], signed["imported"], signed["count"]) == (8, False, 2)
    assert loans.words_of(loans.terms([41])["strategy"]) == ["house", "house"]
    assert (signed["principal_minor"], signed["currency"]) == (200_000, b"CNY")
    assert signed["measures"] == 0b10001  # call and sms


def test_instalments_are_padded_to_the_longest(book: None) -> None:
    terms = loans.terms_columns(loans.terms([41]), loans.owed([41]))
    assert terms.count.tolist() == [1, 2]
    assert terms.due_on.tolist() == [[ON - 1, NEVER], [ON + 30, ON + 60]]
    assert terms.late_brought_minor.tolist() == [[500, 0], [0, 0]]
    assert terms.late_from.tolist() == [[ON, NEVER], [0, 0]]
    assert terms.principal_minor.tolist() == [[100_000, 0], [100_000, 100_000]]


def test_whose_loan_it_is(book: None) -> None:
    assert loans.borrower_of(7) == 41
    assert loans.borrower_of(9) is None


def test_a_loan_is_known_by_its_number_as_typed(book: None) -> None:
    assert loans.numbered(" 7 ") == 7
    for wrong in ("", "x", "9", "-7", "９", "9" * 13):
        assert loans.numbered(wrong) is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"instalments": []}, "instalments"),
        ({"instalments": [["2026-04-01", 0, -1]]}, "interest_minor"),
        ({"instalments": [["2026-05-01", 1, 0], ["2026-04-01", 1, 0]]}, "due_on"),
        ({"instalments": [["2026-04-01", 1]]}, "unpack"),
        ({"late_year_days": 366}, "late_year_days"),
        ({"measures": ["pigeon"]}, "pigeon"),
    ],
)
def test_terms_that_are_none_are_refused(db: None, changes: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        append(41, [m.signed(7, D, **changes)], at=m.noon(D), expected_seq=0)  # type: ignore[arg-type]
    assert loans.borrower_of(7) is None


def test_a_loan_that_awaits_its_money_begins_with_the_money(db: None) -> None:
    append(41, [m.enrolled(D), *m.promised(7, D, 1, 2)], at=m.noon(D), expected_seq=0)
    assert len(loans.terms([41])) == 0
    terms = dict(m.signed(7, D, 2).body)
    money = Draft(
        "loan.disbursed", D, "provider:bank", 7, 200_000, 4, body=terms | {"reference": "B1"}
    )
    append(41, [money], at=m.noon(D), expected_seq=4)
    (begun,) = loans.terms([41])
    assert (begun["loan"], begun["seq"], begun["principal_minor"]) == (7, 5, 200_000)
    assert loans.borrower_of(7) == 41
