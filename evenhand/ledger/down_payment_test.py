"""A down-payment is the first instalment, due on the day of the payout; the rest is the loan.

Its sum is held against Decimal; a loan whose down-payment is paid on that day against the loan of
the rest, through random payments, payments ahead and changes of terms; and one whose is not against
the slow walk of `core.position_oracle_test`.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evenhand.core.columns import KeyedError
from evenhand.core.days import NEVER
from evenhand.core.payoff import pay_off
from evenhand.core.position_oracle_test import START, Loan, walk
from evenhand.ledger import changes, charges, promises, standing
from evenhand.ledger import made_up as m
from evenhand.ledger.facts import Draft, Fact, supposed
from evenhand.ledger.house import day_from, day_number
from evenhand.ledger.products import ANY_DAY, DEMO, Product
from evenhand.ledger.quotes import quote

D = date(2026, 3, 1)
LENT = 1_200_000
often = settings(deadline=None, max_examples=150)

KINDS: list[dict[str, Any]] = [
    {},
    {"method": "equal_principal", "day_count": "actual/365", "interest_per": "day"},
    {"method": "flat", "last": "smoothed"},
    {"method": "interest_only", "grace_interest": 1},
    {"method": "bullet"},
    {"unit": "week", "every": 2, "grace_principal": 2},
    {"first_due_days": 40, "month_day": 15, "interest_free": 1},
    {"holiday_shift": "forward", "rounding": "half_up", "instalment_multiple_minor": 100},
    {**{key: ANY_DAY.terms[key] for key in ("method", "day_count", "interest_per", "order")}},
    {"fees": [
        {"name": "service_fee", "when": "per_instalment", "of": "balance", "amount": 2_000},
        {"name": "handling_fee", "when": "on_a_day", "of": "lent", "amount": 5_000, "days": 40},
        {"name": "account_fee", "when": "at_disbursal", "of": "fixed", "amount": 9_00},
    ]},
]  # fmt: skip
DOWN: list[dict[str, int]] = [
    {"down_payment_ppm": 250_000},
    {"down_payment_ppm": 333_333},
    {"down_payment_minor": 123_400},
]


def product(**terms: Any) -> Product:
    return DEMO._replace(terms={**DEMO.terms, **terms})


def slow(down: dict[str, int], lent: int, terms: dict[str, Any]) -> int:
    """The sum, rounded as the contract rounds, to its multiple."""
    if "down_payment_minor" in down:
        return down["down_payment_minor"]
    way = ROUND_HALF_UP if terms.get("rounding") == "half_up" else ROUND_HALF_EVEN
    exact = (Decimal(lent) * down["down_payment_ppm"] / 1_000_000).quantize(Decimal(1), way)
    multiple: int = terms.get("instalment_multiple_minor", 1)
    return int((exact / multiple).quantize(Decimal(1), way) * multiple)


@given(
    st.integers(150_000, 5_000_000),
    st.integers(3, 24),
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    st.integers(0, 40),
    st.sampled_from(KINDS),
    st.sampled_from(DOWN),
)
@often
def test_the_first_instalment_is_the_down_payment_and_the_others_are_those_of_the_rest(
    lent: int, count: int, on: date, waits: int, kind: dict[str, Any], down: dict[str, int]
) -> None:
    first = slow(down, lent, kind)
    terms = promises.promised(product(**kind, **down), lent, count, on)
    rest = promises.promised(product(**kind), lent - first, count, on)
    assert terms["instalments"] == [[on.isoformat(), first, 0], *rest["instalments"]]
    assert sum(row[1] for row in terms["instalments"]) == lent
    assert promises.down_minor(terms) == first and promises.down_minor(rest) == 0
    assert terms.get("fees") == rest.get("fees")
    moved = [[n + 1, minor] for n, minor in rest.get("fees_due", ())]
    assert terms.get("fees_due", []) == moved
    later = promises.as_of(terms, on + timedelta(days=waits))
    assert later["instalments"][0] == [str(on + timedelta(days=waits)), first, 0]
    assert charges.unlisted(charges.of_terms(later), charges.of_terms(terms)) == []
    one, bare = (
        quote(product(**kind, **more), sum_minor, count, on)
        for more, sum_minor in ((down, lent), ({}, lent - first))
    )
    assert one == bare._replace(
        principal_minor=lent, down_minor=first, total_minor=bare.total_minor + first
    )


def begun(terms: dict[str, Any], lent: int, count: int, *more: Draft) -> list[Fact]:
    body = promises.promised(product(**terms), lent, count, D)
    return m.stream(Draft("loan.signed", D, "borrower", 7, lent, body=body), *more)


CHANGES: list[dict[str, Any]] = [
    {"change": "holiday", "count": 1, "interest": "paused"},
    {"change": "holiday", "count": 1, "interest": "runs"},
    {"change": "longer_term", "count": 9},
    {"change": "lower_rate", "rate_ppm": 60_000},
    {"change": "re_amortise"},
    {"change": "re_age"},
]
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["pays", "pays", "ahead", "changes"]),
        st.integers(0, 230),
        st.integers(1, 400_000),
    ),
    max_size=7,
)


def live(facts: list[Fact], events: list[tuple[str, int, int]]) -> tuple[list[Fact], list[str]]:
    """The loan through what happens, and what of it could not be."""
    refused = []
    for what, after, size in sorted(events, key=lambda event: event[1]):
        on = D + timedelta(days=after)
        if what == "changes":
            body = CHANGES[size % len(CHANGES)]
            try:
                made = changes.draft(facts, 7, body, on, "staff:2", 1)
            except KeyedError as wrong:
                refused.append(f"{on} {wrong.key}")
                continue
            facts = [*facts, supposed(facts, made)]
            continue
        facts = [*facts, supposed(facts, m.paid(7, on, size))]
        if what == "ahead":
            way = ("lower", "shorter")[size % 2]
            ahead = changes.prepaid(facts, facts[-1], way)
            facts = [*facts, supposed(facts, ahead)] if ahead else facts
    return facts, refused


def figures(facts: list[Fact], on: date) -> dict[str, Any]:
    """Everything that is owed on a day, by the day it falls due."""
    stood = standing.stand_by(facts, day_number(on))
    at, off = stood.position, pay_off(stood.terms, stood.begins_on, stood.position)
    rows = [
        (row.due_on, row.principal_minor, row.interest_minor, row.late_minor, row.fee_minor)
        for row in changes.rows_of(stood)
    ]
    columns = ("outstanding_minor", "past_due_minor", "past_due_days", "late_interest_minor",
               "next_due_minor", "overpaid_minor", "late_charged_minor")  # fmt: skip
    told = {name: int(getattr(at, name)[0]) for name in columns}
    return told | {"rows": rows, "pay_off": off.total_minor.tolist(), "over": at.paid_off.tolist()}


@given(st.sampled_from(KINDS), st.sampled_from(DOWN), st.integers(3, 12), EVENTS)
@example(
    {"unit": "week", "every": 2, "grace_principal": 2}, {"down_payment_ppm": 250_000}, 3,
    [("ahead", 0, 1)],
)  # fmt: skip
@often
def test_paid_on_its_day_it_leaves_the_loan_of_the_rest_whatever_happens_after(
    kind: dict[str, Any], down: dict[str, int], count: int, events: list[tuple[str, int, int]]
) -> None:
    first = slow(down, LENT, kind)
    whole = begun({**kind, **down}, LENT, count, m.paid(7, D, first))
    rest = begun(kind, LENT - first, count)
    one, refused = live(whole, events)
    other, refused_too = live(rest, events)
    assert refused == refused_too
    for after in (0, 1, 29, 31, 75, 140, 240, 500):
        on = D + timedelta(days=after)
        assert figures(one, on) == figures(other, on), after


@given(
    st.sampled_from(DOWN),
    st.lists(st.tuples(st.integers(0, 150), st.integers(1, 500_000)), max_size=6),
    st.integers(0, 200),
)
@often
def test_unpaid_it_is_past_due_the_day_after_and_bears_late_interest(
    down: dict[str, int], payments: list[tuple[int, int]], after: int
) -> None:
    paid = [m.paid(7, D + timedelta(days=day), minor) for day, minor in sorted(payments)]
    facts = begun(down, LENT, 4, *paid)
    base = day_number(D) - START
    rows = [
        (day_number(date.fromisoformat(day)) - base, principal, interest, 0, -NEVER)
        for day, principal, interest in facts[0].body["instalments"]
    ]
    loan = Loan(rows, DEMO.terms["late_rate_ppm"], 360)
    loan = replace(loan, payments=[(START + day, minor) for day, minor in sorted(payments)])
    book, over = walk(loan, START + after)
    at = standing.stand_by(facts, START + after + base).position
    assert at.owed_minor[0].tolist() == [one.whole for one in book]
    assert at.overpaid_minor.tolist() == [over]
    if not payments and after:
        assert day_from(int(at.past_due_since[0])) == D
        assert at.past_due_days.tolist() == [after]


def test_a_down_payment_that_leaves_nothing_to_lend_makes_no_loan() -> None:
    with pytest.raises(KeyedError, match="down_payment"):
        quote(product(down_payment_minor=LENT), LENT, 6, D)
