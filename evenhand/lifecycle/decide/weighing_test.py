"""Decisions told as stories, and held to plain ifs over random applicants."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.offer import COLUMNS, OUTCOMES
from evenhand.ledger.applications import Application
from evenhand.ledger.products import DEMO
from evenhand.ledger.quotes import quote
from evenhand.lifecycle.decide import policy, scorecard
from evenhand.lifecycle.decide.known import Known, means_of
from evenhand.lifecycle.decide.made_up import SOUND
from evenhand.lifecycle.decide.weighing import Decision, Tools, weigh
from evenhand.people.answers import Answers

ON = date(2026, 3, 2)
TOOLS = Tools(policy.in_force(ON), scorecard.in_use(), DEMO)
CLEAN = {
    "age_years": 35,
    "verified": 1,
    "student": 0,
    "claimed_not_mine": 0,
    "protected": 0,
    "purpose_refused": 0,
    "past_due_days": 0,
    "other_open": 0,
    "applications_30d": 1,
}
HISTORIES = ("late", "fresh", "paid")


def asked(principal_minor: int = 1_000_000, months: int = 12) -> Application:
    return Application(1, 71, 7, 0, ON, principal_minor, months, "demo", 1, "repairs", "ab")


def of(said: Answers, history: str = "fresh", months: int = 12, **columns: Any) -> Known:
    employed = said.employed_months(ON)
    of_work = {"income_minor": said.income_minor, "employed_months": employed}
    attributes: dict[str, Any] = {
        "account": said.account,
        "savings": said.savings,
        "history": history,
        "months": months,
        "employed_months": employed,
        "other_loans": "some" if said.loans_minor else "none",
    }
    return Known(CLEAN | of_work | columns, means_of(said), attributes, 0)


def decision(known: Known, one: Application | None = None) -> Decision:
    return weigh(known, one or asked(), TOOLS)


def test_sound_means_and_enough_points_are_a_yes_to_the_whole() -> None:
    found = decision(of(SOUND))
    assert (found.outcome, found.reasons, found.principal_minor) == ("approve", (), 1_000_000)
    assert found.points >= TOOLS.policy.lending.approve_from


@pytest.mark.parametrize(
    ("column", "value", "outcome", "reason"),
    [
        ("age_years", 17, "decline", "age"),
        ("verified", 0, "decline", "identity"),
        ("student", 1, "decline", "student"),
        ("purpose_refused", 1, "decline", "purpose"),
        ("claimed_not_mine", 1, "refer", "not_mine"),
        ("protected", 1, "refer", "protected"),
        ("past_due_days", 3, "refer", "past_due"),
        ("past_due_days", 31, "decline", "past_due_long"),
        ("other_open", 1, "decline", "another_open"),
        ("applications_30d", 4, "refer", "many_applications"),
        ("employed_months", 2, "refer", "new_work"),
    ],
)
def test_each_rule_of_the_policy_speaks_with_its_reason(
    column: str, value: int, outcome: str, reason: str
) -> None:
    found = decision(of(SOUND, "fresh", 12, **{column: value}))
    assert (found.outcome, found.reasons[0]) == (outcome, reason)


def test_what_is_too_dear_is_offered_smaller_with_the_reason() -> None:
    poorer = replace(SOUND, income_minor=500_000, housing_minor=150_000, supported=1)
    found = decision(of(poorer, months=6), asked(2_000_000, 6))
    assert found.outcome == "approve"
    assert found.reasons == ("share", "left")
    assert 0 < found.principal_minor < 2_000_000 and found.principal_minor % 10_000 == 0
    dearest = quote(DEMO, found.principal_minor, 6, ON).dearest_minor
    dearer = quote(DEMO, found.principal_minor + 10_000, 6, ON).dearest_minor
    left = poorer.income_minor - poorer.housing_minor - poorer.duties_minor
    assert left - dearest >= 2 * 120_000 > left - dearer


def test_who_can_afford_nothing_is_declined_for_that_reason() -> None:
    found = decision(of(replace(SOUND, income_minor=300_000, supported=3)))
    assert (found.outcome, found.reasons) == ("decline", ("left",))
    assert decision(of(replace(SOUND, income_minor=0))).outcome == "decline"


def test_few_points_ask_for_a_person_and_say_what_cost_them() -> None:
    thin = replace(SOUND, account="empty", savings="none", employed_since="2025-06")
    found = decision(of(thin))
    assert found.outcome == "refer"
    assert found.reasons[0] == "score.account" and "score.savings" in found.reasons
    assert len(found.reasons) <= 4


def test_no_rule_is_outweighed_by_points() -> None:
    best = of(replace(SOUND, account="well", savings="some"), "paid", student=1)
    assert decision(best).outcome == "decline"


def test_the_points_of_the_parts_are_the_points() -> None:
    found = decision(of(SOUND, "paid"))
    assert found.points == TOOLS.card.card.base + sum(points for _, points, _ in found.parts)
    assert all(0 <= points <= most for _, points, most in found.parts)


def spoken(
    said: Answers, one: Application, principal: int, columns: dict[str, int]
) -> list[policy.Rule]:
    """The rules that speak, by ifs."""
    owed = said.loans_minor + quote(DEMO, principal, one.months, ON).dearest_minor
    left = said.income_minor - said.housing_minor - said.duties_minor - owed
    of_means = {
        "income_minor": said.income_minor,
        "employed_months": said.employed_months(ON),
        "exposure_minor": principal,
        "share_ppm": -(-owed * 10**6 // said.income_minor) if said.income_minor else 10**15,
        "left_per_head_minor": left // (1 + said.supported),
    }
    values = CLEAN | columns | of_means
    return [
        rule
        for rule in TOOLS.policy.rules
        if (values[rule.reads] > rule.bound if rule.above else values[rule.reads] < rule.bound)
    ]


def affordable(
    said: Answers, one: Application, columns: dict[str, int]
) -> tuple[int, list[policy.Rule]]:
    """As asked, or the largest step down that is not too dear, and what the rules say of it."""
    first = spoken(said, one, one.principal_minor, columns)
    grave = {rule.id for rule in first if rule.outcome == "decline"}
    if grave and grave <= {"share", "left"}:
        for smaller in range(one.principal_minor // 10_000 * 10_000, 100_000 - 1, -10_000):
            told = spoken(said, one, smaller, columns)
            if not {"share", "left"} & {rule.id for rule in told}:
                return smaller, told
    return one.principal_minor, first


def points_of(known: Known) -> int:
    """The card read by hand."""
    total = TOOLS.card.card.base
    for each in TOOLS.card.attributes:
        value = known.attributes[each.name]
        if isinstance(value, str):
            total += each.points[each.answers.index(value)]
        else:
            total += each.points[len([edge for edge in each.edges if value >= edge])]
    return total


def plainly(
    said: Answers, history: str, one: Application, columns: dict[str, int]
) -> tuple[str, int, int]:
    """Outcome, points and principal, by ifs and a search step by step."""
    principal, told = affordable(said, one, columns)
    points = points_of(of(said, history, one.months, **columns))
    by_points = 0 if points >= 540 else 1 if points >= 480 else 2
    gravest = max([by_points, *(OUTCOMES.index(rule.outcome) for rule in told)])
    return OUTCOMES[gravest], points, principal


people = st.builds(
    Answers,
    income_minor=st.integers(0, 2_000_000),
    housing_minor=st.integers(0, 400_000),
    duties_minor=st.integers(0, 100_000),
    loans_minor=st.sampled_from([0, 0, 50_000, 200_000]),
    employment=st.just("employed"),
    employed_since=st.sampled_from(["", "2026-01", "2025-02", "2019-07"]),
    supported=st.integers(0, 4),
    account=st.sampled_from(["none", "empty", "little", "well"]),
    savings=st.sampled_from(["none", "some"]),
)


@settings(max_examples=40, deadline=None)
@given(people, st.sampled_from(HISTORIES), st.integers(10, 60), st.integers(3, 24), st.data())
def test_a_random_applicant_is_decided_as_plain_ifs_would(
    said: Answers, history: str, steps: int, months: int, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from([*CLEAN, ""]))
    columns = {name: data.draw(st.integers(0, 40))} if name else {}
    one = asked(steps * 10_000, months)
    found = decision(of(said, history, months, **columns), one)
    wanted = plainly(said, history, one, columns)
    assert (found.outcome, found.points) == wanted[:2]
    if found.outcome == "approve":
        assert found.principal_minor == wanted[2]


def test_every_rule_reads_a_column_and_says_why_in_three_languages() -> None:
    for rule in TOOLS.policy.rules:
        assert rule.reads in COLUMNS and rule.outcome in ("refer", "decline") and rule.source
    for reasons in (policy.reasons(), scorecard.reasons()):
        assert all(set(said) == {"zh-hant", "zh-hans", "en"} for said in reasons.values())
