"""What must be told leaves with a job of its own; what the close plans waits for its morning."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.db import connection

from evenhand.dayclose import close
from evenhand.outbound.contact import made_up
from evenhand.outbound.contact.made_up import moment
from evenhand.outbound.contact.tell import tell
from evenhand.providers.sms import simulator
from evenhand.site.jobs import TASKS

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)
SENDING = "select args from procrastinate_jobs where task_name = 'contact.send_now'"


def deferred() -> list[dict[str, list[list[int]]]]:
    with connection.cursor() as cursor:
        cursor.execute(SENDING)
        return [json.loads(args) for (args,) in cursor.fetchall()]


def test_a_notice_is_sent_by_the_job_that_its_intention_deferred() -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    made_up.go_online([borrower], SIGNED)
    tell(borrower, "decision_made", at=moment(SIGNED, 10))
    (job,) = deferred()
    assert job == {"facts": [[borrower, 3], [borrower, 4]]}
    TASKS["contact.send_now"](**job, at=lambda: moment(SIGNED, 10))
    assert simulator.count() == 1


def test_what_the_close_plans_defers_nothing() -> None:
    made_up.lend(made_up.enrol(3, SIGNED), SIGNED)
    counts = close.close(DUE, moment(DUE + timedelta(days=1), 0, 5))
    assert counts.intended == 3
    assert deferred() == []
