"""Writing to streams: all or none, whoever moved on is told, and what is wrong writes nothing."""

from datetime import date

import numpy as np
import pytest
from django.db import IntegrityError

from evenhand.ledger import columns, house, parts, reactions, streams
from evenhand.ledger import made_up as m
from evenhand.ledger.facts import Draft, first_link
from evenhand.ledger.streams import Append, Moved, append, append_many, head, heads, stream

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
AT = m.noon(D)


def test_a_stream_begins_and_goes_on(db: None) -> None:
    assert head(41) == (0, 0, first_link(41))
    first = append(41, [m.enrolled(D), m.signed(7, D)], at=AT, expected_seq=0)
    second = append(41, [m.paid(7, D, 500)], at=AT + 5, expected_seq=2)
    assert stream(41) == first + second
    assert head(41) == (3, AT + 5, second[0].link)
    assert streams.facts_at([(41, 3), (41, 9)]) == second


def test_who_has_a_fact_of_a_kind_is_found_among_many(db: None) -> None:
    for borrower in (41, 42, 43):
        append(borrower, [m.enrolled(D), m.signed(borrower, D)], at=AT, expected_seq=0)
    append(42, [m.paid(42, D, 500)], at=AT, expected_seq=2)
    for asked, found in (([41, 42, 43, 44], {42}), ([42], {42}), ([41], set()), ([], set())):
        assert streams.having(asked, "payment.received") == found


def test_who_moved_on_is_told(db: None) -> None:
    append(41, [m.enrolled(D)], at=AT, expected_seq=0)
    for expected in (0, 2):
        with pytest.raises(Moved):
            append(41, [m.signed(7, D)], at=AT, expected_seq=expected)
    with pytest.raises(Moved):
        append(42, [m.enrolled(D)], at=AT, expected_seq=1)
    assert head(41).seq == 1 and head(42).seq == 0


def test_in_bulk_the_others_are_written(db: None) -> None:
    append(42, [m.enrolled(D)], at=AT, expected_seq=0)
    appends = [Append(borrower, 0, [m.enrolled(D)]) for borrower in (43, 42, 41)]
    assert append_many(appends, at=AT) == [42]
    assert {b: h.seq for b, h in heads([41, 42, 43]).items()} == {41: 1, 42: 1, 43: 1}


def test_many_are_written_in_chunks(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "BORROWERS_MAX", 3)
    appends = [Append(b, 0, [m.enrolled(D), m.signed(b, D, 1)]) for b in range(100, 110)]
    assert append_many(appends, at=AT) == []
    assert all(h.seq == 2 for h in heads(np.arange(100, 110)).values())


def test_what_is_wrong_writes_nothing(db: None) -> None:
    with pytest.raises(ValueError, match="no kind of fact"):
        append_many(
            [Append(41, 0, [m.enrolled(D)]), Append(42, 0, [Draft("x", D, "staff")])], at=AT
        )
    with pytest.raises(ValueError, match="named twice"):
        append_many([Append(41, 0, [m.enrolled(D)]), Append(41, 0, [m.enrolled(D)])], at=AT)
    with pytest.raises(ValueError, match="nothing to append"):
        append(41, [], at=AT, expected_seq=0)
    with pytest.raises(ValueError, match="cause 5 is not before fact 1"):
        append(41, [m.leaving(D, 5)], at=AT, expected_seq=0)
    assert head(41).seq == 0


def test_the_refusal_names_what_contradicts_the_stream(db: None) -> None:
    append(41, [m.enrolled(D), m.signed(7, D), m.paid(7, D, 500)], at=AT, expected_seq=0)
    wrong = {
        "reversal is not of one payment": m.reversed_(7, D, 400, 3),
        "its cause is no such state": m.ended(D, "complaint.answered", 1),
    }
    for why, draft in wrong.items():
        with pytest.raises(ValueError, match=why):
            append(41, [draft], at=AT, expected_seq=3)
    with pytest.raises(IntegrityError, match="nothing left at 3"):
        append(41, [m.answered(D, 3)], at=AT, expected_seq=3)
    append(41, [m.reversed_(7, D, 500, 3)], at=AT, expected_seq=3)
    with pytest.raises(ValueError, match="reversal is not of one payment"):
        append(41, [m.reversed_(7, D, 500, 3)], at=AT, expected_seq=4)
    assert head(41).seq == 4


def test_a_house_stream_is_a_stream(db: None) -> None:
    body = {"day": "2026-03-01", "looked": 2, "steps": 1, "intended": 1, "facts": 1, "refusals": {}}
    append(-1, [Draft("day.closed", D, "dayclose", body=body)], at=AT, expected_seq=0)
    assert stream(-1)[0].body == body


def test_loan_ids_are_nobody_elses(db: None) -> None:
    some, more = streams.new_loans(3), streams.new_loans(2)
    assert len({*some.tolist(), *more.tolist()}) == 5


def test_parts_are_those_of_the_database(db: None) -> None:
    borrowers = [1, 2, 7, 100001, 2**40 + 5, 2**62, *range(500, 560)]
    drafts = [Append(b, 0, [m.enrolled(D)]) for b in borrowers]
    append_many(drafts, at=AT)
    found = columns.rows("select borrower, tableoid::regclass::text from ledger_fact")
    assert {borrower for borrower, _ in found} == {*borrowers, house.WORDS}
    for borrower, table in found:
        assert table == parts.table_of("ledger_fact", parts.part_of(borrower))
    everyone = [borrower for borrower, _ in found]
    assert parts.parts_of(everyone).tolist() == [parts.part_of(b) for b in everyone]


def test_reactions_are_deferred_by_kind_with_all_their_facts(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    deferred: list[tuple[str, list[tuple[int, int]]]] = []
    monkeypatch.setattr(reactions, "_table", {})
    monkeypatch.setattr(reactions, "_defer", lambda task, facts: deferred.append((task, facts)))
    reactions.install(
        {"payment.received": ["a", "b"], "loan.signed": ["c"]},
        lambda task, facts: deferred.append((task, facts)),
    )
    appends = [Append(b, 0, [m.enrolled(D), m.signed(b, D), m.paid(b, D, 5)]) for b in (41, 42)]
    append_many(appends, at=AT)
    assert sorted(deferred) == [
        ("a", [(41, 3), (42, 3)]),
        ("b", [(41, 3), (42, 3)]),
        ("c", [(41, 2), (42, 2)]),
    ]


def test_a_reaction_may_hear_one_sort_of_hand_only(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    deferred: list[tuple[str, list[tuple[int, int]]]] = []
    monkeypatch.setattr(reactions, "_table", {})
    monkeypatch.setattr(reactions, "_defer", lambda task, facts: deferred.append((task, facts)))
    reactions.install(
        {"loan.signed by staff": ["a"], "loan.signed by borrower": ["b"]},
        lambda task, facts: deferred.append((task, facts)),
    )
    by_staff = m.signed(41, D)._replace(hand="staff:7")
    append(41, [m.enrolled(D), by_staff, m.signed(42, D)], at=AT, expected_seq=0)
    assert deferred == [("a", [(41, 2)]), ("b", [(41, 3)])]


def test_a_reaction_that_cannot_be_deferred_takes_the_fact_with_it(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(task: str, facts: list[tuple[int, int]]) -> None:
        raise RuntimeError("no queue")

    monkeypatch.setattr(reactions, "_table", {"borrower.enrolled": ("a",)})
    monkeypatch.setattr(reactions, "_defer", broken)
    with pytest.raises(RuntimeError, match="no queue"):
        append(41, [m.enrolled(D)], at=AT, expected_seq=0)
    assert head(41).seq == 0
