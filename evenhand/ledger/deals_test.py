"""Loans that are not plain: by facts, by tables and beside plain ones they stand alike."""

from datetime import date, timedelta

import numpy as np
import pytest

from evenhand.core.days import NEVER
from evenhand.core.orders import PAIRS
from evenhand.core.payoff import pay_off
from evenhand.ledger import changes, rebuild, standing, streams
from evenhand.ledger import made_up as m
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_number

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
DUE = D + timedelta(days=30)
ON = D + timedelta(days=80)
PLAIN, CHANGED, WAIVED, OWN_WAY, BULLET = 41, 42, 43, 44, 45
ORDER = {"pairs": [*PAIRS[3:4], *PAIRS[:3], *PAIRS[4:]], "vertical": 1, "advance": "last"}


def _signed() -> list[Draft]:
    own = {"order": ORDER, "late_cap_ppm": 5_000, "fees_due": [[1, 7_00], [2, 7_00]]}
    return [
        m.enrolled(D),
        m.signed(PLAIN, D, 3),
        m.signed(CHANGED, D, 6),
        m.signed(WAIVED, D, 3),
        m.signed(OWN_WAY, D, 3, **own),
        m.signed(BULLET, D, 3, method="bullet"),
        *(m.paid(loan, DUE + timedelta(days=3), 500_00) for loan in range(PLAIN, BULLET + 1)),
    ]


def _waived(part: str, minor: int) -> Draft:
    body = {"part": part, "reason": "hardship"}
    return Draft("charge.waived", ON, "staff:2", WAIVED, -minor, body=body)


@pytest.fixture
def facts(db: None) -> list[Fact]:
    """One borrower of five loans, two months late with each: one plain, none of the others."""
    streams.append(41, _signed(), at=m.noon(DUE + timedelta(days=3)), expected_seq=0)
    known = streams.stream(41)
    made = changes.draft(known, CHANGED, {"change": "longer_term", "count": 9}, ON, "staff:2", 1)
    drafts = [made, _waived("late", 1), _waived("interest", 99_999_00)]
    streams.append(41, drafts, at=m.noon(ON), expected_seq=len(known))
    return streams.stream(41)


def test_by_facts_and_by_tables_they_stand_alike(facts: list[Fact]) -> None:
    for day in (D, DUE, ON, ON + timedelta(days=300)):
        asked, known = (
            standing.stand([41], day_number(day)), standing.stand_by(facts, day_number(day))
        )  # fmt: skip
        assert asked.loan.tolist() == [PLAIN, CHANGED, WAIVED, OWN_WAY, BULLET]
        for name in (*standing.COMPUTED, "owed_late", "owed_fee", "due_on", "late_charged_minor"):
            assert np.array_equal(getattr(asked.position, name), getattr(known.position, name))
        for row, loan in enumerate(asked.loan.tolist()):
            own = [fact for fact in facts if fact.loan == loan]
            alone = standing.stand_by(own, day_number(day)).position
            for name in standing.COMPUTED:
                assert getattr(alone, name)[0] == getattr(asked.position, name)[row], name


def test_a_plain_loan_beside_them_has_terms_of_its_own(facts: list[Fact]) -> None:
    stood = standing.stand([41], day_number(ON))
    alone = standing.stand_by([f for f in facts if f.loan == PLAIN], day_number(ON))
    assert alone.deals is None
    beside, own = (
        pay_off(one.terms, one.begins_on, one.position).total_minor[0] for one in (stood, alone)
    )
    assert beside == own
    assert stood.deals is not None and stood.deals.rows.tolist() == [1, 2, 3, 4]


def test_what_is_kept_is_made_again_the_same(facts: list[Fact]) -> None:
    standing.restand([41], day_number(ON))
    assert [found for _many, found in rebuild.rebuild() if found] == []


def test_each_says_what_was_agreed(facts: list[Fact]) -> None:
    stood = standing.stand([41], day_number(ON))
    position = dict(zip(stood.loan.tolist(), range(5), strict=True))
    deal = stood.deals
    assert deal is not None
    assert stood.terms.count[position[CHANGED]] == 2 + 9
    own = position[OWN_WAY]
    # 500.00 paid principal first; late interest ends at a half per cent of 3,000.00.
    assert stood.position.owed_principal[own].tolist()[:1] == [500_00]
    assert stood.position.owed_fee[own].tolist()[:3] == [7_00, 7_00, 0]
    assert deal.agreed.late_cap_minor.tolist()[2] == 15_00
    assert deal.stood.capped_on[2] < NEVER
    waived = position[WAIVED]
    assert stood.position.owed_interest[waived].sum() == 0
    late = stood.position.late_charged_minor - stood.position.late_interest_minor
    assert late[waived] - late[position[PLAIN]] == 1
    assert stood.position.paid_minor.tolist() == [500_00] * 5


def test_a_bullet_is_paid_off_with_the_interest_of_all_its_days(facts: list[Fact]) -> None:
    """Interest of three months falls due with the last, of which eighty days of ninety are used."""
    stood = standing.stand_by([f for f in facts if f.loan == BULLET], day_number(ON))
    begins = stood.terms.begins_on
    assert begins is not None and set(begins[0].tolist()) == {day_number(D)}
