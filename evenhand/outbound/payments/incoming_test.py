"""Money that comes in finds its loan by our reference, once; the rest is seen by finance."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from evenhand.ledger import house, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft
from evenhand.outbound.payments import reference, seen, suspense, told
from evenhand.outbound.payments.made_up import MINUTE, D, Someone, last, moment, owing
from evenhand.providers.bank.message import Callback

pytestmark = pytest.mark.django_db
LATER = D + timedelta(days=2)
AT = moment(LATER)
INVITED = {
    "role": "guarantor",
    "invitation": "d1",
    "currency": "CNY",
    "measures": ["sms"],
    "valid_until": "2026-03-15",
}


def came(remark: str, name: str = "B1", currency: str = "CNY", amount: int = 5_000) -> Callback:
    return Callback("credited", "", name, D, amount, currency, remark=remark)


def hear(*callbacks: Callback, at: int = AT) -> int:
    return told.hear(callbacks, at, "simulator").written


def paid(them: Someone) -> list[tuple[int, str]]:
    facts = streams.stream(them.borrower)
    return [(f.amount, f"{f.day}") for f in facts if f.kind == "payment.received"]


def test_money_with_our_reference_pays_its_loan_on_the_banks_day() -> None:
    them = owing()
    assert hear(came(f"还款 {reference.of(them.loan)}")) == 1
    assert paid(them) == [(5_000, "2026-03-02")]
    assert last(them.borrower, "payment.received").body == {
        "channel": "transfer",
        "provider": "simulator",
        "reference": "B1",
    }
    assert suspense.lying() == []


def test_told_twice_and_again_tomorrow_it_counts_once() -> None:
    them = owing()
    one = came(reference.of(them.loan))
    assert (hear(one, one), hear(one, at=AT + MINUTE)) == (1, 0)
    assert len(paid(them)) == 1


def test_the_order_of_telling_changes_nothing() -> None:
    first, second = owing(), owing("6222020200011113333")
    told_ = [came(reference.of(one.loan), f"B{one.loan}") for one in (first, second)]
    assert hear(*reversed(told_), *told_) == 2
    assert [len(paid(one)) for one in (first, second)] == [1, 1]


@pytest.mark.parametrize(
    ("remark", "currency", "reason"),
    [
        ("张三还款", "CNY", "no_reference"),
        ("EH12345678", "CNY", "no_reference"),
        (reference.of(987_654_321), "CNY", "no_such_loan"),
        ("", "USD", "currency"),
    ],
)
def test_other_money_lies_in_suspense(remark: str, currency: str, reason: str) -> None:
    them = owing()
    one = came(remark or reference.of(them.loan), currency=currency)
    assert (hear(one), hear(one)) == (1, 0)
    (money,) = suspense.lying()
    assert (money.amount_minor, money.reference, money.value_day) == (5_000, "B1", D)
    assert (money.reason, paid(them)) == (reason, [])


def test_what_the_payer_wrote_is_kept_nowhere() -> None:
    hear(came("张三 13800138000 还款"))
    (fact,) = streams.stream(house.SUSPENSE)
    assert "138" not in repr(fact) and "13800138000" not in repr(came("张三 13800138000"))


LOANS = st.integers(1, 10**12)
WIDE = str.maketrans("0123456789EH", "０１２３４５６７８９ＥＨ")


@given(LOANS, st.sampled_from(["", " ", "-", "\u3000"]), st.booleans(), st.booleans())
def test_a_reference_is_read_however_it_is_written(
    loan: int, gap: str, wide: bool, small: bool
) -> None:
    text = gap.join(reference.of(loan))
    text = text.lower() if small else text
    assert reference.loan_of(f"还款 {text.translate(WIDE) if wide else text}，谢谢") == loan


@given(LOANS, st.data())
def test_one_wrong_digit_or_two_swapped_are_noticed(loan: int, data: st.DataObject) -> None:
    digits = list(reference.of(loan)[2:])
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[place]]))
    wrong = digits[:place] + [other] + digits[place + 1 :]
    swapped = digits[:place] + digits[place : place + 2][::-1] + digits[place + 2 :]
    for changed in (wrong, swapped):
        if changed != digits:
            assert reference.loan_of("EH" + "".join(changed)) is None


def test_two_references_name_no_loan() -> None:
    assert reference.loan_of(f"{reference.of(1001)} {reference.of(1002)}") is None
    assert reference.loan_of(f"{reference.of(1001)} {reference.of(1001)}") == 1001
    assert reference.loan_of(f"{reference.of(1001)} 13800138000") == 1001


def test_the_look_up_is_made_again_from_the_facts() -> None:
    them = owing()
    hear(came(reference.of(them.loan)), came("?", "B2"), came("?", "张三的流水号"))
    (_first, second) = suspense.lying()
    suspense.propose_match(second.seq, them.loan, "fits", by=5, at=AT)
    assert list(seen.rebuild()) == [[]]
    with connection.cursor() as cursor:
        cursor.execute("delete from payments_seen")
    (found,) = seen.rebuild()
    assert [one.how for one in found] == ["missing"] * 3
    assert hear(came(reference.of(them.loan)), came("?", "B2"), came("?", "张三的流水号")) == 0


def test_whoever_answers_for_a_loan_is_known_by_their_own_reference_and_nobody_else_is() -> None:
    them = owing()
    asked = Draft("party.invited", D, "borrower", them.loan, body=INVITED)
    act(them.borrower, lambda _facts: [asked], at=AT)
    seq = streams.head(them.borrower).seq
    mine = reference.of_party(them.loan, seq)
    hear(came(mine, "B1"))
    assert "party" not in last(them.borrower, "payment.received").body
    body = {"borrower": them.borrower, "person": 7, "invited": seq, "role": "guarantor"}
    act(
        them.borrower,
        lambda _facts: [Draft("party.joined", D, "house", them.loan, cause=seq, body=body)],
        at=AT,
    )
    hear(came(mine, "B2"))
    assert last(them.borrower, "payment.received").body["party"] == seq
    hear(came(f"{mine}9", "B3"))
    assert "party" not in last(them.borrower, "payment.received").body
