"""What a collector does: begin a call the gate allows, and say what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final, NamedTuple

from django.db import transaction

from evenhand.ledger import house, streams
from evenhand.ledger.calls import CALL, Call, calls, open_call
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.call import wanted
from evenhand.lifecycle.call.script import script
from evenhand.lifecycle.call.wanted import Todo
from evenhand.outbound.contact import calls as outgoing
from evenhand.outbound.contact import verify_not_me
from evenhand.outbound.contact.calls import Begun, NotBegun, Planned
from evenhand.outbound.contact.verify import Contact
from evenhand.outbound.contact.wording import NotApproved
from evenhand.people import persons
from evenhand.people.staff import Member

NOT_ME: Final = "not_me"
TALKED: Final = "conversation"
CAME_OF_IT: Final = (
    "conversation",
    "connected_notice",
    "voicemail",
    "unanswered",
    "busy",
    "not_in_service",
    NOT_ME,
)
"""What a collector may say came of a call; "not me" stops everything to that number."""
CALL_BACK_HOUR: Final = 3_600_000_000
"""How long after the time they asked for somebody may be called back."""


class Refused(Exception):
    """A call that is not begun: nothing, running, early, no_phone, hidden, or words (nobody has
    approved what may be said)."""


class Result(NamedTuple):
    """What came of a call; of a conversation also what was promised (0: nothing) for which loan,
    and the moment the person wants to be called back (0: none)."""

    outcome: str
    note: str = ""
    amount_minor: int = 0
    currency: str = ""
    loan: int = 0
    by: date | None = None
    call_back_at: int = 0


def begin(borrower: int, member: Member, *, at: int) -> Begun | NotBegun:
    """Begin a call to the borrower, where there is a reason and the gate allows it at `at`.

    Raises Refused; of two who begin at once one gets Begun and the other "running".
    """
    seen: list[Todo] = []

    def plan(facts: Sequence[Fact]) -> Planned:
        found = _callable(borrower, facts, at)
        seen.append(found)
        return planned(found)

    def said(lang: str, reference: str) -> str:
        return script(seen[-1], member, lang, reference)

    try:
        return outgoing.begin(borrower, plan, said, member.staff, at=at)
    except NotApproved:
        raise Refused("words") from None


def planned(todo: Todo) -> Planned:
    """The call that a line of the list asks for."""
    return Planned(todo.borrower, todo.address, todo.why[0], todo.loans)


def finish(borrower: int, leaving: int, by: int, result: Result, *, at: int) -> bool:
    """Write what came of the call that left by `leaving`; False where it was said already.

    LookupError where there is no such call.
    """
    if call_of(streams.stream(borrower), leaving).outcome:
        return False
    with transaction.atomic():
        drafts = _drafts(borrower, leaving, by, result, at)
        written = outgoing.finish(borrower, leaving, drafts, at=at)
        if written and result.outcome == NOT_ME:
            _disown(borrower, leaving, by, at)
    return bool(written)


def _callable(borrower: int, facts: Sequence[Fact], at: int) -> Todo:
    if open_call(facts):
        raise Refused("running")
    found = wanted.todo(borrower, facts, at)
    if found is None:
        raise Refused("nothing")
    if found.early(at):
        raise Refused("early")
    if not found.address:
        raise Refused("no_phone")
    if persons.is_confidential([found.address])[found.address]:
        raise Refused("hidden")
    return found


def _drafts(borrower: int, leaving: int, by: int, result: Result, at: int) -> list[Draft]:
    draft = partial(Draft, day=house.day_of(at), hand=f"staff:{by}", cause=leaving)
    outcome = TALKED if result.outcome == NOT_ME else result.outcome
    body = {"provider": outgoing.BY_HAND, "reference": "", "outcome": outcome}
    if result.note:
        body["note"] = persons.seal_text(borrower, result.note).hex()
    drafts = [draft("contact.sent", body=body)]
    if result.amount_minor and result.by:
        promised = {
            "amount_minor": result.amount_minor,
            "currency": result.currency,
            "by": result.by.isoformat(),
        }
        drafts.append(draft("promise.made", loan=result.loan, body=promised))
    if result.call_back_at:
        window = {
            "state": "debtor_agreed",
            "channel": CALL,
            "since": result.call_back_at,
            "until": result.call_back_at + CALL_BACK_HOUR,
        }
        drafts.append(draft("state.began", body=window))
    return drafts


def _disown(borrower: int, leaving: int, by: int, at: int) -> None:
    """Somebody else has that number: nothing goes there any more, for anybody."""
    call = call_of(streams.stream(borrower), leaving)
    number = persons.addresses_for_sending([call.address]).get(call.address, "")
    if number:
        of = Contact(borrower, leaving, CALL, call.address, call.at, number[-2:])
        verify_not_me.disown_number(number, "call", at=at, hand=f"staff:{by}", of=of)


def call_of(facts: Sequence[Fact], leaving: int) -> Call:
    """The call that left by that fact. LookupError where there is none."""
    for call in calls(facts):
        if call.leaving == leaving:
            return call
    raise LookupError(leaving)
