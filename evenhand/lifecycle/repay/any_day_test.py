"""Borrow once, repay any part on any day: a loan of the demo's product, from facts to pages.

1.00 of every 3,333.33 is a night's interest at 10.8 % over 360: 10,000.00 bear 3.00.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import house, standing, streams
from evenhand.ledger import made_up as facts
from evenhand.ledger.facts import Draft
from evenhand.ledger.products import ANY_DAY
from evenhand.ledger.quotes import quote
from evenhand.lifecycle.repay import auto_debit, figures, made_up, owing, paying, steps
from evenhand.lifecycle.repay.owing import Owing
from evenhand.outbound.payments import debits
from evenhand.outbound.payments import made_up as money
from evenhand.outbound.payments.made_up import Someone
from evenhand.people.made_up import sign_in

pytestmark = pytest.mark.django_db

D = date(2026, 3, 2)
LENT = 10_000_00
SAID = {key: ANY_DAY.terms[key] for key in ("method", "day_count", "interest_per", "order")}
AGREED = {**SAID, "late_cap_ppm": 200_000}


@pytest.fixture
def them() -> Someone:
    """10,000.00 for six months: 3.00 a night, all at the end."""
    last = date(2026, 9, 2)
    interest = (last - D).days * 3_00
    due = [date(2026, month, 2).isoformat() for month in range(4, 10)]
    rows = [[day, 0, 0] for day in due[:-1]] + [[due[-1], LENT, interest]]
    return made_up.borrower(D, months=6, instalments=rows, **AGREED)


def on(days: int) -> date:
    return D + timedelta(days=days)


def stands(them: Someone, days: int) -> Owing:
    return owing.loan_of(them.borrower, them.loan, house.day_number(on(days)))


def pays(them: Someone, days: int, minor: int) -> None:
    seq = made_up.pays(them, on(days), minor)
    steps.received([(them.borrower, seq)], at=facts.noon(on(days)))


def test_what_is_repaid_lowers_what_is_owed_at_once_and_bears_nothing_after(them: Someone) -> None:
    assert stands(them, 10).pay_off.total_minor == LENT + 30_00
    pays(them, 10, 4_000_00)
    one = stands(them, 10)
    assert (one.outstanding_minor, one.pay_off.total_minor) == (6_030_00, 6_030_00)
    (paid,) = one.book.payments
    assert (paid.ahead.interest_minor, paid.ahead.principal_minor) == (30_00, 3_970_00)
    assert stands(them, 20).pay_off.total_minor == 6_030_00 + 18_09
    last = (date(2026, 9, 2) - on(10)).days
    assert one.next_due_minor == 6_030_00 + round(6_030_00 * last * 3 / 10_000)


def test_less_than_the_interest_so_far_pays_interest_and_nothing_of_days_to_come(
    them: Someone,
) -> None:
    pays(them, 10, 10_00)
    one = stands(them, 10)
    assert (one.outstanding_minor, one.pay_off.total_minor) == (LENT, LENT + 20_00)
    assert stands(them, 30).pay_off.total_minor == LENT + 80_00


def test_the_pay_off_of_a_day_paid_on_it_ends_the_loan(them: Someone) -> None:
    pays(them, 10, 4_000_00)
    total = stands(them, 25).pay_off.total_minor
    assert total == 6_030_00 + 27_14
    pays(them, 25, total)
    one = stands(them, 60)
    assert one.paid_off and not one.overpaid_minor
    assert one.paid_minor == LENT + 30_00 + 27_14
    kinds = made_up.kinds(them.borrower)
    assert kinds.count("interest.waived") == kinds.count("certificate.issued") == 1


def test_more_than_the_pay_off_is_the_borrowers(them: Someone) -> None:
    pays(them, 25, LENT + 75_00 + 8_00)
    one = stands(them, 25)
    assert one.paid_off and one.overpaid_minor == 8_00


def test_a_pay_off_debited_counts_from_the_day_it_left(them: Someone) -> None:
    """Booked a day later: no interest for that night."""
    total, body = stands(them, 10).pay_off.total_minor, {"account": them.account, "mode": "once"}
    ordered = Draft("debit.intended", on(10), "borrower", them.loan, total,
                    body={**body, "due_on": f"{on(10)}", "due_at": 0})  # fmt: skip
    seq = made_up.learn(them.borrower, ordered, at=facts.noon(on(10)))
    left = Draft("debit.leaving", on(10), "house", them.loan, total, seq, {"provider": "simulator"})
    seq = made_up.learn(them.borrower, left, at=facts.noon(on(10)))
    came = facts.paid(them.loan, on(11), total)._replace(cause=seq)
    seq = made_up.learn(them.borrower, came, at=facts.noon(on(11)))
    steps.received([(them.borrower, seq)], at=facts.noon(on(11)))
    assert stands(them, 11).paid_off


def test_a_few_yuan_left_on_purpose_stay_owed(them: Someone) -> None:
    pays(them, 10, LENT + 30_00 - 2_00)
    one = stands(them, 10)
    assert not one.paid_off and one.pay_off.total_minor == 2_00


def test_a_payment_taken_back_is_as_if_it_had_not_come(them: Someone) -> None:
    before = stands(them, 20).pay_off
    pays(them, 10, 4_000_00)
    (paid,) = [f for f in streams.stream(them.borrower) if f.kind == "payment.received"]
    back = facts.reversed_(them.loan, on(15), 4_000_00, paid.seq)
    made_up.learn(them.borrower, back, at=facts.noon(on(15)))
    assert stands(them, 20).pay_off == before


def test_tables_and_facts_say_the_same_and_every_figure_adds_up(them: Someone) -> None:
    pays(them, 10, 4_000_00)
    pays(them, 40, 5_00)
    pays(them, 41, 1_000_00)
    day = house.day_number(on(50))
    by_tables = standing.stand([them.borrower], day).position
    one = stands(them, 50)
    assert int(by_tables.outstanding_minor[0]) == one.outstanding_minor
    for name in ("next", "outstanding", "owed", "pay-off", "paid", "instalment-6", "interest-6"):
        found = figures.sum_of(one, name)
        assert found is not None
        assert sum(line.minor for line in found.lines if line.minor is not None) == found.total
    off = figures.sum_of(one, "pay-off")
    assert off is not None
    (running,) = [line for line in off.lines if line.code == "running"]
    how = running.under[0]
    assert how.code == "by_rate" and how.values["part"] == 9 and how.values["of"] == 360


def test_on_the_page_nothing_is_offered_that_would_be_asked_for_again(
    them: Someone, client: Client, move_clock: Any
) -> None:
    one = stands(them, 10)
    assert [each.name for each in paying.choices(one)] == ["all"]
    move_clock(facts.noon(on(10)))
    sign_in(client, them.borrower)
    page = client.get(f"/my/pay/{them.loan}/").content.decode()
    assert "10,030.00" in page and 'id="amount-hint"' in page
    home = client.get("/my/", headers={"accept-language": "en"}).content.decode()
    assert "at once, at the end" in home and "instalment 6 of 6" not in home


@pytest.fixture
def each_month() -> Someone:
    """10,000.00 for six months, the interest of each due with it: 93.00 on 2 April."""
    due = [date(2026, month, 2) for month in range(4, 10)]
    nights = [(end - begin).days for begin, end in zip([D, *due], due, strict=False)]
    rows = [[day.isoformat(), 0, n * 3_00] for day, n in zip(due, nights, strict=True)]
    rows[-1][1] = LENT
    return made_up.borrower(D, months=6, instalments=rows, **AGREED | {"method": "interest_only"})


def test_an_instalment_paid_early_is_paid_and_not_asked_for_on_its_day(
    each_month: Someone, client: Client, move_clock: Any
) -> None:
    """25 nights are 75.00, so 18.00 of the 93.00 are principal; 9,982.00 bear 107.81 in the 36
    nights up to 2 May."""
    assert [each.name for each in paying.choices(stands(each_month, 25))] == ["next", "all"]
    pays(each_month, 25, 93_00)
    due = stands(each_month, 31)
    assert (due.due_minor, due.asked_minor) == (0, 107_81)
    assert due.asked_on == date(2026, 5, 2) and due.state == "current"
    first, second, *_rest = due.instalments
    assert (first.agreed.total_minor, first.owed.total_minor, first.is_ahead) == (93_00, 0, True)
    assert (second.owed.total_minor, second.is_ahead) == (107_81, False)
    for name in ("next", "owed", "pay-off", "paid", "instalment-1", "instalment-2", "interest-2"):
        found = figures.sum_of(due, name)
        assert found is not None
        assert sum(line.minor for line in found.lines if line.minor is not None) == found.total
    move_clock(facts.noon(on(31)))
    sign_in(client, each_month.borrower)
    page = client.get(f"/my/loan/{each_month.loan}/").content.decode()
    assert "已提前還" in page
    assert "107.81" in client.get("/my/").content.decode()


def test_no_debit_is_taken_on_the_day_of_an_instalment_paid_early(each_month: Someone) -> None:
    debits.authorise(
        each_month.borrower, each_month.loan, each_month.account, 200_00, "ab" * 32, facts.noon(D)
    )
    pays(each_month, 25, 93_00)
    auto_debit.plan(on(31), facts.noon(on(30)))
    assert "debit.intended" not in made_up.kinds(each_month.borrower)
    auto_debit.plan(on(61), facts.noon(on(60)))
    assert money.last(each_month.borrower, "debit.intended").amount == 107_81


def test_an_authorisation_reaches_for_what_an_instalment_paid_early_leaves_to_the_next() -> None:
    """882.88 comes five days early; 2 May then asks for more than any instalment agreed."""
    them = made_up.borrower(D, order=AGREED["order"])
    most = auto_debit.most(stands(them, 0))
    debits.authorise(them.borrower, them.loan, them.account, most, "ab" * 32, facts.noon(D))
    pays(them, 26, 882_88)
    asked = stands(them, 61).due_minor
    assert 882_93 < asked < most
    auto_debit.plan(on(61), facts.noon(on(60)))
    assert money.last(them.borrower, "debit.intended").amount == asked


def test_a_part_of_it_paid_early_leaves_the_rest_for_its_day(each_month: Someone) -> None:
    pays(each_month, 25, 50_00)
    due = stands(each_month, 31)
    assert (due.due_minor, due.instalments[0].is_ahead) == (43_00, False)
    pays(each_month, 31, 43_00)
    assert stands(each_month, 31).asked_minor == 90_00


def test_kept_to_its_end_it_costs_each_night_of_all_that_was_lent() -> None:
    found = quote(ANY_DAY, LENT, 6, D)
    assert (found.interest_minor, found.last_minor) == (184 * 3_00, LENT + 184 * 3_00)
