"""Every contact with the borrower, open to the borrower: when, who, why, and by which rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from evenhand.ledger import hands, house, streams
from evenhand.ledger.contact_story import Contact, contacts
from evenhand.lifecycle.remind import said
from evenhand.lifecycle.remind.said import Said
from evenhand.outbound.contact import wording, words
from evenhand.outbound.contact.wording import Wording
from evenhand.people import borrowers, staff
from evenhand.people.borrowers import BorrowerRequest
from evenhand.web.words import word

SHOWN: Final = 20
"""Contacts on a page."""


class Line(NamedTuple):
    """One contact, or what the borrower wrote to us, with whoever of ours had a hand in it."""

    at: int
    who: str
    day: date
    contact: Contact | None = None
    about: str = ""
    said: Said | None = None
    text: str = ""
    answer: str = ""


@borrowers.page
@require_GET
def open_contacts(request: BorrowerRequest) -> HttpResponse:
    """Each contact made, tried or refused, and each word that came back, newest first."""
    facts = streams.stream(request.person)
    found: list[Contact | Said] = [*contacts(facts), *said.said(facts)]
    found.sort(key=moment_of, reverse=True)
    page = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    shown = {"page": page, "lines": _lines(request.person, list(page.object_list))}
    return render(request, "remind/contacts.html", shown)


def moment_of(one: Contact | Said) -> int:
    """When it was made, else tried, else is planned; microseconds UTC."""
    if isinstance(one, Said):
        return one.at
    if one.first.kind == "contact.prior":
        return int(one.first.body["at"])
    return one.left_at or one.due_at


def _lines(person: int, found: Sequence[Contact | Said]) -> list[Line]:
    numbers, roles = _members([hands.staff_of(_hand(one)) for one in found])
    standing = wording.in_force()
    lines = []
    for one in found:
        at, who = moment_of(one), _who(_hand(one), numbers, roles)
        if isinstance(one, Said):
            text, answer = said.words(person, one)
            lines.append(Line(at, who, house.day_of(at), said=one, text=text, answer=answer))
        else:
            lines.append(Line(at, who, house.day_of(at), one, _about(one, standing)))
    return lines


def _about(contact: Contact, standing: Mapping[str, Wording]) -> str:
    """What a notice is called, and that a neutral message says no more than that it is here."""
    template = str(contact.first.body.get("template", ""))
    if contact.channel == "in_app" and template in words.TOLD_AS:
        return wording.title(standing, template, get_language() or "")
    is_neutral = contact.purpose == "required_notice" and contact.channel == "sms"
    return _("It says only that there is something under Notices.") if is_neutral else ""


def _hand(one: Contact | Said) -> str:
    """Who made the contact, or answered what was said."""
    return one.answered_by if isinstance(one, Said) else one.first.hand


def _members(ids: Sequence[int]) -> tuple[dict[int, str], dict[int, str]]:
    """Employee numbers and roles of these of staff."""
    wanted = sorted({one for one in ids if one})
    return staff.numbers(wanted), staff.roles(wanted)


def _who(hand: str, numbers: Mapping[int, str], roles: Mapping[int, str]) -> str:
    """Role and employee number of staff, else the house itself or whoever had the hand in it."""
    one = hands.staff_of(hand)
    if one in numbers:
        return f"{word('role', roles[one])} {numbers[one]}"
    if hand.partition(":")[0] == "import":
        return _("The lender before the takeover")
    return _("The house's system, by itself")
