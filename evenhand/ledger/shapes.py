"""The schedule and the fees of loans, from their terms: a product's, or those of a contract.

What terms do not say is as in the plain consumer loan (`core.plain`). Holidays are those of the
lender's calendars.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
from django.conf import settings

from evenhand.core import advances, costs, days, due_days, fees, shape
from evenhand.core.columns import Ints, require
from evenhand.core.due_days import Chosen
from evenhand.core.fees import Charged, Fees
from evenhand.core.plain import NUMBERS, WORDS, number, said
from evenhand.core.schedule import Schedule, schedule
from evenhand.core.shape import Shape
from evenhand.law.workdays import free_days
from evenhand.ledger.columns import Records

Terms = Mapping[str, Any]

DOWN: Final = ("down_payment_ppm", "down_payment_minor")
CHOSEN: Final = ("first_due_days", "month_day", "holiday_shift")
REACH: Final = 62
"""Days beyond the last due day in which a shift finds an open one."""


@dataclass(frozen=True)
class Planned:
    """Loans worked out: their shape, what falls due, what fees; and the down-payment, which is due
    on the day the money comes and bears no interest, so that the rest is the loan: shape, schedule
    and fees are of that."""

    shape: Shape
    plan: Schedule
    fees: Charged
    down_minor: Ints

    @property
    def due_minor(self) -> Ints:
        """Principal, interest and fees together [L, N]."""
        return self.plan.due_minor + self.fees.due_minor

    @cached_property
    def yearly_hundredths(self) -> Ints:
        """What they cost a year, fees counted [L], in hundredths of a per cent (IRR)."""
        return costs.irr_of(self.shape, self.plan, self.fees, NO_ADVANCES)


_NONE: Final = np.array([], dtype=np.int64)
NO_ADVANCES: Final = advances.Advances(_NONE, _NONE, _NONE)


def dated(terms: Terms) -> bool:
    """Does the day on which the money comes change what is charged with which instalment, not only
    when it is due? A fee of a day falls due with another one after a shorter month."""
    counted = said(terms, "day_count") != WORDS["day_count"].plain
    by_date = counted and said(terms, "interest_per") == "day"
    fees_of_a_day = any(one["when"] == fees.WHEN[fees.ON_A_DAY] for one in terms.get("fees", ()))
    return by_date or fees_of_a_day or not terms.keys().isdisjoint(CHOSEN)


def planned(terms: Terms, principal_minor: Ints, count: Ints, disbursed_on: Ints) -> Planned:
    """Loans of these terms [L] by principal, instalments and the day their money comes. KeyedError
    beyond core's bounds.

    >>> one = np.array([1])
    >>> fee = {"name": "service_fee", "when": "per_instalment", "of": "fixed", "amount": 5_00}
    >>> found = planned({"rate_ppm": 0, "fees": [fee]}, one * 300_00, one * 3, one * 20_000)
    >>> found.due_minor.tolist()
    [[10500, 10500, 10500]]
    """
    wanted = shape_of(terms, principal_minor, count, disbursed_on)
    down, left = less_down(terms, wanted)
    plan = schedule(left)
    return Planned(left, plan, charged_of(terms, left, plan), down)


def has_down(terms: Terms) -> bool:
    """Do these terms begin with a down-payment?"""
    return not terms.keys().isdisjoint(DOWN)


def less_down(terms: Terms, wanted: Shape) -> tuple[Ints, Shape]:
    """The down-payment [L] of loans of these terms and the shape of what is left of them.

    >>> wanted = shape_of({"rate_ppm": 0}, *(np.array([n]) for n in (1000, 3, 20_000)))
    >>> [less_down(said, wanted)[0].tolist() for said in
    ...  ({}, {"down_payment_ppm": 250_000}, {"down_payment_minor": 300})]
    [[0], [250], [300]]
    """
    if "down_payment_minor" in terms:
        down = np.full_like(wanted.principal_minor, terms["down_payment_minor"])
        require(down < wanted.principal_minor, "down_payment", "leaves nothing to lend")
        return down, replace(wanted, principal_minor=wanted.principal_minor - down)
    if "down_payment_ppm" in terms:
        share = np.full_like(wanted.principal_minor, terms["down_payment_ppm"])
        return advances.down_payment(wanted, share)
    return np.zeros_like(wanted.principal_minor), wanted


def shape_of(terms: Terms, principal_minor: Ints, count: Ints, disbursed_on: Ints) -> Shape:
    """The shape of loans of these terms."""
    zero = np.zeros(len(principal_minor), dtype=np.int64)
    codes = {key: zero + words.among.index(said(terms, key)) for key, words in WORDS.items()}
    numbers = {key: zero + number(terms, key) for key in NUMBERS}
    unchosen = Shape(
        principal_minor=principal_minor,
        rate_ppm=zero + terms["rate_ppm"],
        disbursed_on=disbursed_on,
        count=count,
        every=numbers["every"],
        unit=codes["unit"],
        method=codes["method"],
        day_count=codes["day_count"],
        interest_per=codes["interest_per"],
        multiple_minor=numbers["instalment_multiple_minor"],
        last=codes["last"],
        rounding=codes["rounding"],
        grace_principal=numbers["grace_principal"],
        grace_interest=numbers["grace_interest"],
        interest_free=numbers["interest_free"],
    )
    return _with_chosen(unchosen, terms)


def by_its_due_days(wanted: Shape, due_on: Ints, rows: Records) -> Shape:
    """The shape of loans (`loans.TERMS`) due on those days: one taken over that does not say its
    day of the month falls due on that of all its instalments, month's end or not."""
    chosen = wanted.chosen or due_days.nothing_chosen(len(wanted.count))
    unsaid = rows["imported"] & (wanted.unit == shape.MONTH) & (chosen.month_day == 0)
    unsaid &= chosen.first_on == days.NEVER
    if not unsaid.any():
        return wanted
    kept = due_days.month_day_kept(due_on, rows["disbursed_on"])
    month_day = np.where(unsaid, kept, chosen.month_day)
    return replace(wanted, chosen=replace(chosen, month_day=month_day))


def charged_of(terms: Terms, wanted: Shape, plan: Schedule) -> Charged:
    """The fees of loans of these terms, in minor units."""
    return fees.charged(plan, wanted.rounding, fees_of(terms, wanted.disbursed_on))


def fees_of(terms: Terms, disbursed_on: Ints) -> Fees:
    """The fees of loans of these terms, each loan's in their order."""
    listed, loans = terms.get("fees", ()), len(disbursed_on)
    columns = [
        [
            fees.WHEN.index(one["when"]),
            one.get("days", days.NEVER),
            fees.OF.index(one["of"]),
            one["amount"],
        ]
        for one in listed
    ]
    when, after, of, amount = np.array(columns, dtype=np.int64).reshape(-1, 4).T
    row = np.repeat(np.arange(loans), len(listed))
    after = np.tile(after, loans)
    on_day = np.tile(when, loans) == fees.ON_A_DAY
    day = np.where(on_day, disbursed_on[row] + np.where(on_day, after, 0), days.NEVER)
    return Fees(row, np.tile(when, loans), day, np.tile(of, loans), np.tile(amount, loans))


def each_fee(terms: Terms, found: Planned) -> list[dict[str, Any]]:
    """The fees of one loan as its contract lists them, each with what it comes to in all."""
    listed = []
    for one in terms.get("fees", ()):
        charged = charged_of({"fees": [one]}, found.shape, found.plan)
        total = charged.at_disbursal_minor[0] + charged.due_minor[0].sum()
        listed.append({**one, "total_minor": int(total)})
    return listed


def _with_chosen(wanted: Shape, terms: Terms) -> Shape:
    if terms.keys().isdisjoint(CHOSEN):
        return wanted
    zero, shift = wanted.every * 0, due_days.SHIFTS.index(said(terms, "holiday_shift"))
    month_day = number(terms, "month_day")
    first_on = zero + days.NEVER
    if "first_due_days" in terms:
        first_on = _first_on(wanted.disbursed_on + terms["first_due_days"], month_day)
    chosen = due_days.nothing_chosen(len(zero))
    chosen = replace(chosen, first_on=first_on, month_day=zero + month_day)
    unmoved = replace(wanted, chosen=chosen)
    if shift == due_days.NONE:
        return unmoved
    return replace(wanted, chosen=_shifting(chosen, shift, unmoved))


def _first_on(earliest: Ints, month_day: int) -> Ints:
    """The first day from `earliest` [L] on that is the day of the month, any day where it is 0."""
    if not month_day:
        return earliest
    here, _into = days.to_month(earliest)
    this = days.in_month(here, here * 0 + month_day - 1)
    return np.where(this >= earliest, this, days.in_month(here + 1, here * 0 + month_day - 1))


def _shifting(chosen: Chosen, shift: int, unmoved: Shape) -> Chosen:
    """The same, moved off the free days of the lender's calendars."""
    ends = shape.period_ends(shape.checked(unmoved))
    last = int(np.where(ends == days.NEVER, 0, ends).max())
    since, until = int(unmoved.disbursed_on.min()) - REACH, last + REACH
    book = due_days.closed_days(since, until, *free_days(settings.EVENHAND_PACKS))
    zero = unmoved.every * 0
    return replace(chosen, shift=zero + shift, holidays=book)
