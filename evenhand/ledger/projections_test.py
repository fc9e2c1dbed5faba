"""Random lives: however they are written, the streams verify and the projections are the same."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.ledger import columns, contacts, rebuild, standing, states, verify
from evenhand.ledger import made_up as m
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_number, day_of
from evenhand.ledger.loans import borrower_of
from evenhand.ledger.made_up import Life
from evenhand.ledger.parts import part_of
from evenhand.ledger.streams import Append, append, append_many, heads, stream

pytestmark = pytest.mark.django_db

BORROWERS = (41, 42, 43)
lives = st.lists(st.integers(0, 10**6), min_size=1, max_size=18)
books = st.tuples(lives, lives, lives)
examples = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _live_one_by_one(book: Sequence[list[int]]) -> None:
    for borrower, choices in zip(BORROWERS, book, strict=True):
        life = Life(borrower, borrower * 1000)
        for choice in choices:
            seq = life.seq
            at, drafts = life.step(choice)
            append(borrower, drafts, at=at, expected_seq=seq)


def _live_in_batches(book: Sequence[list[int]]) -> None:
    """What happens to several at one moment is one bulk append."""
    alive = {
        b: (Life(b, b * 1000), list(choices)) for b, choices in zip(BORROWERS, book, strict=True)
    }
    for place in range(max(map(len, book))):
        moments: dict[int, list[Append]] = {}
        for borrower, (life, choices) in alive.items():
            if place < len(choices):
                seq = life.seq
                at, drafts = life.step(choices[place])
                moments.setdefault(at, []).append(Append(borrower, seq, drafts))
        for at, appends in moments.items():
            assert append_many(appends, at=at) == []


def _projected() -> dict[str, object]:
    found: dict[str, object] = {
        name: rebuild.rows_of(name, BORROWERS).tolist() for name in rebuild.TABLES
    }
    return found | {"heads": heads(BORROWERS)}


def _touches_money(fact: Fact) -> bool:
    return fact.kind.startswith(("loan.", "payment."))


@given(books)
@examples
def test_in_batches_as_one_by_one(db: None, book: tuple[list[int], ...]) -> None:
    with undone():
        _live_one_by_one(book)
        one_by_one = _projected()
    with undone():
        _live_in_batches(book)
        assert _projected() == one_by_one


@given(books)
@examples
def test_every_stream_holds(db: None, book: tuple[list[int], ...]) -> None:
    with undone():
        _live_one_by_one(book)
        for borrower in BORROWERS:
            facts = stream(borrower)
            assert [fact.seq for fact in facts] == list(range(1, len(facts) + 1))
            assert [fact.at for fact in facts] == sorted(fact.at for fact in facts)
            assert verify.verify_stream(borrower) == []


@given(books)
@examples
def test_positions_are_what_stand_says(db: None, book: tuple[list[int], ...]) -> None:
    with undone():
        _live_one_by_one(book)
        for borrower in BORROWERS:
            rows = standing.positions([borrower])
            facts = stream(borrower)
            assert len(rows)
            on = int(rows["stood_on"][0])
            assert on == day_number(day_of([f.at for f in facts if _touches_money(f)][-1]))
            for stood in (standing.stand([borrower], on), standing.stand_by(facts, on)):
                assert stood.loan.tolist() == rows["loan"].tolist()
                for name in standing.COMPUTED:
                    assert getattr(stood.position, name).tolist() == rows[name].tolist(), name


@given(books)
@examples
def test_made_again_it_is_equal(db: None, book: tuple[list[int], ...]) -> None:
    with undone():
        _live_one_by_one(book)
        stood = _projected()
        for part in set(map(part_of, BORROWERS)):
            assert [d for _, differences in rebuild.rebuild_part(part) for d in differences] == []
        again = _projected()
        for table in rebuild.TABLES:
            if table != "ledger_position":
                assert again[table] == stood[table]


@given(lives)
@examples
def test_as_known_at_a_moment_is_the_prefix(db: None, choices: list[int]) -> None:
    with undone():
        _live_one_by_one((choices, [0], [0]))
        facts = stream(BORROWERS[0])
        for fact in facts:
            known = stream(BORROWERS[0], known_at=fact.at)
            assert known == [f for f in facts if f.at <= fact.at]
        assert stream(BORROWERS[0], known_at=facts[0].at - 1) == []


@given(lives)
@examples
def test_states_from_facts_are_the_states_that_stand(db: None, choices: list[int]) -> None:
    with undone():
        _live_one_by_one((choices, [0], [0]))
        borrower = BORROWERS[0]
        assert np.array_equal(states.states_by(stream(borrower)), states.states([borrower]))


@given(books)
@examples
def test_look_on_is_no_later_than_the_last_thing_learnt(
    db: None, book: tuple[list[int], ...]
) -> None:
    with undone():
        _live_in_batches(book)
        found = dict(columns.rows("select borrower, look_on from ledger_look_on"))
        assert set(found) == set(BORROWERS)
        for borrower in BORROWERS:
            assert found[borrower] <= day_of(stream(borrower)[-1].at)


def test_a_loan_taken_back_is_gone_but_for_its_facts(db: None) -> None:
    day = date(2026, 3, 1)
    append(41, [m.enrolled(day), m.imported(7, day)], at=m.noon(day), expected_seq=0)
    append(41, [m.intended(day, {7: 1}, day, 2)], at=m.noon(day), expected_seq=2)
    withdrawn = Draft("loan.withdrawn", day, "import", 7, body={"reason": "import.taken_back"})
    append(41, [withdrawn], at=m.noon(day), expected_seq=3)
    assert len(standing.positions([41])) == len(standing.stand([41], day_number(day)).loan) == 0
    assert len(contacts.progress([41])) == 0
    assert borrower_of(7) == 41
    assert [d for _, differences in rebuild.rebuild() for d in differences] == []
    with pytest.raises(ValueError, match="none to take back"):
        append(41, [withdrawn], at=m.noon(day), expected_seq=4)


def test_no_borrower_no_rows(db: None) -> None:
    assert len(standing.stand([], 0).loan) == 0
    assert len(standing.positions([999])) == 0
