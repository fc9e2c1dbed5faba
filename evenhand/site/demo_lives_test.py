"""Borrowers of the demo who can sign in: some of their lives, lived by the real code."""

import os
import subprocess
import sys

import pytest
from django.utils import translation

from evenhand.people import staff
from evenhand.site import demo_lives, demo_staff
from evenhand.site.demo_people import FIRST_DAY

LIVED = """
import django
django.setup()
from datetime import date, timedelta
from evenhand.law import loader
from evenhand.ledger import house, off_books, parties, plans, products, reliefs, streams
from evenhand.ledger.applications import applications
from evenhand.lifecycle.redress import complaints
from evenhand.lifecycle.relief import grants
from evenhand.lifecycle.repay import owing, prepaying
from evenhand.lifecycle.writeoff import waiving
from evenhand.outbound.contact import what_if
from evenhand.outbound.contact.what_if import Tally
from evenhand.site import clock, demo_lives, demo_staff
from evenhand.site.demo_lives import Life
from evenhand.site.simulated_days import close_day, live, standing_at

FIRST, DAYS = date(2026, 5, 1), 50
LIVES = (
    Life("Ada Birch", "en", "paid_off", 0, "6000", 3, pays_off=40),
    Life("林家豪", "zh-hant", "auto_debit", 0, "9000", 6, pays="auto", changes=(
        {"day": 48, "does": "is_offered", "change": "longer_term", "more": 3},
    )),
    Life("赵敏", "zh-hans", "past_due", 0, "8000", 12, stops=0, wishes=(
        {"day": 33, "sort": "not_before", "hour": 13},
        {"day": 38, "sort": "no_sms"},
        {"day": 39, "back": "no_sms"},
    ), changes=(
        {"day": 48, "does": "is_to_be_waived", "reason": "bank_delay"},
        {"day": 48, "does": "is_to_be_granted", "change": "interest_pause", "days": 60,
         "reason": "illness"},
    )),
    Life("Ben Cole", "en", "registered", 1),
    Life("陳怡君", "zh-hant", "plan", 0, "9000", 6, stops=0, plans=34),
    Life("许文", "zh-hans", "complaint", 0, "7000", 6, stops=0, complains=36, words="一再催我。"),
    Life("方蕾", "zh-hans", "relief_asked", 1, "9000", 6, changes=(
        {"day": 40, "does": "asks", "change": "later_due_day", "due_day": 20},
        {"day": 41, "does": "asks", "change": "interest_pause", "days": 30},
    )),
    Life("马志强", "zh-hans", "moratorium", 1, "9000", 6, changes=(
        {"day": 40, "does": "is_granted", "change": "moratorium", "days": 90,
         "reason": "disaster"},
    )),
    Life("叶蓁", "zh-hans", "paid_ahead", 1, "9000", 6, product="steady", changes=(
        {"day": 40, "does": "pays_ahead", "amount_minor": 300000, "way": "lower"},
    )),
    Life("何伟", "zh-hans", "written_off", 1, "6000", 6, stops=0, changes=(
        {"day": 35, "does": "is_bankrupt"},
        {"day": 40, "does": "is_written_off", "reason": "bankruptcy"},
        {"day": 45, "does": "recovers", "amount_minor": 60000},
    )),
    Life("沈国强", "zh-hans", "has_died", 0, "9000", 6, stops=0, changes=(
        {"day": 40, "does": "has_died"},
    )),
    Life("沈悦", "zh-hans", "heir", 42, answers={
        "day": 43, "of": "沈国强", "role": "heir", "evidence": "kinship", "limit_minor": 500000,
    }),
    Life("钱勇", "zh-hans", "spouse", 42, answers={
        "day": 44, "of": "赵敏", "role": "spouse", "evidence": "ratified",
    }),
)
products.seed("demo_both")
demo_staff.enlist_all()
demo_lives.open_house(FIRST)
with standing_at(clock.moment_of(FIRST, 0, 1)) as stood:
    for day in (FIRST + timedelta(days=number) for number in range(DAYS)):
        live(stood, day, lambda day, noon: demo_lives.act(FIRST, day, noon, LIVES))
        close_day(stood, day)

lives = {life.tells: person for life, _phone, person in demo_lives.found(LIVES)}
on = house.day_number(FIRST + timedelta(days=DAYS))
(ended,) = owing.loans_of(lives["paid_off"], on)
(debited,) = owing.loans_of(lives["auto_debit"], on)
(late,) = owing.loans_of(lives["past_due"], on)
refused = [f for f in streams.stream(lives["past_due"]) if f.kind == "contact.refused"]
planned, paid = streams.stream(lives["plan"]), {"payment.received", "plan.step_missed"}
(plan,), kept = plans.plans_of(planned), [f.kind for f in planned if f.kind in paid]
complained = streams.stream(lives["complaint"])
(complaint,) = complaints.complaints_of(complained)
later = [f.body.get("purpose") for f in complained if f.seq > complaint.seq]
print("paid off", ended.paid_off)
print("certificate", "certificate.issued" in [f.kind for f in streams.stream(lives["paid_off"])])
print("debited", debited.past_due_minor == 0 and debited.paid_minor > 0)
print("past due for", late.past_due_days, "refused at sending", len(refused))
print("plan", plan.state, kept)
print("complaint open", complaint.is_open, "collected", later.count("collect"))
print("applications of who only registered", len(applications(streams.stream(lives["registered"]))))
def changes_of(tells):
    facts = streams.stream(lives[tells])
    (one,) = owing.all_by(facts, on)
    found = reliefs.reliefs_of(facts, one.loan)
    said = [(each.way, each.change["change"], each.state(house.day_from(on))) for each in found]
    return said, prepaying.outcomes(facts, one.loan), off_books.write_off(facts, one.loan)
for tells in ("relief_asked", "auto_debit", "moratorium"):
    print(tells, changes_of(tells)[0])
((_payment, ahead),) = changes_of("paid_ahead")[1]
print("paid ahead", ahead.way, ahead.left, ahead.saved_minor > 0)
off, off_facts = changes_of("written_off")[2], streams.stream(lives["written_off"])
print("written off", off.body["reason"], off_books.recovered(off_facts, off))
for tells in ("heir", "spouse"):
    (promise,) = parties.promises(streams.stream(lives[tells]))
    print(tells, promise.role, promise.limit_minor, promise.ended or "stands")
print("for another hand", [m.all()[0].state for m in (waiving.MATTER, grants.MATTER)])
tally, other = Tally(), what_if.other_law(loader.load("cn"), FIRST, FIRST + timedelta(days=DAYS))
print("otherwise under the law in force", list(what_if.replay(other, 0, 1 << 60, tally)))
print("judged again", tally.left > 20, tally.refused)
"""
TOLD = """paid off True
certificate True
debited True
past due for 19 refused at sending 1
plan running ['payment.received']
complaint open True collected 0
applications of who only registered 0
relief_asked [('asked', 'later_due_day', 'given'), ('asked', 'interest_pause', 'waiting')]
auto_debit [('offered', 'longer_term', 'waiting')]
moratorium [('granted', 'moratorium', 'given')]
paid ahead lower 5 True
written off bankruptcy 60000
heir heir 500000 stands
spouse spouse 0 stands
for another hand ['waiting', 'waiting']
otherwise under the law in force []
judged again True 1
"""


@pytest.mark.django_db
def test_staff_of_every_role_sign_in_and_may_work() -> None:
    assert sorted(role for _name, role in demo_staff.ROLL) == sorted(staff.ROLES)
    demo_staff.enlist_all()
    assert demo_staff.enlisted() == sorted(name for name, _role in demo_staff.ROLL)
    for name, role in demo_staff.ROLL:
        member = staff.named(name)
        assert staff.role_of(member) == role
        assert staff.may_work(member, FIRST_DAY)


@pytest.mark.parametrize("lang", ["zh-hant", "zh-hans", "en"])
def test_each_life_is_told_of_in_every_language(lang: str) -> None:
    assert {life.tells for life in demo_lives.LIVES} == set(demo_lives.TELLS)
    with translation.override(lang):
        told = [translation.gettext(said) for said in demo_lives.TELLS.values()]
    assert len(set(told)) == len(told)
    assert (told == list(demo_lives.TELLS.values())) == (lang == "en")


def test_each_lives_as_is_said_of_them(own_database: str) -> None:
    environment = {**os.environ, "DATABASE_URL": own_database}
    command = [sys.executable, "-c", LIVED]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == (TOLD, 0), done.stderr
