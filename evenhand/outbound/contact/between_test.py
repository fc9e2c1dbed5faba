"""Between asking and sending: whatever happens then that forbids it, nothing leaves.

Each story goes through the outbox and the simulated provider; that the same reminder leaves where
nothing happens is told first.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact import heard, made_up, outbox, reach, send, verify_not_me
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.outbound.contact.outbox import Waiting
from evenhand.outbound.contact.outcome import INBOX
from evenhand.people import holders, persons
from evenhand.providers.sms import simulator
from evenhand.providers.sms.message import Reply

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)
LATE = DUE + timedelta(days=1)
BETWEEN = moment(LATE, 7)
FAR = moment(LATE + timedelta(days=90))
Happens = Callable[[int, int], object]
STATES = (
    *("represented", "cease_request", "debtor_deceased", "debtor_minor", "no_capacity"),
    *("hospital", "disaster", "bankruptcy", "moratorium", "identity_theft", "crisis"),
)


def waits(channel: str = "sms") -> tuple[int, int, int]:
    """Somebody late by a day, with an account online; a reminder waits until eight: its seq."""
    (borrower,) = made_up.enrol(1, SIGNED)
    (loan,) = made_up.lend([borrower], SIGNED, measures=("sms", "in_app"))
    made_up.go_online([borrower], SIGNED)
    address = phone(borrower) if channel == "sms" else INBOX
    draft = facts.intended(LATE, {loan: 1}, DUE, streams.head(borrower).seq)
    more = {"channel": channel, "address": address, "due_at": moment(LATE, 8)}
    body = {**draft.body, **more, "template": "attention"}
    learn(borrower, draft._replace(body=body, loan=loan), at=moment(LATE, 0, 5))
    seq = streams.head(borrower).seq
    outbox.put([Waiting(borrower, seq)], [moment(LATE, 8)])
    return borrower, loan, seq


def phone(borrower: int) -> int:
    return [p.point for p in persons.points([borrower]) if p.kind == "phone"][-1]


def number(borrower: int) -> str:
    point = phone(borrower)
    return persons.addresses_for_sending([point])[point]


def says(kind: str, hand: str = "borrower", **body: Any) -> Happens:
    def happens(borrower: int, loan: int) -> None:
        learn(borrower, Draft(kind, LATE, hand, body=body), at=BETWEEN)

    return happens


def replaces_the_number(borrower: int, _loan: int) -> None:
    point = holders.change_number(borrower, "13900007777")
    learn(borrower, Draft("number.changed", LATE, "borrower", body={"address": point}), at=BETWEEN)


def takes_back_the_terms(borrower: int, _loan: int) -> None:
    (given,) = [f.seq for f in streams.stream(borrower) if f.kind == "consent.given"]
    learn(borrower, Draft("consent.withdrawn", LATE, "borrower", cause=given), at=BETWEEN)


def replies(text: str) -> Happens:
    return lambda borrower, _loan: heard.hear(BETWEEN, [], [Reply(number(borrower), text)])


def pays(borrower: int, loan: int) -> None:
    learn(borrower, facts.paid(loan, LATE, 102_000), at=BETWEEN)


def is_disputed(borrower: int, loan: int) -> None:
    learn(borrower, Draft("dispute.opened", LATE, "borrower", loan), at=BETWEEN)


def another_says_not_me(borrower: int, _loan: int) -> None:
    verify_not_me.disown_number(number(borrower), "page", at=BETWEEN)


def is_erased(borrower: int, _loan: int) -> None:
    persons.erase(borrower, purpose="legal_request", by=1, at=BETWEEN)


HAPPENS: dict[str, Happens] = {
    **{state: says("state.began", "staff:1", state=state) for state in STATES},
    "a complaint": says("complaint.opened"),
    "a dispute": is_disputed,
    "a plan is asked for": says(
        "plan.proposed", steps=[["2026-05-01", 101_000]], total_minor=101_000, due_on="2026-04-20"
    ),
    "a plan is agreed": says("plan.agreed", "staff:1", until=FAR),
    "no more messages": says("wish.opt_out", channel="sms"),
    "no more of anything": says("wish.opt_out"),
    "not at that hour": says("wish.hours", from_minute=420, until_minute=600),
    "only by call": says("safe_contact.chosen", confidential=[], channel="call"),
    "only in the evening": says(
        "safe_contact.chosen", confidential=[], from_minute=1080, until_minute=1200
    ),
    "the number is replaced": replaces_the_number,
    "stop, by reply": replies("TD"),
    "not me, by reply": replies("不是我"),
    "words of crisis": replies("我想死"),
    "not me, on the page": another_says_not_me,
    "everything is paid": pays,
    "the person is erased": is_erased,
}
IN_THE_INBOX = (
    *(state for state in STATES if state != "cease_request"),
    *("a complaint", "a dispute", "a plan is asked for", "a plan is agreed"),
    *("no more of anything", "words of crisis", "everything is paid", "the person is erased"),
)


def gone(borrower: int) -> int:
    """How many collecting contacts have left."""
    stream = streams.stream(borrower)
    by_seq = {fact.seq: fact for fact in stream}
    left = [fact for fact in stream if fact.kind == "contact.leaving"]
    return sum(by_seq[fact.cause].body["purpose"] == "collect" for fact in left)


@pytest.mark.parametrize("channel", ["sms", "in_app"])
def test_where_nothing_happens_it_leaves(channel: str) -> None:
    borrower, _loan, _seq = waits(channel)
    assert send.send_due(moment(LATE, 8)).sent == 1
    assert (gone(borrower), simulator.count()) == (1, int(channel == "sms"))


@pytest.mark.parametrize("what", HAPPENS)
def test_no_message_leaves_after(what: str) -> None:
    borrower, loan, seq = waits()
    HAPPENS[what](borrower, loan)
    held = simulator.count()
    send.send_due(moment(LATE, 8))
    texts = [message.text for message in simulator.inbox()[: simulator.count() - held]]
    assert gone(borrower) == 0, texts
    ended = [f.kind for f in streams.stream(borrower) if f.cause == seq]
    assert len(ended) == 1 and ended[0] in ("contact.refused", "contact.withdrawn")
    send.send_due(moment(LATE, 20))
    assert gone(borrower) == 0, "it does not wait for better times"


@pytest.mark.parametrize("what", IN_THE_INBOX)
def test_nothing_is_asked_for_in_the_inbox_after(what: str) -> None:
    borrower, loan, _seq = waits("in_app")
    HAPPENS[what](borrower, loan)
    send.send_due(moment(LATE, 8))
    assert gone(borrower) == 0


def test_nor_when_the_terms_of_the_inbox_are_taken_back() -> None:
    borrower, loan, _seq = waits("in_app")
    takes_back_the_terms(borrower, loan)
    assert send.send_due(moment(LATE, 8)).withdrawn == 1
    assert gone(borrower) == 0
    asked = np.array([borrower])
    assert not reach.asked_in_app(asked).any() and reach.with_account(asked).all()
    made_up.go_online([borrower], LATE)
    assert reach.asked_in_app(asked).all(), "agreed to again"


@pytest.mark.parametrize(("hour", "minute"), [(21, 0), (23, 59), (7, 59), (3, 0)])
def test_a_sender_that_comes_in_quiet_hours_sends_nothing(hour: int, minute: int) -> None:
    borrower, _loan, _seq = waits()
    day = LATE if hour > 8 else LATE + timedelta(days=1)
    send.send_due(moment(day, hour, minute))
    assert (gone(borrower), simulator.count()) == (0, 0)


def test_a_replaced_number_is_told_of_the_change_and_of_nothing_else() -> None:
    borrower, loan, _seq = waits()
    old = number(borrower)
    point = phone(borrower)
    head = streams.head(borrower).seq
    draft = facts.intended(LATE, {loan: 1}, DUE, head)
    more = {"purpose": "required_notice", "loans": [], "address": point, "template": "changed"}
    body = {**draft.body, **more, "due_at": moment(LATE, 9)}
    learn(borrower, draft._replace(body=body), at=moment(LATE, 6))
    outbox.put([Waiting(borrower, head + 1)], [moment(LATE, 9)])
    replaces_the_number(borrower, loan)
    send.send_due(moment(LATE, 9))
    (message,) = simulator.inbox()
    assert (message.to, gone(borrower)) == (old, 0)
