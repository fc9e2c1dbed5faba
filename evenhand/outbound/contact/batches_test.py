"""Many at once: bad data of one keep nobody else waiting, and a long run reads the clock."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import pytest
from django.db import connection

from evenhand.ledger import streams
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact import made_up, results, send
from evenhand.outbound.contact.made_up import MINUTE, learn, moment
from evenhand.outbound.contact.outbox import Leaving
from evenhand.outbound.contact.send_test import LATE, SIGNED, Broken, reminder
from evenhand.providers.sms import simulator
from evenhand.providers.sms.message import Message, Receipt
from evenhand.providers.sms.simulator import Simulator

pytestmark = pytest.mark.django_db


def many(count: int, template: str = "attention") -> list[int]:
    """So many borrowers of whom each has a reminder waiting from 08:00 on."""
    borrowers = made_up.enrol(count, SIGNED)
    loans = made_up.lend(borrowers, SIGNED)
    for borrower, loan in zip(borrowers, loans, strict=True):
        reminder(borrower, loan, template=template)
    return borrowers


def last(borrower: int) -> str:
    return streams.stream(borrower)[-1].kind.removeprefix("contact.")


def damage(borrower: int, year_days: int = 364) -> None:
    """Terms nobody can work with, or sound ones again."""
    with connection.cursor() as cursor:
        statement = "update ledger_terms set late_year_days = %s where borrower = %s"
        cursor.execute(statement, [year_days, borrower])


def test_one_whose_terms_are_damaged_keeps_nobody_else_waiting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    borrowers = many(5)
    damage(borrowers[2])
    with caplog.at_level(logging.ERROR):
        tally = send.send_due(moment(LATE, 8))
    assert (tally.sent, tally.set_aside) == (4, 1)
    assert [last(b) for b in borrowers] == ["sent", "sent", "intended", "sent", "sent"]
    (line,) = caplog.records
    assert (line.__dict__["borrower"], line.getMessage()) == (
        borrowers[2],
        "a contact is set aside",
    )
    damage(borrowers[2], 360)
    assert (send.send_due(moment(LATE, 8, 1)).sent, simulator.count()) == (1, 5)


def test_a_reminder_whose_words_are_not_there_is_taken_back() -> None:
    (sound,), (lost,) = many(1), made_up.enrol(1, SIGNED, ending="77")
    (loan,) = made_up.lend([lost], SIGNED)
    reminder(lost, loan, template="remind.first")
    tally = send.send_due(moment(LATE, 8))
    assert (tally.sent, tally.withdrawn, last(sound)) == (1, 1, "sent")
    assert streams.stream(lost)[-1].body == {"reason": "no_words"}


class Talkative(Simulator):
    """Names each message by a sentence, which no fact may hold."""

    def send(self, messages: Sequence[Message]) -> list[Receipt]:
        first, *rest = super().send(messages)
        return [first._replace(reference="Accepted for delivery"), *rest]


def test_a_reference_that_is_a_sentence_spoils_no_answer() -> None:
    borrowers = many(3)
    assert send.send_due(moment(LATE, 8), provider=Talkative()).sent == 3
    references = [streams.stream(b)[-1].body["reference"] for b in borrowers]
    assert references[0] == ""
    assert all(reference.startswith("sim-") for reference in references[1:])


def test_an_answer_that_cannot_be_written_keeps_no_other_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    borrowers = many(3)
    with pytest.raises(ConnectionError):
        send.send_due(moment(LATE, 8), provider=Broken())
    draft = results._draft

    def spoilt(leaving: Leaving, *rest: object) -> Draft:
        if leaving.borrower == borrowers[1]:
            raise ValueError
        return draft(leaving, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(results, "_draft", spoilt)
    tally = send.send_due(moment(LATE, 8, 1))
    assert (tally.failed, tally.set_aside) == (2, 1)
    assert [last(b) for b in borrowers] == ["failed", "leaving", "failed"]
    monkeypatch.undo()
    assert send.send_due(moment(LATE, 8, 2)).failed == 1


class Slow(Simulator):
    """Takes two messages at once and three minutes for each two; `meanwhile` happens then."""

    batch = 2

    def __init__(self, now: int, meanwhile: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.now, self.meanwhile = now, meanwhile

    def clock(self) -> int:
        return self.now

    def send(self, messages: Sequence[Message]) -> list[Receipt]:
        self.now += 3 * MINUTE
        self.meanwhile()
        return super().send(messages)


def test_a_run_that_goes_on_into_the_night_falls_silent() -> None:
    borrowers = many(6)
    slow = Slow(moment(LATE, 20, 56))
    tally = send.send_due(slow.clock, provider=slow)
    assert (tally.sent, tally.refused) == (4, 2)
    assert [last(b) for b in borrowers] == ["sent"] * 4 + ["refused"] * 2
    assert streams.stream(borrowers[0])[-1].at == moment(LATE, 20, 59), "the answer's own moment"


def test_a_complaint_while_others_are_handed_over_stops_its_own() -> None:
    borrowers = many(4)
    said: list[int] = []

    def complain() -> None:
        if not said:
            said.append(borrowers[3])
            learn(borrowers[3], Draft("complaint.opened", LATE, "borrower"), at=slow.now)

    slow = Slow(moment(LATE, 8), complain)
    tally = send.send_due(slow.clock, provider=slow)
    assert (tally.sent, tally.refused, last(borrowers[3])) == (3, 1, "refused")


class Dying(Simulator):
    """Takes two messages at once; the sender's process ends with the second two."""

    batch = 2
    calls = 0

    def send(self, messages: Sequence[Message]) -> list[Receipt]:
        self.calls += 1
        if self.calls == 2:
            raise KeyboardInterrupt
        return super().send(messages)


def test_a_sender_that_is_stopped_leaves_one_batch_in_doubt() -> None:
    borrowers = many(6)
    with pytest.raises(KeyboardInterrupt):
        send.send_due(moment(LATE, 8), provider=Dying())
    assert [last(b) for b in borrowers] == ["sent"] * 2 + ["leaving"] * 2 + ["intended"] * 2
