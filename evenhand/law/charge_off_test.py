"""Which accounting charges loans off by age: cited, and none where nobody wants it."""

import pytest

from evenhand.law import charge_off
from evenhand.law.schema import PackError


def test_the_us_at_120_days_or_60_after_a_bankruptcy_and_china_never() -> None:
    found = charge_off.rule(("us", "policy"))
    assert found and (found.past_due_days, found.bankruptcy_days) == (120, 60)
    assert found.cite.startswith("65 FR 36903") and found.read == "secondary"
    assert charge_off.rule(("cn", "policy")) is None


def test_what_was_only_remembered_does_not_load() -> None:
    said = {"id": "x", "past_due_days": 1, "bankruptcy_days": 1, "cite": "c", "url": "u"}
    wrongs = ({"read": "memory"}, {"read": "seen", "url": ""}, {"read": "seen", "past_due_days": 0})
    for wrong in wrongs:
        with pytest.raises(PackError):
            charge_off._rule({**said, **wrong})
