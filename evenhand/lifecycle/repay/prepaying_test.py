"""Paying more than is due: what is shown before is to the cent what then happens, come what may."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, getcontext

import pytest

from evenhand.ledger import house, streams
from evenhand.ledger import made_up as facts
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.told import CHANGED
from evenhand.lifecycle.repay import (
    auto_debit,
    made_up,
    owing,
    prepaying,
    steps,
)
from evenhand.lifecycle.repay.prepaying import Outlook, Preview
from evenhand.outbound.payments import debits
from evenhand.outbound.payments import made_up as money
from evenhand.outbound.payments.made_up import Someone

pytestmark = pytest.mark.django_db

D = date(2026, 3, 2)
FIRST_DUE = date(2026, 4, 2)
INSTALMENT = 88_288
EXTRA = 300_000
RATE = Decimal("0.108")
Rows = list[tuple[int, int, int]]
Span = tuple[int, int]
"""Days left of a month, and the days it has."""
Move = Callable[[int], None]
ENGLISH = {"accept-language": "en"}
getcontext().prec = 50


@pytest.fixture
def them() -> Someone:
    """Somebody with 10,000.00 at 10.8 % in twelve months, whose contract leaves both ways open."""
    return made_up.borrower(D, prepay=["lower", "shorter"])


def rounded(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_EVEN))


def anew(principal: int, first_span: Span, count: int) -> Rows:
    """The oracle: so much in equal monthly instalments, the first after so many days of a month of
    so many, written out month by month: (whole, principal, interest) of each."""
    left_days, of_days = first_span
    month = RATE / 12
    first = month * left_days / of_days
    worth = sum(1 / (1 + month) ** n for n in range(count))
    each, rows, left = rounded(principal * (1 + first) / worth), Rows(), principal
    for n in range(count):
        interest = rounded(left * (month if n else first))
        part = left if n == count - 1 else each - interest
        rows.append((part + interest, part, interest))
        left -= part
    return rows


def fewest(principal: int, first_span: Span, most: int) -> Rows:
    """The same in the fewest instalments of which none is dearer than the one before."""
    return next(
        rows
        for count in range(1, most + 1)
        if (rows := anew(principal, first_span, count))[0][0] <= INSTALMENT
    )


def seen(them: Someone, day: date, amount: int) -> Preview:
    stream, on = streams.stream(them.borrower), house.day_number(day)
    found = prepaying.preview(stream, owing.loan_of(them.borrower, them.loan, on), amount)
    assert found
    return found


def by(seen: Preview, way: str) -> Outlook:
    outlook = seen.by(way)
    assert outlook
    return outlook


def stands(them: Someone, day: date) -> Rows:
    """What is still to come: (whole, principal, interest) of each instalment after the day."""
    one = owing.loan_of(them.borrower, them.loan, house.day_number(day))
    owed = [part for part in one.book.owed if part.total_minor and part.due_on > one.on]
    return [(part.total_minor, part.principal_minor, part.interest_minor) for part in owed]


def whole(outlook: Outlook) -> list[int]:
    return [minor for times, minor in outlook.runs for _each in range(times)]


def chooses(them: Someone, day: date, amount: int, way: str) -> Outlook:
    """The borrower says what they will transfer and what it is to do."""
    found = seen(them, day, amount)
    prepaying.choose(them.borrower, them.loan, found, way, at=facts.noon(day))
    return by(found, way)


def pays(them: Someone, day: date, amount: int) -> int:
    """Money came by transfer, and what follows from it is done, twice."""
    seq = made_up.pays(them, day, amount)
    for _again in range(2):
        steps.received([(them.borrower, seq)], at=facts.noon(day))
    return seq


def debited(them: Someone, order: int) -> int:
    """The debit ordered leaves and comes in the same day; the payment's seq."""
    at, amount = facts.noon(FIRST_DUE), streams.stream(them.borrower)[order - 1].amount
    left = Draft("debit.leaving", FIRST_DUE, "house", them.loan, amount, order)
    left = left._replace(body={"provider": "simulator"})
    came = facts.paid(them.loan, FIRST_DUE, amount)
    came = came._replace(cause=made_up.learn(them.borrower, left, at=at))
    seq = made_up.learn(them.borrower, came, at=at)
    steps.received([(them.borrower, seq)], at=at)
    return seq


def changes(them: Someone) -> list[Fact]:
    return [f for f in streams.stream(them.borrower) if f.kind == CHANGED]


def told(them: Someone) -> list[str]:
    """What was said in the inbox of a payment ahead."""
    said = [f for f in streams.stream(them.borrower) if f.kind == "contact.intended"]
    names = [f.body["template"] for f in said if f.body["channel"] == "in_app"]
    return [name for name in names if name.startswith("prepaid")]


ON_DUE_DAY = (FIRST_DUE, INSTALMENT + EXTRA, 920_712 - EXTRA, (30, 30), 11)
USED = rounded(Decimal(9_000) * 10 / 31)
BETWEEN = (D + timedelta(days=10), EXTRA, 1_000_000 - (EXTRA - USED), (21, 31), 12)
DAYS = pytest.mark.parametrize(
    ("day", "amount", "left", "first_span", "count"), [ON_DUE_DAY, BETWEEN]
)


@DAYS
def test_each_way_is_shown_to_the_cent_as_an_oracle_writes_it_out(
    them: Someone, day: date, amount: int, left: int, first_span: Span, count: int
) -> None:
    """On the due day the instalment is paid first; between two days the interest of days used."""
    found = seen(them, day, amount)
    lower, shorter = anew(left, first_span, count), fewest(left, first_span, count)
    assert whole(by(found, "lower")) == [row[0] for row in lower]
    assert whole(by(found, "shorter")) == [row[0] for row in shorter]
    before = sum(row[2] for row in stands(them, day))
    used = USED if day != FIRST_DUE else 0
    for way, rows in (("lower", lower), ("shorter", shorter)):
        assert by(found, way).interest_minor == sum(row[2] for row in rows)
        assert by(found, way).saved_minor == before - used - sum(row[2] for row in rows)
    assert by(found, "next").saved_minor == 0
    assert by(found, "shorter").last_on < by(found, "lower").last_on == found.now.last_on


@DAYS
@pytest.mark.parametrize("way", ["lower", "shorter"])
def test_what_was_shown_is_what_happens(
    them: Someone, day: date, amount: int, left: int, first_span: Span, count: int, way: str
) -> None:
    outlook = chooses(them, day, amount, way)
    seq = pays(them, day, amount)
    (change,) = changes(them)
    assert (change.cause, change.day, change.amount) == (seq, day, 0)
    assert change.body["change"] == f"prepaid_{way}"
    rows = stands(them, day)
    assert [row[0] for row in rows] == whole(outlook)
    assert [tuple(line[1:]) for line in change.body["shown"]] == [row[1:] for row in rows]
    stream = streams.stream(them.borrower)
    assert prepaying.outcome(stream, stream[seq - 1]) == outlook
    assert told(them) == [f"prepaid_{way}"]


def test_the_pay_off_after_it_is_principal_and_the_days_used_since(them: Someone) -> None:
    day, amount, left, first_span, count = BETWEEN
    chooses(them, day, amount, "lower")
    pays(them, day, amount)
    first = anew(left, first_span, count)[0][2]
    later = day + timedelta(days=7)
    off = owing.loan_of(them.borrower, them.loan, house.day_number(later)).pay_off
    assert off.total_minor == left + rounded(Decimal(first) * 7 / 21)
    pays(them, later, off.total_minor)
    one = owing.loan_of(them.borrower, them.loan, house.day_number(later))
    assert one.paid_off and not one.overpaid_minor


def test_a_day_later_it_is_worked_out_for_that_day_and_said(them: Someone) -> None:
    day, amount, _left, _days, count = BETWEEN
    later = day + timedelta(days=1)
    chooses(them, day, amount, "lower")
    expected = by(seen(them, later, amount), "lower")
    pays(them, later, amount)
    used = rounded(Decimal(9_000) * 11 / 31)
    oracle = anew(1_000_000 - (amount - used), (20, 31), count)
    assert [row[0] for row in stands(them, later)] == whole(expected) == [row[0] for row in oracle]
    assert told(them) == ["prepaid_anew"]


def test_what_is_past_due_is_paid_first(them: Someone) -> None:
    """Ten days late: 886.45 of it catches up, the rest pays ten days' interest, then principal."""
    late = FIRST_DUE + timedelta(days=10)
    due = owing.loan_of(them.borrower, them.loan, house.day_number(late)).due_minor
    assert seen(them, late, due + EXTRA).due_minor == due == 88_645
    chooses(them, late, due + EXTRA, "shorter")
    pays(them, late, due + EXTRA)
    used = rounded(Decimal(8_286) * 10 / 30)
    oracle = fewest(920_712 - (EXTRA - used), (20, 30), 11)
    assert stands(them, late) == oracle
    assert owing.loan_of(them.borrower, them.loan, house.day_number(late)).state == "current"


def test_taken_back_by_the_bank_everything_is_as_before(them: Someone) -> None:
    day, amount = FIRST_DUE, INSTALMENT + EXTRA
    before = stands(them, day)
    chooses(them, day, amount, "lower")
    seq = pays(them, day, amount)
    assert stands(them, day) != before
    back = facts.reversed_(them.loan, day, amount, seq)
    gone = made_up.learn(them.borrower, back, at=facts.noon(day))
    steps.taken_back([(them.borrower, gone)], at=facts.noon(day))
    assert stands(them, day) == before
    assert owing.loan_of(them.borrower, them.loan, house.day_number(day)).due_minor == INSTALMENT
    assert not prepaying.outcomes(streams.stream(them.borrower), them.loan)
    assert told(them) == ["prepaid_lower", "prepaid_undone"]


def test_where_it_turns_out_to_pay_everything_the_loan_is_closed(them: Someone) -> None:
    """Chosen for a part of what was owed; until it comes a debit has paid more than the rest."""
    later = FIRST_DUE + timedelta(days=2)
    off = owing.loan_of(them.borrower, them.loan, house.day_number(FIRST_DUE)).pay_off.total_minor
    chooses(them, FIRST_DUE, off - EXTRA, "lower")
    ordered = Draft("debit.intended", FIRST_DUE, "borrower", them.loan, EXTRA + 10_000)
    body = {"account": them.account, "mode": "once", "due_on": f"{FIRST_DUE}", "due_at": 0}
    at = facts.noon(FIRST_DUE)
    debited(them, made_up.learn(them.borrower, ordered._replace(body=body), at=at))
    assert prepaying.waiting(streams.stream(them.borrower), them.loan, later)
    pays(them, later, off - EXTRA)
    one = owing.loan_of(them.borrower, them.loan, house.day_number(later))
    assert one.paid_off and 0 < one.overpaid_minor < 10_000
    assert not changes(them) and not told(them)


def test_it_is_for_one_payment_only_and_forgotten_when_something_else_is_paid(
    them: Someone,
) -> None:
    chooses(them, FIRST_DUE, INSTALMENT + EXTRA, "lower")
    pays(them, FIRST_DUE, INSTALMENT)
    pays(them, FIRST_DUE, INSTALMENT + EXTRA)
    assert not changes(them) and not told(them)
    chooses(them, FIRST_DUE, EXTRA, "lower")
    pays(them, FIRST_DUE, EXTRA)
    pays(them, FIRST_DUE, EXTRA)
    assert len(changes(them)) == 1


def test_it_waits_a_fortnight_and_can_be_taken_back(them: Someone) -> None:
    day = D + timedelta(days=10)
    chooses(them, day, EXTRA, "lower")
    stream = streams.stream(them.borrower)
    last = day + prepaying.HOLDS
    assert prepaying.waiting(stream, them.loan, last)
    assert not prepaying.waiting(stream, them.loan, last + timedelta(days=1))
    prepaying.forget(them.borrower, them.loan, at=facts.noon(day))
    assert not prepaying.waiting(streams.stream(them.borrower), them.loan, day)
    pays(them, day, EXTRA)
    assert not changes(them)


def test_where_the_contract_leaves_nothing_to_choose_nothing_is_asked(move_clock: Move) -> None:
    plain = made_up.borrower(D)
    one = owing.loan_of(plain.borrower, plain.loan, house.day_number(FIRST_DUE))
    assert prepaying.preview(streams.stream(plain.borrower), one, INSTALMENT + EXTRA) is None


def test_auto_debit_takes_the_new_instalments_on_their_days(them: Someone) -> None:
    chooses(them, FIRST_DUE, INSTALMENT + EXTRA, "lower")
    debits.authorise(
        them.borrower, them.loan, them.account, INSTALMENT, "ab" * 32, facts.noon(FIRST_DUE)
    )
    pays(them, FIRST_DUE, INSTALMENT + EXTRA)
    due = date(2026, 5, 2)
    auto_debit.plan(due, facts.noon(due - timedelta(days=1)))
    ordered = money.last(them.borrower, "debit.intended")
    assert ordered.amount == anew(920_712 - EXTRA, (30, 30), 11)[0][0] < INSTALMENT
