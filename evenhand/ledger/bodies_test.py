"""What a body may hold, value by value."""

from typing import Any

import pytest

from evenhand.ledger import bodies

FITS: list[tuple[bodies.Check, Any, bool]] = [
    (bodies.integer, 2**63 - 1, True),
    (bodies.integer, 2**63, False),
    (bodies.integer, True, False),
    (bodies.integer, 1.0, False),
    (bodies.code, "remind.first", True),
    (bodies.code, "Mr Li called", False),
    (bodies.code, "張三", False),
    (bodies.code, None, False),
    (bodies.name, "n" * 32, True),
    (bodies.name, "n" * 33, False),
    (bodies.currency, "CNY", True),
    (bodies.currency, "cny", False),
    (bodies.iso_day, "2024-02-29", True),
    (bodies.iso_day, "2023-02-29", False),
    (bodies.iso_day, "20240229", False),
    (bodies.plain_list, [1, ["a", {"b": 2}]], True),
    (bodies.plain_list, [1, [None]], False),
    (bodies.plain_list, (1, 2), False),
    (bodies.plain_dict, {"規則": [1]}, True),
    (bodies.plain_dict, {"a": "\x00"}, False),
    (bodies.plain_dict, {1: "a"}, False),
    (bodies.plain_dict, {"a": False}, False),
    (bodies.one_of(("sms", "call")), "call", True),
    (bodies.one_of(("sms", "call")), "fax", False),
]


@pytest.mark.parametrize(("check", "value", "fits"), FITS)
def test_fits_or_not(check: bodies.Check, value: Any, fits: bool) -> None:
    assert check(value) is fits
