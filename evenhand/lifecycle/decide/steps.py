"""Deciding an application: by the house at once, by a person where the applicant asks for one.

A decision of the house is worked out from the facts before it and the sealed answers, so it can be
worked out again: that is its explanation (`again`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, Final

from django.db import transaction

from evenhand.ledger import caps_of_day, products, streams
from evenhand.ledger.acting import act
from evenhand.ledger.applications import Application, applications
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_of
from evenhand.ledger.reactions import Places
from evenhand.lifecycle.decide import class_caps, known, policy, scorecard, waiting
from evenhand.lifecycle.decide.weighing import Decision, Tools, weigh
from evenhand.people import answers, kept, persons

HAND: Final = "house"
DECISION: Final = "decision.made"


def decide(*, facts: Places, at: int) -> None:
    """Decides the applications made by these facts (borrower, seq), each once."""
    for borrower, seq in facts:
        with transaction.atomic():
            act(borrower, partial(_decided, seq=seq, at=at), at=at)


def clear(*, facts: Places, at: int) -> None:
    """Whoever withdrew an application waits no longer."""
    for borrower, seq in facts:
        for fact in streams.facts_at([(borrower, seq)]):
            waiting.leave(fact.loan)


TASKS: Final[dict[str, Callable[..., object]]] = {"decide.decide": decide, "decide.clear": clear}


def again(facts: Sequence[Fact], application: Application) -> Decision | None:
    """How the house came to its decision: worked out anew from what was known then.

    None where policy or card are others by now, or the person is erased.
    """
    made = next((f for f in facts if f.seq == application.house_decision), None)
    if made is None:
        return None
    before = [fact for fact in facts if fact.seq < made.seq]
    tools = tools_for(application, made.at)
    same = (tools.policy.digest, tools.card.digest)
    if same != (made.body["policy"], made.body["scorecard"]):
        return None
    return weighed(before, application, made.at)


def weighed(facts: Sequence[Fact], application: Application, at: int) -> Decision | None:
    """What the house would decide at `at` by these facts; None where the person is erased."""
    try:
        said = answers.read(kept.committed(application.borrower, application.text))
    except persons.Erased:
        return None
    found = known.known(facts, application, said, at)
    tools = tools_for(application, at)
    return _asked_first(weigh(found, application, tools), application, tools, at)


def _asked_first(found: Decision, one: Application, tools: Tools, at: int) -> Decision:
    """A yes dearer than the law allows today is a no; one dearer than a class of people may be
    charged waits for a person who asks."""
    if found.outcome != "approve":
        return found
    on = day_of(at)
    if caps_of_day.is_beyond(tools.product, found.principal_minor, one.months, on):
        return replace(found, outcome="decline", reasons=(caps_of_day.REASON,))
    classes = class_caps.beyond(tools.product, found.principal_minor, one.months, on)
    asking = tuple(class_caps.ASK + name for name in classes)
    return replace(found, outcome="refer", reasons=asking) if asking else found


def tools_for(application: Application, at: int) -> Tools:
    """What an application is weighed by at a moment."""
    product = products.find(application.product, application.version)
    assert product is not None, "an application names a product there was"
    return Tools(policy.in_force(day_of(at)), scorecard.in_use(), product)


def ask_review(borrower: int, loan: int, words: str, *, at: int) -> bool:
    """The applicant wants a person to look, with words of their own or none; False where nothing
    is to be looked at."""
    with transaction.atomic():
        body = {"text": persons.seal_text(borrower, words).hex()} if words else {}

        def drafts(facts: Sequence[Fact]) -> list[Draft]:
            one = applications(facts).get(loan)
            if one is None or not may_be_reviewed(one):
                return []
            asked = "decision.review_asked"
            return [Draft(asked, day_of(at), "borrower", loan, cause=one.decision, body=body)]

        written = act(borrower, drafts, at=at)
        if written:
            waiting.wait(loan, written[0].at)
    return bool(written)


def may_be_reviewed(one: Application) -> bool:
    """May the applicant ask a person to look? Once, at what the house decided by itself."""
    by_house = one.decided_by == HAND
    offered_less = one.stage == "approved" and one.offer_minor < one.principal_minor
    return by_house and one.review == 0 and (one.stage in ("referred", "declined") or offered_less)


def _decided(facts: Sequence[Fact], seq: int, at: int) -> list[Draft]:
    one = next((each for each in applications(facts).values() if each.seq == seq), None)
    if one is None or one.stage != "open":
        return []
    waiting.know(one.loan, one.borrower)
    found = weighed(facts, one, at)
    return [draft(one, found, at)] if found else []


def draft(one: Application, found: Decision, at: int) -> Draft:
    """The house's decision as a fact; an approval says what is offered and until when."""
    tools = tools_for(one, at)
    body: dict[str, Any] = {
        "outcome": found.outcome,
        "reasons": list(found.reasons),
        "points": found.points,
        "policy": tools.policy.digest,
        "scorecard": tools.card.digest,
    }
    if found.outcome == "approve":
        body |= offer(found.principal_minor, one.months, tools.policy, at)
    return Draft(DECISION, day_of(at), HAND, one.loan, cause=one.seq, body=body)


def offer(principal_minor: int, months: int, by: policy.Policy, at: int) -> dict[str, Any]:
    """What an approval offers: the keys of its body."""
    last = day_of(at) + timedelta(days=by.lending.offer_days - 1)
    return {"principal_minor": principal_minor, "months": months, "until": last.isoformat()}
