"""The law in force with its sources: every pack that ships, rule by rule, as of a day; what comes,
and what is to be reviewed."""

from datetime import date
from typing import Final, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from evenhand.console import compliance
from evenhand.law import loader, written
from evenhand.law.loader import HOUSE, Rule, Value
from evenhand.people import staff
from evenhand.people.access import StaffRequest, page
from evenhand.web.rules import tag

TYPED_MAX: Final = 40
"""So much of what was typed is said back."""


class Shown(NamedTuple):
    """A rule as it stands on the day asked for."""

    rule: Rule
    title: str
    sentence: str
    value: Value


@require_GET
@page("law")
def packs(request: StaffRequest) -> HttpResponse:
    """The packs that ship, and when somebody last looked them through."""
    found = [loader.load(name) for name in loader.names()]
    on = day_of(request, "on", request.clock.today())
    shown = [
        (pack, pack.title.get(tag(), pack.name), len(_in_force(pack.rules, on))) for pack in found
    ]
    may_draft = staff.may_see(request.member.role, "law_draft")
    return render(request, "console/law.html", {"packs": shown, "on": on, "may_draft": may_draft})


@require_GET
@page("law")
def pack(request: StaffRequest, pack: str) -> HttpResponse:
    """One pack's rules in force on a day (`?on=2026-09-30`, else today), each with its sources."""
    if pack not in loader.names():
        raise Http404
    found, on = loader.load(pack), day_of(request, "on", request.clock.today())
    shown = {
        "pack": found,
        "title": found.title.get(tag(), found.name),
        "on": on,
        "rules": _in_force(found.rules, on),
        "coming": compliance.coming([found], on),
        "overdue": on >= found.review_again_on,
        "unverified": compliance.unverified([found], on),
        "is_law": pack != HOUSE,
    }
    return render(request, "console/law_pack.html", shown)


def day_of(request: StaffRequest, key: str, otherwise: date) -> date:
    """The day an address names, else another; said on the page where what it names is none."""
    typed = request.GET.get(key, "").strip()
    try:
        return written.day(typed) if typed else otherwise
    except ValueError:
        said = _("As of: “%(typed)s” is no day such as 2026-11-09; this is as of %(day)s.")
        told = {"typed": typed[:TYPED_MAX], "day": otherwise.isoformat()}
        messages.error(request, said % told)
        return otherwise


def _in_force(rules: tuple[Rule, ...], on: date) -> list[Shown]:
    language = tag()
    held = [(rule, rule.on(on)) for rule in rules]
    return [
        Shown(rule, rule.title[language], rule.plain(value, language), value)
        for rule, value in held
        if value is not None
    ]
