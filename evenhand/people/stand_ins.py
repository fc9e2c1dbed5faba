"""Who does whose work on a day: one's own, and that of whoever is not here.

Who is away has named a colleague. Where that one is not here either, or the role may not do the
act, and where somebody has left or may not work (training, badge), it falls to the supervisors of
the team, or to all of them where the team has none here; what no supervisor may do, to whoever may.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from evenhand.people import staff, staff_roll
from evenhand.people.staff_roll import Entry

SUPERVISOR = "supervisor"


class Whose(NamedTuple):
    """Whose work something is on a day, in employee numbers; `owner` is empty for nobody's."""

    owner: str
    is_here: bool
    is_mine: bool
    """Does the reader do it: as their own, or in the owner's place?"""
    instead: tuple[str, ...]
    """Who does it where the owner is not here."""


class Day(NamedTuple):
    """The roll as it stands on a day."""

    on: date
    entries: Mapping[int, Entry]

    def doers(self, owner: int, act: str, barred: Iterable[int] = ()) -> tuple[int, ...]:
        """The staff ids of who does the owner's `act` (of the matrix) on this day: the owner, or
        who stands in; none of the barred stands in."""
        found = self.entries.get(owner)
        why_not = found.lacks(self.on) if found else ""
        if found is None or not why_not:
            return (owner,) if found else ()
        out = {owner, *barred}
        chosen = self.entries.get(found.hand_over) if why_not == "away" else None
        if chosen and chosen.staff not in out and self._can(chosen, act):
            return (chosen.staff,)
        led = staff.may_see(SUPERVISOR, act)
        here = [
            one
            for one in self.entries.values()
            if (one.role == SUPERVISOR or not led) and one.staff not in out and self._can(one, act)
        ]
        own = [one for one in here if one.team == found.team]
        return tuple(one.staff for one in own or here)

    def whose(self, owner: int, act: str, reader: int, barred: Iterable[int] = ()) -> Whose:
        """The same as pages show it to a reader."""
        found, who = self.entries.get(owner), self.doers(owner, act, barred)
        if found is None:
            return Whose("", True, False, ())
        is_here = who == (owner,)
        numbers = () if is_here else tuple(self.entries[one].number for one in who)
        return Whose(found.number, is_here, reader in who, numbers)

    def _can(self, one: Entry, act: str) -> bool:
        return not one.lacks(self.on) and staff.may_see(one.role, act)


def on_day(on: date) -> Day:
    """The roll on a day, read once for a whole list."""
    return Day(on, {one.staff: one for one in staff_roll.roll()})
