"""Every sum that is shown is added up by hand, line by line, and comes to its figure."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.conf import settings as house_settings
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.orders import PAIRS
from evenhand.ledger import changes, promises
from evenhand.ledger import made_up as facts
from evenhand.ledger.facts import Draft, Fact, supposed
from evenhand.ledger.house import day_number
from evenhand.ledger.products import DEMO
from evenhand.lifecycle.repay import owing, sum_words
from evenhand.lifecycle.repay.book_test import LOAN, D, fact, happened, payments
from evenhand.lifecycle.repay.figures import FIGURES, OWN_ORDER, ROUNDED, WITH_FEES, sum_of
from evenhand.lifecycle.repay.figures_agreed import OF_EACH
from evenhand.lifecycle.repay.made_up import PRINCIPAL, signed
from evenhand.lifecycle.repay.owing import Owing
from evenhand.lifecycle.repay.sum_lines import DAYS, MONEY, Line, Sum
from evenhand.web import figures as named

steady = settings(derandomize=True, deadline=None, max_examples=25)
NAMES = (*FIGURES, *(f"{word}-{n}" for word in OF_EACH for n in (1, 2, 12)))


def stands(known: Sequence[Fact], later: int) -> Owing:
    one = owing.on_facts(known, LOAN, day_number(D) + later)
    assert one is not None
    return one


def by_hand(lines: Sequence[Line]) -> int:
    """What the lines come to, each of them checked: its parts, and what it says of itself."""
    days = Fraction(0)
    for line in lines:
        said = line.values
        if line.parts:
            assert sum(minor for _part, minor in line.parts) == line.minor
        if any(each.minor is not None for each in line.under):
            assert by_hand(line.under) == line.minor
        if line.code == "stretch":
            days += said["principal_minor"] * said["days"]
            assert 0 <= said["days"] <= said["until_on"] - said["since_on"]
        if line.code == "at_rate":
            # Sums of whole units x days: rounded to the nearest, a half to the even one, once.
            assert line.minor == round(days * said["late_ppm"] / (1_000_000 * said["year"]))
        if line.code == "by_rate":
            year = Fraction(said["balance_minor"] * said["rate_ppm"], 1_000_000)
            assert line.minor == round(year * said["part"] / said["of"])
        if line.code == "running" and line.under:
            share = line.under[0].values
            used = Fraction(share["whole_minor"] * share["used"], share["period"])
            assert line.minor == round(used)
    return sum(line.minor or 0 for line in lines)


def figure_of(one: Owing, name: str) -> int:
    """The position's own figure, from the loan as pages have it."""
    word, _dash, number = name.rpartition("-")
    if word in OF_EACH:
        agreed, owed = one.book.agreed[int(number) - 1], one.book.owed[int(number) - 1]
        return {
            "instalment": owed.total_minor,
            "interest": agreed.interest_minor,
            "principal": agreed.principal_minor,
        }[word]
    own = {
        "next": one.next_due_minor,
        "pay-off": one.pay_off.total_minor,
        "past-due-days": one.past_due_days,
        "owed": one.owed_minor,
        "yearly-cost": 1_080,
    }
    return own[name] if name in own else int(getattr(one, f"{name.replace('-', '_')}_minor"))


@steady
@given(payments, st.integers(0, 500))
def test_every_sum_comes_to_its_figure(paid: list[tuple[int, int]], later: int) -> None:
    one, tomorrow = stands(happened(paid), later), stands(happened(paid), later + 1)
    assert one.late_a_day_minor == tomorrow.late_charged_minor - one.late_charged_minor
    for name in NAMES:
        found = sum_of(one, name)
        if found is None:
            missing = {"step": True, "past-due-days": not one.past_due_days}
            assert missing.get(name, one.paid_off), name
            continue
        assert found.total == figure_of(one, name)
        if found.of == MONEY:
            assert by_hand(found.lines) == found.total, name
        if found.of == DAYS:
            assert found.lines[0].values["on"] - found.lines[0].values["since_on"] == found.total


def test_a_loan_paid_off_says_what_of_its_interest_was_not_used() -> None:
    known = happened([(10, 1_002_903)])
    waived = Draft("interest.waived", D + timedelta(days=10), "house", LOAN, -1, 2)
    one = stands([*known, fact(3, waived)], 20)
    assert one.paid_off and sum_of(one, "pay-off") is None
    first = sum_of(one, "interest-1")
    assert first is not None and [line.code for line in first.lines] == ["by_rate", "unused"]
    # Ten of the 31 days of 90.00.
    assert by_hand(first.lines) == first.total == 2_903


FEE = {"name": "service_fee", "when": "per_instalment", "of": "fixed", "amount": 8_00}


@pytest.mark.parametrize(
    "agreed",
    [
        {},
        {"fees": [FEE]},
        {"first_due_days": 20, "month_day": 15},
        {"unit": "week", "every": 2},
        {"method": "bullet"},
        {"fees": [FEE, FEE | {"name": "handling_fee", "when": "at_disbursal"}]},
        {"down_payment_ppm": 250_000, "fees": [FEE]},
    ],
)
def test_the_yearly_cost_is_the_rate_at_which_all_is_worth_what_was_lent(
    agreed: dict[str, Any],
) -> None:
    product = DEMO._replace(terms={**DEMO.terms, **agreed})
    body = promises.promised(product, PRINCIPAL, 12, D)
    one = stands([fact(1, signed(LOAN, D)._replace(body=body))], 0)
    found = sum_of(one, "yearly-cost")
    assert found is not None
    worth, whole, times = found.lines[:-2], found.lines[-2].values, found.lines[-1].values
    rate = Decimal(times["rate_e10"]) / 10**10
    for line in worth:
        said = line.values
        exact = Decimal(said["minor"]) / (1 + rate * said.get("part", 0) / said.get("of", 1))
        for _period in range(said["periods"]):
            exact /= 1 + rate
        assert abs(exact - said["worth_minor"]) <= Decimal("0.5")
    assert sum(line.values["worth_minor"] for line in worth) == whole["worth_minor"]
    assert abs(whole["worth_minor"] - whole["lent_minor"]) <= len(worth)
    assert round(rate * times["a_year"] / times.get("of", 1) * 10_000) == found.total
    assert found.total == promises.worked_out(body).yearly_hundredths[0]


def test_of_a_loan_paid_all_at_the_end_only_what_is_to_be_paid_is_listed() -> None:
    product = DEMO._replace(terms={**DEMO.terms, "method": "bullet"})
    body = promises.promised(product, PRINCIPAL, 12, D)
    signing = fact(1, signed(LOAN, D)._replace(body=body))
    one = stands([signing], 0)
    assert [(line.agreed.n, line.owed.total_minor) for line in one.instalments] == [
        (12, one.owed_minor)
    ]
    yearly = sum_of(one, "yearly-cost")
    assert yearly and [line.values.get("n") for line in yearly.lines] == [12, None, None]
    paid = fact(2, facts.paid(LOAN, D + timedelta(days=365), one.owed_minor))
    (line,) = stands([signing, paid], 365).instalments
    assert (line.agreed.total_minor, line.owed.total_minor) == (one.owed_minor, 0)


def test_a_loan_taken_over_has_no_yearly_cost_and_says_what_was_brought() -> None:
    one = stands([fact(1, facts.imported(LOAN, D, 3))], 10)
    assert sum_of(one, "yearly-cost") is None
    late = sum_of(one, "late-interest")
    assert late is not None
    assert [line.code for line in late.lines[0].under] == ["stretch", "at_rate", "brought"]
    assert by_hand(late.lines) == late.total == one.late_interest_minor


@pytest.mark.parametrize("name", ["everything", "instalment-0", "instalment-13", "interest-x"])
def test_what_is_no_figure_has_no_sum(name: str) -> None:
    assert sum_of(stands(happened([]), 0), name) is None


@pytest.mark.parametrize("lang", [code for code, _name in house_settings.LANGUAGES])
def test_every_line_and_rule_has_words_in_every_language(lang: str) -> None:
    one = stands(happened([(33, 50_000), (50, 60_000)]), 70)
    with translation.override(lang):
        for name in NAMES:
            if found := sum_of(one, name):
                assert all(sum_words.plain(sum_words.told(found, "CNY")))
    assert codes(one) <= set(sum_words.LINES)
    said = {rule for figure in FIGURES.values() for rule in figure.rules}
    instead = {*OWN_ORDER.values(), *WITH_FEES.values(), *ROUNDED.values()}
    assert said | instead == set(sum_words.RULES)
    assert {*FIGURES, *OF_EACH} == set(named.NAMES)


def codes(one: Owing) -> set[str]:
    def among(lines: Sequence[Line]) -> set[str]:
        return {each.code for line in lines for each in (line, *line.under)}

    sums: list[Sum | None] = [sum_of(one, name) for name in NAMES]
    return {code for found in sums if found for code in among(found.lines)}


def test_in_words_it_can_be_added_up() -> None:
    one = stands(happened([(33, 50_000)]), 40)
    found = sum_of(one, "late-interest")
    assert found is not None
    with translation.override("en"):
        lines = sum_words.plain(sum_words.told(found, "CNY"))
    # 792.88 for two days of 16.2 % / 360 is 0.71, which was paid; then 383.59 for seven days.
    assert [" ".join(line.split()) for line in lines[:6]] == [
        "Late interest: CNY 1.21",
        "+ Instalment 1, due 2 Apr 2026 CNY 1.21",
        "CNY 792.88 × 2 (days from 2 Apr 2026 to 4 Apr 2026)",
        "CNY 383.59 × 7 (days from 4 Apr 2026 to 11 Apr 2026)",
        "+ all of it × 16.2% ÷ 360 CNY 1.92",
        "− paid already CNY 0.71",
    ]


@pytest.mark.parametrize(
    "change", [{}, {"change": "longer_term", "count": 12}, {"change": "re_age"}]
)
def test_a_loan_with_fees_and_other_terms_adds_up(change: dict[str, Any]) -> None:
    fees = [[n, 8_00] for n in range(1, 13)]
    known = facts.stream(
        signed(LOAN, D, fees_due=fees), facts.paid(LOAN, D + timedelta(days=40), 900_00)
    )
    on = D + timedelta(days=80)
    if change:
        made = changes.draft(known, LOAN, change, on, "staff:2", 1)
        known.append(supposed(known, made))
    for later in (80, 95, 200):
        one = stands(known, later)
        for name in FIGURES.keys() - {"yearly-cost"}:
            found = sum_of(one, name)
            if found is not None and found.of == MONEY:
                assert by_hand(found.lines) == found.total == figure_of(one, name), name


def test_interest_waived_of_a_loan_that_runs_is_not_said_to_be_unused() -> None:
    body = {"part": "interest", "reason": "hardship"}
    waived = Draft("charge.waived", D + timedelta(days=40), "staff:2", LOAN, -5_00, 1, body)
    one = stands(facts.stream(signed(LOAN, D), waived), 41)
    for name in ("interest-1", "principal-1", "instalment-1"):
        found = sum_of(one, name)
        assert found and by_hand(found.lines) == found.total == figure_of(one, name)
    interest, principal = sum_of(one, "interest-1"), sum_of(one, "principal-1")
    assert interest and [(line.code, line.minor) for line in interest.lines] == [
        ("by_rate", 90_00),
        ("waived", -5_00),
    ]
    assert principal and principal.lines[0].minor == 882_88


def test_what_a_re_age_moved_on_is_said_to_be_so_and_was_not_paid() -> None:
    known = facts.stream(signed(LOAN, D), facts.paid(LOAN, D + timedelta(days=31), 882_88))
    made = changes.draft(known, LOAN, {"change": "re_age"}, D + timedelta(days=80), "staff:2", 1)
    one = stands([*known, supposed(known, made)], 85)
    moved = [(line.owed.total_minor, line.is_moved) for line in one.instalments[:3]]
    assert moved == [(0, False), (0, True), (one.book.owed[2].total_minor, False)]
    second, third = sum_of(one, "instalment-2"), sum_of(one, "instalment-3")
    assert second and [(line.code, line.minor) for line in second.lines] == [
        ("principal", 800_02),
        ("interest", 82_86),
        ("moved_on", -882_88),
    ]
    assert third and third.lines[-1].under[-1].code == "brought_by_change"
    assert by_hand(third.lines) == third.total == figure_of(one, "instalment-3")


def test_a_cap_and_an_own_order_are_said_as_the_contract_has_them() -> None:
    order = {"pairs": [*reversed(PAIRS)], "vertical": True, "advance": "last"}
    draft = signed(LOAN, D, late_cap_ppm=100, order=order, rounding="half_up")
    known = facts.stream(draft, facts.paid(LOAN, D + timedelta(days=40), 90_000))
    one = stands(known, 400)
    found = sum_of(one, "late-interest")
    assert found is not None and found.lines[-1].code == "cap"
    # 0.01 % of 10,000.00; it ends with the last whole day within it.
    assert found.lines[-1].values["cap_minor"] == 1_00 >= one.late_charged_minor > 0
    assert by_hand(found.lines) == found.total == one.late_interest_minor
    assert {"own_order", "rounded"} <= set(found.rules) and "oldest_first" not in found.rules
    for name in ("due", "paid", "owed", "outstanding"):
        told = sum_of(one, name)
        assert told is not None and by_hand(told.lines) == told.total == figure_of(one, name)
