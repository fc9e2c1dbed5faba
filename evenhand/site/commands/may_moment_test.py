"""The moment a verdict names is exact, by every pack that ships: refused a second earlier, then
allowed."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.law import loader
from evenhand.site.commands import may
from evenhand.site.commands.may_oracle_test import requests
from evenhand.site.commands.may_plain_test import moment

ALONE = [[name] for name in loader.names()]
TOGETHER = [["cn", "policy"], ["us", "us-ma"]]
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("packs", [*ALONE, *TOGETHER], ids="+".join)
@settings(max_examples=4, deadline=None)
@given(st.integers(0, 10**9))
def test_a_second_earlier_is_refused_and_then_it_is_allowed(packs: list[str], seed: int) -> None:
    asked = [request | {"packs": packs} for request in requests(seed)[:25]]
    told = [
        (one, answer["not_before"]) for one, answer in zip(asked, may.answer(asked), strict=True)
    ]
    named = [(one, moment(then)) for one, then in told if then]
    allowed = _allowed([one | {"at": then.isoformat()} for one, then in named])
    assert [one for (one, _), yes in zip(named, allowed, strict=True) if not yes] == []
    waits = [one | {"at": (t - SECOND).isoformat()} for one, t in named if moment(one["at"]) < t]
    assert [one for one, yes in zip(waits, _allowed(waits), strict=True) if yes] == []


def _allowed(asked: list[dict[str, Any]]) -> list[bool]:
    return [bool(answer["allowed"]) for answer in may.answer(asked)] if asked else []
