"""What-if beside a plain one: each contact alone, its borrower's facts read one by one up to what
was known, and judged by the rules written again in plain Python (`may_plain_test`)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest

from evenhand.law import loader
from evenhand.ledger import streams
from evenhand.ledger.facts import Fact
from evenhand.ledger.made_up import Life
from evenhand.outbound.contact import what_if
from evenhand.outbound.contact.what_if import Tally
from evenhand.site.commands.may_plain_test import Request, offended

pytestmark = pytest.mark.django_db
BORROWERS = range(1, 21)
BEGIN, END = date(2026, 3, 1), date(2028, 12, 31)
EVER = 1 << 60
STATES = {
    "complaint.opened": "complaint_open",
    "plan.agreed": "agreement_in_force",
    "wish.opt_out": "opt_out",
    "state.began": "",
}
OVER = ("complaint.answered", "plan.ended", "wish.withdrawn", "state.ended")
ANSWERS = ("contact.sent", "contact.failed", "contact.unknown")


def lived(seed: int) -> None:
    """Lives of twenty borrowers, lawful or not, as facts."""
    rng = Random(seed)
    for borrower in BORROWERS:
        life = Life(borrower, borrower * 1000)
        for _step in range(rng.randrange(5, 60)):
            seq = life.seq
            # Mostly what a contact consists of, and little time between.
            choice = rng.choice([4, 5, 5, 6, 7, 8, 9, rng.randrange(10)])
            at, drafts = life.step(choice + 10 * rng.choice([0, 17, rng.randrange(99)]))
            streams.append(borrower, drafts, at=at, expected_seq=seq)


def plainly() -> Iterator[tuple[str, int, int, set[str]]]:
    """(what another law makes of it, borrower, moment, the rules that refuse now) of every contact
    that left though the rules refuse it, or was refused though they allow it."""
    for borrower in BORROWERS:
        stream = streams.stream(borrower)
        for told in stream:
            if told.kind not in ("contact.leaving", "contact.refused"):
                continue
            wanted = stream[told.cause - 1]
            known = told.body.get("judged_seq", told.seq - 1)
            request = asked(stream[:known], wanted, told.at)
            rules = offended(request, datetime.fromisoformat(request["at"]))
            if bool(rules) == (told.kind == "contact.leaving"):
                sort = "refused" if rules else "allowed"
                yield sort, borrower, told.at, rules


def asked(known: Sequence[Fact], wanted: Fact, at: int) -> Request:
    """The request to `evenhand may` that says the same, from what was known."""
    return {
        "packs": ["cn", "policy"],
        "at": clock(at),
        "zones": ["Asia/Shanghai"],
        "channel": "sms",
        "mode": "interactive",
        "to": "debtor",
        "by": "lender",
        "address": "500001",
        "purpose": "collect",
        "debts": [str(loan) for loan, _rung, _since in wanted.body["loans"]],
        "days_late": 0,
        "message": {"names_institution": True},
        "facts": [state for fact in known for state in states_of(fact, known)],
        "history": [
            {
                "at": clock(when),
                "channel": "sms",
                "direction": "out",
                "outcome": "sent",
                "to": "debtor",
                "address": "500001",
                "debts": [],
            }
            for fact in known
            if fact.kind == "contact.intended" and fact.seq != wanted.seq
            for when in went(fact, known)
        ],
    }


def went(intended: Fact, known: Sequence[Fact]) -> list[int]:
    """When it counts: once it left, from then on; before, for when it is due; not where it failed,
    was withdrawn or refused."""
    when = [int(intended.body["due_at"])]
    left = 0
    for fact in known:
        if fact.cause == intended.seq and fact.kind == "contact.leaving":
            left, when = fact.seq, [fact.at]
        elif fact.cause == intended.seq:
            when = []
        elif left and fact.cause == left and fact.kind in ANSWERS:
            when = [] if fact.kind == "contact.failed" else when
    return when


def states_of(fact: Fact, known: Sequence[Fact]) -> list[dict[str, Any]]:
    if fact.kind not in STATES:
        return []
    ended = [each.at for each in known if each.cause == fact.seq and each.kind in OVER]
    state = {"kind": STATES[fact.kind] or fact.body["state"], "at": clock(fact.at)}
    narrowed = {"channel": fact.body["channel"]} if fact.kind == "wish.opt_out" else {}
    return [state | narrowed | ({"closed_at": clock(ended[0])} if ended else {})]


def clock(at: int) -> str:
    """Whole seconds: so the gate counts."""
    return datetime.fromtimestamp(at // 1_000_000, UTC).isoformat()


@pytest.mark.parametrize("seed", [1, 2])
def test_in_batches_it_finds_what_each_contact_alone_finds(seed: int) -> None:
    lived(seed)
    other = what_if.other_law(loader.load("cn"), BEGIN, END)
    found = {
        (each.sort, each.borrower, each.at): {refusal.rule for refusal in each.rules}
        for each in what_if.replay(other, 0, EVER, Tally())
    }
    plain = {(sort, borrower, at): rules for sort, borrower, at, rules in plainly()}
    assert found.keys() == plain.keys()
    for key, rules in plain.items():
        assert key[0] == "allowed" or found[key] == rules, key
    assert {sort for sort, _borrower, _at in found} == {"refused", "allowed"}
