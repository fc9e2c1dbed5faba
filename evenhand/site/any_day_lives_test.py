"""A loan to be repaid on any day, from the application to the certificate, by the real code.

1,200.00 at 10.8 % over 360 are 0.36 a night; nothing of it is due before its end.
"""

import os
import subprocess
import sys

LIVED = """
import django
django.setup()
from datetime import date, timedelta
from evenhand.ledger import house, products, streams
from evenhand.lifecycle.repay import owing
from evenhand.site import clock, demo_lives, demo_staff
from evenhand.site.demo_lives import Life
from evenhand.site.simulated_days import close_day, live, standing_at

FIRST, DAYS = date(2026, 5, 1), 9
LIVES = (Life("Ada Birch", "en", "paid_off", 0, "1200", 3, product="repay-any-day", pays_off=7),)
products.seed("demo_all")
demo_staff.enlist_all()
demo_lives.open_house(FIRST)
with standing_at(clock.moment_of(FIRST, 0, 1)) as stood:
    for day in (FIRST + timedelta(days=number) for number in range(DAYS)):
        live(stood, day, lambda day, noon: demo_lives.act(FIRST, day, noon, LIVES))
        close_day(stood, day)
((_life, _phone, person),) = demo_lives.found(LIVES)
facts = streams.stream(person)
(one,) = owing.all_by(facts, house.day_number(FIRST + timedelta(days=DAYS)))
signed = next(f.body for f in facts if f.kind == "loan.disbursed")
off_on = next(f.day for f in facts if f.kind == "interest.waived")
nights = off_on - house.day_from(one.disbursed_on)
before = [row[1:] for row in signed["instalments"][:-1]]
print(signed["method"], signed["order"]["advance"], before)
print("paid off", one.paid_off, one.overpaid_minor)
print("cost its nights", one.paid_minor - one.principal_minor == nights.days * 36, nights.days > 3)
print("certificate", "certificate.issued" in [f.kind for f in facts])
"""
TOLD = """bullet re_amortise [[0, 0], [0, 0]]
paid off True 0
cost its nights True True
certificate True
"""


def test_it_is_applied_for_signed_paid_out_and_paid_off_and_costs_its_nights(
    own_database: str,
) -> None:
    environment = {**os.environ, "DATABASE_URL": own_database}
    command = [sys.executable, "-c", LIVED]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == (TOLD, 0), done.stderr
