"""What a loan costs as it was charged stays within the cap under which its product was accepted.

Random terms that the form takes and no cap of pack cn refuses; a random life of thirty happenings:
paid in time, late, in part, ahead, taken back, given up, nothing for months; at its end the pay-off
figure of a day. The money that went either way is then held against an internal rate in Decimal,
by halving, which knows nothing of schedules' costs.

Time is counted as the contract counts interest: in days where it goes by the calendar, else in its
own periods, a day a part of the period in which it lies. What is brought before it is asked counts
on the day on which it was asked, unless the contract makes the loan smaller by it.

Beyond the cap a loan may be by two things that no terms can help. Money that comes within a month
bears, in a rate that compounds by the month, interest on interest that nobody charged: at the cap
it is at most 12 x (e^(cap / 12) - 1) a year, 24.24 for 24. And figures are rounded: a minor unit of
interest, fee and late interest of each instalment and for each happening, all on the first day.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.http import QueryDict
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evenhand.core.orders import PAIRS
from evenhand.core.payoff import pay_off
from evenhand.law.caps import caps
from evenhand.ledger import made_up as m
from evenhand.ledger import promises, standing
from evenhand.ledger.facts import Draft, Fact, supposed
from evenhand.ledger.house import day_from, day_number
from evenhand.ledger.products import DEMO, Product
from evenhand.ledger.standing import Standing
from evenhand.lifecycle.products import corners, typed_terms
from evenhand.lifecycle.products.corners import Unplannable

D = date(2026, 3, 1)
CAP = Decimal(24)
LOAN = 7
MONTH_DAYS = Decimal(365) / 12
PER_INSTALMENT_MINOR = 3
"""What is rounded of an instalment, each part at most by a unit."""


class Flow(NamedTuple):
    """Money that the borrower gave on a day."""

    on: date
    minor: int


@st.composite
def some_fees(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = draw(st.permutations(["service_fee", "handling_fee", "guarantee_fee"]))
    found = []
    for name in names[: draw(st.sampled_from([0, 0, 1, 2]))]:
        of = draw(st.sampled_from(["fixed", "lent", "balance", "interest", "instalment"]))
        most = {"fixed": 3_000, "interest": 200_000}.get(of, 6_000)
        when = draw(st.sampled_from(["per_instalment", "on_a_day"]))
        amount = draw(st.integers(1, most // 100)) * 100
        fee: dict[str, Any] = {"name": name, "when": when, "of": of, "amount": amount}
        found.append(fee | ({"days": draw(st.integers(1, 99))} if when == "on_a_day" else {}))
    return found


@st.composite
def some_terms(draw: st.DrawFn) -> dict[str, Any]:
    """Terms, many of them near the cap."""
    fewest = draw(st.integers(1, 6))
    ppm = st.integers(0, 240) | st.integers(225, 240) | st.sampled_from([232, 236, 240])
    said = {
        **DEMO.terms,
        "principal_minor": [draw(st.sampled_from([50_000, 100_000])), 5_000_000],
        "months": [fewest, fewest + draw(st.integers(0, 12))],
        "rate_ppm": draw(ppm) * 1_000,
        "late_rate_ppm": draw(st.integers(0, 232) | st.sampled_from([230, 232])) * 1_000,
        "method": draw(st.sampled_from(
            ["equal_instalment", "equal_principal", "flat", "interest_only", "bullet"])),
        "unit": draw(st.sampled_from(["month", "month", "week", "day"])),
        "every": draw(st.sampled_from([1, 1, 2, 10])),
        "day_count": draw(st.sampled_from(["30/360", "actual/360", "actual/365"])),
        "interest_per": draw(st.sampled_from(["day", "period"])),
        "rounding": draw(st.sampled_from(["half_even", "half_up"])),
        "instalment_multiple_minor": draw(st.sampled_from([1, 1, 100])),
        "grace_principal": draw(st.integers(0, fewest - 1)),
        "fees": draw(some_fees()),
    }  # fmt: skip
    if draw(st.booleans()):
        said["late_cap_ppm"] = draw(st.sampled_from([0, 20_000, 200_000]))
    if draw(st.integers(0, 3)) == 0:
        said["down_payment_ppm"] = draw(st.integers(1, 50)) * 10_000
    if draw(st.booleans()):
        advance = draw(st.sampled_from(["next", "last", "re_amortise"]))
        vertical = draw(st.integers(0, 1))
        said["order"] = {"pairs": [*PAIRS], "vertical": vertical, "advance": advance}
    return said


def accepted(said: dict[str, Any]) -> Product:
    """The product as the form reads it, where the form and the caps take it."""
    errors: dict[str, str] = {}
    typed, fewest = typed_terms.filled(said, "CNY"), said["months"][0]
    ticks = QueryDict(f"vertical={said.get('order', {}).get('vertical', 0) or ''}")
    read = typed_terms.read(typed, ticks, "CNY", fewest, errors)
    assume(not errors)
    kept = ("principal_minor", "months", "rate_ppm", "late_rate_ppm", "instalment_multiple_minor")
    offered = Product("p", 1, D, {**DEMO.terms, **{key: said[key] for key in kept}, **read})
    try:
        assume(not corners.breaches(offered, caps(["cn"], D)))
    except Unplannable:
        assume(False)
    return offered


HAPPENINGS = st.lists(
    st.tuples(
        st.sampled_from(["due", "due", "part", "part", "odd", "ahead", "back", "given_up"]),
        st.sampled_from([0, 1, 3, 9, 17, 25, 25, 110]),
        st.integers(1, 1_000),
    ),
    min_size=30,
    max_size=36,
)
"""What happens, how many days after what happened before, and how much of it."""


def stand(facts: list[Fact], on: date) -> Standing:
    return standing.stand_by(facts, day_number(on))


def to_pay_off(stood: Standing) -> int:
    return int(pay_off(stood.terms, stood.begins_on, stood.position).total_minor[0])


def live(
    facts: list[Fact], happenings: list[tuple[str, int, int]], pace: int
) -> tuple[list[Fact], date]:
    """The loan through what happens, as long as more than a cent is owed, and never so much paid
    at once that it nears its end; and the last day. What cannot happen is a small payment."""
    on = D
    for what, after, size in happenings:
        stood = stand(facts, on := on + timedelta(days=after // pace))
        whole = to_pay_off(stood)
        if whole <= 1:
            break
        draft = _of(what, facts, on, size, stood) or m.paid(LOAN, on, min(size, whole - 1))
        facts = [*facts, supposed(facts, draft)]
    return facts, on


def _of(what: str, facts: list[Fact], on: date, size: int, stood: Standing) -> Draft | None:
    if what == "back":
        gone = {fact.cause for fact in facts}
        left = [f for f in facts if f.kind == "payment.received" and f.seq not in gone]
        return m.reversed_(LOAN, on, left[-1].amount, left[-1].seq) if left else None
    if what == "given_up":
        late = int(stood.position.late_interest_minor[0]) // 2
        body = {"part": "late", "reason": "illness"}
        return Draft("charge.waived", on, "staff:7", LOAN, -late, body=body) if late else None
    due, whole = int(stood.position.due_minor[0]), to_pay_off(stood)
    minor = {"due": due, "part": due * size // 1_000, "ahead": due + whole * size // 8_000}
    paid = min(minor.get(what, 0), max(whole // 3, 1))
    return m.paid(LOAN, on, paid) if paid else None


def that_stand(facts: list[Fact]) -> list[Fact]:
    """Without the payments taken back: their money never stayed with the lender."""
    gone = {fact.cause for fact in facts if fact.kind == "payment.reversed"}
    return [f for f in facts if f.seq not in gone and f.kind != "payment.reversed"]


def as_charged(facts: list[Fact], ended: date) -> list[Flow]:
    """Every payment that stands, and the pay-off figure of the last day."""
    flows: list[Flow] = []
    lowers = facts[0].body.get("order", {}).get("advance") == "re_amortise"
    for n, fact in enumerate(facts):
        if fact.kind == "payment.received":
            rest = fact.amount
            if not lowers:
                for day, minor in _ahead(facts[: n + 1], fact.day):
                    flows.append(Flow(min(day, ended), minor))
                    rest -= minor
            flows.append(Flow(fact.day, rest))
    over = int(stand(facts, ended).position.overpaid_minor[0])
    return [*flows, Flow(ended, to_pay_off(stand(facts, ended)) - over)]


def _ahead(facts: list[Fact], on: date) -> list[tuple[date, int]]:
    """What the last payment pays of instalments due after its day, by their days."""
    before, after = stand(facts[:-1], on).position, stand(facts, on).position
    paid = (before.owed_minor - after.owed_minor)[0].tolist()
    days = after.due_on[0].tolist()
    each = zip(days, paid, strict=True)
    return [(day_from(day), minor) for day, minor in each if day > day_number(on) and minor]


class Times:
    """Days as months of the contract, or as its weeks or days."""

    def __init__(self, body: dict[str, Any]) -> None:
        unit, every = body.get("unit", "month"), body.get("every", 1)
        by_calendar = body["day_count"] != "30/360" and body["interest_per"] == "day"
        self.a_year = {"month": Decimal(12), "week": Decimal(365) / 7, "day": Decimal(365)}[unit]
        self.by_days = by_calendar or unit != "month"
        first = 1 if any(key.startswith("down") for key in body) else 0
        due = [date.fromisoformat(row[0]) for row in body["instalments"]][first:]
        marks = [(D, Decimal(0)), *((on, Decimal(n * every)) for n, on in enumerate(due, 1))]
        self.marks = [marks[0], marks[-1]] if body["method"] == "bullet" else marks

    def of(self, on: date) -> Decimal:
        if self.by_days:
            return Decimal((on - D).days) * self.a_year / 365
        for (since, at), (until, then) in zip(self.marks, self.marks[1:], strict=False):
            if on <= until:
                return at + (then - at) * (on - since).days / (until - since).days
        last, at = self.marks[-1]
        return at + (on - last).days / MONTH_DAYS


def yearly(lent: Decimal, flows: list[Flow], times: Times) -> Decimal:
    """The internal rate of a unit times the units of a year, in per cent."""
    paid = [(times.of(flow.on), Decimal(flow.minor)) for flow in flows if flow.minor]
    low, high = Decimal(0), Decimal(2)
    for _round in range(50):
        rate = (low + high) / 2
        worth = sum(minor / (1 + rate) ** at for at, minor in paid)
        low, high = (rate, high) if worth > lent else (low, rate)
    return low * times.a_year * 100


def cost(begun: list[Fact], facts: list[Fact], ended: date) -> tuple[Decimal, Decimal]:
    """What a loan cost a year as it was charged, less the rounding; and the most it may, in per
    cent."""
    kept, body = that_stand(facts), begun[0].body
    rounded = PER_INSTALMENT_MINOR * len(body["instalments"]) + len(facts)
    times = Times(dict(body))
    of_unit = CAP / 100 / times.a_year
    found = yearly(Decimal(begun[0].amount + rounded), as_charged(kept, ended), times)
    return found, times.a_year * (of_unit.exp() - 1) * 100


def begin(offered: Product, lent: int, count: int) -> list[Fact]:
    body = promises.promised(offered, lent, count, D)
    return m.stream(Draft("loan.signed", D, "borrower", LOAN, lent, body=body))


@settings(derandomize=True, deadline=None, max_examples=20)
@given(some_terms(), st.data())
def test_no_life_of_an_accepted_product_costs_more_a_year_than_the_cap(
    said: dict[str, Any], data: st.DataObject
) -> None:
    offered = accepted(said)
    (least, most), (fewest, longest) = offered.terms["principal_minor"], offered.terms["months"]
    lent = data.draw(st.sampled_from([least, most]) | st.integers(least, most))
    begun = begin(offered, lent, data.draw(st.integers(fewest, longest)))
    facts, on = live(begun, data.draw(HAPPENINGS), data.draw(st.sampled_from([1, 1, 4])))
    assert len(facts) > 30 or to_pay_off(stand(facts, on)) <= 1
    ended = on + timedelta(days=data.draw(st.integers(1, 400)))
    assert to_pay_off(stand(facts, ended)) == to_pay_off(stand(that_stand(facts), ended))
    found, most_of_year = cost(begun, facts, ended)
    assert found <= most_of_year


@pytest.mark.parametrize(
    ("rate_ppm", "late_rate_ppm", "days", "beyond"),
    [
        (230_000, 320_000, 150, True),
        (230_000, 232_000, 150, False),
        (250_000, 0, 15, True),
        (240_000, 0, 15, False),
    ],
)
def test_of_a_product_that_no_cap_would_let_pass_the_same_reckoning_finds_it(
    rate_ppm: int, late_rate_ppm: int, days: int, beyond: bool
) -> None:
    """Three instalments, of which nothing is paid before all is paid off after so many days."""
    terms = {**DEMO.terms, "rate_ppm": rate_ppm, "late_rate_ppm": late_rate_ppm}
    offered = DEMO._replace(terms=terms)
    assert bool(corners.breaches(offered, caps(["cn"], D))) == beyond
    begun = begin(offered, 1_000_000, 3)
    found, most = cost(begun, begun, D + timedelta(days=days))
    assert (found > most) == beyond
