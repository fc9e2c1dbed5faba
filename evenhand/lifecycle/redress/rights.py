"""What may happen and what may not: the packs in force in plain words, open to all.

For another pack the same page says what would hold under it, beside the house's own rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from evenhand.core.words import WEEKDAYS
from evenhand.law import loader, rulebook, told
from evenhand.law.loader import HOUSE, Pack, Ref
from evenhand.law.routes import routes
from evenhand.law.told import Hours, Statement
from evenhand.web.rules import tag
from evenhand.web.words import word

DAY: Final = 24 * 60


class Said(NamedTuple):
    """A statement in the reader's language with its sources; `house` where it is our own."""

    rule: str
    sentence: str
    refs: Sequence[Ref]
    house: bool


class Section(NamedTuple):
    """A heading and what is said under it."""

    name: str
    statements: list[Said]


@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    """The packs this house works under."""
    return _page(request, [loader.load(name) for name in settings.EVENHAND_PACKS])


@require_GET
def rights_of(request: HttpRequest, pack: str) -> HttpResponse:
    """Another pack in the place of the law; 404 where there is none of that name."""
    if pack not in loader.names() or pack == HOUSE:
        raise Http404
    return _page(request, rulebook.instead(loader.load(pack), settings.EVENHAND_PACKS))


def shown(packs: Sequence[Pack], on: date) -> dict[str, Any]:
    """All that the page says of these packs on a day, in the reader's language."""
    found, language = told.told(packs, on), tag()
    named = [pack.name for pack in packs]
    return {
        "on": on,
        "packs": [pack.title[language] for pack in packs],
        "ours": set(named) == set(settings.EVENHAND_PACKS),
        "sections": [
            Section(name, [_said(one, language) for one in found.sections[name]])
            for name in told.SECTIONS
            if found.sections[name] or name == "complain"
        ],
        "hours": [(_listed("channel", each.channels), _times(each)) for each in found.hours],
        "nobody": found.nobody,
        "never_told": _listed("other_person", found.never_told),
        "bans": [(ban.name, _sources(ban.by)) for ban in found.bans],
        "authorities": [(line.name[language], line.number, line.url) for line in routes(named)],
        "hotline": settings.EVENHAND_LENDER["hotline"],
    }


def _page(request: HttpRequest, packs: Sequence[Pack]) -> HttpResponse:
    on = request.clock.today()  # type: ignore[attr-defined]
    return render(request, "redress/rights.html", shown(packs, on))


def _said(one: Statement, language: str) -> Said:
    return Said(one.rule, one.sentence[language], one.refs, one.house)


def _sources(by: Sequence[Statement]) -> list[Ref]:
    """The laws that forbid it; our own rule where no law does."""
    laws = [one for one in by if not one.house]
    return [ref for one in laws or by for ref in one.refs]


def _listed(family: str, codes: Sequence[str]) -> str:
    return _(", ").join(word(family, code) for code in codes)


def _times(each: Hours) -> list[str]:
    """A line for each window: which days, from when until when by the person's own clock."""
    if not each.windows:
        return [_("never")]
    lines = [_window(*window) for window in each.windows]
    return lines if each.holidays else [*lines, _("not on public holidays")]


def _window(days: Sequence[str], begin: int, end: int) -> str:
    when = _("every day") if len(days) == len(WEEKDAYS) else _listed("weekday", days)
    if (begin, end) == (0, DAY):
        return _("%(when)s, at any hour") % {"when": when}
    times = {"when": when, "begin": _clock(begin), "end": _clock(end)}
    return _("%(when)s, %(begin)s to %(end)s") % times


def _clock(minute: int) -> str:
    """A minute of the day as clocks show it.

    >>> _clock(8 * 60 + 5)
    '08:05'
    """
    return f"{minute // 60:02}:{minute % 60:02}"
