"""In simulated days and each minute money leaves at its moment, and the bank is heard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.ledger.streams import part_of
from evenhand.outbound.payments import outbox, transfers
from evenhand.outbound.payments.made_up import MINUTE, D, Someone, kinds, last, moment, someone
from evenhand.site import bank, clock, jobs
from evenhand.site.simulated_days import House, send_until, standing_at
from evenhand.site.simulated_money import pay_until

pytestmark = pytest.mark.django_db


def waiting(them: Someone, due_at: int = 0) -> None:
    signed = last(them.borrower, "loan.signed")
    transfers.intend(
        them.borrower, them.loan, signed.amount, them.account, "disbursal", signed.seq, them.at,
        due_at=due_at,
    )  # fmt: skip


def test_money_leaves_at_its_moment_and_the_bank_is_heard() -> None:
    them = someone()
    waiting(them, moment(D, 30))
    house = House(moment(D))
    assert not pay_until(house, moment(D), moment(D, 29))
    assert pay_until(house, moment(D, 29), moment(D, 60))
    assert last(them.borrower, "loan.disbursed").at == moment(D, 30)
    assert house.moment == moment(D, 30)


def test_a_bank_that_says_nothing_is_asked_later_in_the_day() -> None:
    them = someone("6222020200011110002")
    waiting(them)
    with standing_at(them.at) as house:
        send_until(house, them.at, moment(D + timedelta(days=1)))
        assert house.moment == moment(D + timedelta(days=1))
    assert kinds(them.borrower)[-1] == "loan.disbursed"
    assert outbox.next_due(moment(D + timedelta(days=900))) == (0, 0)


def test_each_minute_asks_for_the_parts_that_have_money_due() -> None:
    them = someone()
    waiting(them)
    clock.set_demo(them.at)
    jobs.defer_due(them.at - MINUTE)
    assert not ProcrastinateJob.objects.filter(task_name="payments.send_due").exists()
    jobs.defer_due(them.at)
    jobs.defer_due(them.at)
    (job,) = ProcrastinateJob.objects.filter(task_name="payments.send_due")
    assert job.args == {"parts": [part_of(them.borrower)]}
    jobs.TASKS["payments.send_due"](**job.args, at=clock.now)
    bank.hear_simulated(them.at)
    assert kinds(them.borrower)[-1] == "loan.disbursed"
