"""Who cannot be reached is told from what was tried, and any sign of life ends it."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from evenhand.core.words import FROM_ATTEMPTS, RECIPIENTS, STATE_KINDS, code
from evenhand.ledger import house, made_up, streams
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact import calls, known, unreachable
from evenhand.outbound.contact.calls import Planned
from evenhand.outbound.contact.made_up import enrol, learn, lend, moment
from evenhand.outbound.contact.unreachable import Attempt, since_when
from evenhand.outbound.contact.wanted import Wanted
from evenhand.people import persons, sessions

SIGNED = date(2026, 3, 1)
FIRST = SIGNED + timedelta(days=40)
DAY = 86_400_000_000
NOON = moment(FIRST, 12)
WORD = code(FROM_ATTEMPTS, STATE_KINDS)


def tried(*told: tuple[float, int, str]) -> list[Attempt]:
    """Attempts at so many days after the first noon, of a number."""
    return [Attempt(NOON + int(days * DAY), number, outcome) for days, number, outcome in told]


ON_ONE_DAY = tried((0, 1, "unanswered"), (0.1, 1, "unanswered"), (0.2, 1, "unanswered"))
THRICE = tried((0, 1, "unanswered"), (1, 1, "unanswered"), (2, 1, "unanswered"))


@pytest.mark.parametrize(
    ("attempts", "numbers", "signs", "days"),
    [
        (THRICE, {1}, [], 2),
        (THRICE[:2], {1}, [], None),
        (
            tried((0, 1, "unanswered"), (0.1, 1, "unanswered"), (0.2, 1, "unanswered")),
            {1},
            [],
            None,
        ),
        (THRICE, {1}, [NOON + 1], None),
        (THRICE, {1}, [NOON - 1], 2),
        (THRICE, {1}, [NOON + 3 * DAY], None),
        ([*THRICE, *tried((2.1, 1, "conversation"))], {1}, [], None),
        ([*THRICE, *tried((0.5, 1, "busy"))], {1}, [], None),
        ([*THRICE, *tried((0.5, 1, "voicemail"))], {1}, [], 2),
        (tried((0, 1, "not_in_service")), {1}, [], 0),
        (tried((0, 1, "not_in_service")), {1, 2}, [], None),
        (tried((0, 1, "not_in_service"), (1, 2, "not_in_service")), {1, 2}, [], 1),
        (tried((0, 1, "not_in_service"), (0.1, 1, "unanswered")), {1}, [], None),
        (tried((0, 1, "not_in_service")), {1}, [NOON], None),
        (tried((0, 1, "not_in_service")), set[int](), [], None),
        ([], {1}, [], None),
    ],
)
def test_since_when(
    attempts: list[Attempt], numbers: set[int], signs: list[int], days: int | None
) -> None:
    since = None if days is None else NOON + days * DAY
    assert since_when(attempts, numbers, signs) == since
    assert since_when(reversed(attempts), numbers, signs) == since


def wanted(borrower: int, to: str) -> Wanted:
    one = np.ones(1, dtype=np.int64)
    word = np.zeros(1, dtype=np.int8)
    return Wanted(
        one * borrower, word, word, word + np.int8(code(to, RECIPIENTS)), word, one,
        one.astype(np.uint64), word, one, one,
    )  # fmt: skip


def is_lost(borrower: int, to: str = "nominated_contact") -> bool:
    found = unreachable.states_of(wanted(borrower, to))
    assert found["kind"].tolist() in ([], [WORD])
    return len(found) > 0


@pytest.fixture
def borrower() -> int:
    """Late, and called in vain at noon of three days."""
    (one,) = enrol(1, SIGNED)
    (loan,) = lend([one], SIGNED, strategy="standard-calls")
    (number,) = [p.point for p in persons.points([one]) if p.kind == "phone"]
    for days in range(3):
        call(one, loan, number, NOON + days * DAY)
    return one


def call(borrower: int, loan: int, number: int, at: int) -> None:
    due = (SIGNED + timedelta(days=30)).isoformat()
    planned = Planned(borrower, number, "rung", [[loan, 10, due]])
    begun = calls.begin(borrower, lambda _: planned, lambda _lang, _ref: "We call.", 7, at=at)
    assert isinstance(begun, calls.Begun)
    body = {"provider": calls.BY_HAND, "reference": "", "outcome": "unanswered"}
    sent = Draft("contact.sent", house.day_of(at), "staff:7", cause=begun.leaving.seq, body=body)
    calls.finish(borrower, begun.leaving.seq, [sent], at=at)


@pytest.mark.django_db
def test_called_in_vain_on_three_days_it_is_so_for_those_who_may_then_be_asked(
    borrower: int,
) -> None:
    assert is_lost(borrower) and is_lost(borrower, "relative")
    assert not is_lost(borrower, "debtor")


SIGNS = {
    "a payment": made_up.paid(0, FIRST, 100),
    "a complaint of their own": made_up.begun(FIRST, "complaint.opened")._replace(hand="borrower"),
    "words that came back": Draft("reply.received", FIRST, "provider", body={"text": "ab" * 32}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_of_life_ends_it(borrower: int, sign: str) -> None:
    loans = [fact.loan for fact in streams.stream(borrower) if fact.kind == "loan.signed"]
    draft = SIGNS[sign]
    if draft.kind == "payment.received":
        draft = draft._replace(loan=loans[0])
    learn(borrower, draft, at=NOON + 2 * DAY + 1)
    assert not is_lost(borrower)


@pytest.mark.django_db
def test_a_sign_in_ends_it(borrower: int) -> None:
    sessions.begin(borrower, "key", "phone")
    assert not is_lost(borrower)


@pytest.mark.django_db
def test_nobody_says_it(borrower: int) -> None:
    """A state of the word that an older house took in counts for nothing; none is taken in now."""
    said = made_up.begun(FIRST, "state.began", state=FROM_ATTEMPTS)
    with pytest.raises(ValueError, match="state"):
        learn(borrower, said, at=NOON + 3 * DAY)
    begun = made_up.begun(FIRST, "state.began", state="hospital")
    learn(borrower, begun, at=NOON + 3 * DAY)
    facts = streams.stream(borrower)
    typed = facts[-1]._replace(body={"state": FROM_ATTEMPTS})
    assert WORD not in known.states_by([*facts[:-1], typed])["kind"].tolist()
    assert len(known.states_by(facts)) == 1
