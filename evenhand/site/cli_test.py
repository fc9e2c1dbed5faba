"""What stands before every command: a house that does not open says why in one line."""

import os
import subprocess
import sys

import psycopg
from django.db import OperationalError

from evenhand.site import cli

NOWHERE = "postgresql://nobody@127.0.0.1:1/none"


def silence() -> OperationalError:
    """What Django raises where nothing listens: the driver's own error behind it."""
    fault = OperationalError("no connection")
    try:
        psycopg.connect(NOWHERE)
    except psycopg.OperationalError as behind:
        fault.__cause__ = behind
    return fault


def test_a_database_that_does_not_answer_is_told_from_one_that_refuses() -> None:
    refused = OperationalError("a lock was not to be had")
    refused.__cause__ = psycopg.errors.LockNotAvailable()
    assert refused.__cause__.sqlstate == "55P03"
    assert cli.is_silence(silence())
    assert not cli.is_silence(refused) and not cli.is_silence(ValueError("x"))


def test_a_house_without_its_keys_says_all_that_it_lacks_in_one_line() -> None:
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    words = [sys.executable, "-m", "evenhand", "why", "7"]
    done = subprocess.run(words, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and not done.stdout
    (line,) = done.stderr.splitlines()
    assert line.startswith("evenhand: the house does not open: DATABASE_URL is not set")
