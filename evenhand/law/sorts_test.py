"""What each type of rule says."""

from typing import Any

import pytest

from evenhand.law.schema import VALUE, PackError
from evenhand.law.sorts import TYPES, allowed_hours, check_value, numbers

HEAD = {"from": "2026-01-01", "ref": [{"instrument": "act", "read": "seen"}]}
HOUSE = HEAD | {"ref": [{"instrument": "house", "read": "house"}]}
HOURS = {"allow": [{"from": "08:00", "to": "21:00"}], "within_law": True}
CAP = HEAD | {"includes": ["interest"]}


@pytest.mark.parametrize(
    ("kind", "said", "why"),
    [
        ("cap", CAP | {"annual_percent": "24"}, ""),
        ("cap", CAP | {"multiple_of": {"times": "4", "rate": "cn.lpr.1y"}}, ""),
        ("cap", CAP, "without a figure"),
        ("cap", HEAD | {"ends": True}, ""),
        ("rate", HEAD | {"annual_percent": "3.0"}, ""),
        ("rate", HEAD, "annual_percent is missing"),
        ("payout", HEAD | {"not_kept_back": ["interest", "fees"]}, ""),
        ("payout", HEAD | {"not_kept_back": ["late_interest"]}, "unknown word"),
        ("payout", HEAD | {"not_kept_back": []}, "is no list of words"),
        ("payout", HEAD, "not_kept_back is missing"),
        ("hours", HOUSE | HOURS, ""),
        ("hours", HEAD | HOURS, "only the house goes within the law"),
        ("often", HEAD, "unknown word 'often'"),
    ],
)
def test_a_value_says_what_its_type_wants(kind: str, said: dict[str, Any], why: str) -> None:
    if not why:
        return check_value(said, kind, VALUE)
    with pytest.raises(PackError, match=why):
        check_value(said, kind, VALUE)


@pytest.mark.parametrize("to", ["08:00", "07:00"])
def test_a_window_that_never_opens_is_refused(to: str) -> None:
    with pytest.raises(PackError, match="is not after"):
        allowed_hours([{"from": "08:00", "to": to}])


def test_no_type_speaks_in_the_words_of_every_value() -> None:
    assert all(VALUE.keys().isdisjoint(keys) for keys in TYPES.values())


def test_the_first_number_of_a_name_is_the_one_a_sentence_shows() -> None:
    says = {"refuse": [{"staff_below": 2}, {"staff_below": 3, "on": {"n": 1}}], "max": 5}
    assert numbers(says) == {"staff_below": 2, "n": 1, "max": 5}
