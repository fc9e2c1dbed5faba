"""What the sentences of stricter packs come to in single requests."""

from typing import Any

import pytest

from evenhand.site.commands import may

RANG_OUT = {"channel": "call", "outcome": "unanswered"}

US: dict[str, Any] = {
    "packs": ["us"],
    "at": "2026-10-14T12:30:00-05:00",
    "zones": ["America/Chicago"],
    "channel": "sms",
    "to": "debtor",
    "address": "tel-1",
    "by": "agency",
    "purpose": "reply",
    "lender_kind": "consumer_finance",
    "debts": ["card"],
    "discloses_debt": True,
    "message": {"optout_line": True, "names_institution": True},
    "facts": [{"kind": "opt_out", "at": "2026-10-01T10:00:00-05:00", "channel": "sms"}],
}


def text(at: str, direction: str) -> dict[str, Any]:
    return {
        "at": at,
        "channel": "sms",
        "direction": direction,
        "outcome": "sent",
        "to": "debtor",
        "address": "tel-1",
        "by": "agency",
        "debts": ["card"],
    }


@pytest.mark.parametrize(
    ("history", "allowed"),
    [
        ([], False),
        ([("12:20", "in")], True),
        ([("12:20", "in"), ("12:25", "out")], False),
        ([("12:15", "out"), ("12:20", "in")], True),
    ],
)
def test_what_the_person_began_is_answered_once(
    history: list[tuple[str, str]], allowed: bool
) -> None:
    texts = [text(f"2026-10-14T{clock}:00-05:00", way) for clock, way in history]
    answer = may.answer([US | {"history": texts}])[0]
    assert answer["allowed"] is allowed


def test_calls_made_under_a_consent_are_not_counted_among_the_seven() -> None:
    calls = [
        text(f"2026-04-{day:02d}T09:00:00-05:00", "out") | RANG_OUT for day in (4, 5, 6, 7, 8, 9, 9)
    ]
    call = US | {"channel": "call", "purpose": "collect", "at": "2026-04-10T12:00:00-05:00"}
    asked = call | {"facts": [], "history": calls}
    assert may.answer([asked])[0]["allowed"] is False
    consent = {"kind": "prior_consent", "at": "2026-04-04T08:00:00-05:00"}
    assert may.answer([asked | {"facts": [consent]}])[0]["allowed"] is True
