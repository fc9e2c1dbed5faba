"""Interest waived by the payment that paid a loan off: from then on it is not owed."""

from datetime import date, timedelta

import pytest

from evenhand.core.payoff import pay_off
from evenhand.ledger import made_up as m
from evenhand.ledger import rebuild, standing
from evenhand.ledger.facts import Draft
from evenhand.ledger.house import day_number
from evenhand.ledger.streams import append, head, stream

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
TENTH = D + timedelta(days=10)
ON = day_number(TENTH)
PAY_OFF = 1_200_000 + 333  # twelve times 1,000.00, and ten days of thirty of 10.00


def learn(draft: Draft) -> int:
    append(41, [draft], at=m.noon(draft.day), expected_seq=head(41).seq)
    return head(41).seq


@pytest.fixture
def loan(db: None) -> None:
    append(41, [m.enrolled(D), m.signed(41, D, 12)], at=m.noon(D), expected_seq=0)


def waived(payment: int, day: date = TENTH) -> Draft:
    return Draft("interest.waived", day, "house", 41, PAY_OFF - 1_212_000, payment)


def owed(on: int) -> tuple[int, int]:
    position = standing.stand([41], on).position
    whole = position.owed_late + position.owed_interest + position.owed_principal
    return int(whole.sum()), int(position.overpaid_minor[0])


def test_the_pay_off_paid_and_the_rest_waived_is_nothing_owed(loan: None) -> None:
    stood = standing.stand([41], ON)
    found = pay_off(stood.terms, stood.begins_on, stood.position)
    assert (found.total_minor.tolist(), found.unused_minor.tolist()) == ([PAY_OFF], [11_667])
    learn(waived(learn(m.paid(41, TENTH, PAY_OFF))))
    assert owed(ON) == owed(ON + 400) == (0, 0)
    assert owed(ON - 1) == (1_212_000, 0)
    (row,) = standing.positions([41])
    assert row["paid_off"] and not row["outstanding_minor"]


def test_what_was_paid_beyond_the_pay_off_is_overpaid(loan: None) -> None:
    learn(waived(learn(m.paid(41, TENTH, 1_212_000))))
    assert owed(ON) == (0, 1_212_000 - PAY_OFF)


def test_a_payment_taken_back_takes_the_waiver_with_it(loan: None) -> None:
    payment = learn(m.paid(41, TENTH, PAY_OFF))
    learn(waived(payment))
    learn(m.reversed_(41, TENTH, PAY_OFF, payment))
    assert owed(ON) == (1_212_000, 0)


def test_facts_alone_and_a_rebuild_say_the_same(loan: None) -> None:
    learn(waived(learn(m.paid(41, TENTH, PAY_OFF + 5))))
    for on in (ON - 1, ON, ON + 60):
        asked, known = standing.stand([41], on).position, standing.stand_by(stream(41), on).position
        assert asked.overpaid_minor.tolist() == known.overpaid_minor.tolist()
        assert asked.owed_interest.tolist() == known.owed_interest.tolist()
    assert not [found for _count, differences in rebuild.rebuild() for found in differences]
