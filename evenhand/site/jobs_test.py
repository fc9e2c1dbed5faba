"""The plug board: every task is there, reactions are deferred, dead workers' jobs come back."""

from __future__ import annotations

import json
from datetime import date

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from evenhand.dayclose import close
from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.outbound.contact import made_up
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.outbound.enquiries import leaving
from evenhand.site import clock, jobs
from evenhand.site.jobs import TASKS
from evenhand.site.reactions import REACTIONS

DAY = date(2026, 3, 1)
JOBS = "select task_name, status::text, args, lock from procrastinate_jobs order by id"
STALL = """
    with dead as (insert into procrastinate_workers (last_heartbeat)
                  values (current_timestamp - interval '1 minute') returning id)
    update procrastinate_jobs set status = 'doing', worker_id = (select id from dead)
"""


def waiting() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(JOBS)
        return [(task, status, json.loads(args), lock) for task, status, args, lock in cursor]


def stall() -> None:
    """The worker that holds every job dies."""
    with connection.cursor() as cursor:
        cursor.execute(STALL)


def sweep() -> None:
    """What the minute's task does."""
    context = type("Context", (), {"app": app})()
    async_to_sync(jobs.sweep.func)(context, 0)


def test_every_task_is_known_to_the_job_app() -> None:
    assert {*TASKS, "site.tick", "site.sweep"} <= set(app.tasks)


def test_every_reaction_names_a_task() -> None:
    assert {task for tasks in REACTIONS.values() for task in tasks} <= set(TASKS)


@pytest.mark.django_db
def test_a_payment_defers_a_job_that_carries_only_numbers() -> None:
    (borrower,) = made_up.enrol(1, DAY)
    (loan,) = made_up.lend([borrower], DAY)
    learn(borrower, facts.paid(loan, DAY, 5), at=moment(DAY, 12))
    assert ("remind.withdraw", "todo", {"facts": [[borrower, 3]]}, None) in waiting()
    assert {repr(args) for _task, _status, args, _lock in waiting()} <= {
        f"{{'facts': [[{borrower}, {seq}]]}}" for seq in (2, 3)
    }


@pytest.mark.django_db
def test_the_minute_defers_what_is_due_once() -> None:
    close.close(date(2026, 2, 28), moment(DAY, 0, 5))
    for _minute in range(2):
        jobs.defer_due(moment(date(2026, 3, 2), 0, 5))
    found = [job for job in waiting() if job[0] == "dayclose.close_part"]
    assert len(found) == 32
    assert found[0] == ("dayclose.close_part", "todo", {"day": "2026-03-01", "part": 0}, "close 0")


@pytest.mark.django_db
def test_the_minute_defers_the_clearing_up_of_questions_without_an_answer() -> None:
    noon = moment(DAY, 12)
    leaving.begin(leaving.Leaving(7, 3), noon)
    jobs.defer_due(noon)
    assert "enquiries.clear_up" not in {task for task, *_ in waiting()}
    for _minute in range(2):
        jobs.defer_due(moment(DAY, 12, 2))
    assert [task for task, *_ in waiting()].count("enquiries.clear_up") == 1


@pytest.mark.django_db
def test_the_jobs_of_a_dead_worker_are_done_again() -> None:
    jobs.defer_once("contact.send_due", "send 3", parts=[3])
    stall()
    sweep()
    assert [status for _task, status, *_ in waiting()] == ["todo"]


@pytest.mark.django_db
def test_reactions_run_in_this_process_for_replay_and_demo(
    django_capture_on_commit_callbacks: pytest.FixtureRequest,
) -> None:
    jobs.install_inline(lambda: moment(DAY, 12))
    try:
        (borrower,) = made_up.enrol(1, DAY)
        (loan,) = made_up.lend([borrower], DAY)
        with django_capture_on_commit_callbacks(execute=True) as ran:  # type: ignore[operator]
            learn(borrower, facts.paid(loan, DAY, 5), at=moment(DAY, 12))
    finally:
        jobs.install_deferred()
    assert len(ran) == len(REACTIONS["payment.received"])
    assert not {task for task, *_ in waiting()} & set(REACTIONS["payment.received"])
    assert streams.head(borrower).seq == 3


def test_sending_is_given_the_clock_itself_and_other_tasks_the_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Sending goes on for long: what it may say an hour later is asked an hour later."""
    moments, given = iter([1, 2, 3]), list[list[int]]()
    monkeypatch.setattr(clock, "now", lambda: next(moments))
    jobs._with_the_clock("contact.send_due", lambda at: given.append([at(), at()]))()
    jobs._with_the_clock("remind.withdraw", lambda at: given.append([at]))()
    assert given == [[1, 2], [3]]
