"""Every amount is read, with its unit or without; what only counts or dates is none."""

import pytest

from evenhand.outbound.contact.guard.amounts import unknown
from evenhand.outbound.contact.guard.normal import normal

AMOUNTS = [
    ("还930", 93_000),
    ("今天还930就行", 93_000),
    ("您先還 930,其他再說", 93_000),
    ("还款930.5", 93_050),
    ("共欠1,930", 193_000),
    ("每期 418.75", 41_875),
    ("差36.2没还", 3_620),
    ("请转账930给我们", 93_000),
    ("还九百三", 93_000),
    ("先还五百吧", 50_000),
    ("还930元5角", 93_050),
    ("9 3 0元", 93_000),
    ("1 930元", 193_000),
    ("930港元", 93_000),
    ("NT$3,200", 320_000),
    ("利息是2k", 200_000),
    ("Repay 930 by Friday.", 93_000),
    ("You owe us 1,930 now", 193_000),
    ("please pay just 50 and we wait", 5_000),
    ("a balance of 930", 93_000),
    ("930 a month", 93_000),
    ("Pay nine hundred and thirty today", 93_000),
    ("It is nine hundred and thirty dollars.", 93_000),
    ("a thousand dollars and 50 cents", 100_050),
    ("930 bucks", 93_000),
    ("pay 930 dollars and 5 cents", 93_005),
    ("twenty-five hundred dollars", 250_000),
    ("₱930.50", 93_050),
]
NONE = [
    "还3天到期",
    "还款日12月8日",
    "应还12/8前",
    "分12期还",
    "共12期",
    "还2次未接",
    "每月5号扣款",
    "还款24小时内到账",
    "退还需1至3个工作日",
    "还十分抱歉",
    "还一万个放心",
    "还没有",
    "请给95000打电话",
    "利率每月1.5%",
    "还一部分也可以",
    "还两笔",
    "12月8日还款",
    "我们一块看看",
    "Pay in 3 instalments.",
    "pay 3 of them",
    "payment 2 of 12",
    "due 9 December",
    "due 12/9",
    "due 2026-12-09",
    "You paid 2 days late.",
    "Please send us 2 payslips.",
    "pay one now and the others later",
    "paid 30 days late",
    "Call 95000 to pay by 6 pm.",
    "ten payments of equal size",
]


@pytest.mark.parametrize(("said", "minor"), AMOUNTS)
def test_an_amount_is_read(said: str, minor: int) -> None:
    assert not list(unknown(normal(said), {minor}))
    assert list(unknown(normal(said), {minor + 1}))


@pytest.mark.parametrize("said", NONE)
def test_what_counts_or_dates_is_no_amount(said: str) -> None:
    assert list(unknown(normal(said), ())) == []
