"""What if a draft had held? Compliance names a pack or brings a draft's files, and days; shown is
what would have become of the contacts on record, and what the draft changes.

Nothing is kept: neither the draft nor what came of it. A draft that is to hold goes the way of
every pack, into the next version of the house.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evenhand.console.law_diff import change_of
from evenhand.law import drafts, loader, written
from evenhand.law.change import Side
from evenhand.law.loader import Pack
from evenhand.law.schema import PackError
from evenhand.ledger import house
from evenhand.ledger.contact_story import Refusal
from evenhand.outbound.contact import what_if
from evenhand.outbound.contact.what_if import SORTS, Finding, Other, Tally
from evenhand.people.access import StaffRequest, page
from evenhand.web import rules

DAYS: Final = 30
CONTACTS_MAX: Final = 10_000
"""Contacts judged while somebody waits for the page; for more there is the command."""
SHOWN: Final = 100
FILES_MAX: Final = 20


class Days(NamedTuple):
    """The days asked for, both counted."""

    first: date
    last: date

    @property
    def moments(self) -> tuple[int, int]:
        """From which moment up to, but not at, which (microseconds UTC)."""
        return house.midnight(self.first), house.midnight(self.last + timedelta(days=1))


class Counted(NamedTuple):
    """How many contacts by a channel a rule would refuse, or refused and would not."""

    sort: str
    rule: str
    title: str
    channel: str
    times: int


class Line(NamedTuple):
    """A contact judged otherwise, and the rules by title with where they stand."""

    found: Finding
    why: list[tuple[str, Refusal]]


@require_http_methods(["GET", "POST"])
@page("law_draft")
def draft(request: StaffRequest) -> HttpResponse:
    """The form, and below it what came of it."""
    today: date = request.clock.today()
    typed = _typed(request.POST, today)
    told: dict[str, Any] = {
        "names": [(name, rules.pack_title(name)) for name in loader.names()],
        "typed": typed,
    }
    if request.method != "POST":
        return render(request, "console/law_draft.html", told)
    days, errors = _days(typed)
    pack = _pack(request, typed["pack"], errors)
    found = _found(pack, days, errors) if pack and days else {}
    told |= {"errors": errors} | found
    return render(request, "console/law_draft.html", told, status=400 if errors else 200)


def _typed(said: Mapping[str, str], today: date) -> dict[str, str]:
    usual = {
        "pack": loader.names()[0],
        "first": (today - timedelta(days=DAYS)).isoformat(),
        "last": today.isoformat(),
    }
    return {key: said.get(key, "").strip() or usual[key] for key in usual}


def _days(typed: Mapping[str, str]) -> tuple[Days | None, dict[str, str]]:
    read, errors = {}, {}
    for key, field in (("first", _("Contacts from")), ("last", _("Contacts until"))):
        try:
            read[key] = written.day(typed[key])
            Days(read[key], read[key]).moments  # noqa: B018  (the last day of all has no morrow)
        except (ValueError, OverflowError):
            said = _("%(field)s: this is no day such as 2026-11-09.")
            errors[key] = said % {"field": field}
    if errors:
        return None, errors
    days = Days(**read)
    if days.first > days.last:
        return None, {"days": _("The last day is before the first.")}
    return days, {}


def _pack(request: StaffRequest, name: str, errors: dict[str, str]) -> Pack | None:
    """The draft of the files that were brought; without any, the pack that was named."""
    brought = request.FILES.getlist("files")[: FILES_MAX + 1]
    try:
        return _of_files(brought) if brought else loader.load(name)
    except PackError as reason:
        errors["files" if brought else "pack"] = str(reason)
        return None


def _of_files(brought: list[UploadedFile]) -> Pack:
    if len(brought) > FILES_MAX:
        raise PackError(f"draft: more than {FILES_MAX} files")
    files = {each.name or "": each.read(drafts.FILE_MAX + 1) for each in brought}
    return drafts.of_files(files, "draft")


def _found(pack: Pack, days: Days, errors: dict[str, str]) -> dict[str, Any]:
    """What the draft makes of the contacts of these days; an error where they are too many."""
    if too_many := beyond(what_if.count(*days.moments)):
        errors["days"] = too_many
        return {}
    try:
        other = what_if.other_law(pack, *days)
    except PackError as reason:
        errors["files"] = str(reason)
        return {}
    return _judged(other, days) | _change(pack, days.last) | {"pack": pack, "days": days}


def beyond(count: int) -> str:
    """What is said of more contacts than a page judges; empty for so many or fewer."""
    if count <= CONTACTS_MAX:
        return ""
    said = _("These days have %(count)s contacts. Choose fewer days: %(most)s at most.")
    return said % {"count": f"{count:,}", "most": f"{CONTACTS_MAX:,}"}


def _judged(other: Other, days: Days) -> dict[str, Any]:
    tally = Tally()
    titles = {rule.id: rule.title[rules.tag()] for pack in other.packs for rule in pack.rules}
    findings = what_if.replay(other, *days.moments, tally)
    first = [_line(finding, titles) for finding in islice(findings, SHOWN)]
    more = sum(1 for _finding in findings)
    lines = [
        Counted(sort, rule, _title(rule, titles), channel, times)
        for (sort, rule, channel), times in tally.by_rule.items()
    ]
    return {
        "tally": tally,
        "refused": tally.findings[SORTS[0]],
        "allowed": tally.findings[SORTS[1]],
        "counted": sorted(lines, key=lambda one: (one.sort != SORTS[0], -one.times, one.rule)),
        "lines": first,
        "more": more,
        "looser": other.looser,
    }


def _line(found: Finding, titles: Mapping[str, str]) -> Line:
    return Line(found, [(_title(each.rule, titles), each) for each in found.rules])


def _title(rule: str, titles: Mapping[str, str]) -> str:
    """A rule's title in the packs judged by; of one the draft left out, as it ships."""
    return titles.get(rule) or rules.title(rule)


def _change(pack: Pack, on: date) -> dict[str, Any]:
    """What the draft changes of the pack of its name that ships; nothing where it is that pack."""
    if pack.name not in loader.names() or loader.load(pack.name) == pack:
        return {"changes": [], "staying": 0, "is_draft": False}
    return change_of(Side(loader.load(pack.name), on), Side(pack, on)) | {"is_draft": True}
