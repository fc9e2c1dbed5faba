"""What somebody answers for as another's loan stands: the limit, what counts, what is left."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.ledger import answering
from evenhand.ledger import made_up as m
from evenhand.ledger.answering import Answered
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.parties import Promise

D = date(2026, 3, 1)
SECOND_DUE = D + timedelta(days=65)
"""Two instalments of 1,000.00 and 10.00 are past due, with late interest."""
MING, HONG, LOAN = 9, 22, 7
INVITED = 2


def joined(**more: Any) -> Draft:
    body = {"borrower": MING, "person": HONG, "invited": INVITED, **more}
    return Draft("party.joined", D, "house", LOAN, cause=INVITED, body=body)


def invited() -> Draft:
    return Draft("party.invited", D, "staff:1", LOAN)


def promise(role: str, limit_minor: int = 0, guarantee: str = "") -> Promise:
    return Promise(MING, LOAN, INVITED, role, limit_minor, None, "", 5, guarantee)


def stream(*more: Draft) -> list[Fact]:
    return m.stream(m.signed(LOAN, D), invited(), joined(), *more)


def paid(amount: int, party: int = 0) -> Draft:
    draft = m.paid(LOAN, D + timedelta(days=40), amount)
    return draft._replace(body={**draft.body, "party": party}) if party else draft


def stood(one: Promise, *more: Draft, on: date = SECOND_DUE) -> Answered:
    found = answering.answered(stream(*more), one, on)
    assert found is not None
    return found


def test_a_co_borrower_answers_for_everything_a_guarantor_for_principal_alone() -> None:
    whole, part = stood(promise("co_borrower")), stood(promise("guarantor", 1_200_000))
    assert whole.owed_minor > 1_202_000 and whole.past_due_minor > 202_000
    assert (part.owed_minor, part.past_due_minor, part.asked_minor) == (1_200_000, 200_000, 200_000)


def test_a_guarantor_is_asked_up_to_the_limit_and_only_what_they_paid_counts() -> None:
    one = promise("guarantor", 150_000)
    assert stood(one).asked_minor == 150_000
    assert stood(one, paid(50_000)).counted_minor == 0
    after = stood(one, paid(100_000, INVITED))
    assert (after.counted_minor, after.most_minor) == (100_000, 50_000)
    assert not answering.is_reached(after)
    assert answering.is_reached(stood(one, paid(150_000, INVITED)))


@pytest.mark.parametrize("role", ["heir", "executor"])
def test_an_estate_answers_up_to_its_value_and_all_that_came_since_counts(role: str) -> None:
    found = stood(promise(role, 30_000), paid(10_000), paid(20_000))
    assert (found.counted_minor, found.most_minor, found.asked_minor) == (30_000, 0, 0)
    assert answering.is_reached(found)


def test_what_was_paid_before_an_heir_joined_does_not_count() -> None:
    early = m.paid(LOAN, D, 10_000)
    facts = m.stream(m.signed(LOAN, D), invited(), early, joined())
    found = answering.answered(facts, promise("heir", 30_000), SECOND_DUE)
    assert found is not None and found.counted_minor == 0


def test_what_bounced_does_not_count() -> None:
    back = m.reversed_(LOAN, D + timedelta(days=41), 10_000, 4)
    assert stood(promise("heir", 30_000), paid(10_000), back).counted_minor == 0


def test_a_representative_answers_for_nothing_of_their_own_and_sees_what_is_due() -> None:
    found = stood(promise("representative"))
    assert (found.most_minor, found.asked_minor) == (0, 0)
    assert found.past_due_minor > 0 and not answering.is_reached(found)


def test_a_general_guarantee_waits_for_a_court_a_joint_one_does_not() -> None:
    opened = Draft("guarantee.opened", D, "staff:2", LOAN, body={"proposal": 1})
    general = promise("guarantor", 1, "general")
    assert answering.court_first(stream(), general)
    assert not answering.court_first(stream(opened), general)
    assert not answering.court_first(stream(), promise("guarantor", 1, "joint"))
    assert not answering.court_first(stream(), promise("heir", 1))


def test_a_loan_that_has_not_begun_comes_to_nothing() -> None:
    facts = m.stream(invited(), joined())
    assert answering.answered(facts, promise("guarantor", 1), D) is None


@given(
    limit=st.integers(1, 2_000_000),
    payments=st.lists(st.tuples(st.integers(1, 300_000), st.booleans()), max_size=4),
    role=st.sampled_from(["guarantor", "heir"]),
)
def test_nobody_is_asked_beyond_the_limit(
    limit: int, payments: list[tuple[int, bool]], role: str
) -> None:
    """Whoever pays whatever: what may be asked is what is left in the purse, and never more."""
    found = stood(
        promise(role, limit), *(paid(amount, INVITED if own else 0) for amount, own in payments)
    )
    purse = limit
    for amount, own in payments:
        if own or role == "heir":
            purse -= min(purse, amount)
    assert 0 <= found.asked_minor <= found.most_minor <= purse
    assert found.most_minor == min(purse, found.owed_minor)
    assert answering.is_reached(found) == (purse == 0)
