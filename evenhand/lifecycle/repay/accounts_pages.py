"""Staff: the lender's own accounts and channels. One proposes, another approves, a day ahead."""

from datetime import date, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from evenhand.law import written
from evenhand.ledger import hands, house, streams
from evenhand.lifecycle.repay import words
from evenhand.outbound.payments import register
from evenhand.outbound.payments.register import Channel
from evenhand.people import staff
from evenhand.people.access import StaffRequest, page
from evenhand.web import shown

FIELDS: Final = ("payee", "bank", "number", "address")
KIND_OF: Final = {
    "lender_account.proposed": "proposed",
    "lender_account.closing": "closing",
    "lender_account.approved": "approved",
    "lender_account.closed": "closed",
    "lender_account.rejected": "rejected",
}


@require_GET
@page("accounts")
def accounts(request: StaffRequest) -> HttpResponse:
    """What counts today and will, what waits for another hand, and who did what."""
    return _show(request, {}, "")


@require_POST
@page("accounts_propose")
def propose(request: StaffRequest) -> HttpResponse:
    """Propose an entry; a mistake is shown with everything typed."""
    sent = {key: request.POST.get(key, "").strip() for key in ("kind", *FIELDS, "from_day")}
    at = request.clock.now()
    day = _day(sent["from_day"], request.clock.today())
    if sent["kind"] not in register.KEYS or day is None:
        return _show(request, sent, _("Choose what it is and the first day, tomorrow or later."))
    try:
        register.propose(sent, day, request.member.hand, at)
    except ValueError:
        return _show(
            request, sent, _("Something is missing, or this is no such number or address.")
        )
    messages.success(request, _("Proposed. It counts once another person approves it."))
    return redirect("accounts")


@require_POST
@page("accounts_propose")
def close(request: StaffRequest, seq: int) -> HttpResponse:
    """Propose that an entry ends, from tomorrow at the earliest."""
    day = request.clock.today() + timedelta(days=1)
    try:
        register.propose_closing(seq, day, request.member.hand, request.clock.now())
    except register.NotAllowed:
        messages.error(request, _("This entry does not stand any more."))
    return redirect("accounts")


@require_POST
@page("accounts_approve")
def decide(request: StaffRequest, seq: int) -> HttpResponse:
    """Approve or reject what another has proposed."""
    at, hand = request.clock.now(), request.member.hand
    try:
        if request.POST.get("act") == "approve":
            day = register.approve(seq, hand, at)
            messages.success(request, _("It counts from %(day)s.") % {"day": shown.day_text(day)})
        elif request.POST.get("act") == "reject":
            register.reject(seq, hand, at)
    except register.NotAllowed:
        messages.error(request, _("Not by the same person, and not twice."))
    return redirect("accounts")


def _show(request: StaffRequest, typed: dict[str, str], error: str) -> HttpResponse:
    today, member = request.clock.today(), request.member
    waiting = register.proposals()
    told: dict[str, Any] = {
        "channels": [_entry(one) for one in register.known_channels() if one.until > today],
        "today": today,
        "proposals": [(one, one.by != request.member.hand) for one in waiting],
        "history": _history(),
        "typed": typed,
        "error": error,
        "tomorrow_iso": (today + timedelta(days=1)).isoformat(),
        "may_propose": staff.may_see(member.role, "accounts_propose"),
        "may_approve": staff.may_see(member.role, "accounts_approve"),
    }
    return render(request, "repay/accounts.html", told, status=400 if error else 200)


def _entry(one: Channel) -> dict[str, Any]:
    """An entry as the page shows it; `ends` where its last day is known."""
    return {**one._asdict(), "ends": one.until != register.FOREVER}


def _history() -> list[dict[str, Any]]:
    """Every act on the register, newest first, with whose hand it was."""
    facts = streams.stream(house.ACCOUNTS)
    by = [hands.staff_of(fact.hand) for fact in facts]
    numbers = staff.numbers([number for number in by if number])
    return [
        {
            "at": fact.at,
            "words": words.register(KIND_OF[fact.kind]),
            "about": fact.cause or fact.seq,
            "by": numbers.get(number, "") if number else "",
            "channel": fact.body.get("channel", {}),
            "from_day": fact.body.get("from_day", ""),
        }
        for fact, number in reversed(list(zip(facts, by, strict=True)))
    ]


def _day(text: str, today: date) -> date | None:
    try:
        found = written.day(text)
    except ValueError:
        return None
    return found if found > today else None
