"""Calls and promises read from facts: one open call, a promise kept by what was paid in time."""

from collections.abc import Sequence
from datetime import date, timedelta

from evenhand.ledger import made_up
from evenhand.ledger.calls import HALF_AN_HOUR, calls, open_call, promises
from evenhand.ledger.facts import Draft
from evenhand.ledger.made_up import stream

D = date(2026, 4, 21)
BY = D + timedelta(days=3)
LOAN = 7


def dialled() -> Sequence[Draft]:
    intended = made_up.intended(D, {LOAN: 21}, D - timedelta(days=21), 0)
    left = {"text": "ab", "channel": "call", "address": 5, "reference": "0a1b2c3d4e5f"}
    return (
        Draft("contact.intended", D, "staff:9", body={**intended.body, "why": "rung"}),
        Draft("contact.leaving", D, "staff:9", cause=1, body=left),
    )


def outcome(word: str, cause: int = 2) -> Draft:
    return Draft("contact.sent", D, "staff:9", cause=cause, body={"outcome": word})


def promise() -> Draft:
    body = {"amount_minor": 50_000, "currency": "CNY", "by": BY.isoformat()}
    return Draft("promise.made", D, "staff:9", LOAN, body=body)


def test_a_call_is_open_until_its_outcome_is_said() -> None:
    facts = stream(*dialled())
    call = open_call(facts)
    assert call and (call.by, call.why, call.leaving) == (9, "rung", 2)
    assert not call.unfinished(call.at + HALF_AN_HOUR - 1) and call.unfinished(
        call.at + HALF_AN_HOUR
    )
    facts = stream(*dialled(), outcome("busy"))
    assert open_call(facts) is None and calls(facts)[0].outcome == "busy"


def test_a_message_is_no_call() -> None:
    intended = made_up.intended(D, {LOAN: 1}, D, 0)
    assert not calls(stream(intended, made_up.leaving(D, 1)))


def test_somebody_else_answered() -> None:
    said = Draft("contact.disowned", D, "staff:9", cause=2, body={"address": 5, "via": "call"})
    assert calls(stream(*dialled(), outcome("conversation"), said))[0].disowned


def test_what_came_in_time_keeps_a_promise_and_nothing_else_does() -> None:
    late, other = BY + timedelta(days=1), LOAN + 1
    cases = [
        ([made_up.paid(LOAN, BY, 50_000)], "kept"),
        ([made_up.paid(LOAN, D, 20_000), made_up.paid(LOAN, BY, 30_000)], "kept"),
        ([made_up.paid(LOAN, BY, 49_999)], "broken"),
        ([made_up.paid(LOAN, late, 50_000)], "broken"),
        ([made_up.paid(other, BY, 50_000)], "broken"),
        ([made_up.paid(LOAN, BY, 50_000), made_up.reversed_(LOAN, late, 50_000, 2)], "broken"),
    ]
    for paid, state in cases:
        assert promises(stream(promise(), *paid))[0].state(late) == state


def test_what_was_paid_before_keeps_nothing_and_the_day_itself_is_still_open() -> None:
    facts = stream(made_up.paid(LOAN, D, 50_000), promise())
    assert [promises(facts)[0].state(day) for day in (BY, BY + timedelta(days=1))] == [
        "open",
        "broken",
    ]
