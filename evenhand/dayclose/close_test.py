"""A day's close, from the facts to what leaves the house, told as stories."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain

import pytest

from evenhand.dayclose import close, planning, progress
from evenhand.ledger import columns, house, looks, roots, streams
from evenhand.ledger import made_up as facts
from evenhand.ledger.facts import Draft
from evenhand.ledger.parts import PARTS, part_of
from evenhand.outbound.contact import made_up, outbox, send
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.providers.sms import simulator

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)


def live(first: date, count: int) -> None:
    """So many days: each is closed at 00:05 of the next, and that morning's messages leave."""
    for day in made_up.days(first, count):
        close.close(day, moment(day + timedelta(days=1), 0, 5))
        send.send_due(moment(day + timedelta(days=1), 8))


def told(borrower: int) -> list[tuple[int, str]]:
    """(days past the first due day, purpose) of every message that left."""
    by_seq = {fact.seq: fact for fact in streams.stream(borrower)}
    left = [fact for fact in by_seq.values() if fact.kind == "contact.leaving"]
    return [((fact.day - DUE).days, by_seq[fact.cause].body["purpose"]) for fact in left]


def one_loan(**changes: str) -> tuple[int, int]:
    (borrower,) = made_up.enrol(1, SIGNED, **changes)
    (loan,) = made_up.lend([borrower], SIGNED)
    return borrower, loan


def test_who_pays_nothing_hears_twice_before_and_then_on_the_ladders_days() -> None:
    borrower, _loan = one_loan()
    live(SIGNED, 46)
    # The reminder of day 3 would be the fourth message in seven days; the law says day 4.
    assert told(borrower) == [
        (-3, "due_reminder"),
        (0, "due_reminder"),
        (1, "collect"),
        (4, "collect"),
        (7, "collect"),
        (14, "collect"),
    ]


def test_who_pays_on_the_due_day_hears_no_reminder() -> None:
    borrower, loan = one_loan()
    live(SIGNED, 30)
    learn(borrower, facts.paid(loan, DUE, 101_000), at=moment(DUE, 12))
    live(DUE, 10)
    assert told(borrower) == [(-3, "due_reminder"), (0, "due_reminder")]


def test_a_message_is_in_the_borrowers_language_and_says_nothing_to_a_lock_screen() -> None:
    made_up.lend(made_up.enrol(1, SIGNED, lang="en"), SIGNED)
    live(SIGNED, 28)
    (message,) = simulator.inbox()
    assert message.text.startswith("[持平 Evenhand] A reminder that something on your account")


def test_an_intention_carries_the_verdict_the_packs_and_the_seq_it_was_judged_at() -> None:
    borrower, loan = one_loan()
    live(SIGNED, 27)
    intention = next(f for f in streams.stream(borrower) if f.kind == "contact.intended")
    body = intention.body
    assert body["due_at"] == moment(DUE - timedelta(days=3), 8)
    assert body["judged_seq"] == intention.seq - 1
    assert set(body["packs"]) == {"cn", "policy"}
    assert body["verdict"]["not_before"] * 1_000_000 == body["due_at"]
    assert body["loans"] == [[loan, -3, DUE.isoformat()]]


def test_a_late_close_asks_for_the_hour_it_is_not_for_one_that_is_past() -> None:
    borrower, _loan = one_loan()
    live(SIGNED, 26)
    close.close(date(2026, 3, 27), moment(date(2026, 3, 28), 10, 30))
    assert streams.stream(borrower)[-1].body["due_at"] == moment(date(2026, 3, 28), 10, 30)


def test_a_close_in_the_night_after_has_nothing_to_say_for_the_day_that_is_over() -> None:
    borrower, _loan = one_loan()
    live(SIGNED, 26)
    counts = close.close(date(2026, 3, 27), moment(date(2026, 3, 28), 22, 30))
    assert (counts.steps, counts.intended) == (1, 0)
    assert counts.refusals["cn.hours"] == 1
    close.close(date(2026, 3, 28), moment(date(2026, 3, 29), 0, 5))
    assert streams.stream(borrower)[-1].body["due_at"] == moment(date(2026, 3, 29), 8)


def test_a_borrower_without_a_phone_is_counted_and_stops_nobody() -> None:
    from evenhand.people import persons

    (other,) = made_up.enrol(1, SIGNED)
    silent = persons.enrol([persons.Person(name="乙", phone="")], at=moment(SIGNED))[0]
    streams.append(silent, [facts.enrolled(SIGNED)], at=moment(SIGNED, 1), expected_seq=0)
    made_up.lend([silent, other], SIGNED)
    live(SIGNED, 27)
    counts = progress.total(date(2026, 3, 27), close.ALL)
    assert (counts.steps, counts.intended, counts.refusals[planning.NO_PHONE]) == (2, 1, 1)


def test_planning_refusals_are_counted_by_rule_and_write_no_fact() -> None:
    borrower, _loan = one_loan()
    live(SIGNED, 20)
    opened = Draft("dispute.opened", date(2026, 3, 20), "borrower")
    learn(borrower, opened, at=moment(date(2026, 3, 20), 9))
    live(date(2026, 3, 21), 8)
    assert told(borrower) == []
    assert streams.stream(borrower)[-1].kind == "dispute.opened"
    refusals = progress.total(date(2026, 3, 27), close.ALL).refusals
    assert set(refusals) == {"policy.pause.dispute"} or "cn.pause" in "".join(refusals)


def test_a_plan_holds_the_ladder_until_it_ends() -> None:
    borrower, loan = one_loan()
    agreed = Draft("plan.agreed", SIGNED, "staff:1", loan, body={"id": 1})
    learn(borrower, agreed, at=moment(SIGNED, 5))
    live(SIGNED, 32)
    assert told(borrower) == []
    plan = streams.head(borrower).seq
    ended = Draft("plan.ended", DUE, "staff:1", loan, cause=plan, body={"reason": "broken"})
    learn(borrower, ended, at=moment(date(2026, 4, 2), 9))
    live(date(2026, 4, 2), 1)
    assert told(borrower) == [(3, "collect")]


def test_two_loans_are_one_message_that_names_both() -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    first, second = (made_up.lend([borrower], SIGNED)[0] for _n in range(2))
    live(SIGNED, 27)
    intention = streams.stream(borrower)[3]
    assert [loan for loan, _rung, _since in intention.body["loans"]] == [first, second]
    assert (intention.loan, len(simulator.inbox())) == (0, 1)


def test_a_day_is_closed_once_and_says_so_once() -> None:
    one_loan()
    close.close(SIGNED, moment(SIGNED + timedelta(days=1), 0, 5))
    close.close(SIGNED, moment(SIGNED + timedelta(days=1), 0, 6))
    rooted, closed = streams.stream(house.DAYCLOSE)
    assert (closed.kind, closed.body["looked"], close.last_closed()) == ("day.closed", 1, SIGNED)
    heads = 2  # the borrower's, and the house's own of the words it says
    assert (rooted.kind, rooted.body["heads"]) == ("day.rooted", heads)


def test_each_days_root_is_over_what_was_learnt_before_midnight_and_holds() -> None:
    borrower, loan = one_loan()
    live(SIGNED, 28)
    learn(borrower, facts.paid(loan, DUE - timedelta(days=2), 5), at=moment(DUE, 9))
    days = [rooted.body["day"] for rooted in roots.every()]
    assert days == [f"{day}" for day in made_up.days(SIGNED, 28)]
    rooted = roots.every()[-1]
    assert rooted.body["cut"] == moment(date(2026, 3, 29))
    assert [roots.verify_root(one) for one in roots.every()] == [""] * 28


def test_who_is_overtaken_by_another_worker_writes_no_second_root(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two workers finish the last parts at once: both make the root, one writes it."""
    at = moment(SIGNED + timedelta(days=1), 0, 5)
    make, other = roots.draft, []

    def made_while_another_closes(day: date, *, cut: int) -> Draft:
        monkeypatch.setattr(roots, "draft", make)
        other.append(close.close(day, at))
        return make(day, cut=cut)

    one_loan()
    monkeypatch.setattr(roots, "draft", made_while_another_closes)
    close.close(SIGNED, at)
    kinds = [fact.kind for fact in streams.stream(house.DAYCLOSE)]
    assert (len(other), kinds) == (1, ["day.rooted", "day.closed"])


def test_a_day_is_not_closed_before_the_one_before_it() -> None:
    close.close(SIGNED, moment(SIGNED + timedelta(days=1), 0, 5))
    with pytest.raises(close.DayOutOfOrder):
        close.close(SIGNED + timedelta(days=2), moment(SIGNED + timedelta(days=3), 0, 5))


def test_the_last_part_closes_the_day() -> None:
    at = moment(SIGNED + timedelta(days=1), 0, 5)
    for part in range(PARTS - 1):
        close.close(SIGNED, at, parts=[part])
    assert close.last_closed() is None
    close.close(SIGNED, at, parts=[PARTS - 1])
    assert close.last_closed() == SIGNED


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (moment(date(2026, 3, 2), 0, 4), None),
        (moment(date(2026, 3, 2), 0, 5), date(2026, 3, 1)),
        (moment(date(2026, 3, 5), 7), date(2026, 3, 1)),
    ],
)
def test_the_next_day_to_close_is_the_one_after_the_last(now: int, day: date | None) -> None:
    close.close(date(2026, 2, 28), moment(date(2026, 3, 1), 0, 5))
    assert close.next_to_close(now) == day


def test_one_borrower_whose_data_fail_is_set_aside_and_stops_nobody() -> None:
    borrowers = made_up.enrol(9, SIGNED)
    made_up.lend(borrowers[:4], SIGNED)
    made_up.lend(borrowers[4:5], SIGNED, strategy="no-such-strategy")
    made_up.lend(borrowers[5:], SIGNED)
    live(SIGNED, 27)
    counts = progress.total(date(2026, 3, 27), close.ALL)
    assert (counts.set_aside, counts.intended) == ({borrowers[4]: "strategy"}, 8)
    assert part_of(borrowers[4]) in progress.of(date(2026, 3, 27), close.ALL)
    live(date(2026, 3, 28), 1)
    assert list(progress.total(date(2026, 3, 28), close.ALL).set_aside) == [borrowers[4]]


def test_a_payment_during_the_close_keeps_its_own_day_to_look() -> None:
    """Between the judgement and the commit somebody pays: his plan is undone, the others' stand."""
    borrowers = made_up.enrol(3, SIGNED)
    loans = made_up.lend(borrowers, SIGNED)
    live(SIGNED, 30)
    import numpy as np

    at = moment(DUE + timedelta(days=1), 0, 5)
    made = planning.plan(np.array(borrowers), house.day_number(DUE) + 1, at)
    learn(borrowers[1], facts.paid(loans[1], DUE, 101_000), at=at)
    moved = planning.write(DUE, made, at, 0)
    assert moved.tolist() == [borrowers[1]]
    kinds = [streams.stream(borrower)[-1].kind for borrower in borrowers]
    assert kinds == ["contact.intended", "payment.received", "contact.intended"]
    looked = looks.look_on([borrowers[1]])["look_on"].tolist()
    assert looked == [house.day_number(DUE) + 1]
    close.close(DUE, at)
    assert streams.stream(borrowers[1])[-1].kind == "payment.received"


def test_positions_say_what_they_stand_for() -> None:
    borrower, loan = one_loan()
    live(SIGNED, 35)
    from evenhand.ledger import standing

    row = standing.positions([borrower])[0]
    assert (row["loan"], row["seq"]) == (loan, streams.head(borrower).seq - 3)
    stood = standing.stand([borrower], int(row["stood_on"])).position
    assert [row[name] for name in standing.COMPUTED] == [
        getattr(stood, name)[0] for name in standing.COMPUTED
    ]


def test_the_outbox_can_be_made_again_from_the_facts() -> None:
    borrowers = made_up.enrol(5, SIGNED)
    made_up.lend(borrowers, SIGNED)
    live(SIGNED, 26)
    close.close(date(2026, 3, 27), moment(date(2026, 3, 28), 0, 5))
    query = "select borrower, seq, part, due_at, leaving, leaving_at from contact_outbox"
    stood = sorted(columns.rows(query))
    assert (len(stood), [*chain.from_iterable(outbox.rebuild())]) == (5, [])
    columns.run(f"delete from contact_outbox where borrower = {borrowers[0]}")
    columns.run(f"update contact_outbox set due_at = 1 where borrower = {borrowers[1]}")
    found = [(one.key[0], one.how) for one in chain.from_iterable(outbox.rebuild())]
    assert sorted(found) == [(borrowers[0], "missing"), (borrowers[1], "changed")]
    assert sorted(columns.rows(query)) == stood
    send.send_due(moment(date(2026, 3, 28), 8))
    assert [*chain.from_iterable(outbox.rebuild())] == []
    assert columns.rows(query) == []
