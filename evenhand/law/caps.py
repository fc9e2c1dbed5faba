"""What a loan may cost at most: the caps of the packs in force on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from evenhand.law import loader
from evenhand.law.loader import Pack, Value

WAYS: Final = ("annual_percent", "daily_percent", "of_principal_percent")
"""A share a year, a day, or of the principal in all."""
FORMULA: Final = "annual_formula"
MULTIPLE: Final = "multiple_of"
RATE: Final = "rate"
"""A cap that is so many times a rate, and the type of the rules that keep a rate's values."""
PERCENT_PPM: Final = 10_000


class Cap(NamedTuple):
    """A cap of a rule. `way` is one of WAYS, or FORMULA where the rule names one and no figure:
    `most_ppm`, parts per million, is 0 then. `includes` are the charges that count. So many times
    a rate is as much a year as the rate comes to on the day, which `cite` then names; where the
    rate has no value on it, a formula. `whom` is the class of people it is for alone, of
    schema.WHOM; empty for everybody."""

    rule: str
    way: str
    most_ppm: int
    includes: tuple[str, ...]
    cite: str
    whom: str = ""


def caps(packs: Sequence[str], on: date) -> list[Cap]:
    """Every cap that binds on a day, in the order of the packs.

    >>> [(cap.rule, cap.way, cap.most_ppm) for cap in caps(["id"], date(2026, 1, 1))]
    [('id.cap', 'daily_percent', 1000), ('id.cap', 'of_principal_percent', 1000000)]
    """
    return caps_of([loader.load(pack) for pack in packs], on)


def caps_of(packs: Sequence[Pack], on: date) -> list[Cap]:
    """Every cap of these packs that binds on a day."""
    said = [(rule, value) for pack in packs for rule in pack.rules if (value := rule.on(on))]
    rates = {rule.id: value for rule, value in said if rule.type == RATE}
    binding = [(rule.id, value) for rule, value in said if rule.type == "cap"]
    return [cap for rule, value in binding for cap in _of(rule, value, rates)]


def caps_within(packs: Sequence[str], since: date, until: date) -> list[Cap]:
    """Every cap that binds on any day from one to before another, as far as the packs know today: a
    cap that falls in between, or a rate it follows, is there with each of its figures."""
    return caps_of_days([loader.load(pack) for pack in packs], since, until)


def caps_of_days(packs: Sequence[Pack], since: date, until: date) -> list[Cap]:
    """Every cap of these packs that binds on any day from one to before another."""
    rules = [rule for pack in packs for rule in pack.rules if rule.type in ("cap", RATE)]
    changes = {value.since for rule in rules for value in rule.binding}
    days = sorted({since, *(day for day in changes if since < day < until)})
    return list(dict.fromkeys(cap for day in days for cap in caps_of(packs, day)))


def _of(rule: str, value: Value, rates: Mapping[str, Value]) -> list[Cap]:
    says, cite = value.says, value.refs[0].cite
    bare = Cap(rule, FORMULA, 0, tuple(says["includes"]), cite, says.get("whom", ""))
    found = [bare._replace(way=way, most_ppm=_ppm(says[way])) for way in WAYS if way in says]
    if FORMULA in says:
        found.append(bare)
    if MULTIPLE in says:
        times, rate = says[MULTIPLE]["times"], rates.get(says[MULTIPLE]["rate"])
        found.append(_times(bare, times, rate))
    return found


def _times(cap: Cap, times: str, rate: Value | None) -> Cap:
    if rate is None:
        return cap
    percent = rate.says["annual_percent"]
    cite = f"{cap.cite}; {rate.refs[0].cite} {rate.since.isoformat()}: {percent} % × {times}"
    most = int(Decimal(times) * Decimal(percent) * PERCENT_PPM)
    return cap._replace(way=WAYS[0], most_ppm=most, cite=cite)


def _ppm(percent: str) -> int:
    return int(Decimal(percent) * PERCENT_PPM)
