"""What may not be kept back from a payout: the rules of the packs in force on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from evenhand.core.fees import AT_DISBURSAL, WHEN
from evenhand.law import loader
from evenhand.law.loader import Pack
from evenhand.law.schema import charge_of


class Whole(NamedTuple):
    """A rule by which a loan is paid out whole: `charges`, of schema.KEPT_BACK, may not be taken
    from it before."""

    rule: str
    charges: tuple[str, ...]
    cite: str


def wholes(packs: Sequence[str], on: date) -> list[Whole]:
    """Every such rule that binds on a day, in the order of the packs.

    >>> [(one.rule, one.cite) for one in wholes(["cn", "us"], date(2026, 1, 1))]
    [('cn.payout.whole', '民法典 art. 670')]
    """
    return wholes_of([loader.load(pack) for pack in packs], on)


def wholes_of(packs: Sequence[Pack], on: date) -> list[Whole]:
    """Every such rule of these packs that binds on a day."""
    said = [(rule, value) for pack in packs for rule in pack.rules if (value := rule.on(on))]
    return [
        Whole(rule.id, tuple(value.says["not_kept_back"]), value.refs[0].cite)
        for rule, value in said
        if rule.type == "payout"
    ]


def forbidden(packs: Sequence[str], terms: Mapping[str, Any], on: date) -> list[Whole]:
    """The rules by which a loan of these terms may not be made on a day: a fee of theirs would be
    taken from its payout. None where it may."""
    taken = {
        charge_of(fee["name"]) for fee in terms.get("fees", ()) if fee["when"] == WHEN[AT_DISBURSAL]
    }
    return [one for one in wholes(packs, on) if taken & {*one.charges}]
