"""One call by hand, as the plain rules see it."""

from datetime import datetime

from evenhand.site.commands.may_plain_test import BEIJING, Request, offended

CALL: Request = {
    "packs": ["cn"],
    "zones": ["Asia/Shanghai"],
    "channel": "call",
    "to": "debtor",
    "address": "a1",
    "by": "lender",
    "purpose": "collect",
    "debts": ["L1"],
    "discloses_debt": True,
    "facts": [],
    "history": [],
    "message": {"names_institution": True},
}


def test_a_call_at_noon_offends_nothing_and_one_at_midnight_the_hours() -> None:
    assert offended(CALL, datetime(2026, 11, 9, 12, tzinfo=BEIJING)) == set()
    assert offended(CALL, datetime(2026, 11, 9, 0, tzinfo=BEIJING)) == {"cn.hours"}
