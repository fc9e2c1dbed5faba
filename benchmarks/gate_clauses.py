"""The packs' clauses, one contact and one clause at a time: what the columns do, without columns.

The clauses are read from the packs as the gate's tables are, and asked in turn. For a working day.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from benchmarks.gate_plain import Contact, live
from evenhand.core import words
from evenhand.law.clauses import Clause

ANSWERS = ("no", "yes")
YUAN = 100


class Asked(NamedTuple):
    """A contact with its words by the packs' keys."""

    contact: Contact
    said: dict[str, Any]


class Held(NamedTuple):
    """A clause in force, and the place of its counter among the counts (-1: it counts nothing)."""

    clause: Clause
    counter: int


def asked(contact: Contact) -> Asked:
    """The contact with everything a clause may ask of it by name."""
    said: dict[str, Any] = {
        "channel": contact.channel,
        "mode": contact.mode,
        "to": contact.to,
        "purpose": contact.purpose,
        "by": contact.by,
        "address_source": contact.address_source,
        "discloses_debt": ANSWERS[contact.discloses_debt],
        "disclosed": ANSWERS[contact.disclosed],
        "names_institution": ANSWERS[contact.names_institution],
        "days_late_below": contact.days_late,
        "days_late_from": contact.days_late,
        "overdue_below": contact.overdue_minor,
        **dict.fromkeys(("entered", "invited", "told_to_leave"), "unknown"),
    }
    if contact.visit:
        said |= {
            "place": contact.visit.place,
            "staff_below": contact.visit.staff,
            "notice_hours_below": contact.visit.notice_minutes / 60,
            "badged": ANSWERS[contact.visit.badged],
            "authority_shown": ANSWERS[contact.visit.authority_shown],
            "recorded_missing": contact.visit.recorded,
            "approvals_missing": contact.visit.approvals,
        }
    return Asked(contact, said)


def judge(one: Asked, counts: Sequence[int], book: Sequence[Held]) -> set[str]:
    """Every rule with a clause that the contact offends, warnings among them."""
    wall = one.contact.at.astimezone(one.contact.zone)
    minute = wall.hour * 60 + wall.minute
    states = live(one.contact, minute)
    return {
        clause.rule
        for clause, counter in book
        if _concerns(clause, one.said)
        and states.isdisjoint(clause.unless)
        and _offended(clause, minute, wall.weekday(), counts[counter], states)
    }


def _concerns(clause: Clause, said: dict[str, Any]) -> bool:
    for key, wanted in clause.narrows.items():
        value = said[key]
        if key.endswith("_below"):
            holds = value < _number(key, wanted)
        elif key.endswith("_from"):
            holds = value >= wanted
        elif key.endswith("_missing"):
            holds = not value.issuperset(wanted)
        else:
            holds = value in wanted
        if not holds:
            return False
    return True


def _number(key: str, wanted: Any) -> int:
    return int(float(wanted) * YUAN) if key == "overdue_below" else int(wanted)


def _offended(clause: Clause, minute: int, weekday: int, count: int, states: set[str]) -> bool:
    if clause.hours:
        day = words.WEEKDAYS[weekday]
        return not any(
            day in days and opens <= minute < closes for days, opens, closes in clause.hours.allow
        )
    counted = (clause.most is not None and count >= clause.most) or (
        clause.least is not None and count < clause.least
    )
    if clause.triggers:
        return not states.isdisjoint(clause.triggers) and (clause.counter is None or counted)
    return counted or clause.counter is None
