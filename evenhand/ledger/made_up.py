"""Drafts of made-up facts, for tests and measurements of this room and of those above it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from evenhand.law import rulebook
from evenhand.ledger import charges
from evenhand.ledger.facts import Draft, Fact

MIDDAY = 4 * 3_600_000_000
"""Noon in Shanghai, as microseconds of a UTC day."""


def noon(day: date) -> int:
    """Noon of a day in Shanghai, in microseconds UTC."""
    return (day.toordinal() - date(1970, 1, 1).toordinal()) * 86_400_000_000 + MIDDAY


def stream(*drafts: Draft, borrower: int = 9) -> list[Fact]:
    """Facts as a stream has them, each learnt at noon of its day, without a database."""
    return [
        Fact(
            borrower, n, d.loan, d.day, noon(d.day), d.kind, d.amount, d.cause, d.hand,
            dict(d.body), b"link",
        )
        for n, d in enumerate(drafts, 1)
    ]  # fmt: skip


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


TABLE = "ee" * 32
"""The digest of a made-up cost table."""


def promised(
    loan: int, day: date, seq: int, count: int = 12, **changes: Any
) -> tuple[Draft, Draft, Draft]:
    """A loan signed that awaits its money, its cost table confirmed before: after `seq`."""
    terms = signed(loan, day, count, awaits="disbursal", cost_table=TABLE, **changes)
    shown, confirmed = listed(loan, day, terms, seq)
    return shown, confirmed, terms


def listed(loan: int, day: date, terms: Draft, seq: int) -> list[Draft]:
    """The cost table of these terms, shown and confirmed, as the facts after `seq` of a stream."""
    document = TABLE
    shown = {
        "document": document,
        "item": 1,
        "lang": "en",
        "reading_seconds": 5,
        "charges": [list(each) for each in charges.of_terms(terms.body)],
        "principal_minor": terms.amount,
        "months": len(terms.body["instalments"]),
        "yearly_hundredths": 1_080,
    }
    read = {"document": document, "read_seconds": 6}
    return [
        Draft("cost_table.shown", day, "house", loan, cause=seq, body=shown),
        Draft("cost_table.confirmed", day, "borrower", loan, cause=seq + 1, body=read),
    ]


def imported(loan: int, day: date, count: int = 12) -> Draft:
    """A loan taken over at the end of its first month, with 5.00 of late interest brought along."""
    terms = signed(loan, day - timedelta(days=31), count)
    body = dict(terms.body) | {
        "as_of": day.isoformat(),
        "reference_digest": "cd" * 32,
        "origin": "IMP-1",
        "late_brought": [[1, 500]],
        "measures_from": "house default",
    }
    return Draft("loan.imported", day, "import", loan, terms.amount, body=body)


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
        "packs": rulebook.pack_hashes(("cn", "policy")),
        "verdict": {"allowed": 1, "not_before": noon(day) // 1_000_000, "rules_checked": 12},
        "judged_seq": judged_seq,
    }
    return Draft("contact.intended", day, "dayclose", body=body)


def leaving(day: date, cause: int, judged_seq: int | None = None) -> Draft:
    """The intention `cause` on its way; judged again at that seq, if left out right behind it."""
    body = {
        "text": "ab" * 32,
        "packs": rulebook.pack_hashes(("cn", "policy")),
        "verdict": {"allowed": 1, "not_before": noon(day) // 1_000_000, "rules_checked": 12},
        "channel": "sms",
        "address": 500_001,
        "judged_seq": cause if judged_seq is None else judged_seq,
    }
    return Draft("contact.leaving", day, "outbox", cause=cause, body=body)


def answered(day: date, cause: int, kind: str = "contact.sent") -> Draft:
    """What came of the leaving `cause`."""
    last = {"reference": "M-1"} if kind == "contact.sent" else {"reason": "rejected"}
    return Draft(kind, day, "outbox", cause=cause, body={"provider": "simulator", **last})


def stopped(day: date, cause: int, kind: str) -> Draft:
    """The intention `cause`, withdrawn or refused at sending."""
    if kind == "contact.withdrawn":
        return Draft(kind, day, "outbox", cause=cause, body={"reason": "paid"})
    body = {"rules": [{"rule": "cn.pause", "cite": "Article 1"}], "not_before": 0}
    return Draft(kind, day, "outbox", cause=cause, body=body)


def begun(day: date, kind: str, **body: Any) -> Draft:
    """A complaint, a plan, a wish or another state."""
    if kind == "state.began":
        body.setdefault("state", "hospital")
    if kind == "wish.opt_out":
        body.setdefault("channel", "sms")
    return Draft(kind, day, "staff:2", body=body)


def ended(day: date, kind: str, cause: int) -> Draft:
    """The end of the state `cause`."""
    body = {"reason": "broken"} if kind == "plan.ended" else {}
    return Draft(kind, day, "staff:2", cause=cause, body=body)


class Life:
    """A borrower's made-up life: each choice (a number) is the next thing that happens to him.

    `step` returns the moment and the drafts to append at `seq`; what it picks is always possible.
    """

    def __init__(self, borrower: int, loan: int) -> None:
        self.borrower = borrower
        self.seq = 0
        self.day = date(2026, 3, 1)
        self._next_loan = loan
        self._loans: list[int] = []
        self._payments: list[tuple[int, int, int]] = []
        self._waiting: list[int] = []
        self._leaving: list[int] = []
        self._states: list[tuple[int, str]] = []

    def step(self, choice: int) -> tuple[int, list[Draft]]:
        """What happens next."""
        kind, size = choice % 10, choice // 10
        self.day += timedelta(days=size % 17)
        drafts = self._drafts(kind, size) if self._loans else self._begins()
        self.seq += len(drafts)
        return noon(self.day) + size % 1_000_000, drafts

    def _drafts(self, kind: int, size: int) -> list[Draft]:
        acts = (
            self._borrows, self._pays, self._pays, self._takes_back, self._hears, self._leaves,
            self._answers, self._withdraws, self._complains, self._is_content,
        )  # fmt: skip
        return acts[kind](size)

    def _begins(self) -> list[Draft]:
        return [enrolled(self.day), *self._borrows(12)]

    def _borrows(self, size: int) -> list[Draft]:
        loan = self._next_loan = self._next_loan + 1
        self._loans.append(loan)
        if size % 3:
            return [signed(loan, self.day, 1 + size % 12)]
        return [imported(loan, self.day, 1 + size % 12)]

    def _pays(self, size: int) -> list[Draft]:
        loan = self._loans[size % len(self._loans)]
        amount = 1 + size * 997 % 300_000
        self._payments.append((loan, amount, self.seq + 1))
        return [paid(loan, self.day - timedelta(days=size % 3), amount)]

    def _takes_back(self, size: int) -> list[Draft]:
        if not self._payments:
            return self._pays(size)
        loan, amount, seq = self._payments.pop(size % len(self._payments))
        return [reversed_(loan, self.day, amount, seq)]

    def _hears(self, size: int) -> list[Draft]:
        rungs = dict.fromkeys(self._loans[: 1 + size % 2], 1 + size % 14)
        self._waiting.append(self.seq + 1)
        return [intended(self.day, rungs, self.day - timedelta(days=size % 9), self.seq)]

    def _leaves(self, size: int) -> list[Draft]:
        if not self._waiting:
            return self._hears(size) + self._at_once()
        self._leaving.append(self.seq + 1)
        return [leaving(self.day, self._waiting.pop(), self.seq)]

    def _at_once(self) -> list[Draft]:
        """The intention just before, leaving in the same breath and never heard of."""
        return [
            leaving(self.day, self._waiting.pop()),
            answered(self.day, self.seq + 2, "contact.unknown"),
        ]

    def _answers(self, size: int) -> list[Draft]:
        if not self._leaving:
            return self._leaves(size)
        cause = self._leaving.pop()
        kind = ("contact.sent", "contact.failed", "contact.unknown")[size % 3]
        if kind == "contact.unknown":
            self._leaving.append(cause)  # the answer may come yet
        return [answered(self.day, cause, kind)]

    def _withdraws(self, size: int) -> list[Draft]:
        if not self._waiting:
            return self._complains(size)
        kind = ("contact.withdrawn", "contact.refused")[size % 2]
        return [stopped(self.day, self._waiting.pop(), kind)]

    def _complains(self, size: int) -> list[Draft]:
        begins, ends = (
            ("complaint.opened", "complaint.answered"),
            ("plan.agreed", "plan.ended"),
            ("wish.opt_out", "wish.withdrawn"),
            ("state.began", "state.ended"),
        )[size % 4]
        self._states.append((self.seq + 1, ends))
        return [begun(self.day, begins)]

    def _is_content(self, size: int) -> list[Draft]:
        if not self._states:
            return self._complains(size)
        cause, ends = self._states.pop()
        return [ended(self.day, ends, cause)]
