"""Due notices and reminders for who has an account online: by message and in the inbox alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenhand.dayclose import close
from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact import made_up, send
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.people import kept, persons
from evenhand.providers.sms import simulator

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)
NOTICE = DUE - timedelta(days=3)
BOTH = ["in_app", "sms"]


def one(*, measures: tuple[str, ...] = ("in_app", "sms"), lang: str = "zh-hans") -> tuple[int, int]:
    """A borrower with an account online, and a loan whose contract names those measures."""
    (borrower,) = made_up.enrol(1, SIGNED, lang=lang)
    (loan,) = made_up.lend([borrower], SIGNED, measures=measures)
    made_up.go_online([borrower], SIGNED)
    return borrower, loan


def plan(day: date) -> None:
    """The close that plans for `day`."""
    close.close(day - timedelta(days=1), moment(day, 0, 5))


def live(day: date) -> None:
    plan(day)
    send.send_due(moment(day, 8))


def left(borrower: int) -> list[str]:
    """By which channels something left, in order."""
    stream = streams.stream(borrower)
    return [fact.body["channel"] for fact in stream if fact.kind == "contact.leaving"]


def inbox(borrower: int) -> str:
    """The newest words in the inbox."""
    leaving = [
        fact
        for fact in streams.stream(borrower)
        if fact.kind == "contact.leaving" and fact.body["channel"] == "in_app"
    ]
    return kept.committed(borrower, leaving[-1].body["text"])


def phone_of(borrower: int) -> int:
    return next(p.point for p in persons.points([borrower]) if p.kind == "phone")


def test_a_due_notice_comes_by_message_and_with_amount_and_day_in_the_inbox() -> None:
    borrower, _loan = one(lang="en")
    live(NOTICE)
    assert left(borrower) == BOTH
    assert inbox(borrower).startswith("CNY\u00a01,010.00 falls due on 31 Mar 2026.")
    (message,) = simulator.inbox()
    assert "1,010" not in message.text


def test_a_reminder_says_what_is_past_due_at_that_moment() -> None:
    borrower, loan = one(lang="en")
    plan(DUE + timedelta(days=1))
    learn(borrower, facts.paid(loan, DUE, 50_000), at=moment(DUE + timedelta(days=1), 1))
    send.send_due(moment(DUE + timedelta(days=1), 8))
    assert left(borrower) == BOTH
    assert inbox(borrower).startswith("CNY\u00a0510.")


def test_a_book_without_accounts_online_hears_by_message_alone() -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    made_up.lend([borrower], SIGNED, measures=("in_app", "sms"))
    live(NOTICE)
    assert left(borrower) == ["sms"]


def test_an_inbox_the_contract_does_not_name_stays_empty() -> None:
    borrower, _loan = one(measures=("sms",))
    live(NOTICE)
    assert left(borrower) == ["sms"]


def test_who_has_stopped_messages_still_finds_it_in_the_inbox() -> None:
    borrower, _loan = one()
    learn(borrower, facts.begun(SIGNED, "wish.opt_out"), at=moment(SIGNED, 9))
    live(NOTICE)
    assert left(borrower) == ["in_app"]


def test_who_has_stopped_the_inbox_gets_the_message() -> None:
    borrower, _loan = one()
    learn(borrower, facts.begun(SIGNED, "wish.opt_out", channel="in_app"), at=moment(SIGNED, 9))
    live(NOTICE)
    assert left(borrower) == ["sms"]


def spoken_to(borrower: int, days: list[date]) -> None:
    """Messages of an earlier system on those days."""
    for day in days:
        body = {"at": moment(day, 9), "channel": "sms", "direction": "out", "outcome": "sent"}
        prior = Draft("contact.prior", day, "import", body=body)
        learn(borrower, prior, at=moment(SIGNED + timedelta(days=26), 10))


def test_both_wait_where_the_message_may_still_come_before_the_due_day() -> None:
    """Three messages in seven days; the day after, the first of them is eight days old."""
    borrower, _loan = one()
    spoken_to(borrower, [NOTICE - timedelta(days=n) for n in (6, 5, 4)])
    live(NOTICE)
    assert left(borrower) == []
    live(NOTICE + timedelta(days=1))
    assert left(borrower) == BOTH


def test_the_inbox_does_not_wait_for_a_message_that_comes_too_late() -> None:
    borrower, _loan = one()
    spoken_to(borrower, [NOTICE - timedelta(days=n) for n in (3, 2, 1)])
    live(NOTICE)
    assert left(borrower) == ["in_app"]


def test_a_complaint_between_the_plan_and_the_sending_stops_a_reminder_in_the_inbox_too() -> None:
    borrower, _loan = one()
    plan(DUE + timedelta(days=1))
    learn(borrower, Draft("complaint.opened", DUE, "borrower"), at=moment(DUE, 30))
    tally = send.send_due(moment(DUE + timedelta(days=1), 8))
    assert (tally.refused, left(borrower)) == (2, [])


def test_a_payment_takes_both_back() -> None:
    borrower, loan = one()
    plan(DUE + timedelta(days=1))
    learn(borrower, facts.paid(loan, DUE, 102_000), at=moment(DUE, 30))
    assert send.withdraw([borrower], moment(DUE, 30)) == 2


@pytest.mark.parametrize(
    ("chosen", "channels"),
    [
        ({"channel": "in_app"}, ["in_app"]),
        ({"channel": "sms"}, BOTH),
        ({}, ["in_app"]),
        ({"channel": "sms", "from_minute": 600, "until_minute": 720}, ["in_app"]),
        ({"channel": "sms", "from_minute": 420, "until_minute": 720}, BOTH),
    ],
)
def test_a_safe_contact_is_kept_to(chosen: dict[str, int | str], channels: list[str]) -> None:
    """At eight: a phone kept out of sight is used only where it was chosen, in its hours."""
    borrower, _loan = one()
    body = {"confidential": [phone_of(borrower)], **chosen}
    learn(
        borrower, Draft("safe_contact.chosen", SIGNED, "borrower", body=body), at=moment(SIGNED, 9)
    )
    live(NOTICE)
    assert left(borrower) == channels


def test_a_message_comes_in_the_hours_chosen() -> None:
    borrower, _loan = one()
    body = {"confidential": [], "channel": "sms", "from_minute": 600, "until_minute": 720}
    learn(
        borrower, Draft("safe_contact.chosen", SIGNED, "borrower", body=body), at=moment(SIGNED, 9)
    )
    live(NOTICE)
    assert send.send_due(moment(NOTICE, 10)).sent == 1
    assert left(borrower) == BOTH
    assert simulator.inbox()[0].at == moment(NOTICE, 10)


def test_a_safe_contact_chosen_after_the_plan_stops_the_message() -> None:
    borrower, _loan = one()
    plan(NOTICE)
    body = {"confidential": [phone_of(borrower)], "channel": "in_app"}
    learn(
        borrower,
        Draft("safe_contact.chosen", NOTICE, "borrower", body=body),
        at=moment(NOTICE, 1),
    )
    tally = send.send_due(moment(NOTICE, 8))
    assert (tally.sent, tally.refused, left(borrower)) == (1, 1, ["in_app"])


def test_the_last_choice_counts() -> None:
    borrower, _loan = one()
    for channel in ("in_app", "sms"):
        body = {"confidential": [phone_of(borrower)], "channel": channel}
        learn(
            borrower,
            Draft("safe_contact.chosen", SIGNED, "borrower", body=body),
            at=moment(SIGNED, 9),
        )
    live(NOTICE)
    assert left(borrower) == BOTH


def test_a_close_counts_every_intention_and_the_stream_is_looked_at_again() -> None:
    borrower, _loan = one()
    counts = close.close(NOTICE - timedelta(days=1), moment(NOTICE, 0, 5))
    assert (counts.steps, counts.intended) == (1, 2)
    send.send_due(moment(NOTICE, 8))
    for day in made_up.days(NOTICE, 3):
        close.close(day, moment(day + timedelta(days=1), 0, 5))
    send.send_due(moment(DUE, 8))
    assert left(borrower) == BOTH * 2
