"""Words of staff that the guard held back: how many by whom and where, and one opened."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any, Final, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import house
from evenhand.outbound.contact import own_words
from evenhand.outbound.contact.own_words import Attempt
from evenhand.people import staff
from evenhand.people.access import StaffRequest, in_clear, page

DAYS: Final = 30
SHOWN: Final = 100


class Count(NamedTuple):
    """How often words of one of staff were held back, by employee number."""

    number: str
    role: str
    times: int


@require_GET
@page("words_held")
def listed(request: StaffRequest) -> HttpResponse:
    """The last thirty days: by employee number, in the order of the numbers, and each of them."""
    return _shown(request, {})


@require_POST
@page("words_held_open")
@sensitive_variables("text")
def opened(request: StaffRequest, seq: int) -> HttpResponse:
    """One of them with its words: a look, logged."""
    found = next((one for one in own_words.attempts() if one.seq == seq), None)
    if found is None:
        raise Http404
    text = in_clear(request, found.person, found.text, own_words.LOOK)
    return _shown(request, {"opened": seq, "text": text})


@sensitive_variables("told")
def _shown(request: StaffRequest, told: dict[str, Any]) -> HttpResponse:
    since = house.midnight(request.clock.today() - timedelta(days=DAYS - 1))
    found = [one for one in own_words.attempts() if one.at >= since]
    numbers = staff.numbers(sorted({one.by for one in found}))
    shown = {
        "days": DAYS,
        "counts": counts(found, numbers),
        "attempts": [(one, numbers.get(one.by, "")) for one in found[:SHOWN]],
        "may_open": staff.may_see(request.member.role, "words_held_open"),
        "may_file": staff.may_see(request.member.role, "file"),
    }
    return render(request, "wording/held.html", shown | told)


def counts(found: list[Attempt], numbers: dict[int, str]) -> list[Count]:
    """By employee number, not by how often: this is no ranking."""
    times = Counter(one.by for one in found)
    roles = staff.roles(sorted(times))
    lines = [Count(numbers.get(by, ""), roles.get(by, ""), times[by]) for by in times]
    return sorted(lines)
