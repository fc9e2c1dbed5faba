"""Staff: what we learnt of a borrower, recorded by one hand; everything that stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.ledger import states, streams
from evenhand.ledger.kinds_circumstance import ENDED_FOR, TOLD_BY
from evenhand.lifecycle import other_hand
from evenhand.lifecycle.circumstances import acts, ending_pages, typed
from evenhand.lifecycle.circumstances.circumstances import (
    Circumstance,
    circumstances_of,
    is_one,
    of_seq,
)
from evenhand.lifecycle.circumstances.ending_pages import LOOK
from evenhand.lifecycle.circumstances.kinds import rules
from evenhand.lifecycle.circumstances.typed import Typed
from evenhand.people import persons, staff
from evenhand.people.access import StaffRequest, in_clear, page
from evenhand.people.persons import Masked

MOST: Final = 30
"""Of one circumstance on the list, the oldest."""


class Line(NamedTuple):
    """A circumstance on a page: whose, who wrote it; its words where they are shown, and whether
    its end waits for another hand."""

    one: Circumstance
    who: Masked | None
    by: str = ""
    text: str = ""
    note: str = ""
    proposed: bool = False


class Group(NamedTuple):
    """What stands of one word: how many, and the oldest of them."""

    word: str
    many: int
    lines: list[Line]


@require_GET
@page("circumstances")
def listed(request: StaffRequest) -> HttpResponse:
    """Endings that wait for another hand, and what stands, by what it is."""
    waiting, decided = other_hand.apart(acts.MATTER.all())
    shown = ending_pages.DESK.may(request) | {
        "waiting": ending_pages.lines(request, waiting),
        "decided": ending_pages.lines(request, decided),
        "groups": _groups(request.clock.now()),
        "most": MOST,
        "may_record": staff.may_see(request.member.role, "circumstance_record"),
        "may_file": staff.may_see(request.member.role, "file"),
    }
    return render(request, "circumstances/listed.html", shown)


@require_http_methods(["GET", "POST"])
@page("circumstance_record")
@sensitive_post_parameters("text", "note")
@sensitive_variables("form")
def record(request: StaffRequest, borrower: int) -> HttpResponse:
    """What stands of a borrower, and the form; recorded it holds at once."""
    person = persons.masked([borrower]).get(borrower)
    if person is None or person.erased:
        raise Http404
    form, today = Typed(told_by=""), request.clock.today()
    if request.method == "POST":
        form = typed.read(request.POST, typed.loans_of(streams.stream(borrower)), today)
        if not form.errors:
            hand, at = request.member.hand, request.clock.now()
            acts.record(borrower, form.said(today), hand, at=at)
            messages.success(request, _("Recorded. What it stops has stopped."))
            return redirect("circumstance-record", borrower)
    return shown(request, person, form)


@sensitive_variables("form", "told", "sent")
def shown(
    request: StaffRequest, person: Masked, form: Typed, sent: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of a borrower; `sent` is the form of an ending that comes again."""
    borrower, at = person.person, request.clock.now()
    facts = streams.stream(borrower)
    found = circumstances_of(facts)
    told: dict[str, Any] = {
        "person": person,
        "standing": _read(request, person, [one for one in found if one.stands(at)]),
        "over": [one for one in reversed(found) if not one.stands(at)],
        "form": form,
        "sent": sent or {},
        "rules": rules(),
        "tellers": TOLD_BY,
        "loans": typed.loans_of(facts),
        "reasons": ENDED_FOR,
        "text_most": typed.TEXT_MOST,
        "note_most": typed.NOTE_MOST,
        "today": request.clock.today().isoformat(),
        "may_propose": staff.may_see(request.member.role, "ending_propose"),
        "may_file": staff.may_see(request.member.role, "file"),
    }
    wrong = bool(form.errors or sent)
    return render(request, "circumstances/record.html", told, status=400 if wrong else 200)


def one_of(borrower: int, seq: int) -> Circumstance:
    """The circumstance that began with that fact. Http404 where there is none."""
    found = of_seq(streams.stream(borrower), seq)
    if found is None:
        raise Http404
    return found


def _read(request: StaffRequest, who: Masked, found: Sequence[Circumstance]) -> list[Line]:
    """With their words in clear, which is a look, logged."""
    waiting = {one.said["began"] for one in acts.waiting(who.person)}
    numbers = ending_pages.numbers(found)
    return [
        Line(
            one,
            who,
            numbers.get(one.seq, ""),
            in_clear(request, who.person, one.text, LOOK),
            in_clear(request, who.person, one.note, LOOK),
            one.seq in waiting,
        )
        for one in found
    ]


def _groups(at: int) -> list[Group]:
    return [found for word in rules() if (found := _group(word, at)).many]


def _group(word: str, at: int) -> Group:
    """What stands of a word; of those a relief or a wish began, none."""
    places = [(borrower, seq) for borrower, seq, _loan, _at in states.everybody_in(word, at=at)]
    found = [Circumstance(fact, None) for fact in streams.facts_at(places) if is_one(fact)]
    found.sort(key=lambda one: one.fact.at)
    oldest = found[:MOST]
    names = persons.masked(sorted({one.fact.borrower for one in oldest}))
    return Group(word, len(found), [Line(one, names.get(one.fact.borrower)) for one in oldest])
