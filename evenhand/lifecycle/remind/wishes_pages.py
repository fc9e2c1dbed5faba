"""Wishes: how and when the borrower wants to be reached, one tap each, in force at once."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.core.words import WEEKDAYS
from evenhand.lifecycle.remind import wishing
from evenhand.lifecycle.remind.wishing import EARLIEST, LATEST, ONE_TAP, Wish
from evenhand.people import borrowers
from evenhand.people.borrowers import BorrowerRequest
from evenhand.web.words import word

HOURS: Final = {"not_before": EARLIEST, "not_after": LATEST}


class Line(NamedTuple):
    """A wish that stands, as a sentence; `seq` names it."""

    seq: int
    since: int
    says: str


@borrowers.page
@require_http_methods(["GET", "POST"])
def wishes(request: BorrowerRequest) -> HttpResponse:
    """What stands, and everything that may be wished; a POST wishes one thing."""
    if request.method != "POST":
        return _shown(request)
    sort, at = request.POST.get("sort", ""), request.clock.now()
    hour, weekdays = request.POST.get("hour", ""), request.POST.getlist("weekday")
    if sort in ONE_TAP:
        wishing.wish(request.person, sort, at=at)
    elif sort in HOURS and hour.isdecimal() and int(hour) in HOURS[sort]:
        wishing.wish(request.person, sort, at=at, hour=int(hour))
    elif sort == "not_on" and weekdays and set(weekdays) <= set(WEEKDAYS):
        chosen = [day for day in WEEKDAYS if day in weekdays]
        wishing.wish(request.person, sort, at=at, weekdays=chosen)
    else:
        return _shown(request, _wrong(sort))
    messages.success(request, _("Your wish is in force from now on."))
    return redirect("wishes")


@borrowers.page
@require_POST
def take_back(request: BorrowerRequest) -> HttpResponse:
    """A wish stands no longer."""
    seq = request.POST.get("seq", "")
    if seq.isdecimal() and wishing.take_back(request.person, int(seq), at=request.clock.now()):
        messages.success(request, _("That wish is taken back."))
    return redirect("wishes")


def sentence(wish: Wish) -> str:
    """What a wish says, in the language of the page."""
    said = {
        "no_sms": _("No text messages."),
        "no_calls": _("No phone calls."),
        "not_at_work": _("Not at my workplace."),
        "not_at_home": _("No visits at home."),
        "nothing": _("No reminders at all."),
    }
    if wish.sort in said:
        return said[wish.sort]
    if wish.sort == "no_channel":
        return _("Not by this way: %(channel)s.") % {"channel": word("channel", wish.channel)}
    clock = f"{wish.hour}:00"
    if wish.sort == "not_before":
        return _("Not before %(clock)s.") % {"clock": clock}
    if wish.sort == "not_after":
        return _("Not after %(clock)s.") % {"clock": clock}
    days = _(", ").join(word("weekday", day) for day in wish.weekdays)
    if wish.sort == "not_on":
        return _("Not on: %(days)s.") % {"days": days}
    hours = {"start": _clock(wish.from_minute), "end": _clock(wish.until_minute), "days": days}
    return _("Not from %(start)s to %(end)s on: %(days)s.") % hours


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def _wrong(sort: str) -> dict[str, str]:
    """What was wrong, by the form it was sent with."""
    if sort == "not_on":
        return {"not_on": _("Choose at least one day of the week.")}
    return {sort: _("Choose one of the hours.")} if sort in HOURS else {}


def _shown(request: BorrowerRequest, errors: dict[str, str] | None = None) -> HttpResponse:
    found = wishing.standing(request.person, request.clock.now())
    hours = {wish.sort: wish.hour for wish in found}
    shown: dict[str, Any] = {
        "standing": [Line(wish.seqs[0], wish.since, sentence(wish)) for wish in found],
        "sorts": {wish.sort for wish in found},
        "earliest": EARLIEST,
        "latest": LATEST,
        "not_before": hours.get("not_before", 10),
        "not_after": hours.get("not_after", 18),
        "weekdays": WEEKDAYS,
        "chosen": [day for wish in found if wish.sort == "not_on" for day in wish.weekdays],
        "errors": errors or {},
    }
    status = 200 if errors is None else 400
    return render(request, "remind/wishes.html", shown, status=status)
