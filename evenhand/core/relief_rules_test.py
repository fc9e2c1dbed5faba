"""Each word's change against the same written out slowly: dates, fractions, row after row."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evenhand.core.days import NEVER
from evenhand.core.deal_test import (
    EPOCH,
    Deal,
    any_deal,
    due_days,
    months_later,
    number,
    shape,
    unmoved_days,
    year_fraction,
)
from evenhand.core.position import Payments, stand
from evenhand.core.relief import WORDS, Change, changed
from evenhand.core.schedule import schedule
from evenhand.core.schedule_oracle_test import annuity, oracle, rates
from evenhand.core.terms import Terms

LATE, YEAR = 180_000, 360


@dataclass
class Row:
    """An instalment: its day, what of its interest is for days to come, what else is owed."""

    due_on: date
    principal: int
    own: int
    earned: int = 0
    late: int = 0

    @property
    def told(self) -> tuple[date, int, int, int]:
        return self.due_on, self.principal, self.own + self.earned, self.late


@dataclass
class Case:
    """A loan that has paid `purse` on the day, and the numbers of a change."""

    deal: Deal
    on: date
    purse: int
    count: int
    due_day: int
    rate: int
    until: date
    runs: bool

    @property
    def passed(self) -> int:
        return sum(day <= self.on for day in due_days(self.deal))


def standing(case: Case, purse: int) -> tuple[list[Row], int]:
    """What is owed on the day, everything paid so far spent: late interest, interest, principal,
    instalment by instalment; then what was paid for days to come goes to principal."""
    rows, begin, ahead = [], case.deal.disbursed_on, 0
    for line in oracle(case.deal) or []:
        days = max((case.on - line.due_on).days, 0)
        late = round(Fraction(line.principal * days * LATE, 10**6 * YEAR))
        pays = [min(purse, late)]
        pays.append(min(purse - pays[0], line.interest))
        pays.append(min(purse - sum(pays), line.principal))
        purse -= sum(pays)
        used = (min(case.on, line.due_on) - begin).days
        whole = (line.due_on - begin).days
        earned = round(Fraction(line.interest * used, whole)) if used > 0 else 0
        begin = line.due_on
        ahead += max(pays[1] - earned, 0)
        owed = max(earned - pays[1], 0)
        own = line.interest - earned
        rows.append(Row(line.due_on, line.principal - pays[2], own, owed, late - pays[0]))
    return rows, ahead + purse


def left(case: Case, ahead: int) -> tuple[list[Row], list[Row]]:
    """What is past and what is left, once what was paid ahead has paid interest of the days used
    and then principal."""
    rows, _ahead = standing(case, case.purse)
    past, rest = rows[: case.passed], rows[case.passed :]
    interest = min(ahead, rest[0].earned)
    rest[0].earned -= interest
    ahead -= interest
    for row in rest:
        pays = min(ahead, row.principal)
        row.principal -= pays
        ahead -= pays
    assume(ahead == 0 and sum(row.principal for row in rest) > 0)
    return past, rest


def later(case: Case, periods: int) -> list[date]:
    """The due days of the deal, were it so many instalments longer."""
    return unmoved_days(replace(case.deal, instalments=case.deal.instalments + periods))


def simple(case: Case, principal: int, days: list[date]) -> int:
    """The simple interest for periods that follow each other, rounded once."""
    deal = replace(case.deal, disbursed_on=days[0], first_on=days[1])
    year = sum((year_fraction(deal, *period) for period in pairwise(days)), Fraction(0))
    return deal.round(principal * Fraction(deal.rate, 10**6) * year)


def spread(total: int, rows: list[Row], part: str) -> None:
    for row in rows:
        setattr(row, part, getattr(row, part) + total // len(rows))
    setattr(rows[-1], part, getattr(rows[-1], part) + total % len(rows))


def holiday(case: Case, past: list[Row], rest: list[Row]) -> list[Row]:
    n, days = case.passed, later(case, case.count)
    if case.runs:
        owed = sum(row.principal for row in rest)
        spread(simple(case, owed, days[n : n + case.count + 1]), rest, "own")
    for row, day in zip(rest, days[n + case.count :], strict=True):
        row.due_on = day
    return past + rest


def later_due_day(case: Case, past: list[Row], rest: list[Row]) -> list[Row]:
    before = rest[0].due_on
    first = months_later(before, 0, case.due_day)
    first = first if first >= before else months_later(before, 1, case.due_day)
    if first > before:
        rest[0].own += simple(case, sum(row.principal for row in rest), [before, first])
    for k, row in enumerate(rest):
        row.due_on = months_later(first, k * case.deal.every, case.due_day)
    return past + rest


def interest_pause(case: Case, past: list[Row], rest: list[Row]) -> list[Row]:
    begin = case.on
    for row in rest:
        paused = min(max(case.until, begin), row.due_on)
        row.own = round(Fraction(row.own * (row.due_on - paused).days, (row.due_on - begin).days))
        begin = row.due_on
    return past + rest


def moratorium(case: Case, past: list[Row], rest: list[Row]) -> list[Row]:
    lines, n = oracle(case.deal) or [], case.passed
    begin = lines[n - 1].due_on if n else case.deal.disbursed_on
    agreed, length = lines[n].interest, (lines[n].due_on - begin).days
    days = later(case, 200)
    skipped = sum(day <= case.until for day in days[n:])
    if skipped:
        again = round(Fraction(agreed * (days[n + skipped] - case.until).days, length))
        rest[0].own = min(again, rest[0].own)
    else:
        some = Fraction((rest[0].due_on - case.until).days, (rest[0].due_on - case.on).days)
        rest[0].own = round(rest[0].own * some)
    for row, day in zip(rest, days[n + skipped :], strict=False):
        row.due_on = day
    return past + rest


def as_a_loan(case: Case, rest: list[Row]) -> Deal:
    return replace(
        case.deal, principal=sum(row.principal for row in rest), disbursed_on=case.on,
        instalments=len(rest), first_on=rest[0].due_on,
        month_day=case.deal.disbursed_on.day if case.deal.unit == "month" else 0,
        begun_on=[case.deal.disbursed_on, *unmoved_days(case.deal)][case.passed],
    )  # fmt: skip


def worked_out(deal: Deal, rest: list[Row]) -> list[Row]:
    lines = oracle(deal)
    assume(lines is not None)
    rows = [Row(line.due_on, line.principal, line.interest) for line in lines or []]
    rows[-1 if deal.method == "bullet" else 0].earned = rest[0].earned
    return rows


def anew(case: Case, past: list[Row], rest: list[Row]) -> list[Row]:
    return past + worked_out(as_a_loan(case, rest), rest)


def longer_term(case: Case, past: list[Row], rest: list[Row]) -> list[Row]:
    deal = replace(as_a_loan(case, rest), instalments=len(rest) + case.count)
    return past + worked_out(deal, rest)


def lower_rate(case: Case, past: list[Row], rest: list[Row]) -> list[Row]:
    assume(case.rate < case.deal.rate)
    return past + worked_out(replace(as_a_loan(case, rest), rate=case.rate), rest)


def re_age(case: Case, past: list[Row], rest: list[Row]) -> list[Row]:
    principal = sum(row.principal for row in past + rest)
    rows = worked_out(replace(as_a_loan(case, rest), principal=principal), rest)
    spread(sum(row.earned for row in past), rows, "earned")
    spread(sum(row.late for row in past), rows, "late")
    return [Row(row.due_on, 0, 0) for row in past] + rows


def shorter(case: Case, past: list[Row], rest: list[Row]) -> list[Row]:
    assume(case.deal.method == "equal_instalment")
    lines = oracle(case.deal) or []
    last_but_one = lines[max(case.passed, len(lines) - 2)]
    most = last_but_one.principal + last_but_one.interest
    whole = as_a_loan(case, rest)
    fewer = [replace(whole, instalments=count) for count in range(1, len(rest) + 1)]
    fits = [deal for deal in fewer if deal.to_multiple(annuity(deal, rates(deal))) <= most]
    return past + worked_out(fits[0] if fits else whole, rest)


SLOW = {
    "holiday": holiday,
    "later_due_day": later_due_day,
    "longer_term": longer_term,
    "lower_rate": lower_rate,
    "interest_pause": interest_pause,
    "re_age": re_age,
    "re_amortise": anew,
    "moratorium": moratorium,
    "prepaid_lower": anew,
    "prepaid_shorter": shorter,
}


def columns(case: Case, word: str, money: int) -> tuple[Terms, Payments, Change]:
    plan, one = schedule(shape([case.deal])), np.array([1], dtype=np.int64)
    none = np.zeros_like(plan.due_on)
    terms = Terms(
        one, one * LATE, one * YEAR, plan.count, plan.due_on,
        plan.principal_minor, plan.interest_minor, none, none,
    )  # fmt: skip
    purse = np.array([case.purse] if case.purse else [], dtype=np.int64)
    change = Change(
        one * WORDS.index(word), one * case.count, one * case.due_day, one * case.rate,
        one * number(case.until), one == case.runs, one * money,
    )  # fmt: skip
    return terms, Payments(purse * 0, purse * 0 + number(case.on), purse), change


@st.composite
def cases(draw: st.DrawFn) -> Case:
    deal = draw(any_deal(most=8))
    deal.grace, deal.last = (0, 0, 0), "takes_the_rest"
    if deal.method == "bullet":
        deal.instalments = 1
    deal.principal = min(deal.principal + 10_000, 10**13)
    rows = oracle(deal)
    assume(rows is not None)
    assert rows is not None
    length = (rows[-1].due_on - deal.disbursed_on).days
    on = deal.disbursed_on + timedelta(draw(st.integers(0, length - 1)))
    total = sum(row.principal + row.interest for row in rows) // 2
    purse = draw(st.one_of(st.just(0), st.integers(0, total)))
    until = on + timedelta(draw(st.integers(1, 200)))
    day, rate = draw(st.integers(1, 31)), draw(st.integers(0, 200_000))
    return Case(deal, on, purse, draw(st.integers(1, 4)), day, rate, until, draw(st.booleans()))


@pytest.mark.parametrize("word", WORDS)
@settings(derandomize=True, deadline=None, max_examples=30)
@given(cases(), st.integers(1, 5_000))
def test_a_change_is_what_rows_written_slowly_say(word: str, case: Case, money: int) -> None:
    money *= word.startswith("prepaid")
    if word == "later_due_day":
        held = case.deal.disbursed_on.day
        assume(case.deal.unit == "month" and case.due_day != held)
    if word == "longer_term":
        case.count += len(due_days(case.deal)) - case.passed
    terms, payments, change = columns(case, word, money)
    _rows, ahead = standing(case, case.purse)
    past, rest = left(case, ahead + money)
    if word == "longer_term":
        case.count -= len(rest)
    expected = SLOW[word](case, past, rest)
    found = changed(terms, shape([case.deal]), stand(terms, payments, number(case.on)), change)
    assert written(found.terms) == [row.told for row in expected]
    assert (
        found.terms.late_from[0, : case.passed].tolist()
        == [number(case.until if word == "moratorium" else case.on)] * case.passed
    )
    assert found.shape.count.tolist() == [len(expected) - case.passed]


def written(terms: Terms) -> list[tuple[date, int, int, int]]:
    columns = (terms.principal_minor, terms.interest_minor, terms.late_brought_minor)
    rows = zip(terms.due_on[0].tolist(), *(column[0].tolist() for column in columns), strict=True)
    return [
        (EPOCH + timedelta(day), principal, interest, late)
        for day, principal, interest, late in rows
        if day != NEVER
    ]
