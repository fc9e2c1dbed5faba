"""The wordings of the house: all of them by sort and language, and one with its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from evenhand.ledger.kinds_words import DECLINED_FOR
from evenhand.lifecycle import other_hand
from evenhand.lifecycle.other_hand import Desk
from evenhand.lifecycle.wording import lines
from evenhand.lifecycle.wording.changes import changed
from evenhand.outbound.contact import wording, words
from evenhand.outbound.contact.wording_rules import Fault
from evenhand.people.access import StaffRequest, page


@require_GET
@page("words")
def listed(request: StaffRequest) -> HttpResponse:
    """What waits for another hand, what may not leave yet, and every wording with its version."""
    waiting, decided = other_hand.apart(wording.proposals())
    told = DESK.may(request) | {
        "waiting": lines.lines(waiting, request.member.staff),
        "decided": lines.lines(decided, request.member.staff),
        "sorts": lines.rows(),
        "missing": wording.missing(),
        "release": len(wording.release()),
        "release_waits": any(one.said["does"] == wording.USE for one in waiting),
    }
    return render(request, "wording/words.html", told)


@require_GET
@page("words")
def one(request: StaffRequest, sort: str, template: str, lang: str) -> HttpResponse:
    """One wording: as it leaves, as this release has it, what was proposed, and a form."""
    return shown(request, key_of(sort, template, lang))


def key_of(sort: str, template: str, lang: str) -> str:
    """The key of an address; Http404 where nothing is said by it."""
    key = f"{sort}/{template}/{lang}"
    if key not in words.shipped():
        raise Http404
    return key


def shown(
    request: StaffRequest,
    key: str,
    typed: Mapping[str, str] | None = None,
    faults: Sequence[Fault] = (),
) -> HttpResponse:
    """The page of one wording; `typed` is a form that does not do, with what is wrong with it."""
    sort, template, lang = key.split("/")
    standing, ships = wording.in_force().get(key), words.shipped()[key]
    about = [each for each in wording.proposals() if key in each.said["words"]]
    fields = typed or (standing.fields if standing else ships)
    told: dict[str, Any] = DESK.may(request) | {
        "name": lines.name_of(sort, template),
        "sort": sort,
        "template": template,
        "lang": lang,
        "standing": standing,
        "says": dict(standing.fields) if standing else {},
        "ships": changed(standing.fields if standing else {}, ships),
        "ships_version": wording.version_of(key, ships)[: lines.SHORT],
        "same": standing is not None and standing.version == wording.version_of(key, ships),
        "lines": lines.lines(about[: other_hand.HISTORY_MOST], request.member.staff, key),
        "form": [_field(name, fields.get(name, ""), ships[name], faults) for name in ships],
        "wrong": bool(faults),
    }
    return render(request, "wording/one.html", told, status=400 if faults else 200)


def _field(name: str, text: str, ships: str, faults: Sequence[Fault]) -> dict[str, Any]:
    named = " ".join(f"{{{each}}}" for each in sorted(words.named_in(ships)))
    wrong = [lines.says(fault) for fault in faults if fault.field == name]
    return {"name": name, "text": text, "placeholders": named, "errors": wrong}


def _approve(request: StaffRequest, seq: int) -> str:
    wording.approve(seq, request.member.hand, at=request.clock.now())
    return _("Approved. From now on these words leave.")


def _says() -> Mapping[str, str]:
    return {
        "faults": _("Something is wrong with the words by now: see which, and propose them anew."),
        "nothing": _("There is nothing to propose: everything is in force."),
    }


DESK: Final = Desk(
    wording.MATTER, "words", "words_propose", "words_approve", DECLINED_FOR, _approve, _says
)
