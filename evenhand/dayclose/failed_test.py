"""What the close makes of a reminder that the gateway did not take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from evenhand.dayclose import close
from evenhand.dayclose.close_test import DUE, SIGNED, live, one_loan, told
from evenhand.ledger import streams
from evenhand.outbound.contact import send
from evenhand.outbound.contact.made_up import moment
from evenhand.providers.sms.message import Message, Receipt

pytestmark = pytest.mark.django_db


class Refusing:
    """A gateway that takes nothing, for now or for good."""

    name = "refusing"
    batch = 5_000

    def __init__(self, permanent: bool) -> None:
        self.permanent = permanent

    def send(self, messages: Sequence[Message]) -> list[Receipt]:
        return [Receipt(m.key, "refused", "", "gateway_full", self.permanent) for m in messages]

    def look_up(self, keys: Sequence[str]) -> list[Receipt]:
        raise AssertionError("nothing was unclear")


@pytest.mark.parametrize(("permanent", "days"), [(False, [1, 2, 4]), (True, [1, 3])])
def test_a_reminder_the_gateway_had_no_room_for_is_made_up_for_the_next_day(
    permanent: bool, days: list[int]
) -> None:
    borrower, _loan = one_loan()
    live(SIGNED, 30)
    close.close(DUE, moment(DUE + timedelta(days=1), 0, 5))
    due = moment(DUE + timedelta(days=1), 8)
    assert send.send_due(due, provider=Refusing(permanent)).failed == 1
    live(DUE + timedelta(days=1), 4)
    assert [day for day, purpose in told(borrower) if purpose == "collect"] == days
    sent = [fact for fact in streams.stream(borrower) if fact.kind == "contact.sent"]
    assert len(sent) == 2 + len(days) - 1
