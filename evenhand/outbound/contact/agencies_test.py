"""What an agency does counts with what the lender does: through facts as they are learnt, counted
per debtor, per number and per debt; and no agency comes before the debtor was told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from evenhand.core.gate import judge, set_of
from evenhand.core.gate_columns import ALL_DEBTS, NEVER_SECOND, YES
from evenhand.core.words import CHANNELS, COLLECTORS, MODES, PURPOSES, RECIPIENTS, code
from evenhand.ledger import house, standing
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact import known, may
from evenhand.outbound.contact.made_up import enrol, learn, lend, moment
from evenhand.outbound.contact.wanted import Wanted
from evenhand.people import persons

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
LATE = SIGNED + timedelta(days=40)
NOON = moment(LATE, 12)
HOUR = 3_600_000_000
DAY = 24 * HOUR
SECOND = 1_000_000


@pytest.fixture
def borrower(db: None) -> int:
    (who,) = enrol(1, SIGNED)
    return who


def number(borrower: int) -> int:
    return [each.point for each in persons.points([borrower])][-1]


def prior(
    borrower: int, ats: Sequence[int], loan: int = 0, hand: str = "staff:3", **body: object
) -> None:
    """Contacts as they come to be known: of an agency, unless it is said."""
    said = {"channel": "call", "direction": "out", "outcome": "conversation", "by": "agency"}
    drafts = [
        Draft("contact.prior", LATE, hand, loan, body={"at": at, **said, **body}) for at in ats
    ]
    learn(borrower, *drafts, at=NOON + HOUR)


def refused(
    borrower: int, at: int, loan: int = 0, address: int = 0, by: str = "lender"
) -> tuple[set[str], int]:
    """The rules that refuse a call by hand then, and the moment it may be made (0: none)."""
    law = may.law_of(LATE)
    one, codes = np.ones(1, dtype=np.int64), np.ones(1, dtype=np.int8)
    stood = standing.stand([borrower], house.day_number(LATE))
    books = known.Books(stood.borrower, stood.loan)
    debts = books.bits(one * borrower, one * loan) if loan else np.array([ALL_DEBTS], np.uint64)
    wanted = Wanted(
        borrower=one * borrower,
        channel=codes * code("call", CHANNELS),
        mode=codes * code("interactive", MODES),
        to=codes * code("debtor", RECIPIENTS),
        purpose=codes * code("collect", PURPOSES),
        address=one * (address or number(borrower)),
        debts=debts,
        disclosed=codes * np.int8(YES),
        days_late=one * 40,
        overdue_minor=one * 1_000_00,
    )
    matter = may.matter(wanted, books, law, at // SECOND, np.zeros(1, dtype=np.int64))
    asks = may.asks(matter, one * (at // SECOND))
    asks = replace(asks, by=codes * code(by, COLLECTORS))
    found = judge(asks, matter.history, matter.states, law.rules)
    moment = int(found.not_before[0])
    rules = set(may.rules_of(law.rules, set_of(found.refusals[:, 0])))
    return rules, 0 if moment == NEVER_SECOND else moment * SECOND


@pytest.mark.parametrize("hand", ["staff:3", "import"])
def test_conversations_of_agency_and_lender_add_up_per_debtor(borrower: int, hand: str) -> None:
    """Three a day (GB/T 45251-2025 5.3): until the day is over, to the second."""
    lend([borrower], SIGNED)
    prior(borrower, [NOON - 3 * HOUR, NOON - 2 * HOUR], hand=hand)
    assert refused(borrower, NOON) == (set(), NOON)
    prior(borrower, [NOON - HOUR], hand=hand, by="lender")
    morning = moment(LATE + timedelta(days=1), 8)
    assert refused(borrower, NOON) == ({"cn.freq.talk"}, morning)
    before, then = morning - SECOND, moment(LATE + timedelta(days=1))
    assert refused(borrower, then - SECOND)[0] == {"cn.freq.talk", "cn.hours", "policy.hours"}
    assert refused(borrower, before)[0] == {"cn.hours", "policy.hours"}
    assert refused(borrower, morning) == (set(), morning)


def test_dials_of_an_agency_count_per_number(borrower: int) -> None:
    lend([borrower], SIGNED)
    here, there = number(borrower), persons.add_point(borrower, "phone", "13900001234")
    six = [NOON - n * HOUR // 4 for n in range(1, 7)]
    prior(borrower, six, outcome="unanswered", address=here)
    assert "cn.freq.dial" in refused(borrower, NOON, address=here)[0]
    assert "cn.freq.dial" not in refused(borrower, NOON, address=there)[0]


def test_dials_to_a_number_that_nobody_named_may_have_been_to_any(borrower: int) -> None:
    """A tape names no numbers."""
    lend([borrower], SIGNED)
    six = [NOON - n * HOUR // 4 for n in range(1, 7)]
    prior(borrower, six[:5], outcome="unanswered", hand="import")
    assert "cn.freq.dial" not in refused(borrower, NOON)[0]
    prior(borrower, six[5:], outcome="unanswered", hand="import")
    assert "cn.freq.dial" in refused(borrower, NOON)[0]


def test_calls_of_an_agency_count_per_debt(borrower: int) -> None:
    one = lend([borrower], SIGNED)[0]
    other = lend([borrower], SIGNED)[0]
    prior(borrower, [NOON - n * DAY // 2 for n in range(1, 7)], loan=one, outcome="unanswered")
    assert refused(borrower, NOON, loan=one)[0] == set()
    prior(borrower, [NOON - HOUR], loan=one, outcome="unanswered", by="lender")
    assert refused(borrower, NOON, loan=one)[0] == {"policy.freq.call_week"}
    assert refused(borrower, NOON, loan=other)[0] == set()
    assert refused(borrower, NOON)[0] == {"policy.freq.call_week"}, "about both"


def test_no_agency_before_the_debtor_was_told_of_it(borrower: int) -> None:
    """Told at noon: at noon it may call, a second before it may not; nor when it is taken back."""
    lend([borrower], SIGNED)
    rule = "cn.outsource.notice"
    assert rule in refused(borrower, NOON, by="agency")[0]
    assert rule not in refused(borrower, NOON)[0]
    untold = Draft("state.began", LATE, "staff:3", body={"state": "placed_with_agency"})
    learn(borrower, untold, at=NOON - 5 * HOUR)
    assert refused(borrower, NOON, by="agency")[0] == {rule}
    told = {"state": "placed_with_agency", "since": NOON}
    learn(borrower, Draft("state.began", LATE, "staff:3", body=told), at=NOON - 4 * HOUR)
    assert refused(borrower, NOON - SECOND, by="agency") == ({rule}, NOON)
    assert refused(borrower, NOON, by="agency") == (set(), NOON)
