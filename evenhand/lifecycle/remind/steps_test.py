"""From a standing to the messages wanted: who is written to, about which loans, in which words."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from evenhand.core.columns import KeyedError
from evenhand.core.days import NEVER
from evenhand.core.words import CHANNELS, PURPOSES
from evenhand.law.strategies import rungs_of, strategies
from evenhand.ledger import contacts, standing, states, streams
from evenhand.ledger import made_up as facts
from evenhand.ledger.facts import Draft
from evenhand.ledger.house import day_number
from evenhand.lifecycle.remind import steps
from evenhand.lifecycle.remind.steps import Reminders
from evenhand.outbound.contact import made_up
from evenhand.outbound.contact.made_up import learn, moment

SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)


def wanted(borrowers: list[int], day: date) -> Reminders:
    stood = standing.stand(borrowers, day_number(day))
    found = steps.steps_by(stood, contacts.progress(borrowers), states.states(borrowers))
    return steps.reminders(stood, found)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-4, None),
        (-3, ("due_reminder", -3, "notice")),
        (0, ("due_reminder", 0, "notice")),
        (1, ("collect", 1, "attention")),
        (3, ("collect", 3, "attention")),
        (14, ("collect", 14, "attention")),
        (17, None),
    ],
)
def test_the_words_follow_the_day(days: int, said: tuple[str, int, str] | None) -> None:
    borrowers = made_up.enrol(1, SIGNED)
    (loan,) = made_up.lend(borrowers, SIGNED, count=1)
    found = wanted(borrowers, DUE + timedelta(days=days))
    if said is None:
        assert len(found.wanted) == 0
        return
    (words,) = found.words
    assert (words["purpose"], words["step"], words["template"]) == said
    assert words["loans"] == [[loan, said[1], DUE.isoformat()]]
    assert (words["channel"], words["to"], found.loan) == ("sms", "debtor", [loan])


@pytest.mark.django_db
def test_a_late_loan_is_spoken_of_before_one_that_falls_due() -> None:
    borrowers = made_up.enrol(1, SIGNED)
    (late,) = made_up.lend(borrowers, SIGNED - timedelta(days=1), count=1)
    made_up.lend(borrowers, SIGNED, count=1)
    found = wanted(borrowers, DUE)
    assert PURPOSES[int(found.wanted.purpose[0])] == "collect"
    assert [loan for loan, _rung, _since in found.words[0]["loans"]] == [late]
    assert found.wanted.overdue_minor.tolist() == [101_000 + 50]
    assert found.wanted.days_late.tolist() == [1]


@pytest.mark.django_db
def test_a_measure_the_contract_does_not_name_is_not_disclosed() -> None:
    borrowers = made_up.enrol(2, SIGNED)
    made_up.lend(borrowers[:1], SIGNED, count=1)
    other = facts.signed(streams.new_loans(1).tolist()[0], SIGNED, 1, measures=["call"])
    draft = other._replace(body={**other.body, "strategy": "standard"})
    learn(borrowers[1], draft, at=moment(SIGNED, 3))
    found = wanted(borrowers, DUE + timedelta(days=1))
    assert found.wanted.disclosed.tolist() == [1, 0]
    assert set(found.wanted.channel.tolist()) == {CHANNELS.index("sms")}


@pytest.mark.django_db
@pytest.mark.parametrize(("until_days", "steps_on_due"), [(31, 0), (30, 1)])
def test_a_plan_holds_until_the_day_it_ends(until_days: int, steps_on_due: int) -> None:
    borrowers = made_up.enrol(1, SIGNED)
    (loan,) = made_up.lend(borrowers, SIGNED, count=1)
    until = moment(SIGNED + timedelta(days=until_days), 1)
    plan = Draft("plan.agreed", SIGNED, "staff:1", loan, body={"id": 1, "until": until})
    learn(borrowers[0], plan, at=moment(SIGNED, 4))
    assert len(wanted(borrowers, DUE).wanted) == steps_on_due


def test_strategies_are_columns_padded_with_never() -> None:
    names = np.array([b"reminders-only   ", b"silent", b"standard"])
    assert rungs_of(names).tolist() == [
        [1, 3, 7, 14, NEVER, NEVER],
        [NEVER] * 6,
        [-3, 0, 1, 3, 7, 14],
    ]
    assert rungs_of(np.array([], dtype="S8")).shape == (0, 0)


def test_a_strategy_nobody_wrote_is_an_error_of_that_loan() -> None:
    with pytest.raises(KeyedError) as raised:
        rungs_of(np.array([b"standard", b"other"]))
    assert (raised.value.key, raised.value.row) == ("strategy", 1)


def test_every_strategy_rises_and_says_who_set_it() -> None:
    assert all(list(rungs) == sorted(set(rungs)) for rungs in strategies().values())
