"""An application's life, read from its facts."""

from datetime import date
from typing import Any

from evenhand.ledger.applications import applications, under_way
from evenhand.ledger.facts import Fact

DAY = date(2026, 3, 1)
LOAN = 71
MADE = {"product": "demo", "version": 1, "months": 12, "purpose": "repairs", "text": "ab" * 32}
DECIDED = {"policy": "00", "scorecard": "11", "reasons": ["share"]}
OFFER = {"principal_minor": 800_000, "months": 12, "until": "2026-03-31"}


def life(*told: tuple[str, dict[str, Any]], hand: str = "house", loan: int = LOAN) -> list[Fact]:
    amounts = {"application.made": 1_000_000}
    return [
        Fact(7, seq, loan, DAY, seq, kind, amounts.get(kind, 0), 1, hand, body, b"")
        for seq, (kind, body) in enumerate(told, start=1)
    ]


def made() -> tuple[str, dict[str, Any]]:
    return ("application.made", MADE)


def decided(outcome: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return ("decision.made", {**DECIDED, "outcome": outcome, **more})


def test_an_application_waits_until_it_is_decided() -> None:
    one = applications(life(made()))[LOAN]
    assert (one.stage, one.principal_minor, one.months) == ("open", 1_000_000, 12)
    assert one.goes_on(DAY) and not one.holds(DAY)


def test_an_offer_holds_until_its_last_day() -> None:
    one = applications(life(made(), decided("approve", **OFFER)))[LOAN]
    assert (one.stage, one.offer_minor, one.reasons) == ("approved", 800_000, ("share",))
    assert one.holds(date(2026, 3, 31))
    assert not one.goes_on(date(2026, 4, 1))


def test_who_was_declined_is_free_unless_a_person_is_looking() -> None:
    facts = life(made(), decided("decline"), ("decision.review_asked", {"text": "cd" * 32}))
    assert under_way(facts[:2], DAY) is None
    one = under_way(facts, DAY)
    assert one is not None
    assert (one.stage, one.review, one.review_words) == ("declined", 3, "cd" * 32)


def test_a_persons_decision_stands_over_the_houses() -> None:
    facts = life(made(), decided("refer", points=512), ("decision.review_asked", {}))
    facts += [fact._replace(seq=4, hand="staff:3") for fact in life(decided("approve", **OFFER))]
    one = applications(facts)[LOAN]
    assert (one.stage, one.decision, one.house_decision) == ("approved", 4, 2)
    assert (one.decided_by, one.review, one.points) == ("staff:3", 0, 512)


def test_withdrawn_is_withdrawn_whatever_is_decided_afterwards() -> None:
    facts = life(made(), ("application.withdrawn", {}), decided("approve", **OFFER))
    assert applications(facts)[LOAN].stage == "withdrawn"
    assert under_way(facts, DAY) is None


def test_signed_and_then_withdrawn_before_the_money_came() -> None:
    facts = life(
        made(), decided("approve", **OFFER), ("loan.signed", {}), ("contract.withdrawn", {})
    )
    assert applications(facts[:3])[LOAN].stage == "signed"
    assert applications(facts)[LOAN].stage == "withdrawn"


def test_the_latest_of_several_is_under_way() -> None:
    first = life(made(), ("application.withdrawn", {}))
    second = life(made(), loan=72)
    found = under_way([*first, *second], DAY)
    assert found is not None and found.loan == 72
