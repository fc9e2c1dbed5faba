"""What somebody waits for at a page is done right after the commit, and deferred all the same."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from evenhand.ledger import streams
from evenhand.ledger.applications import applications
from evenhand.lifecycle.decide import made_up
from evenhand.outbound.contact.made_up import moment
from evenhand.site import clock, jobs
from evenhand.site.reactions import AT_ONCE, REACTIONS

pytestmark = pytest.mark.django_db

NOW = moment(date(2026, 3, 2), 10)
WAITING = "select count(*) from procrastinate_jobs where task_name = 'decide.decide'"


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return int(cursor.fetchone()[0])


def test_an_application_is_decided_before_its_page_is_shown(
    django_capture_on_commit_callbacks: Any,
) -> None:
    clock.set_demo(NOW)
    jobs.install_deferred()
    person = made_up.applicant(NOW)
    with django_capture_on_commit_callbacks(execute=True):
        loan = made_up.apply(person, NOW)
    assert applications(streams.stream(person))[loan].stage == "approved"
    assert waiting() == 1


def test_what_failed_then_is_done_by_the_job(django_capture_on_commit_callbacks: Any) -> None:
    clock.set_demo(NOW)
    jobs.install_deferred()
    person = made_up.applicant(NOW)
    with django_capture_on_commit_callbacks(execute=False):
        loan = made_up.apply(person, NOW)
    made = applications(streams.stream(person))[loan]
    assert made.stage == "open" and waiting() == 1
    jobs.TASKS["decide.decide"](facts=[[person, made.seq]], at=NOW)
    assert applications(streams.stream(person))[loan].stage == "approved"


def test_what_is_done_at_once_is_a_task_that_a_fact_sets_off() -> None:
    named = {task for tasks in REACTIONS.values() for task in tasks}
    assert named >= AT_ONCE and jobs.TASKS.keys() >= AT_ONCE
