"""A person of staff decides: with reasons, within the policy, and larger sums by two of them.

Nobody decides an application of their own: not one they entered, nor one of whoever is signed in as
a borrower in the same browser. No rule that declines is outvoted: affordability and the law come
first; what only refers, and the points, are for the person to weigh.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from evenhand.core.offer import DECLINE
from evenhand.ledger import caps_of_day, hands, streams
from evenhand.ledger.acting import act
from evenhand.ledger.applications import Application, applications
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_of
from evenhand.ledger.quotes import bounds, quote
from evenhand.lifecycle.decide import (
    class_caps,
    known,
    policy,
    scorecard,
    steps,
    waiting,
)
from evenhand.lifecycle.decide.weighing import ruled
from evenhand.outbound.contact import closing, own_file, own_words
from evenhand.outbound.contact.tell import tell
from evenhand.people import answers, kept

REASONS: Final = {
    "approve": ("staff.documents_seen", "staff.explained", "staff.known_well", "staff.not_serving"),
    "decline": ("staff.too_dear", "staff.unclear", "staff.not_as_said", "staff.purpose"),
}
SENIOR: Final = "supervisor"


class Refused(Exception):
    """The decision may not be made; `codes` says why: own, ended, beyond, bounds, cap, class, two,
    or rules."""

    def __init__(self, *codes: str) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person of staff decides. Words are for the applicant, sealed; amounts of a yes."""

    outcome: str
    reasons: tuple[str, ...]
    words: str = ""
    principal_minor: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class Judge:
    """Who decides: the staff id and role, and who is signed in as a borrower beside them (0)."""

    staff: int
    role: str
    beside: int = 0

    @property
    def hand(self) -> str:
        return f"staff:{self.staff}"


def decide(borrower: int, loan: int, verdict: Verdict, by: Judge, *, at: int) -> str:
    """Writes the decision, or what the first of two proposes: "made" or "proposed". Raises Refused.

    The applicant is told of a decision, not of a proposal.
    """
    facts = streams.stream(borrower)
    sums = lent(_require_may(facts, loan, verdict, by, at), verdict, at)
    text = own_words.seal(borrower, verdict.words, "decision", by.staff, at=at, also_minor=sums)

    def drafts(facts: Sequence[Fact]) -> list[Draft]:
        one = _require_may(facts, loan, verdict, by, at)
        return [_draft(one, verdict, text, by, at)]

    with transaction.atomic():
        (written,) = act(borrower, drafts, at=at)
        if written.kind != steps.DECISION:
            return "proposed"
        waiting.leave(loan)
        tell(borrower, "decision_made", at=at, cause=written.seq, loan=loan)
    return "made"


def confirm(borrower: int, loan: int, by: Judge, *, at: int) -> None:
    """A senior person confirms what another proposed. Raises Refused."""
    one = applications(streams.stream(borrower)).get(loan)
    if one is None or not one.proposed:
        raise Refused("ended")
    body = one.proposal
    verdict = Verdict(
        body["outcome"],
        tuple(body["reasons"]),
        closing.typed(kept.committed(borrower, body["text"])) if body.get("text") else "",
        body["principal_minor"],
        body["months"],
    )
    if by.role != SENIOR or one.proposed_by == by.hand:
        raise Refused("two")
    decide(borrower, loan, verdict, by, at=at)


def is_own(one: Application, facts: Sequence[Fact], by: Judge) -> bool:
    """Is it an application of the judge's own, or one they entered?"""
    made = next(fact for fact in facts if fact.seq == one.seq)
    entered = hands.staff_of(made.hand) == by.staff
    return entered or (by.beside > 0 and by.beside == one.borrower)


def _require_may(
    facts: Sequence[Fact], loan: int, verdict: Verdict, by: Judge, at: int
) -> Application:
    one = applications(facts).get(loan)
    if one is None or not one.review:
        raise Refused("ended")
    if is_own(one, facts, by):
        raise Refused("own")
    if verdict.outcome == "approve":
        _require_within(facts, one, verdict, at)
    return one


def _require_within(facts: Sequence[Fact], one: Application, verdict: Verdict, at: int) -> None:
    """A yes keeps to what was asked for, to the product, and to every rule that declines."""
    tools = steps.tools_for(one, at)
    (least, _), (fewest, longest) = bounds(tools.product)
    if not least <= verdict.principal_minor <= one.principal_minor:
        raise Refused("beyond")
    if not fewest <= verdict.months <= longest:
        raise Refused("bounds")
    on, principal_minor, months = day_of(at), verdict.principal_minor, verdict.months
    if caps_of_day.is_beyond(tools.product, principal_minor, months, on):
        raise Refused("cap")
    classes = class_caps.beyond(tools.product, principal_minor, months, on)
    if not {class_caps.CLEARED[name] for name in classes} <= set(verdict.reasons):
        raise Refused("class")
    said = answers.read(kept.committed(one.borrower, one.text))
    found = known.known(facts, one, said, at)
    told = ruled(found, one, principal_minor, months, tools)
    rules = tools.policy
    grave = [rules.rules[n].id for n in told.spoke if rules.columns.outcome[n] == DECLINE]
    if grave:
        raise Refused("rules", *grave)


def lent(one: Application, verdict: Verdict | None, at: int) -> set[int]:
    """The amounts of what was asked for, and of a yes: the sum and its instalments."""
    product = steps.tools_for(one, at).product
    sums = {(one.principal_minor, one.months)}
    if verdict and verdict.outcome == "approve":
        sums.add((verdict.principal_minor, verdict.months))
    quotes = [quote(product, principal, months, day_of(at)) for principal, months in sums]
    return {minor for each in quotes for minor in own_file.figures(each._asdict())}


def _draft(one: Application, verdict: Verdict, text: str, by: Judge, at: int) -> Draft:
    limit = policy.in_force(day_of(at)).lending.supervisor_above_minor
    body: dict[str, Any] = {"outcome": verdict.outcome, "reasons": list(verdict.reasons)}
    if text:
        body["text"] = text
    if _needs_another(one, verdict, by, limit):
        body |= {"principal_minor": verdict.principal_minor, "months": verdict.months}
        return Draft(
            "decision.proposed", day_of(at), by.hand, one.loan, cause=one.review, body=body
        )
    tools = steps.tools_for(one, at)
    body |= {"policy": tools.policy.digest, "scorecard": scorecard.in_use().digest}
    if verdict.outcome == "approve":
        body |= steps.offer(verdict.principal_minor, verdict.months, tools.policy, at)
    return Draft(steps.DECISION, day_of(at), by.hand, one.loan, cause=one.review, body=body)


def _needs_another(one: Application, verdict: Verdict, by: Judge, limit: int) -> bool:
    """A yes to a large sum is one person's proposal until a senior other confirms the very same."""
    if verdict.outcome != "approve" or verdict.principal_minor <= limit:
        return False
    same = (
        one.proposal.get("principal_minor") == verdict.principal_minor
        and one.proposal.get("months") == verdict.months
    )
    return not (one.proposed and one.proposed_by != by.hand and by.role == SENIOR and same)
