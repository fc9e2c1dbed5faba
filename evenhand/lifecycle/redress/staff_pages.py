"""Complaints as staff see them: the queue with its clock, and one complaint with its words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from evenhand.ledger import streams
from evenhand.ledger.kinds_state import OUTCOMES
from evenhand.lifecycle.redress import acts, pages, steps, sums, typed
from evenhand.lifecycle.redress.complaints import Complaint, Round, complaint_of
from evenhand.outbound.contact import own_words
from evenhand.people import persons, staff, stand_ins
from evenhand.people.access import StaffRequest, in_clear, page
from evenhand.people.stand_ins import Whose

SOON: Final = 3
"""Days before the last one from which the clock is shown as running out."""
LOOK: Final = "complaint"
"""The purpose of the looks that reading the words makes."""
BY_HAND: Final = ("hotline", "counter")
"""How what staff write down has come in."""
NONE_TYPED: Final[Mapping[str, Any]] = {}


class Line(NamedTuple):
    """A line of the queue. `clock`: stop (overdue), warm (soon) or plain, as the badges are."""

    one: Complaint
    name: str
    clock: str
    left: int
    """Days until the last one; below zero where it is over."""
    whose: Whose


@require_GET
@page("complaints")
def queue(request: StaffRequest) -> HttpResponse:
    """Every complaint that waits for an answer, overdue first; none about the reader."""
    today, by, role = request.clock.today(), request.member.staff, request.member.role
    found = [one for one in steps.open_ones(request.clock.now()) if may_read(one, by, role)]
    names = persons.masked({one.borrower for one in found})
    here = stand_ins.on_day(today)
    lines = [
        Line(
            one,
            names[one.borrower].name,
            clock(one, today),
            (one.now.due_on - today).days,
            whose(one, here, by),
        )
        for one in found
    ]
    shown = {
        "lines": lines,
        "late": sum(line.left < 0 for line in lines),
        "today": today,
        "may_record": staff.may_see(role, "complaint_record"),
    }
    return render(request, "redress/queue.html", shown)


@require_GET
@page("complaints")
def file(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """One complaint with the person's own words; reading them is a look, logged."""
    found = complaint(request, borrower, seq)
    if not may_read(found, request.member.staff, request.member.role):
        raise PermissionDenied
    return shown(request, found)


def complaint(request: StaffRequest, borrower: int, seq: int) -> Complaint:
    """The complaint; one about the reader is not theirs to read."""
    try:
        found = complaint_of(streams.stream(borrower), seq)
    except LookupError:
        raise Http404 from None
    if found.about == request.member.staff:
        raise PermissionDenied
    return found


def may_read(one: Complaint, by: int, role: str) -> bool:
    """None about the reader; and what is about no sum is not for every role that answers sums."""
    return one.about != by and (one.is_dispute or staff.may_see(role, "conduct"))


@sensitive_variables("told", "sent")
def shown(
    request: StaffRequest, found: Complaint, sent: Mapping[str, Any] = NONE_TYPED
) -> HttpResponse:
    """The page of a complaint. `sent` is a form that comes again: its name in `form`, what was
    typed, and `errors` where it does not do."""
    hands = [found.about, *(round_.owner for round_ in found.rounds)]
    facts = streams.stream(found.borrower)
    told: dict[str, Any] = {
        "complaint": found,
        "promise": sums.promise_of(facts, found.loan),
        "sums": sums.shown(found, facts, request.clock.now()),
        "person": persons.masked([found.borrower]).get(found.borrower),
        "rounds": [_told(request, found.borrower, round_) for round_ in found.rounds],
        "added": [in_clear(request, found.borrower, said.text, LOOK) for said in found.added],
        "numbers": staff.numbers(hands),
        "whose": whose(found, stand_ins.on_day(request.clock.today()), request.member.staff),
        "clock": clock(found, request.clock.today()),
        "outcomes": OUTCOMES,
        "sent": sent,
        "under": own_words.statements(found.borrower, request.member.staff, at=request.clock.now()),
        "most": typed.TEXT_MAX,
    }
    told |= _may(request, found) | pages.outside()
    return render(request, "redress/file.html", told, status=400 if sent.get("errors") else 200)


def whose(one: Complaint, here: stand_ins.Day, reader: int) -> Whose:
    """Who answers for it, or does so in their place; never who may have no hand in it."""
    barred = [staff_id for staff_id in here.entries if one.bars(staff_id)]
    return here.whose(one.now.owner, one.right, reader, barred)


def clock(one: Complaint, today: date) -> str:
    """How the clock of a complaint is coloured."""
    left = (one.now.due_on - today).days
    if not one.is_open or left > SOON:
        return "plain"
    return "stop" if left < 0 else "warm"


def _may(request: StaffRequest, found: Complaint) -> dict[str, Any]:
    """What the reader may do with it now."""
    role, by, today = request.member.role, request.member.staff, request.clock.today()
    free = found.is_open and not found.bars(by)
    answers = free and staff.may_see(role, found.right)
    mine = answers and found.now.owner == by
    decides = free and found.decide_by is not None and today <= found.decide_by
    in_time = mine and not found.now.is_late(today)
    return {
        "may_take": answers and not mine,
        "may_act": mine,
        "reasons": acts.REASONS[len(found.now.extended) :][:1] if in_time else (),
        "may_allow": decides and staff.may_see(role, "complaint_allow"),
        "may_appeal": found.may_be_appealed and staff.may_see(role, "complaint_record"),
        "ways": BY_HAND,
        "may_file": staff.may_see(role, "file"),
        "may_parties": staff.may_see(role, "parties"),
        "may_state": staff.may_see(role, "statement"),
        "may_waive": staff.may_see(role, "waiver_propose"),
        "may_match": staff.may_see(role, "suspense"),
    }


def _told(request: StaffRequest, person: int, round_: Round) -> dict[str, Any]:
    """A round with its words in clear."""
    said = {"longer": round_.why_longer, "allowed": round_.allowed, "answer": round_.answered}
    words = {name: in_clear(request, person, one.text, LOOK) for name, one in said.items() if one}
    return {"round": round_, "text": in_clear(request, person, round_.text, LOOK), **words}
