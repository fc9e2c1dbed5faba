"""What staff do with a complaint: take it on, ask for more time, let collecting go on, answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from evenhand.ledger.kinds_state import OUTCOMES
from evenhand.lifecycle.redress import acts, typed
from evenhand.lifecycle.redress.acts import Refused
from evenhand.lifecycle.redress.complaints import Complaint
from evenhand.lifecycle.redress.staff_pages import NONE_TYPED, complaint, shown
from evenhand.outbound.contact import own_words
from evenhand.outbound.contact.own_words import Blocked
from evenhand.people import staff
from evenhand.people.access import StaffRequest, page


@require_POST
@page("complaint_answer")
def take(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """I answer for this one."""
    by, at = request.member.staff, request.clock.now()
    return _done(request, borrower, seq, lambda: acts.take(borrower, seq, by, at=at))


@require_POST
@page("complaint_answer")
@sensitive_post_parameters("text")
@sensitive_variables("text", "errors")
def extend(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """More time, for a reason the borrower reads."""
    reason, text = request.POST.get("reason", ""), request.POST.get("text", "").strip()
    sent = {"form": "extend", "text": text, "reason": reason}
    if "use" in request.POST:
        return _offered(request, borrower, seq, sent)
    errors = typed.words_error(text, needed=True)
    if reason not in acts.REASONS:
        errors["reason"] = _("Choose the reason.")
    if errors:
        return shown(request, _to_answer(request, borrower, seq), {**sent, "errors": errors})
    by, at = request.member.staff, request.clock.now()

    def do() -> None:
        acts.extend(borrower, seq, reason, text, by, at=at)

    return _done(request, borrower, seq, do, sent)


@require_POST
@page("complaint_allow")
@sensitive_post_parameters("text")
@sensitive_variables("text", "errors")
def allow(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """Compliance lets collecting go on beside a repeat."""
    text = request.POST.get("text", "").strip()
    sent = {"form": "allow", "text": text}
    if "use" in request.POST:
        return _offered(request, borrower, seq, sent)
    errors = typed.words_error(text, needed=True)
    if errors:
        return shown(request, _to_answer(request, borrower, seq), {**sent, "errors": errors})
    by, at = request.member.staff, request.clock.now()
    return _done(request, borrower, seq, lambda: acts.allow(borrower, seq, text, by, at=at), sent)


@require_POST
@page("complaint_answer")
@sensitive_post_parameters("text")
@sensitive_variables("text", "errors")
def answer(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """The reasoned answer; the pause ends with it."""
    outcome, text = request.POST.get("outcome", ""), request.POST.get("text", "").strip()
    sent = {"form": "answer", "text": text, "outcome": outcome}
    if "use" in request.POST:
        return _offered(request, borrower, seq, sent)
    errors = typed.words_error(text, needed=True)
    if outcome not in OUTCOMES:
        errors["outcome"] = _("Choose what came of it.")
    if errors:
        return shown(request, _to_answer(request, borrower, seq), {**sent, "errors": errors})
    by, at = request.member.staff, request.clock.now()

    def do() -> None:
        acts.answer(borrower, seq, outcome, text, by, at=at)

    return _done(request, borrower, seq, do, sent)


def _to_answer(request: StaffRequest, borrower: int, seq: int) -> Complaint:
    """The complaint, where it is for the reader's role to answer."""
    found = complaint(request, borrower, seq)
    if not staff.may_see(request.member.role, found.right):
        raise PermissionDenied
    return found


@sensitive_variables("sent", "put")
def _offered(
    request: StaffRequest, borrower: int, seq: int, sent: Mapping[str, Any]
) -> HttpResponse:
    """The form again with the approved wording in it; nothing is sent."""
    found, category = _to_answer(request, borrower, seq), request.POST["use"]
    put = own_words.offered(borrower, sent["text"], category, at=request.clock.now())
    return shown(request, found, {**sent, "text": put.text, "held": put.held, "used": True})


@sensitive_variables("sent", "blocked")
def _done(
    request: StaffRequest,
    borrower: int,
    seq: int,
    do: Callable[[], None],
    sent: Mapping[str, Any] = NONE_TYPED,
) -> HttpResponse:
    """Do it, or say why it may not be done; then the complaint as it stands. `sent` is the form,
    shown again where it can be mended: nothing that was typed is lost."""
    found = _to_answer(request, borrower, seq)
    try:
        do()
    except Refused as refused:
        if refused.args[0] == "no_correction":
            return shown(request, found, {**sent, "errors": {"outcome": _why("no_correction")}})
        messages.info(request, _why(refused.args[0]))
    except Blocked as blocked:
        held = {"errors": {"text": str(blocked)}, "held": blocked.held}
        return shown(request, found, {**sent, **held})
    return redirect("complaint-file", borrower, seq)


def _why(code: str) -> str:
    return {
        "no_correction": _(
            "Nothing is corrected yet: waive, match or give back first, then answer so."
        ),
        "answered": _("It had been answered already."),
        "not_owner": _("Another answers for it: take it first."),
        "barred": _("It is about you, or about your own answer: somebody else does this."),
        "too_late": _("The day for this is over."),
        "no_repeat": _("It is no repeat: collecting stays stopped until the answer."),
        "not_yet": _("There was time for this reason already, or not yet the one before it."),
    }[code]
