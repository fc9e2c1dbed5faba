"""End of day for staff: the days and their counts, one day's refusals and what was set aside."""

from datetime import date
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evenhand.dayclose import progress
from evenhand.ledger.parts import PARTS
from evenhand.people import staff
from evenhand.people.access import StaffRequest, page
from evenhand.web.rules import title

DAYS_SHOWN = 60


class Refused(NamedTuple):
    """How often a rule refused in planning."""

    rule: str
    title: str
    times: int


@require_GET
@page("closes")
def closes(request: StaffRequest) -> HttpResponse:
    """The newest days first, each with its counts."""
    lines = progress.days(DAYS_SHOWN)
    return render(request, "dayclose/closes.html", {"lines": lines, "parts": PARTS})


@require_GET
@page("closes")
def close(request: StaffRequest, day: date) -> HttpResponse:
    """One day. While it runs, its counts are asked for again every second (htmx) or on reload."""
    shown = _shown(request, day)
    if request.headers.get("HX-Request"):
        return render(request, "dayclose/close_counts.html", shown)
    return render(request, "dayclose/close.html", shown)


def _shown(request: StaffRequest, day: date) -> dict[str, Any]:
    parts = range(PARTS)
    by_part = progress.of(day, parts)
    closed = progress.closed(day)
    if not by_part and not closed:
        raise Http404
    total = progress.total(day, parts)
    sees_aside = staff.may_see(request.member.role, "set_aside")
    refused = [Refused(rule, title(rule), n) for rule, n in total.refusals.most_common()]
    return {
        "day": day,
        "total": total,
        "seconds": f"{total.milliseconds // 1000}.{total.milliseconds % 1000:03d}",
        "parts": PARTS,
        "parts_closed": len(closed),
        "running": len(closed) < PARTS,
        "refused": refused,
        "set_aside": sorted(total.set_aside.items()) if sees_aside else [],
        "set_aside_count": len(total.set_aside),
    }
