"""Everybody of staff: the own line of the roll, whom one stands in for, and saying when one is
away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from evenhand.lifecycle.staffing import pages
from evenhand.people import staff_roll, stand_ins
from evenhand.people.access import StaffRequest, page


@require_GET
@page("home")
def mine(request: StaffRequest) -> HttpResponse:
    """The own line."""
    return _mine(request)


@require_POST
@page("home")
def away(request: StaffRequest) -> HttpResponse:
    """Away from one day to another; a colleague stands in."""
    if error := pages.absent(request, request.member.staff):
        return _mine(request, error)
    messages.success(request, _("Written down."))
    return redirect("staff-me")


def _mine(request: StaffRequest, error: str = "") -> HttpResponse:
    by, today = request.member.staff, request.clock.today()
    found = staff_roll.entry(by)
    if found is None:
        raise Http404
    here = stand_ins.on_day(today)
    away = [one for one in here.entries.values() if one.is_away(today)]
    shown = {
        "entry": found,
        "lacks": found.lacks(today),
        "stands_in": here.entries.get(found.hand_over),
        "stands_in_for": [one.number for one in away if by in here.doers(one.staff, "home")],
        "errors": {"absent": error},
        "typed": request.POST,
    }
    return render(request, "staffing/mine.html", shown, status=400 if error else 200)
