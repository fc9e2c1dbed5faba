"""Amounts, days and moments as people read them."""

from datetime import date

import pytest
from django.utils import translation

from evenhand.web import charts, shown

DAY = date(2026, 9, 30)
EIGHT_IN_SHANGHAI = 1_790_726_400_000_000


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "30 Sep 2026"), ("zh-hans", "2026年9月30日"), ("zh-hant", "2026年9月30日")],
)
def test_a_day_in_each_language(lang: str, text: str) -> None:
    with translation.override(lang):
        assert shown.day_text(DAY) == text
        assert shown.moment_text(EIGHT_IN_SHANGHAI) == f"{text} 08:00"


def test_a_day_is_read_from_what_the_house_keeps() -> None:
    assert shown.as_date(20_726) == shown.as_date("2026-09-30") == shown.as_date(DAY) == DAY
    assert shown.as_date(shown.NEVER) is None
    assert shown.as_date(None) is None
    assert shown.as_date("") is None


def test_amounts_never_lose_a_cent() -> None:
    assert shown.amount(10**15 + 1, "CNY") == "10,000,000,000,000.01"
    assert shown.amount(-1, "CNY") == "-0.01"


def test_a_small_bar_is_still_seen_and_none_is_none() -> None:
    wide, small, none = charts.bars([("a", "A", 100_000, ""), ("b", "B", 1, ""), ("c", "C", 0, "")])
    assert (wide.width, small.width > 0, none.width) == (charts.WIDTH, True, 0)
