"""Auto-debit: given apart with PIN and code, told the day before, tried twice a day, stopped."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.repay import auto_debit, made_up, owing, steps
from evenhand.outbound.payments import debits, send, told
from evenhand.outbound.payments.made_up import Someone
from evenhand.people.made_up import sign_in
from evenhand.providers.bank.simulator import Simulator

pytestmark = pytest.mark.django_db

D = date(2026, 3, 2)
DUE = date(2026, 4, 2)
BEFORE = DUE - timedelta(days=1)
INSTALMENT = 88_288
LAST = 88_293  # takes the rest
EMPTY = "6222020200011110001"
MINUTE = 60_000_000
Move = Callable[[int], None]


def mandated(card: str = made_up.CARD) -> Someone:
    """Somebody who has authorised it."""
    who = made_up.borrower(D, card=card)
    debits.authorise(who.borrower, who.loan, who.account, INSTALMENT, "ab" * 32, facts.noon(D))
    return who


def of(them: Someone, kind: str) -> list[Fact]:
    return [fact for fact in streams.stream(them.borrower) if fact.kind == kind]


def inbox(them: Someone, template: str) -> list[Fact]:
    said = [fact for fact in of(them, "contact.intended") if fact.body["channel"] == "in_app"]
    return [fact for fact in said if fact.body["template"] == template]


def at_hour(day: date, hour: int) -> int:
    return facts.noon(day) + (hour - 12) * 60 * MINUTE


def the_day_before() -> None:
    """The close of two days before the due day sets off the plan of the day before."""
    auto_debit.plan(DUE, at_hour(BEFORE, 0) + 5 * MINUTE)


def try_at(them: Someone, day: date, hour: int) -> None:
    """What is due leaves, the bank answers, and what follows is done."""
    at = at_hour(day, hour)
    send.send_due(at, bank=Simulator())

    def deliver(headers: Any, body: bytes) -> None:
        told.hear(Simulator().callbacks(headers, body, at), at, "simulator")

    Simulator(deliver).call_back(at)
    for kind, task in (("debit.failed", steps.failed), ("payment.received", steps.received)):
        new = [fact for fact in of(them, kind) if fact.at == at]
        task([(them.borrower, fact.seq) for fact in new], at=at)


def test_told_the_day_before_and_taken_on_the_due_day() -> None:
    them = mandated()
    the_day_before()
    the_day_before()
    (notice,) = inbox(them, "debit_tomorrow")
    assert notice.day == BEFORE and notice.body["values"]["amount_minor"] == INSTALMENT
    try_at(them, DUE, 9)
    assert not of(them, "debit.leaving")
    try_at(them, DUE, 10)
    assert [fact.amount for fact in of(them, "payment.received")] == [INSTALMENT]
    assert len(inbox(them, "receipt")) == 1


def test_what_fails_is_tried_in_the_evening_and_the_next_day_four_times_at_most() -> None:
    them = mandated(EMPTY)
    the_day_before()
    for day in (DUE, DUE + timedelta(days=1), DUE + timedelta(days=2)):
        for hour in (10, 18):
            try_at(them, day, hour)
    left = [(fact.day, fact.at) for fact in of(them, "debit.leaving")]
    after = DUE + timedelta(days=1)
    hours = [(DUE, 10), (DUE, 18), (after, 10), (after, 18)]
    assert left == [(day, at_hour(day, hour)) for day, hour in hours]
    assert len(inbox(them, "debit_failed")) == 4


def test_what_was_paid_by_hand_meanwhile_is_not_taken() -> None:
    them = mandated()
    the_day_before()
    made_up.pays(them, BEFORE, 50_000)
    try_at(them, DUE, 10)
    assert [fact.amount for fact in of(them, "debit.leaving")] == [INSTALMENT - 50_000]


def test_a_complaint_takes_back_what_waits_and_plans_nothing() -> None:
    them = mandated()
    the_day_before()
    draft = Draft("complaint.opened", BEFORE, "borrower", body={"text": "ab" * 32})
    seq = made_up.learn(them.borrower, draft, at=facts.noon(BEFORE))
    steps.stopped([(them.borrower, seq)], at=facts.noon(BEFORE))
    (taken_back,) = of(them, "debit.withdrawn")
    assert taken_back.body == {"reason": "complaint_open"}
    assert auto_debit.plan(DUE, facts.noon(BEFORE)) == 0
    try_at(them, DUE, 10)
    assert not of(them, "debit.leaving")


def test_nobody_without_an_authorisation_is_touched() -> None:
    made_up.borrower(D)
    assert auto_debit.plan(DUE, facts.noon(BEFORE)) == 0


def test_given_apart_and_stopped_at_one_tap(client: Client, move_clock: Move) -> None:
    them = made_up.borrower(D)
    sign_in(client, them.borrower)
    move_clock(facts.noon(BEFORE))
    page, give = f"/my/auto-debit/{them.loan}/", f"/my/auto-debit/{them.loan}/give/"
    english = {"accept-language": "en"}
    assert b"It is your choice" in client.get(page, headers=english).content
    shown = client.get(give, headers=english).content.decode()
    assert "At most CNY 882.93 a time" in shown and "8888" in shown and "checked" not in shown
    refused = client.post(give, headers=english)
    assert refused.status_code == 400 and b"Tick that you agree" in refused.content
    client.post(give, {"agree": "yes"}, headers=english)
    (given,) = of(them, "debit.authorised")
    assert given.body["max_minor"] == LAST and len(given.body["text"]) == 64
    assert len(inbox(them, "debit_tomorrow")) == 1
    assert b"Auto-debit is on" in client.get("/my/", headers=english).content
    assert b"Stop auto-debit" in client.get(page, headers=english).content
    client.post(f"{page}stop/")
    assert len(of(them, "debit.revoked")) == len(of(them, "debit.withdrawn")) == 1
    assert auto_debit.standing(streams.stream(them.borrower), them.loan) is None


def test_the_most_is_the_largest_instalment_agreed() -> None:
    them = made_up.borrower(D)
    one = owing.on_facts(streams.stream(them.borrower), them.loan, 20_520)
    assert one is not None and auto_debit.most(one) == LAST
