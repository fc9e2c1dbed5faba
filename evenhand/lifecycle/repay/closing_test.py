"""The pay-off of a day to come: paid on that day it closes the loan; everybody reads the same."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from django.test import Client

from evenhand.ledger import house, streams
from evenhand.ledger import made_up as facts
from evenhand.lifecycle.repay import closing, made_up, owing, steps
from evenhand.lifecycle.repay.closing import Closing
from evenhand.outbound.payments.made_up import Someone
from evenhand.people import staff
from evenhand.people.made_up import sign_in

pytestmark = pytest.mark.django_db

D = date(2026, 3, 2)
FIRST_DUE = date(2026, 4, 2)
TODAY = D + timedelta(days=10)
INSTALMENT = 88_288
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def them(client: Client, move_clock: Callable[[int], None]) -> Someone:
    """Somebody with 10,000.00 at 10.8 %, ten days after they had it, signed in."""
    who = made_up.borrower(D)
    sign_in(client, who.borrower)
    move_clock(facts.noon(TODAY))
    return who


def on(them: Someone, day: date) -> Closing:
    now = owing.loan_of(them.borrower, them.loan, house.day_number(TODAY))
    found = closing.closing(streams.stream(them.borrower), now, day.isoformat())
    assert found
    return found


def test_the_figure_of_each_day_is_principal_and_the_interest_of_the_days_used(
    them: Someone,
) -> None:
    """The first month's interest is 10,000.00 x 10.8 % / 12 = 90.00, for 31 days."""
    for day in range(0, 22, 7):
        used = Decimal(9_000) * (10 + day) / 31
        figure = 1_000_000 + int(used.quantize(Decimal(1), ROUND_HALF_EVEN))
        assert on(them, TODAY + timedelta(days=day)).one.pay_off.total_minor == figure


def test_paid_on_that_day_it_closes_the_loan_at_exactly_zero(them: Someone) -> None:
    """With nothing paid before, and with the instalment that falls due before."""
    then = FIRST_DUE + timedelta(days=13)
    bare = on(them, then)
    assert bare.kept and bare.between_minor == INSTALMENT
    other = made_up.borrower(D, card="6222020200011119999")
    made_up.pays(other, FIRST_DUE, INSTALMENT)
    for who, then_owing in ((them, bare.one), (other, bare.kept)):
        minor = then_owing.pay_off.total_minor
        seq = made_up.pays(who, then, minor)
        steps.received([(who.borrower, seq)], at=facts.noon(then))
        left = owing.loan_of(who.borrower, who.loan, house.day_number(then))
        assert left.paid_off and not left.overpaid_minor


def test_a_borrower_asks_for_a_day_and_reads_its_sum(client: Client, them: Someone) -> None:
    then = FIRST_DUE + timedelta(days=13)
    found = on(them, then)
    page = client.get(f"/my/sum/{them.loan}/pay-off/?on={then}", headers=ENGLISH).content.decode()
    assert "To pay everything on" in page and "15 Apr 2026" in page
    for minor in (found.one.pay_off.total_minor, found.one.pay_off.running_minor):
        assert f"{minor / 100:,.2f}" in page
    assert found.kept and f"{found.kept.pay_off.total_minor / 100:,.2f}" in page


@pytest.mark.parametrize("day", ["2026-03-11", "2026-05-12", "soon", "2026-02-30"])
def test_a_day_gone_by_or_far_off_is_said_beside_the_field(
    client: Client, them: Someone, day: str
) -> None:
    page = client.get(f"/my/sum/{them.loan}/pay-off/?on={day}", headers=ENGLISH)
    assert page.status_code == 400
    said = page.content.decode()
    assert "Choose a day from" in said and "12 Mar 2026" in said and "11 May 2026" in said
    assert f'value="{day}"' in said


def test_of_a_loan_that_is_paid_off_there_is_no_such_figure(client: Client, them: Someone) -> None:
    seq = made_up.pays(them, TODAY, on(them, TODAY).one.pay_off.total_minor)
    steps.received([(them.borrower, seq)], at=facts.noon(TODAY))
    answer = client.get(f"/my/sum/{them.loan}/pay-off/")
    assert answer.headers["Location"] == f"/my/loan/{them.loan}/"


@pytest.mark.parametrize("days", [0, 34])
def test_staff_read_the_same_in_the_borrowers_file(
    client: Client, them: Someone, days: int
) -> None:
    then = TODAY + timedelta(days=days)
    staff.enlist("gao", "correct horse battery", role="collector", number="E0001", lang="en")
    assert client.login(username="gao", password="correct horse battery")
    asked = f"?loan={them.loan}&on={then}"
    page = client.get(f"/borrowers/{them.borrower}/{asked}", headers=ENGLISH).content.decode()
    found = on(them, then)
    assert f"{found.one.pay_off.total_minor / 100:,.2f}" in page
    assert f"{found.one.pay_off.running_minor / 100:,.2f}" in page
    assert ("To pay everything on" in page) == bool(days)
