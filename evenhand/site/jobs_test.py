"""The plug board: every task is there, reactions are deferred, dead workers' jobs come back."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django import app

from evenhand.site.jobs import TASKS
from evenhand.site.reactions import REACTIONS


def test_every_task_is_known_to_the_job_app() -> None:
    assert {*TASKS, "site.tick", "site.sweep"} <= set(app.tasks)


def test_every_reaction_names_a_task() -> None:
    assert {task for tasks in REACTIONS.values() for task in tasks} <= set(TASKS)
