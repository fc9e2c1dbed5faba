"""Claims of "I did not take this loan": what stops at once, who answers, and by when.

A claim is the fact `state.began` of identity_theft for the loan, in the claimant's stream. While it
stands the gate refuses to collect, nothing leaves or is debited, and whoever reports to a bureau
asks `ledger.states.stands` first. One of staff takes it on and it is answered with a reason: the
loan is the borrower's after all and the state ends, or it is not and the state stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.conf import settings

from evenhand.law import loader
from evenhand.ledger import hands, house, states, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.contact import own_words

STATE: Final = "identity_theft"
EVENT: Final = "credit_dispute_received"
DAYS: Final = 20
"""Days for an answer where no pack of the house says fewer."""
OUTCOMES: Final = ("upheld", "not_upheld")


class Claim(NamedTuple):
    """A claim as of now. `owner` and `answered_by` are staff ids, 0 for nobody yet."""

    borrower: int
    seq: int
    loan: int
    opened_at: int
    due_on: date
    owner: int
    taken_at: int
    outcome: str
    answered_by: int
    answered_at: int
    text: str
    """The commitment to the words of the answer, hex."""


class Answered(Exception):
    """It has been answered; nothing more is to be said."""


def open_claim(borrower: int, loan: int, at: int) -> int:
    """The borrower says that they did not take this loan; the claim's seq, also of one that stands.

    Raises LookupError where their stream knows no such loan.
    """
    seqs: list[int] = []

    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        if not any(fact.loan == loan for fact in facts):
            raise LookupError(f"no loan {loan} in this stream")
        seqs[:] = [one.seq for one in claims_of(facts, loan) if one.outcome != "not_upheld"]
        day, body = house.day_of(at), {"state": STATE}
        return [] if seqs else [Draft("state.began", day, "borrower", loan, body=body)]

    written = act(borrower, decide, at=at)
    return written[0].seq if written else seqs[-1]


def take(borrower: int, seq: int, by: int, at: int) -> None:
    """Staff member `by` answers for it from now on. Raises Answered, LookupError for no claim."""
    _act(borrower, seq, "claim.taken", by, at, {})


def answer(borrower: int, seq: int, outcome: str, text: str, by: int, at: int) -> int:
    """Answer with a reason the borrower reads: upheld (the state stays) or not_upheld (it ends);
    the seq of the answer."""
    assert outcome in OUTCOMES, "a claim is right or it is not"
    kind = "claim.upheld" if outcome == "upheld" else "state.ended"
    sealed = own_words.seal(borrower, text, "claim_answer", by, at=at)
    body = {"text": sealed} | ({} if outcome == "upheld" else {"reason": outcome})
    return _act(borrower, seq, kind, by, at, body)


def claims_of(facts: Sequence[Fact], loan: int = 0) -> list[Claim]:
    """The claims of a stream, of one loan or of all, oldest first."""
    return [
        _claim(fact, facts)
        for fact in facts
        if fact.kind == "state.began" and fact.body["state"] == STATE and loan in (0, fact.loan)
    ]


def of_loan(borrower: int, loan: int, at: int) -> Claim | None:
    """The last claim about a loan; None without one."""
    found = claims_of(streams.stream(borrower, known_at=at), loan)
    return found[-1] if found else None


def standing(at: int) -> list[Claim]:
    """Every claim that stands, those without an answer first, then by the day they are due."""
    places = states.everybody_in(STATE, at=at)
    found: list[Claim] = []
    for borrower in sorted({place[0] for place in places}):
        wanted = {seq for b, seq, _loan, _at in places if b == borrower}
        found += [one for one in claims_of(streams.stream(borrower)) if one.seq in wanted]
    return sorted(found, key=lambda one: (bool(one.outcome), one.due_on, one.borrower, one.seq))


def due_on(opened: date) -> date:
    """The last day for an answer: the shortest that a pack of the house gives on that day."""
    rules = [rule for pack in settings.EVENHAND_PACKS for rule in loader.load(pack).rules]
    values = [rule.on(opened) for rule in rules if rule.type == "deadline"]
    given = [
        int(value.says["answer_within_days"])
        for value in values
        if value is not None and value.says.get("event") == EVENT
    ]
    return opened + timedelta(days=min([DAYS, *given]))


def _claim(began: Fact, facts: Sequence[Fact]) -> Claim:
    of = {fact.kind: fact for fact in facts if fact.cause == began.seq}
    taken = of.get("claim.taken")
    ended = of.get("state.ended") or of.get("claim.upheld")
    outcome = "" if ended is None else "upheld" if ended.kind == "claim.upheld" else "not_upheld"
    return Claim(
        began.borrower,
        began.seq,
        began.loan,
        began.at,
        due_on(house.day_of(began.at)),
        _staff(taken),
        taken.at if taken else 0,
        outcome,
        _staff(ended),
        ended.at if ended else 0,
        str(ended.body.get("text", "")) if ended else "",
    )


def _act(borrower: int, seq: int, kind: str, by: int, at: int, body: dict[str, str]) -> int:
    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        found = [claim for claim in claims_of(facts) if claim.seq == seq]
        if not found:
            raise LookupError("no such claim")
        if found[0].outcome:
            raise Answered(seq)
        day, hand = house.day_of(at), f"staff:{by}"
        return [Draft(kind, day, hand, found[0].loan, cause=seq, body=body)]

    (written,) = act(borrower, decide, at=at)
    return written.seq


def _staff(fact: Fact | None) -> int:
    return hands.staff_of(fact.hand) if fact else 0
