"""The law in force with its sources: every pack that ships, rule by rule, as of a day."""

from datetime import date
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evenhand.law import loader
from evenhand.law.loader import Rule, Value
from evenhand.people.access import StaffRequest, page
from evenhand.web.rules import tag


class Shown(NamedTuple):
    """A rule as it stands on the day asked for; `coming` is its next value, if one is known."""

    rule: Rule
    title: str
    sentence: str
    value: Value
    coming: Value | None


@require_GET
@page("law")
def packs(request: StaffRequest) -> HttpResponse:
    """The packs that ship, and when somebody last looked them through."""
    found = [loader.load(name) for name in loader.names()]
    on = _day(request)
    shown = [
        (pack, pack.title.get(tag(), pack.name), len(_in_force(pack.rules, on))) for pack in found
    ]
    return render(request, "console/law.html", {"packs": shown, "on": on})


@require_GET
@page("law")
def pack(request: StaffRequest, pack: str) -> HttpResponse:
    """One pack's rules in force on a day (`?on=2026-09-30`, else today), each with its sources."""
    if pack not in loader.names():
        raise Http404
    found, on = loader.load(pack), _day(request)
    shown = {
        "pack": found,
        "title": found.title.get(tag(), found.name),
        "on": on,
        "rules": _in_force(found.rules, on),
    }
    return render(request, "console/law_pack.html", shown)


def _day(request: StaffRequest) -> date:
    today: date = request.clock.today()
    try:
        return date.fromisoformat(request.GET["on"])
    except (KeyError, ValueError):
        return today


def _in_force(rules: tuple[Rule, ...], on: date) -> list[Shown]:
    language = tag()
    shown = []
    for rule in rules:
        value = rule.on(on)
        if value is not None:
            later = [each for each in rule.values if each.since > on]
            coming = later[0] if later else None
            sentence = rule.plain(value, language)
            shown.append(Shown(rule, rule.title[language], sentence, value, coming))
    return shown
