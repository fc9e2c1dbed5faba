"""The demo book made for a few days by the real code, and started over."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest

from evenhand.site import clock
from evenhand.site.commands import demo
from evenhand.site.demo_book import LAST_DAY

PROGRAM = """
import django
django.setup()
from datetime import timedelta
from evenhand.ledger import book
from evenhand.site import clock, demo_book
from evenhand.site.demo_people import FIRST_DAY
print(demo_book.state())
demo_book.seed(days=34)
print(demo_book.state(), clock.today() - FIRST_DAY == timedelta(days=34))
until = clock.today() + timedelta(days=2)
demo_book.advance(clock.today(), until)
print(clock.today() == until, sum(band.loans for band in book.by_age(until)) > 50)
demo_book.wipe()
"""
OUTSIDE = """
import django
django.setup()
from evenhand.site import demo_book
try:
    demo_book.wipe()
except demo_book.NotDemo:
    print("refused")
"""


def run(database: str, program: str, demo: str = "1") -> list[str]:
    env = {
        **os.environ,
        "DATABASE_URL": database,
        "EVENHAND_DEMO": demo,
        "EVENHAND_SECRET": "s" * 60,
        "DJANGO_SETTINGS_MODULE": "evenhand.site.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1]


def test_a_book_of_some_days_goes_on_and_is_thrown_away(own_database: str) -> None:
    assert run(own_database, PROGRAM) == ["none", "cut short True", "True True"]


def test_outside_demo_mode_nothing_is_thrown_away(own_database: str) -> None:
    assert run(own_database, OUTSIDE, demo="0") == ["refused"]


@pytest.mark.django_db
def test_a_book_that_cannot_be_read_is_said_to_be_so(capsys: pytest.CaptureFixture[str]) -> None:
    clock.set_demo(clock.moment_of(LAST_DAY + timedelta(days=1), 9, 30))
    assert demo.main(["seed"]) == 2
    assert "made under another secret" in capsys.readouterr().err
