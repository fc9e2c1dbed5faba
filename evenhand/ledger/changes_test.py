"""A change of terms: what is previewed is what then happens."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from evenhand.core.columns import KeyedError
from evenhand.core.days import iso
from evenhand.core.payoff import pay_off
from evenhand.core.schedule import schedule
from evenhand.core.shape import monthly_equal
from evenhand.ledger import changes, house, standing
from evenhand.ledger.changes import rows_of
from evenhand.ledger.facts import Draft, Fact, supposed
from evenhand.ledger.house import day_number
from evenhand.ledger.made_up import imported, paid, reversed_, signed, stream

D = date(2026, 3, 1)
ON = D + timedelta(days=70)
EACH = 100_000 + 1_000


def lent(*drafts: Draft, **terms: Any) -> list[Fact]:
    """Six instalments of 1,010.00 each thirty days, two of them due by ON, and what was paid."""
    return stream(signed(7, D, 6, **terms), *drafts)


def owed(facts: list[Fact], on: date) -> list[tuple[str, int]]:
    rows = rows_of(standing.stand_by(facts, day_number(on)))
    return [(str(D + timedelta(days=row.due_on - day_number(D))), row.total_minor) for row in rows]


WORDS: list[dict[str, Any]] = [
    {"change": "holiday", "count": 1, "interest": "paused"},
    {"change": "holiday", "count": 2, "interest": "runs"},
    {"change": "later_due_day", "due_day": 15},
    {"change": "longer_term", "count": 9},
    {"change": "lower_rate", "rate_ppm": 60_000},
    {"change": "interest_pause", "until": "2026-06-20"},
    {"change": "re_age"},
    {"change": "re_amortise"},
    {"change": "moratorium", "until": "2026-07-01"},
]


@pytest.mark.parametrize("body", WORDS, ids=lambda body: str(body["change"]))
def test_the_preview_is_what_then_happens(body: dict[str, Any]) -> None:
    facts = lent(paid(7, D + timedelta(days=30), EACH))
    seen = changes.preview(facts, 7, body, ON)
    made = changes.draft(facts, 7, body, ON, "staff:2", 1)
    then = [*facts, supposed(facts, made)]
    assert rows_of(standing.stand_by(then, day_number(ON))) == seen.after != seen.before
    assert sum(row.principal_minor for row in seen.after) == 500_000
    shown = [[line[0], line[1] + line[2]] for line in made.body["shown"]]
    late = sum(row.late_minor for row in seen.after)
    assert sum(line[1] for line in shown) + late == sum(row.total_minor for row in seen.after)
    paying = list(then)
    for row in seen.after:
        day = max(ON, D + timedelta(days=row.due_on - day_number(D)))
        paying.append(supposed(paying, paid(7, day, row.total_minor)))
        assert owed(paying, day) == [one for one in owed(then, day) if one[0] > str(day)]
    assert standing.stand_by(paying, day_number(day)).position.paid_off.tolist() == [True]


def test_a_holiday_puts_the_rest_off_by_a_step() -> None:
    kept = paid(7, D + timedelta(days=30), EACH), paid(7, D + timedelta(days=60), EACH)
    facts = lent(*kept, every=30, unit="day")
    body = {"change": "holiday", "count": 1, "interest": "paused"}
    before, after = changes.preview(facts, 7, body, ON)
    assert [row.total_minor for row in after] == [row.total_minor for row in before]
    assert [row.due_on - 30 for row in after] == [row.due_on for row in before]


@pytest.mark.parametrize(
    ("key", "body"),
    [
        ("rate_ppm", {"change": "lower_rate", "rate_ppm": 120_000}),
        ("until", {"change": "moratorium", "until": ON.isoformat()}),
        ("change", {"change": "prepaid_lower"}),
    ],
)
def test_what_cannot_be_names_its_key(key: str, body: dict[str, Any]) -> None:
    with pytest.raises(KeyedError) as refused:
        changes.preview(lent(), 7, body, ON)
    assert refused.value.key == key


def test_a_payment_ahead_pays_what_is_due_and_makes_the_rest_smaller() -> None:
    """2,020.00 were due; of 4,000.00 the rest pays 2.33 for the seven days used, then principal."""
    facts = lent(paid(7, D + timedelta(days=67), 4_000_00))
    payment = facts[-1]
    made = changes.prepaid(facts, payment, "lower")
    assert made is not None and (made.day, made.cause) == (payment.day, payment.seq)
    then = [*facts, supposed(facts, made)]
    stood = standing.stand_by(then, day_number(payment.day) + 1)
    late = int(stood.position.late_charged_minor[0])
    assert late > 0
    to_principal = 4_000_00 - 2 * EACH - late - 233
    assert stood.position.outstanding_minor.tolist() == [400_000 - to_principal]
    assert len(rows_of(stood)) == 4
    taken_back = [*then, supposed(then, reversed_(7, ON, 4_000_00, payment.seq))]
    never = lent()
    for day in (payment.day, ON, ON + timedelta(days=100)):
        assert owed(taken_back, day) == owed(never, day)


def test_a_payment_of_no_more_than_is_due_changes_nothing() -> None:
    facts = lent(paid(7, ON, EACH))
    assert changes.prepaid(facts, facts[-1], "shorter") is None
    facts = lent(paid(7, ON, 9_000_00))
    assert changes.prepaid(facts, facts[-1], "shorter") is None


def test_what_is_learnt_late_is_folded_before_the_change() -> None:
    """A payment of before the change, learnt after it: as if it had been known."""
    body = {"change": "re_amortise"}
    late = lent(paid(7, D + timedelta(days=30), EACH))
    made = changes.draft(late, 7, body, ON, "staff:2", 1)
    payment = paid(7, D + timedelta(days=60), EACH)
    after = [*late, supposed(late, made)]
    after.append(supposed(after, payment))
    known = lent(paid(7, D + timedelta(days=30), EACH), payment)
    first = [*known, supposed(known, changes.draft(known, 7, body, ON, "staff:2", 1))]
    for day in (ON, ON + timedelta(days=33)):
        assert owed(after, day) == owed(first, day)
        assert np.array_equal(
            standing.stand_by(after, day_number(day)).terms.interest_minor,
            standing.stand_by(first, day_number(day)).terms.interest_minor,
        )


def test_fees_not_yet_due_are_not_owed_when_everything_is_paid() -> None:
    """Five fees of 8.00: two are due. What pays off leaves the unused interest and the other three,
    which are not owed while the payment stands; taken back, all is as before."""
    fees = [[n, 8_00] for n in range(1, 6)]
    facts = lent(paid(7, D + timedelta(days=30), EACH + 8_00), fees_due=fees)
    day = day_number(ON)
    stood = standing.stand_by(facts, day)
    off = pay_off(stood.terms, stood.begins_on, stood.position)
    assert (off.fees_minor.tolist(), off.past_minor.tolist()) == ([8_00], [1_000])
    facts.append(supposed(facts, paid(7, ON, int(off.total_minor[0]))))
    rest = standing.stand_by(facts, day).position.owed_minor.sum()
    assert rest == off.unused_minor[0] == 3 * 8_00 + 4 * 10_00 - 333
    payment = facts[-1]
    facts.append(supposed(facts, Draft("interest.waived", ON, "house", 7, -int(rest), payment.seq)))
    after = standing.stand_by(facts, day + 90).position
    assert (after.paid_off.tolist(), after.overpaid_minor.tolist()) == ([True], [0])
    facts.append(supposed(facts, reversed_(7, ON, payment.amount, payment.seq)))
    back = standing.stand_by(facts, day)
    assert pay_off(back.terms, back.begins_on, back.position).total_minor == off.total_minor


LENT = date(2026, 1, 31)
TABLE: dict[str, tuple[list[Draft], list[list[int]], int]] = {
    "nothing else": (
        [], [[4_83, 100_98, 965_21], [0, 91_33, 746_99], [0, 83_86, 725_00]], 808_87
    ),
    "500.00 came": (
        [paid(7, date(2026, 5, 5), 500_00)],
        [[1_42, 0, 568_60], [0, 91_33, 746_99], [0, 83_86, 725_00]], 808_87,
    ),
    "2,132.38 came": (
        [paid(7, date(2026, 4, 28), 2132_38)], [[0, 54_85, 662_19], [0, 74_34, 642_70]], 717_07
    ),
    "March's is taken back": (
        [reversed_(7, date(2026, 5, 20), 1_066_19, 3)],
        [[19_11, 110_54, 955_65], [4_83, 100_98, 965_21], [0, 91_33, 746_99], [0, 83_86, 725_00]],
        808_87,
    ),
}  # fmt: skip


@pytest.mark.parametrize("known", TABLE)
def test_the_table_of_the_page_why(known: str) -> None:
    """`docs/why/changes-of-terms.md`: the same whether it was learnt before the change or after."""
    drafts, expected, last = TABLE[known]
    facts = stream(_lent(), *(paid(7, date(2026, month, 31 - 3 * (month == 2)), 1_066_19)
                              for month in (2, 3)))  # fmt: skip
    day, body = date(2026, 5, 10), {"change": "longer_term", "count": 12}

    def changing(known: list[Fact]) -> list[Fact]:
        return [*known, supposed(known, changes.draft(known, 7, body, day, "staff:2", 1))]

    def learning(known: list[Fact]) -> list[Fact]:
        return [*known, *(supposed(known, draft) for draft in drafts)]

    for order in (learning(changing(facts)), changing(learning(facts))):
        rows = rows_of(standing.stand_by(order, day_number(day)))
        parts = [[row.late_minor, row.interest_minor, row.principal_minor] for row in rows]
        assert parts[: len(expected)] == expected
        assert (rows[-1].due_on, rows[-1].total_minor) == (day_number(date(2027, 4, 30)), last)


def _lent() -> Draft:
    """12,000.00 at 12 % a year in twelve months."""
    one = np.array([1])
    plan = schedule(monthly_equal(one * 12_000_00, one * 120_000, one * day_number(LENT), one * 12))
    columns = (plan.principal_minor[0].tolist(), plan.interest_minor[0].tolist())
    rows = zip(iso(plan.due_on[0]).tolist(), *columns, strict=True)
    return signed(7, LENT, 12, instalments=[list(row) for row in rows])


@pytest.mark.parametrize(
    "change", [{"change": "re_amortise"}, {"change": "longer_term", "count": 6}]
)
def test_a_loan_taken_over_that_falls_due_at_months_ends_goes_on_so(change: dict[str, Any]) -> None:
    """30 April is the 31st of a month without one: 31 May comes next, whatever is changed."""
    due = ["2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31"]
    taken = imported(7, date(2026, 4, 2))
    body = {**taken.body, "disbursed_on": "2026-01-15"}
    body["instalments"] = [[day, 100_00, 1_00] for day in due]
    body["late_brought"] = []
    facts = stream(taken._replace(amount=400_00, body=body))
    found = changes.preview(facts, 7, change, date(2026, 4, 10)).after
    later = ["2026-08-31", "2026-09-30"] if "count" in change else []
    assert [house.day_from(row.due_on).isoformat() for row in found] == due + later
