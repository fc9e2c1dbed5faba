"""Borrowers of the demo who can sign in: some of their lives, lived by the real code."""

import os
import subprocess
import sys

LIVED = """
import django
django.setup()
from datetime import date, timedelta
from evenhand.ledger import house, products, streams
from evenhand.ledger.applications import applications
from evenhand.lifecycle.repay import owing
from evenhand.site import clock, demo_lives
from evenhand.site.demo_lives import Life
from evenhand.site.simulated_days import NOON, OPENING, close_day, send_until, standing_at

FIRST, DAYS = date(2026, 5, 1), 45
LIVES = (
    Life("Ada Birch", "en", "paid_off", 0, "6000", 3, pays_off=40),
    Life("林家豪", "zh-hant", "auto_debit", 0, "9000", 6, pays="auto"),
    Life("赵敏", "zh-hans", "past_due", 0, "8000", 12, stops=0),
    Life("Ben Cole", "en", "registered", 1),
)
products.seed("demo")
demo_lives.open_house(FIRST)
with standing_at(clock.moment_of(FIRST, 0, 1)) as stood:
    for number in range(DAYS):
        day, following = FIRST + timedelta(days=number), FIRST + timedelta(days=number + 1)
        noon = stood.moment = clock.moment_of(day, *NOON)
        demo_lives.act(FIRST, day, noon, LIVES)
        send_until(stood, noon, clock.moment_of(following) - 1)
        close_day(stood, day)
        opening, next_noon = (clock.moment_of(following, *hour) for hour in (OPENING, NOON))
        send_until(stood, opening, next_noon - 1)

lives = {life.tells: person for life, _phone, person in demo_lives.found(LIVES)}
on = house.day_number(FIRST + timedelta(days=DAYS))
(ended,) = owing.loans_of(lives["paid_off"], on)
(debited,) = owing.loans_of(lives["auto_debit"], on)
(late,) = owing.loans_of(lives["past_due"], on)
print("paid off", ended.paid_off)
print("certificate", "certificate.issued" in [f.kind for f in streams.stream(lives["paid_off"])])
print("debited", debited.past_due_minor == 0 and debited.paid_minor > 0)
print("past due for", late.past_due_days)
print("applications of who only registered", len(applications(streams.stream(lives["registered"]))))
"""
TOLD = """paid off True
certificate True
debited True
past due for 14
applications of who only registered 0
"""


def test_each_lives_as_is_said_of_them(own_database: str) -> None:
    environment = {**os.environ, "DATABASE_URL": own_database}
    command = [sys.executable, "-c", LIVED]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == (TOLD, 0), done.stderr
