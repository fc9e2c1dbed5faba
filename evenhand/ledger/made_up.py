"""Drafts of made-up facts, for tests and measurements of this room and of those above it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from evenhand.ledger.facts import Draft

MIDDAY = 4 * 3_600_000_000
"""Noon in Shanghai, as microseconds of a UTC day."""


def noon(day: date) -> int:
    """Noon of a day in Shanghai, in microseconds UTC."""
    return (day.toordinal() - date(1970, 1, 1).toordinal()) * 86_400_000_000 + MIDDAY


def enrolled(day: date) -> Draft:
    """The first fact of a person's stream."""
    return Draft(
        "borrower.enrolled", day, "staff:1", body={"lang": "zh-hans", "zone": "Asia/Shanghai"}
    )


def signed(loan: int, day: date, count: int = 12, **changes: Any) -> Draft:
    """A loan of 1,000.00 principal and 10.00 interest an instalment, due every thirty days."""
    due = [(day + timedelta(days=30 * n)).isoformat() for n in range(1, count + 1)]
    body: dict[str, Any] = {
        "product": "demo",
        "version": 1,
        "currency": "CNY",
        "rate_ppm": 120_000,
        "late_rate_ppm": 180_000,
        "late_year_days": 360,
        "disbursed_on": day.isoformat(),
        "strategy": "house",
        "measures": ["sms", "call"],
        "instalments": [[due_on, 100_000, 1_000] for due_on in due],
    }
    return Draft("loan.signed", day, "borrower", loan, 100_000 * count, body=body | changes)


def paid(loan: int, day: date, amount: int) -> Draft:
    """Money that came in."""
    body = {"reference": "R1", "channel": "bank"}
    return Draft("payment.received", day, "provider:bank", loan, amount, body=body)


def reversed_(loan: int, day: date, amount: int, cause: int) -> Draft:
    """Money that went back: `amount` as it was paid, `cause` the payment's seq."""
    body = {"reason": "bounced"}
    return Draft("payment.reversed", day, "provider:bank", loan, -amount, cause, body)


def intended(day: date, rungs: Mapping[int, int], since: date, judged_seq: int) -> Draft:
    """A text message to be sent at noon, taking these rungs (loan -> rung)."""
    step = max(rungs.values())
    body: dict[str, Any] = {
        "channel": "sms",
        "mode": "interactive",
        "to": "debtor",
        "address": 500_001,
        "purpose": "collect",
        "step": step,
        "since": since.isoformat(),
        "loans": [[loan, rung, since.isoformat()] for loan, rung in rungs.items()],
        "template": "remind.first",
        "lang": "zh-hans",
        "due_at": noon(day),
        "packs": {"cn": "0" * 64, "policy": "1" * 64},
        "verdict": {"not_before": noon(day), "rules_checked": 12},
        "judged_seq": judged_seq,
    }
    return Draft("contact.intended", day, "dayclose", body=body)


def leaving(day: date, cause: int) -> Draft:
    """The intention `cause` on its way."""
    body = {"text": "ab" * 32, "packs": {"cn": "0" * 64}, "channel": "sms", "address": 500_001}
    return Draft("contact.leaving", day, "outbox", cause=cause, body=body)


def answered(day: date, cause: int, kind: str = "contact.sent") -> Draft:
    """What came of the leaving `cause`."""
    last = {"reference": "M-1"} if kind == "contact.sent" else {"reason": "rejected"}
    return Draft(kind, day, "outbox", cause=cause, body={"provider": "simulator", **last})
