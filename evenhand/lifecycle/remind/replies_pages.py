"""Replies in free words as staff see them: a list without the words, and one that is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import streams
from evenhand.ledger.contact_story import contacts
from evenhand.lifecycle.remind import said
from evenhand.lifecycle.remind.said import Said
from evenhand.outbound.contact import crisis, own_words
from evenhand.outbound.contact.again import REPLY
from evenhand.outbound.contact.own_words import Blocked, Held
from evenhand.people import persons, staff
from evenhand.people.access import StaffRequest, page

LOOK: Final = "reply"
"""The purpose of the look that reading the words makes."""
LENGTH_MAX: Final = 2_000


class Line(NamedTuple):
    """A reply that waits, and the masked name of who wrote it."""

    said: Said
    name: str


@require_GET
@page("replies")
def queue(request: StaffRequest) -> HttpResponse:
    """Every reply that waits: words of crisis first, then the oldest."""
    found = said.waiting(request.clock.now())
    names = persons.masked({one.borrower for one in found})
    shown = {
        "lines": [Line(one, names[one.borrower].name) for one in found],
        "crises": sum(one.crisis for one in found),
        "may_answer": staff.may_see(request.member.role, "reply_answer"),
    }
    return render(request, "remind/replies.html", shown)


@require_POST
@page("reply_answer")
@sensitive_post_parameters("text")
@sensitive_variables("text")
def read(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """One reply with its words, which is a look, logged; sent with a text, it is answered."""
    one = said.one_of(borrower, seq)
    if one is None:
        raise Http404
    if "text" not in request.POST:
        return _shown(request, one)
    text = request.POST["text"].strip()
    if category := request.POST.get("use"):
        put = own_words.offered(borrower, text, category, at=request.clock.now())
        return _shown(request, one, put.text, held=put.held, used=True)
    if not 0 < len(text) <= LENGTH_MAX:
        wrong = _("Write something, up to %(most)s characters.") % {"most": LENGTH_MAX}
        return _shown(request, one, text, wrong=wrong)
    try:
        said.answer(one, text, request.member.staff, at=request.clock.now())
    except said.Answered:
        messages.info(request, _("It had been answered already."))
    except Blocked as blocked:
        return _shown(request, one, text, wrong=str(blocked), held=blocked.held)
    else:
        messages.success(request, _("Your answer is in the borrower's list of contacts."))
    return redirect("replies")


def _help(one: Said) -> str:
    """What came of the help line that answers these words; empty where none was."""
    told = contacts(streams.stream(one.borrower))
    found = (each.outcome for each in told if each.first.cause == one.seq and each.purpose == REPLY)
    return next(found, "")


@sensitive_variables("words", "text", "held")
def _shown(
    request: StaffRequest,
    one: Said,
    text: str = "",
    *,
    wrong: str = "",
    held: Sequence[Held] = (),
    used: bool = False,
) -> HttpResponse:
    by, at = request.member.staff, request.clock.now()
    try:
        commitment = bytes.fromhex(one.text)
        words = persons.reveal_text(one.borrower, commitment, purpose=LOOK, by=by, at=at)
    except persons.Erased:
        raise Http404 from None
    shown = {
        "said": one,
        "words": words,
        "person": persons.masked([one.borrower])[one.borrower],
        "help_line": crisis.help_line(),
        "help_came_of": _help(one),
        "text": text,
        "wrong": wrong,
        "held": held,
        "used": used,
        "under": own_words.statements(one.borrower, by, at=at),
        "most": LENGTH_MAX,
        "may_file": staff.may_see(request.member.role, "file"),
    }
    return render(request, "remind/reply.html", shown, status=400 if wrong else 200)
