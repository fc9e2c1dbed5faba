"""Where to pay is decided by two, a day ahead; and anybody may ask what is ours."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.outbound.payments import register
from evenhand.outbound.payments.made_up import D, moment
from evenhand.outbound.payments.register import NotAllowed

pytestmark = pytest.mark.django_db
AT = moment(D)
MAKER, CHECKER = "staff:3", "staff:4"
ACCOUNT = {
    "kind": "account",
    "payee": "持平小额贷款（示范）有限公司",
    "bank": "示范银行",
    "number": "6225 8801 0000 0018",
}
SITE = {"kind": "site", "address": "loan.evenhand.example"}
APP = {"kind": "app", "address": "cn.evenhand.app"}


def entered(channel: dict[str, str]) -> int:
    seq = register.propose(channel, D, MAKER, AT)
    register.approve(seq, CHECKER, AT)
    return seq


def on(days: int) -> list[str]:
    return [channel.kind for channel in register.channels(D + timedelta(days=days))]


def test_an_entry_counts_from_the_next_day_at_the_earliest() -> None:
    seq = register.propose(ACCOUNT, D, MAKER, AT)
    assert on(9) == []
    assert register.approve(seq, CHECKER, AT) == D + timedelta(days=1)
    assert (on(0), on(1), on(400)) == ([], ["account"], ["account"])


def test_a_later_day_stays_as_proposed() -> None:
    seq = register.propose(ACCOUNT, D + timedelta(days=5), MAKER, AT)
    assert register.approve(seq, CHECKER, AT) == D + timedelta(days=5)


def test_nobody_approves_what_he_proposed() -> None:
    seq = register.propose(ACCOUNT, D, MAKER, AT)
    with pytest.raises(NotAllowed):
        register.approve(seq, MAKER, AT)
    assert [(one.seq, one.closes) for one in register.proposals()] == [(seq, False)]


def test_nothing_is_decided_twice() -> None:
    seq = entered(ACCOUNT)
    for again in (register.approve, register.reject):
        with pytest.raises(NotAllowed):
            again(seq, CHECKER, AT)


def test_what_is_rejected_never_counts() -> None:
    register.reject(register.propose(ACCOUNT, D, MAKER, AT), MAKER, AT)
    assert (on(9), register.proposals()) == ([], [])


def test_closing_takes_two_and_a_day_as_well() -> None:
    seq = entered(ACCOUNT)
    closing = register.propose_closing(seq, D, MAKER, moment(D + timedelta(days=3)))
    with pytest.raises(NotAllowed):
        register.approve(closing, MAKER, moment(D + timedelta(days=3)))
    assert [(one.closes, one.channel.seq) for one in register.proposals()] == [(True, seq)]
    register.approve(closing, CHECKER, moment(D + timedelta(days=3)))
    assert (on(3), on(4)) == (["account"], [])


def test_a_day_says_what_it_changes() -> None:
    old = entered(ACCOUNT)
    third = moment(D + timedelta(days=2))
    new = register.propose(ACCOUNT | {"number": "6225880100000026"}, D, MAKER, third)
    closing = register.propose_closing(old, D, MAKER, third)
    register.approve(new, CHECKER, third)
    register.approve(closing, CHECKER, third)
    changes = register.changes_of(D + timedelta(days=3))
    assert [(one.channel.seq, one.begins) for one in changes] == [(old, False), (new, True)]
    assert register.changes_of(D + timedelta(days=4)) == []


@pytest.mark.parametrize(
    "wrong",
    [ACCOUNT | {"bank": " "}, ACCOUNT | {"number": "ask us"}, SITE | {"address": "a@b.cn"}],
)
def test_an_entry_that_says_too_little_is_none(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="says all of its kind"):
        register.propose(wrong, D, MAKER, AT)


@pytest.mark.parametrize(
    ("text", "ours", "kind"),
    [
        ("6225880100000018", True, "account"),
        ("６２２５-8801 0000 0018", True, "account"),
        ("6225880100000019", False, "account"),
        ("持平小额贷款(示范)有限公司", True, "payee"),
        (" 持平小额贷款（示范） 有限公司 ", True, "payee"),
        ("持平小额贷款有限公司催收部", False, "unknown"),
        ("https://loan.evenhand.example/pay?x=1", True, "site"),
        ("LOAN.Evenhand.example.", True, "site"),
        ("m.loan.evenhand.example", True, "site"),
        ("https://loan.evenhand.example.pay.cn/", False, "site"),
        ("https://loan.evenhand.example@evil.cn/", False, "unknown"),
        ("https://evil.cn\\@loan.evenhand.example", False, "unknown"),
        ("https://lоan.evenhand.example/", False, "site"),  # a Cyrillic о
        ("cn.evenhand.app", True, "app"),
        ("cn.evenhand.app2", False, "site"),
        ("", False, "unknown"),
    ],
)
def test_is_this_yours(text: str, ours: bool, kind: str) -> None:
    for channel in (ACCOUNT, SITE, APP):
        entered(channel)
    answer = register.is_ours(text, D + timedelta(days=1))
    assert (answer.ours, answer.kind) == (ours, kind)
    assert (answer.channel is not None) is ours


def test_what_does_not_count_yet_is_not_ours_yet() -> None:
    entered(ACCOUNT)
    assert not register.is_ours(ACCOUNT["number"], D).ours
