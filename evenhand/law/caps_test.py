"""Caps are read as the packs say them; so many times a rate follows the rate from day to day."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from evenhand.law import loader
from evenhand.law.caps import Cap, caps, caps_of, caps_of_days, caps_within
from evenhand.law.loader import Pack
from evenhand.law.schema import PackError

PACK = """
schema = "lawpack/1"
pack = "zz"
name = { zh-Hant = "a", zh-Hans = "b", en = "c" }
jurisdiction = "ZZ"
zone = "Asia/Shanghai"
reviewed_on = "2026-01-01"
review_again_on = "2027-01-01"
[instrument.act]
title = "Act"
short = "Act 1"
kind = "statute"
force = "hard"
from = "2000-01-01"
url = "https://example.org/"
read_on = "2026-01-01"
"""
RULE = """
[[rule]]
id = "zz.{name}"
type = "{type}"
effect = "inform"
law_effect = "forbids"
title = {{ zh-Hant = "a", zh-Hans = "b", en = "c" }}
says = {{ zh-Hant = "a", zh-Hans = "b", en = "c" }}
"""
VALUE = """
[[rule.value]]
from = "{day}"
ref = [{{ instrument = "act", article = "2", read = "seen" }}]
"""
TIMES = 'multiple_of = {{ times = "{times}", rate = "{rate}" }}\nincludes = ["interest"]\n'


def pack(times: str = "4", rate: str = "zz.rate") -> Pack:
    text = RULE.format(name="rate", type="rate")
    for day, percent in {"2020-01-01": "3.85", "2025-05-20": "3.0"}.items():
        text += VALUE.format(day=day) + f'annual_percent = "{percent}"\n'
    text += RULE.format(name="cap", type="cap") + VALUE.format(day="2001-01-01")
    return loader.parse(
        {"pack.toml": PACK, "rules.toml": text + TIMES.format(times=times, rate=rate)}, "here"
    )


SAID = {
    "before the change": ("4", date(2025, 5, 19), Decimal("15.4")),
    "on its day": ("4", date(2025, 5, 20), Decimal(12)),
    "another multiple": ("1.5", date(2021, 1, 1), Decimal("5.775")),
}


@pytest.mark.parametrize("name", SAID)
def test_so_many_times_a_rate_is_as_much_as_the_rate_of_the_day(name: str) -> None:
    times, on, percent = SAID[name]
    (cap,) = caps_of([pack(times)], on)
    assert (cap.way, cap.most_ppm) == ("annual_percent", int(percent * 10_000))
    assert cap.cite.startswith("Act 1 2; Act 1 2 20") and cap.cite.endswith(f"% × {times}")


def test_a_rate_that_falls_within_the_year_is_there_with_both_its_figures() -> None:
    def most(since: date, until: date) -> list[int]:
        return [cap.most_ppm for cap in caps_of_days([pack()], since, until)]

    falls = date(2025, 5, 20)
    assert most(date(2024, 6, 1), falls) == [154_000]
    assert most(date(2024, 6, 1), date(2025, 5, 21)) == [154_000, 120_000]
    assert most(falls, date(2026, 5, 20)) == [120_000]
    assert most(date(2019, 12, 1), date(2020, 2, 1)) == [0, 154_000], "no rate is known at first"


def test_of_what_ships_nothing_falls_this_year() -> None:
    day = date(2026, 1, 1)
    assert caps_within(["cn", "id"], day, date(2026, 12, 31)) == caps(["cn", "id"], day)


@pytest.mark.parametrize(
    ("on", "rate"), [(date(2019, 12, 31), "zz.rate"), (date(2026, 1, 1), "zz.x")]
)
def test_of_a_rate_nobody_knows_nothing_is_within(on: date, rate: str) -> None:
    assert caps_of([pack(rate=rate)], on) == [
        Cap("zz.cap", "annual_formula", 0, ("interest",), "Act 1 2")
    ]


def test_mainland_china_today_and_what_is_announced_binds_nobody() -> None:
    found = caps(["cn"], date(2026, 11, 25))
    assert [(cap.rule, cap.most_ppm) for cap in found] == [("cn.cap.small", 240_000)]
    assert caps(["cn"], date(2028, 1, 1)) == found


def _says(kind: str) -> list[Any]:
    packs = [loader.load(name) for name in loader.names()]
    return [(r, v.says) for p in packs for r in p.rules if r.type == kind for v in r.values]


def test_every_cap_by_a_rate_names_one_that_ships() -> None:
    known = {rule.id for rule, _value in _says("rate")}
    named = {says["multiple_of"]["rate"] for _rule, says in _says("cap") if "multiple_of" in says}
    assert named and named <= known


def _classed(more: str, states: str = "who_writes") -> Pack:
    text = RULE.format(name="cap", type="cap") + VALUE.format(day="2001-01-01")
    text += 'annual_percent = "36"\nincludes = ["interest"]\n' + more
    text += RULE.format(name="content", type="content") + VALUE.format(day="2001-01-01")
    text += f'ban = ["violence"]\nstates = ["{states}"]\n'
    return loader.parse({"pack.toml": PACK, "rules.toml": text}, "here")


def test_a_cap_says_for_whom_it_is() -> None:
    (cap,) = caps_of([_classed('whom = "servicemember"\n')], date(2026, 1, 1))
    assert (cap.whom, cap.most_ppm) == ("servicemember", 360_000)
    (cap,) = caps_of([_classed("")], date(2026, 1, 1))
    assert cap.whom == ""


@pytest.mark.parametrize("more", ['whom = "tall"\n', 'whom = ["servicemember"]\n', 'who = "x"\n'])
def test_an_unknown_class_of_people_does_not_load(more: str) -> None:
    with pytest.raises(PackError, match="rule zz"):
        _classed(more)


def test_an_unknown_statement_does_not_load() -> None:
    with pytest.raises(PackError, match="unknown word 'poem'"):
        _classed("", states="poem")
