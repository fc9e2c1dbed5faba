"""A claim stops collecting at once: the gate refuses what waits, and says by which rule."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.lifecycle.disburse import claims
from evenhand.outbound.contact import made_up, outbox, send
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.outbound.contact.outbox import Waiting
from evenhand.people import persons
from evenhand.providers.sms import simulator

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
LATE = SIGNED + timedelta(days=31)


def reminder() -> tuple[int, int]:
    """A reminder of the first day past due, waiting for 08:00; borrower and loan."""
    (borrower,) = made_up.enrol(1, SIGNED)
    (loan,) = made_up.lend([borrower], SIGNED)
    (point,) = [point.point for point in persons.points([borrower]) if point.kind == "phone"]
    head = streams.head(borrower)
    draft = facts.intended(LATE, {loan: 1}, LATE - timedelta(days=1), head.seq)
    body = {**draft.body, "address": point, "template": "attention", "due_at": moment(LATE, 8)}
    learn(borrower, draft._replace(body=body, loan=loan), at=moment(LATE, 0, 5))
    outbox.put([Waiting(borrower, head.seq + 1)], [moment(LATE, 8)])
    return borrower, loan


@pytest.mark.parametrize("answer", ["", "upheld"])
def test_while_a_claim_stands_nobody_is_reminded(answer: str) -> None:
    borrower, loan = reminder()
    seq = claims.open_claim(borrower, loan, moment(LATE, 7))
    if answer:
        claims.answer(borrower, seq, answer, "影像不是本人", 9, moment(LATE, 7, 30))
    assert send.send_due(moment(LATE, 8)).refused == 1
    refused = streams.stream(borrower)[-1]
    assert [rule["rule"] for rule in refused.body["rules"]] == ["policy.pause.identity_theft"]
    assert simulator.count() == 0


def test_a_claim_that_is_not_right_stops_nothing_any_more() -> None:
    borrower, loan = reminder()
    seq = claims.open_claim(borrower, loan, moment(LATE, 7))
    claims.answer(borrower, seq, "not_upheld", "签名一致", 9, moment(LATE, 7, 30))
    assert send.send_due(moment(LATE, 8)).sent == 1
