"""Money that is nobody's: one proposes, another agrees within a limit, and it counts once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from evenhand.ledger import streams
from evenhand.outbound.payments import incoming, suspense
from evenhand.outbound.payments.made_up import D, Someone, last, moment, owing
from evenhand.outbound.payments.suspense import Refused
from evenhand.people import staff
from evenhand.providers.bank.message import Callback

pytestmark = pytest.mark.django_db
AT = moment(D + timedelta(days=2))


def came(amount: int = 5_000, currency: str = "CNY") -> int:
    """Money without our reference; its number in suspense."""
    one = Callback("credited", "", f"B{amount}", D, amount, currency, remark="还款")
    assert incoming.credit(one, AT, "simulator")
    return suspense.lying()[-1].seq


def member(role: str, number: str) -> int:
    return staff.enlist(number, "correct horse battery", role=role, number=number)


def paid(them: Someone) -> list[tuple[int, str, str]]:
    facts = streams.stream(them.borrower)
    return [(f.amount, f"{f.day}", f.hand) for f in facts if f.kind == "payment.received"]


def proposal(seq: int) -> int:
    (found,) = [one.proposal for one in suspense.lying() if one.seq == seq]
    assert found
    return found.seq


def refusal(act: Callable[[], None]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return str(refused.value)


def test_one_proposes_another_agrees_and_it_counts_from_the_banks_day() -> None:
    them, seq = owing(), came()
    maker, checker = member("finance", "F1"), member("finance", "F2")
    suspense.propose_match(seq, them.loan, "slip", maker, at=AT)
    assert paid(them) == []
    suspense.agree(seq, proposal(seq), checker, at=AT)
    assert paid(them) == [(5_000, "2026-03-02", f"staff:{checker}")]
    assert last(them.borrower, "payment.received").body["reference"] == "B5000"
    assert suspense.lying() == []


def test_nobody_agrees_to_what_they_proposed() -> None:
    them, seq, maker = owing(), came(), member("finance", "F1")
    suspense.propose_match(seq, them.loan, "fits", maker, at=AT)
    asked = proposal(seq)
    assert refusal(lambda: suspense.agree(seq, asked, maker, at=AT)) == "own"
    suspense.decline(seq, asked, maker, at=AT)
    assert [one.proposal for one in suspense.lying()] == [None]


@pytest.mark.parametrize(
    ("role", "amount", "allowed"),
    [
        ("finance", 2_000_000, True),
        ("finance", 2_000_001, False),
        ("supervisor", 2_000_001, True),
        ("supervisor", 50_000_001, False),
        ("collector", 1, False),
    ],
)
def test_up_to_which_sum_a_role_agrees(role: str, amount: int, allowed: bool) -> None:
    them, seq = owing(), came(amount)
    maker, checker = member("finance", "F1"), member(role, "C1")
    suspense.propose_match(seq, them.loan, "payer", maker, at=AT)
    asked = proposal(seq)
    if allowed:
        suspense.agree(seq, asked, checker, at=AT)
    else:
        assert refusal(lambda: suspense.agree(seq, asked, checker, at=AT)) == "limit"
    assert bool(paid(them)) is allowed


def test_it_is_settled_once_however_often_it_is_asked_for() -> None:
    them, seq = owing(), came()
    maker, checker = member("finance", "F1"), member("supervisor", "S1")
    suspense.propose_match(seq, them.loan, "slip", maker, at=AT)
    asked = proposal(seq)
    suspense.agree(seq, asked, checker, at=AT)
    for again in (
        lambda: suspense.agree(seq, asked, checker, at=AT),
        lambda: suspense.decline(seq, asked, checker, at=AT),
        lambda: suspense.propose_match(seq, them.loan, "slip", maker, at=AT),
        lambda: suspense.propose_return(seq, "R1", "bank", maker, at=AT),
    ):
        assert refusal(again) == "settled"
    assert len(paid(them)) == 1


def test_one_proposal_at_a_time_and_a_declined_one_is_over() -> None:
    them, seq = owing(), came()
    maker, checker = member("finance", "F1"), member("supervisor", "S1")
    suspense.propose_match(seq, them.loan, "slip", maker, at=AT)
    first = proposal(seq)
    asked_twice = refusal(lambda: suspense.propose_return(seq, "R1", "bank", maker, at=AT))
    assert asked_twice == "proposed"
    suspense.decline(seq, first, checker, at=AT)
    suspense.propose_return(seq, "R1", "bank", maker, at=AT)
    assert refusal(lambda: suspense.agree(seq, first, checker, at=AT)) == "settled"
    suspense.agree(seq, proposal(seq), checker, at=AT)
    assert suspense.lying() == [] and paid(them) == []


def test_it_is_not_for_a_loan_in_another_currency_or_for_none() -> None:
    them, seq, maker = owing(), came(7, "USD"), member("finance", "F1")
    for loan in (them.loan, 987_654_321):
        asked = partial(suspense.propose_match, seq, loan, "fits", maker, at=AT)
        assert refusal(asked) == "currency"
