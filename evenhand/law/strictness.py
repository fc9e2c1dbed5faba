"""The house may only tighten: its own figures beside a law's, rule by rule of the same sort."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

from evenhand.law.clauses import hours_of
from evenhand.law.loader import Pack, Rule, Value
from evenhand.law.pages import shut
from evenhand.law.schema import PackError

FOREVER = date.max
AT_LEAST = ("staff_below", "notice_hours_below")
"""Numbers a clause wants reached: a lower one is looser."""


def refuse_looser(house: Pack, law: Pack) -> None:
    """PackError naming the two rules where the house's figure is looser than the law's."""
    if house.name == law.name:
        return
    for ours in house.rules:
        for theirs in law.rules:
            for mine, other in _meeting(ours, theirs):
                reason = _looser(ours.type, mine.says, other.says)
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


def _looser(kind: str, mine: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Why the first is looser than the second, or nothing."""
    pairs = product(_concerned(mine), _concerned(other))
    if not any(_concern_the_same(ours, theirs) for ours, theirs in pairs):
        return ""
    if kind == "hours":
        return _looser_hours(mine, other)
    if kind in ("frequency", "precondition", "consent"):
        return _looser_count(mine, other)
    if kind == "gap":
        return _looser_gap(mine, other)
    if "refuse" in other:
        return _looser_clauses(mine, other)
    return ""


def _concerned(says: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Whom a value concerns: any of these."""
    on = says.get("on", {})
    return on if isinstance(on, list) else [on]


def _concern_the_same(mine: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Is there an ask both concern?"""
    shared = mine.keys() & other.keys()
    lists = [key for key in shared if isinstance(mine[key], list)]
    return all(set(mine[key]) & set(other[key]) for key in lists)


def _looser_hours(mine: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    opened = ~shut(hours_of(mine)) & shut(hours_of(other))
    if opened.any():
        return "hours the law forbids"
    excused = set(mine.get("unless", ())) - set(other.get("unless", ()))
    return f"excused by {', '.join(sorted(excused))}" if excused else ""


def _looser_count(mine: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    same = all(mine[key] == other[key] for key in ("count", "window"))
    if not same or set(mine["scope"]) != set(other["scope"]):
        return ""
    if "max" in mine:
        return f"{mine['max']}, the law {other['max']}" if mine["max"] > other["max"] else ""
    return f"{mine['min']}, the law {other['min']}" if mine["min"] < other["min"] else ""


def _looser_gap(mine: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    if mine["after"] != other["after"] or set(mine["scope"]) != set(other["scope"]):
        return ""
    days = mine["days"], other["days"]
    return f"{days[0]} days, the law {days[1]}" if days[0] < days[1] else ""


def _looser_clauses(mine: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    for ours in mine["refuse"]:
        for theirs in other["refuse"]:
            for key in AT_LEAST:
                if key in ours and key in theirs and ours[key] < theirs[key]:
                    return f"{key} {ours[key]}, the law {theirs[key]}"
    return ""
