"""The checks a pack goes through, one by one."""

from typing import Any

import pytest

from evenhand.law import schema
from evenhand.law.schema import Check, PackError

GOOD: list[tuple[Check, Any]] = [
    (schema.text, "x"),
    (schema.whole, 0),
    (schema.yes, True),
    (schema.day, "2026-02-28"),
    (schema.minute, "00:00"),
    (schema.minute, "24:00"),
    (schema.amount, "10000.00"),
    (schema.percent, "3.85"),
    (schema.one_of(("a", "b")), "a"),
    (schema.some_of(("a", "b")), ["b", "a"]),
    (schema.keyed({"a": (True, schema.whole), "b": (False, schema.whole)}), {"a": 1}),
    (schema.listed({"a": (True, schema.whole)}), [{"a": 1}, {"a": 2}]),
    (schema.in_three_languages, {"zh-Hant": "一", "zh-Hans": "一", "en": "one"}),
]
BAD: list[tuple[Check, Any]] = [
    (schema.text, " "),
    (schema.text, 1),
    (schema.whole, -1),
    (schema.whole, True),
    (schema.whole, 1.0),
    (schema.yes, False),
    (schema.day, "2026-02-29"),
    (schema.day, "20260228"),
    (schema.minute, "24:01"),
    (schema.minute, "8:00"),
    (schema.minute, 1320),
    (schema.percent, "3.85 %"),
    (schema.amount, "10000"),
    (schema.amount, 10000),
    (schema.one_of(("a", "b")), "c"),
    (schema.some_of(("a", "b")), []),
    (schema.some_of(("a", "b")), "a"),
    (schema.some_of(("a", "b")), ["a", "c"]),
    (schema.keyed({"a": (True, schema.whole)}), {}),
    (schema.keyed({"a": (True, schema.whole)}), {"a": 1, "b": 2}),
    (schema.keyed({"a": (True, schema.whole)}), []),
    (schema.listed({"a": (True, schema.whole)}), []),
    (schema.in_three_languages, {"en": "one"}),
]


@pytest.mark.parametrize(("check", "value"), GOOD)
def test_what_is_as_it_should_be_passes(check: Check, value: Any) -> None:
    check(value)


@pytest.mark.parametrize(("check", "value"), BAD)
def test_what_is_not_is_refused(check: Check, value: Any) -> None:
    with pytest.raises(PackError):
        check(value)


def test_the_refusal_names_the_way_to_the_fault() -> None:
    inner = schema.keyed({"n": (True, schema.whole)})
    with pytest.raises(PackError, match="window: n: is no whole number"):
        schema.check_keys({"window": {"n": "one"}}, {"window": (True, inner)})
