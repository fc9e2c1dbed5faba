"""Differences between two values of law, in the reader's language."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.utils import translation

from evenhand.console import law_figures
from evenhand.law import loader
from evenhand.law.change import Difference
from evenhand.web.words import WORDS


def lines(rule: str, says: Mapping[str, Any], under: tuple[str, ...] = ()) -> Iterator[Any]:
    """Every key with a value that shipped packs say, however deep."""
    for key, value in says.items():
        yield (*under, key), value
        inner = value if isinstance(value, list) else [value]
        for each in inner:
            if isinstance(each, Mapping):
                yield from lines(rule, each, (*under, key))


def every() -> list[tuple[tuple[str, ...], Any]]:
    packs = map(loader.load, loader.names())
    values = [(rule.id, value) for pack in packs for rule in pack.rules for value in rule.values]
    return [found for rule, value in values for found in lines(rule, value.says)]


@pytest.mark.parametrize(
    ("lang", "one", "told"),
    [
        ("zh-hant", Difference(("keep_years_min",), 2, 5), "至少保存年數：原為 2，現為 5"),
        ("zh-hans", Difference(("max",), 0, 3), "最多：原为 0，现为 3"),
        ("en", Difference(("max",), 3, 2), "at most: 3, now 2"),
        ("zh-hant", Difference(("window", "n"), None, 7), "期間、長度：新增 7"),
        ("en", Difference(("no_holidays",), True, None), "not on holidays: no longer yes"),
        (
            "en",
            Difference(("refuse", "overdue_below"), "10000.00", "9000.00"),
            "what is refused, less past due than: 10,000.00, now 9,000.00",
        ),
        (
            "zh-hant",
            Difference(("unless",), ["opt_out"], []),
            "例外：不再有 已拒收",
        ),
        ("en", Difference(("scope",), ["debt"], ["debtor"]),
         "counted together by: no longer debt; now also the borrower"),
        ("en", Difference(("scope",), ["debt", "debtor"], ["debtor", "debt"]),
         "counted together by: in another order"),
        (
            "en",
            Difference(("allow",), [], [{"from": "23:00", "to": "24:00"}]),
            "hours allowed: new, (from: 23:00; to: 24:00)",
        ),
    ],
)  # fmt: skip
def test_a_difference_is_one_line(lang: str, one: Difference, told: str) -> None:
    with translation.override(lang):
        assert law_figures.said(one) == told


@pytest.mark.parametrize("lang", ["zh-hant", "zh-hans"])
def test_nothing_in_a_shipped_pack_is_left_in_english(lang: str) -> None:
    shipped = every()
    assert shipped
    with translation.override(lang):
        said = {law_figures.said(Difference(path, None, value)) for path, value in shipped}
    bare = {word for line in said for word in re.findall(r"[a-z_]{2,}", line)}
    assert bare <= {"cn", "lpr"}, bare


def test_every_key_a_pack_says_has_its_word() -> None:
    assert {key for path, _value in every() for key in path} <= set(WORDS["law_key"])
