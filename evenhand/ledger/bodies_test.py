"""What a body may hold, value by value."""

from typing import Any

import pytest

from evenhand.core.orders import PAIRS
from evenhand.ledger import bodies

ORDER = {"pairs": list(PAIRS), "vertical": 0, "advance": "next"}
FEE = {"name": "service_fee", "when": "per_instalment", "of": "fixed", "amount": 500}
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
    (bodies.between(1, 31), 31, True),
    (bodies.between(1, 31), 0, False),
    (bodies.between(0, 1), True, False),
    (bodies.order, ORDER, True),
    (bodies.order, {**ORDER, "vertical": 2}, False),
    (bodies.order, {**ORDER, "advance": "first"}, False),
    (bodies.order, {**ORDER, "pairs": list(PAIRS[:11])}, False),
    (bodies.order, {**ORDER, "pairs": [*PAIRS[:11], PAIRS[0]]}, False),
    (bodies.order, {"pairs": list(PAIRS)}, False),
    (bodies.listed_fees, [FEE], True),
    (bodies.listed_fees, [{**FEE, "when": "on_a_day", "days": 30, "total_minor": 0}], True),
    (bodies.listed_fees, [FEE, FEE], False),
    (bodies.listed_fees, [{**FEE, "name": "tip"}], False),
    (bodies.listed_fees, [{**FEE, "when": "at_disbursal"}], True),
    (bodies.listed_fees, [{**FEE, "when": "at_disbursal", "of": "lent"}], True),
    (bodies.listed_fees, [{**FEE, "when": "at_disbursal", "of": "interest"}], False),
    (bodies.listed_fees, [{**FEE, "amount": 0}], False),
    (bodies.listed_fees, [{**FEE, "why": "because"}], False),
    (bodies.listed_fees, [{"name": "service_fee"}], False),
    (bodies.numbered_sums, [[1, 500], [3, 500]], True),
    (bodies.numbered_sums, [[3, 500], [1, 500]], False),
    (bodies.numbered_sums, [[0, 500]], False),
    (bodies.numbered_sums, [[1, 0]], False),
    (bodies.numbered_sums, [[1]], False),
    (bodies.prepay_ways, ["lower", "shorter"], True),
    (bodies.prepay_ways, ["lower", "lower"], False),
    (bodies.prepay_ways, [], False),
]


@pytest.mark.parametrize(("check", "value", "fits"), FITS)
def test_fits_or_not(check: bodies.Check, value: Any, fits: bool) -> None:
    assert check(value) is fits
