"""The house may only tighten: its own figures beside a law's, rule by rule of the same sort."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

from evenhand.law.loader import Pack, Rule, Value
from evenhand.law.looser import COMPARED, concern_the_same
from evenhand.law.schema import EFFECTS, PackError

FOREVER = date.max


def refuse_looser(house: Pack, law: Pack) -> None:
    """PackError naming the two rules where the house's figure is looser than the law's."""
    if house.name == law.name:
        return
    for ours in house.rules:
        for theirs in law.rules:
            for mine, other in _meeting(ours, theirs):
                reason = _looser(ours, theirs, mine.says, other.says)
                if reason:
                    raise PackError(f"{ours.id} is looser than {theirs.id}: {reason}")


def _meeting(ours: Rule, theirs: Rule) -> Iterator[tuple[Value, Value]]:
    """The values of two rules of one type that are in force on some same day."""
    if ours.type != theirs.type:
        return
    for mine, mine_until in _spans(ours):
        for other, other_until in _spans(theirs):
            if mine.since < other_until and other.since < mine_until:
                yield mine, other


def _spans(rule: Rule) -> Iterator[tuple[Value, date]]:
    untils = [*(value.since for value in rule.binding[1:]), FOREVER][: len(rule.binding)]
    for value, until in zip(rule.binding, untils, strict=True):
        if not value.ends:
            yield value, until


def _looser(ours: Rule, theirs: Rule, mine: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Why the first is looser than the second, or nothing."""
    pairs = product(_concerned(mine), _concerned(other))
    if ours.type not in COMPARED or not any(concern_the_same(*pair) for pair in pairs):
        return ""
    beside = COMPARED[ours.type](mine, other)
    if beside.looser or not beside.no_tighter:
        return beside.looser
    excused = set(mine.get("unless", ())) - set(other.get("unless", ()))
    if excused:
        return f"excused by {', '.join(sorted(excused))}"
    weaker = EFFECTS.index(ours.effect) > EFFECTS.index(theirs.effect)
    return f"it would {ours.effect}, the law {theirs.effect}" if weaker else ""


def _concerned(says: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Whom a value concerns: any of these."""
    on = says.get("on", {})
    return on if isinstance(on, list) else [on]
