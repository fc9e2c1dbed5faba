"""Loans that are not plain, as columns for `core.loan_fold`: how they were agreed, what happened.

What is reversed is left out, and so is what stands or falls with it. A change that a payment causes
takes that payment's place among what happened; without the payment it is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
from django.conf import settings

from evenhand.core import by_day
from evenhand.core.columns import Ints
from evenhand.core.days import NEVER
from evenhand.core.due_days import NONE, Chosen, closed_days, nothing_chosen
from evenhand.core.history import CHANGED, PAID, PAID_OFF, WAIVED, History, lowering
from evenhand.core.late_cap import NO_CAP, cap_of
from evenhand.core.loan_fold import Agreed, Stood, stand_through
from evenhand.core.orders import ADVANCES, PAIRS, PARTS, RE_AMORTISE, Order, house_order
from evenhand.core.payoff import first_days
from evenhand.core.position import Payments, Position
from evenhand.core.position import with_rows as with_positions
from evenhand.core.relief_words import PREPAID, WORDS, Change
from evenhand.core.shape import CHOSEN, Shape
from evenhand.core.terms import Terms
from evenhand.core.terms import with_rows as with_terms
from evenhand.law.workdays import free_days
from evenhand.ledger import shapes, waivers
from evenhand.ledger.bodies import SHAPE
from evenhand.ledger.columns import Records
from evenhand.ledger.facts import Fact, canonical
from evenhand.ledger.house import day_number
from evenhand.ledger.told import Told

AHEAD: Final = 3_660
"""Days beyond a loan's last due day for which a change may need to know the free ones."""


class Money(NamedTuple):
    """Payments that stand, with the seq of each [F]; and (row, day, seq) [P, 3] of what gave back
    the interest of unused days."""

    payments: Payments
    seq: Ints
    paid_off: Ints


class Deals(NamedTuple):
    """The loans at `rows` [G] of a standing, which are not plain."""

    rows: Ints
    agreed: Agreed
    history: History
    stood: Stood


def deals(
    rows: Records, terms: Terms, begins_on: Ints, money: Money, known: Told, on: Ints
) -> Deals | None:
    """The loans among `rows` (`loans.TERMS`) that are not plain, stood by what happened to them;
    None where all are plain. `terms` and `on` [L] are of all."""
    begun = known.of(rows)
    if not begun:
        return None
    some = np.array(sorted(begun), dtype=np.int64)
    bodies = [begun[row].body for row in some.tolist()]
    agreed = _agreed(rows[some], terms.take(some), begins_on[some], bodies)
    history = _history(rows["loan"][some], some, money, known.events)
    history = lowering(history, agreed.order.advance == RE_AMORTISE)
    return Deals(some, agreed, history, stand_through(agreed, history, on[some]))


def among(
    found: Deals, terms: Terms, begins_on: Ints, position: Position
) -> tuple[Terms, Position]:
    """The terms in force and the position of all loans, those that are not plain among them."""
    first = np.where(terms.due_on == NEVER, NEVER, first_days(terms, begins_on))
    whole = with_terms(replace(terms, begins_on=first), found.rows, found.stood.terms)
    return whole, with_positions(position, found.rows, found.stood.position)


def change_of(bodies: Sequence[Mapping[str, Any]]) -> Change:
    """The changes that bodies of `loan.terms_changed` say."""

    def numbers(key: str, none: int = 0) -> Ints:
        return np.array([body.get(key, none) for body in bodies], dtype=np.int64)

    until = [_day(body["until"]) if "until" in body else NEVER for body in bodies]
    return Change(
        word=np.array([WORDS.index(body["change"]) for body in bodies], dtype=np.int64),
        count=numbers("count"),
        due_day=numbers("due_day"),
        rate_ppm=numbers("rate_ppm"),
        until=np.array(until, dtype=np.int64),
        interest_runs=np.array([body.get("interest") != "paused" for body in bodies], np.bool_),
        money_minor=np.zeros(len(bodies), dtype=np.int64),
    )


def _agreed(
    rows: Records, terms: Terms, begins_on: Ints, bodies: Sequence[Mapping[str, Any]]
) -> Agreed:
    principal = np.ascontiguousarray(rows["principal_minor"])
    ppm = np.array([body.get("late_cap_ppm", -1) for body in bodies], dtype=np.int64)
    cap = np.where(ppm < 0, NO_CAP, cap_of(principal, np.maximum(ppm, 0)))
    fee = np.zeros_like(terms.due_on)
    for row, body in enumerate(bodies):
        for n, minor in body.get("fees_due", ()):
            fee[row, n - 1] = minor
    # Of a down-payment, an instalment before its others, the shape knows nothing.
    down = np.array([shapes.has_down(body) for body in bodies], dtype=np.int64)
    left = principal - terms.principal_minor[:, 0] * down
    shape, order = _shape(bodies, left, terms.count - down, begins_on), _order(bodies)
    shape = shapes.by_its_due_days(shape, terms.due_on, rows)
    terms = replace(terms, fee_minor=fee, by_day=by_day.counted(shape, order))
    return Agreed(terms, shape, order, cap)


def _order(bodies: Sequence[Mapping[str, Any]]) -> Order:
    house = house_order(len(bodies))
    pairs, vertical, advance = house.pairs.copy(), house.vertical.copy(), house.advance.copy()
    for row, body in enumerate(bodies):
        if said := body.get("order"):
            pairs[row] = [PAIRS.index(pair) for pair in said["pairs"]]
            vertical[row], advance[row] = said["vertical"], ADVANCES.index(said["advance"])
    return Order(pairs, vertical, advance)


def _shape(
    bodies: Sequence[Mapping[str, Any]], principal: Ints, count: Ints, begins_on: Ints
) -> Shape:
    """The shape of each loan, worked out once for all that are shaped alike."""
    alike: dict[str, list[int]] = {}
    for row, body in enumerate(bodies):
        said = {key: body[key] for key in (*SHAPE, "rate_ppm") if key in body}
        alike.setdefault(canonical(said), []).append(row)
    groups = [np.array(rows, dtype=np.int64) for rows in alike.values()]
    made = [
        shapes.shape_of(bodies[int(some[0])], principal[some], count[some], begins_on[some])
        for some in groups
    ]
    back = np.argsort(np.concatenate(groups))
    names = [field.name for field in fields(Shape) if field.name != "chosen"]
    columns = {name: np.concatenate([getattr(one, name) for one in made])[back] for name in names}
    chosen = [one.chosen or nothing_chosen(len(one.count)) for one in made]
    days = {name: np.concatenate([getattr(one, name) for one in chosen])[back] for name in CHOSEN}
    joined = Chosen(**days, holidays=chosen[0].holidays)
    return Shape(**columns, chosen=_reaching(joined, chosen))


def _reaching(chosen: Chosen, each: Sequence[Chosen]) -> Chosen:
    """The same, by a calendar that reaches as far as any of them needs, and any change after."""
    shifting = [one.holidays for one in each if bool((one.shift != NONE).any())]
    if not shifting:
        return chosen
    since = min(one.since for one in shifting)
    until = max(one.until for one in shifting) + AHEAD
    return replace(chosen, holidays=closed_days(since, until, *free_days(settings.EVENHAND_PACKS)))


def _history(loan: Ints, some: Ints, money: Money, events: list[Fact]) -> History:
    """What happened to the loans at `some` of the standing, numbered from 0."""
    place = {number: row for row, number in enumerate(loan.tolist())}
    lines: list[tuple[int, ...]] = _paid(some, money)
    changes: list[Mapping[str, Any]] = []
    row_of = {seat: row for row, seat in enumerate(some.tolist())}
    lines += [(row_of[seat], day, seq, PAID_OFF, 0, 0, 0) for seat, day, seq in
              money.paid_off.tolist() if seat in row_of]  # fmt: skip
    paid_at = {(line[0], line[2]): at for at, line in enumerate(lines) if line[3] == PAID}
    for event in events:
        if event.loan not in place:
            continue
        row, day = place[event.loan], day_number(event.day)
        if event.kind == waivers.WAIVED:
            part = PARTS.index(event.body["part"])
            lines.append((row, day, event.seq, WAIVED, -event.amount, part, 0))
        elif WORDS.index(event.body["change"]) not in PREPAID:
            lines.append((row, day, event.seq, CHANGED, 0, 0, len(changes)))
            changes.append(event.body)
        elif (at := paid_at.pop((row, event.cause), None)) is not None:
            _row, on, seq, _what, amount, *_rest = lines[at]
            lines[at] = (row, on, seq, CHANGED, amount, 0, len(changes))
            changes.append(event.body)
    table = np.array(sorted(lines), dtype=np.int64).reshape(-1, 7).T
    rows, days, _seqs, what, amounts, parts, change = table
    return History(rows, days, what, amounts, parts, change, change_of(changes))


def _paid(some: Ints, money: Money) -> list[tuple[int, ...]]:
    """The payments of the loans at `some`, by the place of the loan among these."""
    payments = money.payments
    mine = np.flatnonzero(np.isin(payments.row, some))
    row = np.searchsorted(some, payments.row[mine])
    none = np.zeros(len(mine), dtype=np.int64)
    columns = (row, payments.day[mine], money.seq[mine], none + PAID, payments.amount_minor[mine])
    return [(*line, 0, 0) for line in np.stack(columns, axis=1).tolist()]


def _day(iso: str) -> int:
    return day_number(date.fromisoformat(iso))
