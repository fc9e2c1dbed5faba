"""A complaint at the counter or on the telephone: staff find who it is and write down what is said.

Both hands stand in the fact: the member of staff who wrote it, and the borrower whose words they
are. The borrower hears of it on their own channels, so nobody complains unseen in another's name.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.ledger import loans, streams
from evenhand.ledger.kinds_state import GROUNDS, SAYS
from evenhand.lifecycle.redress import acts, pages, staff_pages, typed
from evenhand.lifecycle.redress.complaints import complaints_of
from evenhand.lifecycle.redress.staff_pages import BY_HAND
from evenhand.people import persons, staff
from evenhand.people.access import StaffRequest, page

LONGEST: Final = 17


@require_http_methods(["GET", "POST"])
@page("complaint_record")
@sensitive_post_parameters("value")
@sensitive_variables("wanted")
def find(request: StaffRequest) -> HttpResponse:
    """Whose complaint it is, by phone, identity number, loan or borrower; found is a look."""
    wanted, error, people = request.POST.get("value", "").strip(), "", []
    if request.method == "POST":
        found = _found(request, wanted) if wanted else []
        if len(found) == 1:
            return redirect("complaint-record", found[0])
        people = list(persons.masked(found).values())
        error = "" if people else _("Nobody is found by that.")
    told = {"people": people, "value": wanted, "error": error}
    return render(request, "redress/find.html", told, status=400 if error else 200)


@require_http_methods(["GET", "POST"])
@page("complaint_record")
@sensitive_post_parameters("text", "about")
def record(request: StaffRequest, borrower: int) -> HttpResponse:
    """Write down the complaint: collecting stops as it is sent."""
    person = persons.masked([borrower]).get(borrower)
    if person is None or person.erased:
        raise Http404
    facts = streams.stream(borrower)
    known = typed.loans_of(facts)
    said, via = typed.asked(request.GET, known), request.POST.get("via", "")
    if request.method == "POST":
        said = typed.read(request.POST, known)
        no_via = {} if via in BY_HAND else {"via": _("Choose how it came in.")}
        said = replace(said, errors={**said.errors, **no_via})
    if request.method == "POST" and not said.errors:
        hand, at = request.member.hand, request.clock.now()
        seq = acts.open_complaint(borrower, said.wanted(via), hand, at=at)
        return _after(request, borrower, seq)
    shown = {"person": person, "typed": said, "via": via, "ways": BY_HAND, "loans": known}
    shown |= {"grounds": GROUNDS, "says": SAYS, "most": typed.TEXT_MAX}
    shown |= pages.what_stops(request)
    if staff.may_see(request.member.role, "complaints"):
        by = request.member.staff
        shown["earlier"] = [one for one in complaints_of(facts)[::-1] if one.about != by]
    return render(request, "redress/record.html", shown, status=400 if said.errors else 200)


@require_POST
@page("complaint_record")
@sensitive_post_parameters("text")
@sensitive_variables("text", "errors")
def appeal(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """The borrower does not agree with the answer, and says so to us."""
    via, text = request.POST.get("via", ""), request.POST.get("text", "").strip()
    found, errors = staff_pages.complaint(request, borrower, seq), typed.words_error(text)
    errors |= {} if via in BY_HAND else {"via": _("Choose how it came in.")}
    if errors:
        sent = {"form": "appeal", "text": text, "via": via, "errors": errors}
        return staff_pages.shown(request, found, sent)
    if found.may_be_appealed:
        hand, at = request.member.hand, request.clock.now()
        acts.appeal(borrower, seq, text, via, hand, at=at)
    return redirect("complaint-file", borrower, seq)


def _after(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """To the complaint, or for who may not see those to the borrower's file."""
    messages.success(request, _("Written down. Collecting has stopped, and the borrower is told."))
    if staff.may_see(request.member.role, "complaints"):
        return redirect("complaint-file", borrower, seq)
    return redirect("file", borrower)


def _found(request: StaffRequest, wanted: str) -> list[int]:
    by, at = request.member.staff, request.clock.now()
    found = set(persons.look_up(wanted, by=by, at=at))
    if wanted.isdecimal() and len(wanted) <= LONGEST:
        owner = loans.borrower_of(int(wanted))
        found |= {owner} if owner else set(persons.masked([int(wanted)]))
    return sorted(found)
