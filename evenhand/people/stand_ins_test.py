"""Who does whose work: told as days of a small house."""

from datetime import date
from typing import Any

import pytest

from evenhand.people import stand_ins
from evenhand.people.staff_roll import Entry
from evenhand.people.stand_ins import Day

MONDAY, FRIDAY, AFTER = date(2026, 4, 13), date(2026, 4, 17), date(2026, 4, 18)
LIN, XU, WU, LI, SUN = 1, 2, 3, 4, 5
ACT = "call"


def member(staff: int, role: str, team: str = "north", **more: Any) -> Entry:
    said: dict[str, Any] = {"trained_on": date(2026, 1, 1), "badge_until": None, "left_on": None}
    said |= {"badge": "", "away_from": None, "away_until": None, "hand_over": 0}
    said |= {"name": f"n{staff}", "number": f"E{staff}", "is_active": True, **more}
    return Entry(staff=staff, role=role, team=team, **said)


def away(to: int) -> dict[str, Any]:
    return {"away_from": MONDAY, "away_until": FRIDAY, "hand_over": to}


def house(on: date = MONDAY, **changed: dict[str, Any]) -> Day:
    people = {
        "lin": (LIN, "collector", "north"),
        "xu": (XU, "collector", "north"),
        "wu": (WU, "supervisor", "north"),
        "li": (LI, "supervisor", "south"),
        "sun": (SUN, "auditor", "north"),
    }
    found = [member(*said, **changed.get(name, {})) for name, said in people.items()]
    return Day(on, {one.staff: one for one in found})


GONE = {"left_on": MONDAY, "is_active": False}
CASES: dict[str, tuple[Day, tuple[int, ...]]] = {
    "who is here does the own work": (house(), (LIN,)),
    "who is away has named a colleague": (house(lin=away(XU)), (XU,)),
    "and is back the day after": (house(AFTER, lin=away(XU)), (LIN,)),
    "both away: the team's supervisor": (house(lin=away(XU), xu=away(LIN)), (WU,)),
    "the stand-in may not do it: the supervisor": (house(lin=away(SUN)), (WU,)),
    "no training, no badge in force: the same": (
        house(lin=away(XU), xu={"trained_on": None}),
        (WU,),
    ),
    "gone for good: the supervisor": (house(lin=GONE | away(XU)), (WU,)),
    "the team's supervisor is away, too": (house(lin=away(XU), xu=GONE, wu=away(LI)), (LI,)),
    "nobody is here": (house(lin=away(XU), xu=GONE, wu=GONE, li=GONE), ()),
    "a supervisor's own work: another one": (house(wu=GONE, lin=away(WU)), (LI,)),
}


@pytest.mark.parametrize("told", CASES)
def test_who_does_lins_work(told: str) -> None:
    day, expected = CASES[told]
    assert day.doers(LIN, ACT) == expected


def test_whom_it_is_about_stands_in_for_nobody() -> None:
    day = house(lin=away(XU))
    assert day.doers(LIN, ACT, barred=(XU,)) == (WU,)
    assert day.doers(LIN, ACT, barred=(XU, WU)) == (LI,)


def test_nobodys_work_is_nobodys() -> None:
    assert house().doers(0, ACT) == () and house().whose(0, ACT, LIN).owner == ""


def test_as_pages_show_it() -> None:
    assert house().whose(LIN, ACT, LIN) == ("E1", True, True, ())
    assert house().whose(LIN, ACT, XU) == ("E1", True, False, ())
    assert house(lin=away(XU)).whose(LIN, ACT, XU) == ("E1", False, True, ("E2",))
    assert house(lin=away(XU)).whose(LIN, ACT, LIN) == ("E1", False, False, ("E2",))


@pytest.mark.django_db
def test_the_roll_is_read_once_for_a_day() -> None:
    assert stand_ins.on_day(MONDAY) == Day(MONDAY, {})
