"""One figure beside another: is ours looser than theirs, for whom both concern?

Each of these says why, or nothing; and whether ours is no tighter either, so that what excuses it,
or that it only warns, makes it looser after all. Figures that do not bear on each other are
neither.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import product
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np

from evenhand.core import words
from evenhand.core.gate_columns import DAY_MINUTES
from evenhand.law.clauses import COUNTED, hours_of
from evenhand.law.pages import shut

Says: TypeAlias = Mapping[str, Any]

A_DAY: Final = 86_400
CLOCKS: Final = 3_600
"""Seconds by which a day may be longer where clocks are put back."""
EVERYBODY: Final = frozenset({"lender_group"})
"""Words of a scope by which nothing is counted apart."""
AT_LEAST: Final = ("staff_below", "notice_hours_below", "days_late_below", "overdue_below")
"""Numbers a clause wants reached: a lower one is looser."""
AT_MOST: Final = ("days_late_from",)
"""Numbers from which on a clause refuses: a higher one is looser."""
ALL_OF: Final = ("approvals_missing", "recorded_missing")
"""What a clause wants all of."""


class Beside(NamedTuple):
    """Ours beside theirs."""

    looser: str = ""
    no_tighter: bool = False


APART: Final = Beside()
"""Neither bears on the other, or ours is tighter."""


def hours(mine: Says, other: Says) -> Beside:
    """By the minutes of each kind of day; what says of itself that it goes within the law leaves
    its hours to the law where those are shorter, and what excuses, where the law excuses less."""
    if mine.get("within_law"):
        return APART
    ours, theirs = shut(hours_of(mine)), shut(hours_of(other))
    if (~ours & theirs).any():
        return Beside(_open_against(~ours & theirs))
    excused = set(mine.get("unless", ())) - set(other.get("unless", ()))
    if excused:
        return Beside(f"excused by {', '.join(sorted(excused))}")
    return Beside(no_tighter=not (ours & ~theirs).any())


def most(mine: Says, other: Says) -> Beside:
    """At most so many: ours never bites where it counts no more than theirs and allows more than
    theirs adds up to over as long."""
    if not counts_no_more(mine, other, "count"):
        return APART
    allowed = other["max"] * _windows(mine["window"], other["window"])
    if mine["max"] > allowed:
        return Beside(f"{mine['max']}, the law {other['max']}{_over(mine, other)}")
    return Beside(no_tighter=mine["max"] == allowed)


def least(mine: Says, other: Says) -> Beside:
    """At least so many: ours is reached sooner where it counts no less than theirs."""
    longer = _windows(other["window"], mine["window"]) == 1
    if not (longer and counts_no_more(other, mine, "count")):
        return APART
    if mine["min"] < other["min"]:
        return Beside(f"{mine['min']}, the law {other['min']}")
    return Beside(no_tighter=mine["min"] == other["min"])


def gap(mine: Says, other: Says) -> Beside:
    """So many days after: ours begins no more often than theirs, and is shorter."""
    if not counts_no_more(mine, other, "after"):
        return APART
    if mine["days"] < other["days"]:
        return Beside(f"{mine['days']} days, the law {other['days']}")
    return Beside(no_tighter=mine["days"] == other["days"])


def counts_no_more(mine: Says, other: Says, key: str) -> bool:
    """Is all that ours counts counted by theirs, and nothing counted together that theirs counts
    apart? Counts of other channels are another matter."""
    ours, theirs = COUNTED[mine[key]], COUNTED[other[key]]
    return (
        set(ours.channels) == set(theirs.channels)
        and set(ours.outcomes) <= set(theirs.outcomes)
        and set(ours.directions) <= set(theirs.directions)
        and ours.but_consented >= theirs.but_consented
        and set(mine["scope"]) - EVERYBODY >= set(other["scope"]) - EVERYBODY
    )


def refused(mine: Says, other: Says) -> Beside:
    """Clause by clause."""
    found = [_clause(*pair) for pair in product(mine["refuse"], other["refuse"])]
    looser = next((each for each in found if each.looser), None)
    return looser or Beside(no_tighter=any(each.no_tighter for each in found))


def concern_the_same(mine: Says, other: Says) -> bool:
    """Is there an ask both concern?"""
    shared = (mine.keys() & other.keys()) - {"unless", *ALL_OF}
    lists = [key for key in shared if isinstance(mine[key], list)]
    return all(set(mine[key]) & set(other[key]) for key in lists)


def _clause(mine: Says, other: Says) -> Beside:
    if not concern_the_same(mine, other):
        return APART
    for key in mine.keys() & other.keys():
        ours, theirs = mine[key], other[key]
        lower = key in AT_LEAST and Decimal(ours) < Decimal(theirs)
        if lower or (key in AT_MOST and ours > theirs):
            return Beside(f"{key} {ours}, the law {theirs}")
        if key in ALL_OF and set(ours) < set(theirs):
            return Beside(f"{key} {', '.join(ours)}, the law {', '.join(theirs)}")
    if mine.keys() - {"unless"} != other.keys() - {"unless"}:
        return APART
    excused = set(mine.get("unless", ())) - set(other.get("unless", ()))
    if excused:
        return Beside(f"excused by {', '.join(sorted(excused))}")
    return Beside(no_tighter=True)


def stopped(mine: Says, other: Says) -> Beside:
    """A pause set off by the same; a limitation that comes later is looser."""
    if not set(mine["trigger"]) & set(other["trigger"]):
        return APART
    years = mine.get("years", 0), other.get("years", 0)
    return Beside(f"{years[0]} years, the law {years[1]}" if years[0] > years[1] else "", True)


def deadline(mine: Says, other: Says) -> Beside:
    """More days for the same."""
    if mine["event"] != other["event"]:
        return APART
    for key in ("answer_within_days", "complex_days", "special_days"):
        if key in other and mine.get(key, 0) > other[key]:
            return Beside(f"{key} {mine[key]}, the law {other[key]}")
    return APART


def kept(mine: Says, other: Says) -> Beside:
    """Kept for less than the least, or longer than the most."""
    if mine["what"] != other["what"]:
        return APART
    least, most = ("keep_years_min", "keep_years_max")
    shorter = least in mine and mine[least] < other.get(least, 0)
    longer = most in mine and most in other and mine[most] > other[most]
    key = least if shorter else most
    return Beside(f"{key} {mine[key]}, the law {other[key]}") if shorter or longer else APART


def cap(mine: Says, other: Says) -> Beside:
    """More for no more charges than theirs takes in."""
    whom = other.get("whom") in (None, mine.get("whom"))
    if not whom or not set(mine["includes"]) <= set(other["includes"]):
        return APART
    for key in ("annual_percent", "daily_percent", "of_principal_percent"):
        if key in mine and key in other and Decimal(mine[key]) > Decimal(other[key]):
            return Beside(f"{key} {mine[key]}, the law {other[key]}")
    return APART


def _open_against(open_here: Any) -> str:
    """The first hours of the week open in ours and not in theirs: "sun 08:00 to 21:00"."""
    kind, first = map(int, np.argwhere(open_here)[0])
    shuts = np.flatnonzero(~open_here[kind, first:])
    last = first + int(shuts[0]) if len(shuts) else DAY_MINUTES
    day = (*words.WEEKDAYS, "holidays", "days in no calendar")[kind]
    return f"{day} {first // 60:02}:{first % 60:02} to {last // 60:02}:{last % 60:02}, the law not"


def _windows(mine: Says, other: Says) -> int:
    """How many of their windows cover one of ours, wherever it lies."""
    if (mine["unit"] == "minutes") == (other["unit"] == "minutes"):
        return -(-int(mine["n"]) // int(other["n"]))
    if other["unit"] == "minutes":
        return -(-(int(mine["n"]) * A_DAY + CLOCKS) // (int(other["n"]) * 60))
    days = (int(mine["n"]) * 60 + CLOCKS) // A_DAY + 2
    return -(-days // int(other["n"]))


def _over(mine: Says, other: Says) -> str:
    same = mine["window"]["n"] == other["window"]["n"]
    unit = other["window"]["unit"]
    return "" if same else f" in {other['window']['n']} {unit.replace('_', ' ')}"


COMPARED: Final[Mapping[str, Callable[[Says, Says], Beside]]] = {
    "hours": hours,
    "frequency": most,
    "precondition": least,
    "consent": least,
    "gap": gap,
    "party": refused,
    "place": refused,
    "visit": refused,
    "preference": refused,
    "disclosure": refused,
    "pause": stopped,
    "limitation": stopped,
    "deadline": deadline,
    "retention": kept,
    "cap": cap,
}
"""By type of rule. What the others say adds up: the guard refuses what any of them bans."""
