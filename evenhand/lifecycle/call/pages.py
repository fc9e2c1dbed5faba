"""The collector's day as a page, and one person's calls: begin one, say what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import columns, hands, house, streams
from evenhand.ledger.callers import last_callers
from evenhand.ledger.calls import HALF_AN_HOUR, Call, Promise, calls, open_call, promises
from evenhand.ledger.contact_story import Refusal, by_rule
from evenhand.ledger.facts import Fact
from evenhand.ledger.loans import BEGINS
from evenhand.lifecycle.call import acts, queries, typed, wanted
from evenhand.lifecycle.call.acts import CAME_OF_IT, Refused
from evenhand.lifecycle.call.typed import Typed
from evenhand.lifecycle.call.wanted import Todo
from evenhand.outbound.contact.calls import NotBegun, Verdict, verdicts
from evenhand.people import look, persons, staff, stand_ins
from evenhand.people.access import StaffRequest, in_clear, page
from evenhand.people.stand_ins import Whose
from evenhand.web import rules

SHOWN: Final = 25
"""People on a page of the list."""
CALLS_SHOWN: Final = 5
"""Calls of a person whose notes are read."""
LIMIT: Final = 100


class Line(NamedTuple):
    """A line of the list: whom, why, what the law says now, what was said and promised last."""

    todo: Todo
    person: persons.Masked | None
    verdict: Verdict
    refusals: list[Refusal]
    last: Call | None
    promise: Promise | None
    promised: str
    early: bool
    whose: Whose


class Unfinished(NamedTuple):
    """A call nobody has said the outcome of; `late` after half an hour."""

    borrower: int
    name: str
    at: int
    number: str
    late: bool


@require_GET
@page("day")
def day(request: StaffRequest) -> HttpResponse:
    """Calls without an outcome first, then everybody to call today, as the gate sees it now: the
    reader's own first, and those of whoever the reader stands in for."""
    at = request.clock.now()
    everybody = wanted.today(at)
    whose = _whose([one.borrower for one in everybody], request.member.staff, at)
    everybody.sort(key=lambda one: not whose[one.borrower].is_mine)
    shown = Paginator(everybody, SHOWN).get_page(request.GET.get("page"))
    for_others = {one.owner for one in whose.values() if one.is_mine and not one.is_here}
    context = {
        "unfinished": _unfinished(at),
        "lines": _lines(list(shown.object_list), at, whose),
        "stands_in_for": sorted(for_others),
        "page": shown,
        "count": len(everybody),
        "at": at,
        "may_call": staff.may_see(request.member.role, "call"),
    }
    return render(request, "call/day.html", context)


@require_GET
@page("call")
def call(request: StaffRequest, borrower: int) -> HttpResponse:
    """One person: why today, what the law says, what was said; a running call has its number."""
    return _shown(request, borrower)


@require_POST
@page("call")
def begin(request: StaffRequest, borrower: int) -> HttpResponse:
    """Begin a call: judged now. Only what was written down as leaving shows its number."""
    _require(borrower)
    at = request.clock.now()
    if not staff.may_work(request.member.staff, house.day_of(at)):
        return _shown(request, borrower, refused=_("The staff roll does not let you call today."))
    try:
        begun = acts.begin(borrower, request.member, at=at)
    except Refused as refused:
        return _shown(request, borrower, refused=_why(refused.args[0]))
    except persons.Erased:
        raise Http404 from None
    if isinstance(begun, NotBegun):
        return _shown(request, borrower, refused=_("The law or the house does not allow it now."))
    return redirect("call", borrower)


@require_POST
@page("call")
@sensitive_post_parameters("note")
@sensitive_variables("form", "result")
def finish(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """Say what came of the call that left by fact `seq`: whoever made it, after half an hour
    anybody who may call."""
    facts, at = _require(borrower), request.clock.now()
    running = open_call(facts)
    if running and running.by != request.member.staff and not running.unfinished(at):
        raise PermissionDenied
    form = typed.read(request.POST, _currencies(facts), at)
    if form.result is None:
        return _shown(request, borrower, form=form)
    by = request.member.staff
    try:
        written = acts.finish(borrower, seq, by, form.result, at=at)
    except LookupError:
        raise Http404 from None
    messages.success(request, _("Written down.") if written else _("It was written down already."))
    return redirect("day")


def _unfinished(at: int) -> list[Unfinished]:
    found = columns.rows(queries.ON_THEIR_WAY, {"limit": LIMIT})
    names = persons.masked({borrower for borrower, _leaving, _at in found})
    left = streams.facts_at((borrower, leaving) for borrower, leaving, _at in found)
    by = {fact.borrower: hands.staff_of(fact.hand) for fact in left}
    numbers = staff.numbers(sorted(set(by.values())))
    return [
        Unfinished(
            borrower,
            names[borrower].name if borrower in names else "",
            since,
            numbers.get(by[borrower], ""),
            at >= since + HALF_AN_HOUR,
        )
        for borrower, _leaving, since in found
    ]


def _whose(borrowers: Sequence[int], reader: int, at: int) -> dict[int, Whose]:
    """Whose work each is: whoever called them last, else nobody's yet."""
    callers, here = last_callers(borrowers), stand_ins.on_day(house.day_of(at))
    return {one: here.whose(callers.get(one, 0), "call", reader) for one in borrowers}


def _lines(todos: Sequence[Todo], at: int, whose: Mapping[int, Whose]) -> list[Line]:
    by_borrower = sorted(todos)
    borrowers = [one.borrower for one in by_borrower]
    judged = verdicts([acts.planned(one) for one in by_borrower], at, rules.tag())
    verdict = dict(zip(borrowers, judged, strict=True))
    people = persons.masked(borrowers)
    facts: dict[int, list[Fact]] = {borrower: [] for borrower in borrowers}
    for fact in streams.streams(borrowers) if borrowers else ():
        facts[fact.borrower].append(fact)
    return [
        _line(
            one,
            people.get(one.borrower),
            verdict[one.borrower],
            facts[one.borrower],
            at,
            whose[one.borrower],
        )
        for one in todos
    ]


def _line(
    todo: Todo,
    person: persons.Masked | None,
    verdict: Verdict,
    facts: Sequence[Fact],
    at: int,
    whose: Whose,
) -> Line:
    said, promised = calls(facts), promises(facts)
    last = promised[-1] if promised else None
    state = last.state(house.day_of(at)) if last else ""
    refusals = by_rule((cite.rule, cite.cite) for cite in verdict.cites)
    call = said[-1] if said else None
    return Line(todo, person, verdict, refusals, call, last, state, todo.early(at), whose)


@sensitive_variables("shown", "number", "name")
def _shown(
    request: StaffRequest, borrower: int, *, form: Typed | None = None, refused: str = ""
) -> HttpResponse:
    facts, at = _require(borrower), request.clock.now()
    running = open_call(facts)
    todo = wanted.todo(borrower, facts, at)
    whose = _whose([borrower], request.member.staff, at)
    shown: dict[str, Any] = {
        "borrower": borrower,
        "person": persons.masked([borrower]).get(borrower),
        "line": _lines([todo], at, whose)[0] if todo else None,
        "running": running,
        "mine": running and running.by == request.member.staff,
        "late": running and running.unfinished(at),
        "refused": refused,
        "form": form or Typed(),
        "outcomes": CAME_OF_IT,
        "loans": _currencies(facts),
        "promises": [(one, one.state(house.day_of(at))) for one in promises(facts)[::-1]],
        "numbers": staff.numbers([one.by for one in calls(facts)]),
        "most": typed.NOTE_MAX,
    }
    if running and shown["mine"] and not shown["late"]:
        shown |= _dialled(request, running)
    shown["said"] = [
        (one, in_clear(request, borrower, one.note, look.CALL))
        for one in [call for call in calls(facts) if call.outcome][::-1][:CALLS_SHOWN]
    ]
    bad = bool(refused) or (form is not None)
    return render(request, "call/call.html", shown, status=400 if bad else 200)


def _dialled(request: StaffRequest, running: Call) -> dict[str, Any]:
    """Name and number of the call I have begun, and its script: each is a look, logged."""
    who, at = running.borrower, request.clock.now()
    by, purpose = request.member.staff, look.CALL
    try:
        return {
            "name": persons.reveal(who, "name", purpose=purpose, by=by, at=at),
            "number": persons.reveal_point(who, running.address, purpose=purpose, by=by, at=at),
            "script": in_clear(request, who, running.script, look.CALL).split("\n"),
        }
    except persons.Erased:
        return {}


def _require(borrower: int) -> list[Fact]:
    facts = streams.stream(borrower)
    if not facts:
        raise Http404
    return facts


def _currencies(facts: Sequence[Fact]) -> dict[int, str]:
    """The loans of a person that may be promised for, each with its currency."""
    return {fact.loan: str(fact.body["currency"]) for fact in facts if fact.kind in BEGINS}


def _why(code: str) -> str:
    return {
        "nothing": _("There is nothing to call about today."),
        "running": _("A call to this person is running, or nobody has said what came of it."),
        "early": _("The person asked to be called later: nobody calls before."),
        "no_phone": _("No number is known."),
        "words": _("No words for a call are approved: compliance does that first."),
        "hidden": _("The person keeps the number out of sight: nobody calls it."),
    }[code]
