"""A statement's movements come to its closing, then and now; only what came late is different."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.position_oracle_test import Loan, walk
from evenhand.ledger import made_up as m
from evenhand.ledger import standing
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_number
from evenhand.ledger.statement import Statement, statement
from evenhand.ledger.statement_views import known_by, later

D = date(2026, 3, 1)
LOAN, OTHER = 41, 42
steady = settings(derandomize=True, deadline=None, max_examples=12)
# Of each event: the day on which it counts, after how many days we learn of it, how much money or
# which of the payments before it is taken back.
events = st.lists(
    st.tuples(
        st.sampled_from(["pays", "pays", "pays", "takes_back"]),
        st.integers(0, 150),
        st.sampled_from([0, 0, 0, 2, 40]),
        st.integers(1, 150_000),
    ),
    max_size=30,
)
Event = tuple[str, int, int, int]


def learnt(draft: Draft, on: date, seq: int) -> Fact:
    """The draft as the fact `seq`, learnt at noon of a day."""
    kind, day, hand, loan, amount, cause, body = draft
    return Fact(9, seq, loan, day, m.noon(on), kind, amount, cause, hand, dict(body), b"link")


def told(*drafts: tuple[Draft, int], count: int = 4) -> list[Fact]:
    """A loan of so many instalments of 1,010.00; what happened, learnt so many days after D."""
    both = [(m.signed(LOAN, D, count), 0), *drafts]
    return [learnt(draft, D + timedelta(days=days), n) for n, (draft, days) in enumerate(both, 1)]


def history(chosen: Sequence[Event]) -> list[Fact]:
    """The same of chosen events, in the order of learning."""
    facts, whole = told(), list[Fact]()
    for what, day, lag, size in sorted(chosen, key=lambda event: event[1] + event[2]):
        on, known, seq = D + timedelta(days=day), D + timedelta(days=day + lag), len(facts) + 1
        draft = m.paid(LOAN, on, size)
        if what == "takes_back" and whole:
            paid = whole.pop(size % len(whole))
            draft = m.reversed_(LOAN, known, paid.amount, paid.seq)
        facts.append(learnt(draft, known, seq))
        if draft.kind == "payment.received":
            whole.append(facts[-1])
    return facts


def of(facts: Sequence[Fact], day: int) -> Statement:
    made = statement(facts, LOAN, D + timedelta(days=day))
    assert made is not None
    return made


def by_hand(facts: Sequence[Fact], on: int) -> int:
    """The balance by a slow walk: due and unpaid, less paid ahead, less what was too much."""
    gone = {fact.cause for fact in facts if fact.kind == "payment.reversed"}
    paid = [
        (day_number(fact.day), fact.amount)
        for fact in facts
        if fact.kind == "payment.received" and fact.seq not in gone
    ]
    due = [day_number(D) + 30 * n for n in range(1, 5)]
    loan = Loan([(day, 100_000, 1_000, 0, 0) for day in due], 180_000, 360, paid)
    book, over = walk(loan, on)
    ahead = sum(101_000 - one.whole for one in book if one.due_on > on)
    return sum(one.whole for one in book if one.due_on <= on) - ahead - over


@steady
@given(events, st.integers(0, 200))
def test_the_movements_come_to_the_closing_whatever_happened(chosen: list[Event], day: int) -> None:
    facts, on = history(chosen), D + timedelta(days=day)
    for known in (facts, known_by(facts, on)):
        made = of(known, day)
        at = made.closing
        assert sum(each.minor for each in made.movements) == at.balance_minor
        assert at.balance_minor == by_hand(known, day_number(on))
        assert at.balance_minor == at.due_minor - at.ahead_minor - at.overpaid_minor
        assert all(D <= each.day <= on and each.day <= each.learnt for each in made.movements)


@steady
@given(events, st.integers(0, 200))
def test_the_balance_on_the_way_is_what_the_statement_of_that_day_closes_with(
    chosen: list[Event], day: int
) -> None:
    facts = history(chosen)
    closes = {each.day: each.balance_minor for each in of(facts, day).movements}
    for moved, balance in list(closes.items())[-3:]:
        assert of(facts, (moved - D).days).closing.balance_minor == balance


@steady
@given(events, st.integers(0, 200))
def test_then_and_now_are_one_where_nothing_came_late(chosen: list[Event], day: int) -> None:
    on = D + timedelta(days=day)
    facts = history(chosen)
    known = known_by(facts, on)
    assert (known == facts) <= (not later(facts, LOAN, on))
    if not later(facts, LOAN, on):
        then, now = statement(known, LOAN, on), statement(facts, LOAN, on)
        assert then is not None and now is not None
        assert then.closing == now.closing
        assert [each for each in now.movements if each.learnt <= on] == then.movements


def test_a_payment_that_came_later_but_counts_earlier() -> None:
    facts = told((m.paid(LOAN, D + timedelta(days=30), 101_000), 45))
    then, now = of(known_by(facts, D + timedelta(days=40)), 40), of(facts, 40)
    # Ten days of 100,000 x 18 % / 360, which the bank's delay does not cost the borrower.
    assert [(each.what, each.minor) for each in then.movements] == [
        ("due", 101_000),
        ("late_interest", 500),
    ]
    assert [(each.what, each.minor, each.balance_minor) for each in now.movements] == [
        ("due", 101_000, 101_000),
        ("paid", -101_000, 0),
    ]
    assert (now.movements[1].day - D).days == 30 and (now.movements[1].learnt - D).days == 45
    assert [fact.seq for fact in later(facts, LOAN, D + timedelta(days=40))] == [2]
    assert later(facts, LOAN, D + timedelta(days=45)) == []


def test_what_was_taken_back_counts_from_the_day_of_its_payment() -> None:
    due = D + timedelta(days=30)
    facts = told((m.paid(LOAN, due, 101_000), 30), (m.reversed_(LOAN, due, 101_000, 2), 35))
    then, now = of(known_by(facts, due), 30), of(facts, 50)
    assert then.closing.balance_minor == 0
    # Twenty days from the due day on, as if nothing had been paid.
    assert [(each.what, each.minor) for each in now.movements] == [
        ("due", 101_000),
        ("paid", -101_000),
        ("reversed", 101_000),
        ("late_interest", 1_000),
    ]
    assert [fact.seq for fact in later(facts, LOAN, due)] == [3]


def test_what_was_never_known_that_day_and_is_gone_since_is_no_reason() -> None:
    due = D + timedelta(days=30)
    facts = told((m.paid(LOAN, due, 101_000), 35), (m.reversed_(LOAN, due, 101_000, 2), 36))
    assert later(facts, LOAN, due) == []


def test_paid_off_early_everything_counts_as_due_and_unused_interest_is_waived() -> None:
    """Ten days of thirty: a third of the first instalment's interest, and none of the others'."""
    off = D + timedelta(days=10)
    waived = Draft("interest.waived", off, "house", LOAN, -3_667, 2)
    facts = told((m.paid(LOAN, off, 400_333), 10), (waived, 10))
    for day in (10, 100):
        assert [(each.what, each.minor) for each in of(facts, day).movements] == [
            ("paid", -400_333),
            ("all_due", 404_000),
            ("waived", -3_667),
        ]
        assert set(of(facts, day).closing[:4]) == {0}
    bounced = [*facts, learnt(m.reversed_(LOAN, off, 400_333, 2), off, 4)]
    assert {each.what for each in of(bounced, 40).movements} == {
        "due", "paid", "reversed", "late_interest",
    }  # fmt: skip


def test_given_back_is_what_there_was_to_give() -> None:
    day = D + timedelta(days=40)
    back = Draft(
        "payment.returned", day, "provider:bank", LOAN, -700, 2, {"reference": "B", "provider": "b"}
    )
    facts = told((m.paid(LOAN, D, 405_000), 0), (back, 40))
    made = of(facts, 40)
    assert made.movements[-1][:4] == ("returned", day, day, 700)
    assert (made.closing.overpaid_minor, made.closing.ahead_minor) == (300, 303_000)
    gone = [*facts, learnt(m.reversed_(LOAN, D, 405_000, 2), day, 4)]
    assert "returned" not in {each.what for each in of(gone, 40).movements}


def test_a_loan_taken_over_begins_with_what_was_brought() -> None:
    facts = [learnt(m.imported(LOAN, D, 3), D, 1)]
    made = of(facts, 10)
    assert (made.opened_on, made.taken_over) == (D, True)
    # Due the day before, with 5.00 brought along; ten days of late interest since.
    assert [(each.what, each.n, each.minor) for each in made.movements] == [
        ("due", 1, 101_500),
        ("late_interest", 0, 500),
    ]
    assert made.movements[0].learnt == D


def test_before_it_began_there_is_none_and_other_loans_are_not_told() -> None:
    facts = told()
    assert statement(facts, LOAN, D - timedelta(days=1)) is None
    assert statement(facts, OTHER, D) is None
    both = [*facts, learnt(m.signed(OTHER, D, 2), D, 2)]
    assert statement(both, LOAN, D + timedelta(days=70)) == of(facts, 70)


def test_the_table_of_the_paper() -> None:
    """docs/why/statement.md: paid on the due day, known to us ten days later."""
    facts = told((m.paid(LOAN, D + timedelta(days=30), 101_000), 40))
    then, now = of(known_by(facts, D + timedelta(days=35)), 35), of(facts, 35)
    assert [(each.what, each.minor) for each in then.movements] == [
        ("due", 101_000),
        ("late_interest", 250),
    ]
    assert [(each.what, each.minor) for each in now.movements] == [
        ("due", 101_000),
        ("paid", -101_000),
    ]
    assert (then.closing.due_minor, now.closing.due_minor) == (101_250, 0)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["pays", "pays", "waives", "longer", "holiday", "re_age"]),
        st.integers(0, 160),
        st.integers(1, 150_000),
    ),
    max_size=12,
)


def lived(chosen: Sequence[tuple[str, int, int]]) -> list[Fact]:
    """A loan with a fee of 5.00 an instalment, which is paid, waived of and changed."""
    fees = [[n, 500] for n in range(1, 5)]
    drafts = [m.signed(LOAN, D, 4, fees_due=fees)]
    for what, after, size in sorted(chosen, key=lambda each: each[1]):
        day = D + timedelta(days=after)
        since = {"from_day": day.isoformat(), "shown": []}
        words: dict[str, dict[str, Any]] = {
            "longer": {"change": "longer_term", "count": 3 + size % 9},
            "holiday": {"change": "holiday", "count": 1 + size % 3, "interest": "runs"},
            "re_age": {"change": "re_age"},
        }
        if what == "pays":
            drafts.append(m.paid(LOAN, day, size))
        elif what == "waives":
            part = ("late", "interest", "fee")[size % 3]
            said = {"part": part, "reason": "complaint"}
            drafts.append(Draft("charge.waived", day, "staff:2", LOAN, -size, body=said))
        else:
            body = words[what] | since
            drafts.append(Draft("loan.terms_changed", day, "staff:2", LOAN, cause=1, body=body))
    return [learnt(draft, draft.day, n) for n, draft in enumerate(drafts, 1)]


@steady
@given(STEPS, st.integers(0, 250))
def test_waivers_fees_and_changed_terms_come_to_the_closing_too(
    chosen: list[tuple[str, int, int]], day: int
) -> None:
    facts = lived(chosen)
    made = of(facts, day)
    assert sum(each.minor for each in made.movements) == made.closing.balance_minor
    known = [fact for fact in facts if (fact.day - D).days <= day]
    stood = standing.stand_by(known, day_number(D) + day).position
    assert made.closing.owed_minor == stood.owed_minor.sum()
    assert made.closing.due_minor == stood.due_minor[0]
    assert -sum(each.minor for each in made.movements if each.what == "paid") == stood.paid_minor[0]
    waived = -sum(each.minor for each in made.movements if each.what == "given_up")
    assert 0 <= waived <= -sum(fact.amount for fact in known if fact.kind == "charge.waived")


def test_a_charge_waived_takes_off_what_was_owed_of_it_and_no_more() -> None:
    day = D + timedelta(days=40)
    said = {"part": "late", "reason": "complaint"}
    facts = told((Draft("charge.waived", day, "staff:2", LOAN, -900, body=said), 40))
    # Ten days of late interest, 5.00; 9.00 were given up.
    assert [(each.what, each.minor) for each in of(facts, 40).movements] == [
        ("due", 101_000),
        ("late_interest", 500),
        ("given_up", -500),
    ]


def test_terms_that_change_move_what_was_past_due_to_what_is_to_come() -> None:
    day = D + timedelta(days=40)
    said = {"change": "re_age", "from_day": day.isoformat(), "shown": []}
    facts = told((Draft("loan.terms_changed", day, "staff:2", LOAN, cause=1, body=said), 40))
    made = of(facts, 40)
    assert [(each.what, each.minor) for each in made.movements] == [
        ("due", 101_000),
        ("late_interest", 500),
        ("changed", -101_500),
    ]
    assert (made.closing.due_minor, made.closing.past_due_days) == (0, 0)
