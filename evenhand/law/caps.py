"""What a loan may cost at most: the caps of the packs in force on a day."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from evenhand.law import loader
from evenhand.law.loader import Value

WAYS: Final = ("annual_percent", "daily_percent", "of_principal_percent")
"""A share a year, a day, or of the principal in all."""
FORMULA: Final = "annual_formula"
PERCENT_PPM: Final = 10_000


class Cap(NamedTuple):
    """A cap of a rule. `way` is one of WAYS, or FORMULA where the rule names one and no figure:
    `most_ppm`, parts per million, is 0 then. `includes` are the charges that count."""

    rule: str
    way: str
    most_ppm: int
    includes: tuple[str, ...]
    cite: str


def caps(packs: Sequence[str], on: date) -> list[Cap]:
    """Every cap that binds on a day, in the order of the packs.

    >>> [(cap.rule, cap.way, cap.most_ppm) for cap in caps(["id"], date(2026, 1, 1))]
    [('id.cap', 'daily_percent', 1000), ('id.cap', 'of_principal_percent', 1000000)]
    """
    rules = [rule for pack in packs for rule in loader.load(pack).rules if rule.type == "cap"]
    said = [(rule.id, value) for rule in rules if (value := rule.on(on))]
    return [cap for rule, value in said for cap in _of(rule, value)]


def _of(rule: str, value: Value) -> list[Cap]:
    says, cite = value.says, value.refs[0].cite
    return [
        Cap(rule, way, _ppm(says[way]) if way in WAYS else 0, tuple(says["includes"]), cite)
        for way in (*WAYS, FORMULA)
        if way in says
    ]


def _ppm(percent: str) -> int:
    return int(Decimal(percent) * PERCENT_PPM)
