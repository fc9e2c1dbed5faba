"""The guards of contacts go back and forth over facts that stand, and guard as they say."""

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg.types.json import Jsonb

from evenhand.ledger import made_up as m
from evenhand.ledger import packs
from evenhand.ledger.columns import rows, run
from evenhand.ledger.facts import Draft
from evenhand.ledger.migrations import __path__ as places
from evenhand.ledger.parts import part_of, table_of
from evenhand.ledger.streams import append, stream

pytestmark = pytest.mark.django_db
D = date(2026, 3, 1)
NOW = m.noon(D)
MANY = range(41, 46)
LAW = ("cn", "policy")


def goes_to(name: str) -> None:
    """As the owner, within the test's own transaction."""
    run("set role none")
    MigrationExecutor(connection).migrate([("ledger", name)])
    run("set role evenhand_serving")


def refuses(why: str, borrower: int, draft: Draft, seq: int) -> None:
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        append(borrower, [draft], at=NOW, expected_seq=seq)


def leaving(**changes: Any) -> Draft:
    honest = m.leaving(D, 3)
    return honest._replace(body={**honest.body, **changes})


@pytest.fixture
def book() -> list[Any]:
    """Five borrowers: intended for each, gone for the first."""
    for borrower in MANY:
        append(borrower, [m.enrolled(D), m.signed(borrower, D)], at=NOW, expected_seq=0)
        append(borrower, [m.intended(D, {borrower: 1}, D, 2)], at=NOW, expected_seq=2)
    append(41, [leaving()], at=NOW, expected_seq=3)
    return [fact for borrower in MANY for fact in stream(borrower)]


def test_to_the_guard_before_and_forward_again_over_what_stands(book: list[Any]) -> None:
    """The older one lets a part of the law judge; the newer wants all of it, and knows none before
    `evenhand migrate` has said which."""
    part = {"policy": packs.in_force()["policy"]}
    refuses("in force", 42, leaving(packs=part), 3)
    goes_to("0010_reliefs")
    assert rows("select to_regclass('ledger_law')::text") == [(None,)]
    append(42, [leaving(packs=part)], at=NOW, expected_seq=3)
    refuses("nothing was intended at 2", 43, leaving()._replace(cause=2), 3)
    refuses("not kept", 43, leaving(packs={"cn": "0" * 64}), 3)

    goes_to("0012_quicker")
    assert [f for b in MANY for f in stream(b) if (b, f.seq) != (42, 4)] == book
    refuses("in force", 43, leaving(), 3)
    run("set role none")
    assert packs.put_in_force(LAW) == 1
    run("set role evenhand_serving")
    refuses("in force", 43, leaving(packs=part), 3)
    refuses("has ended", 41, leaving()._replace(body={**leaving().body, "judged_seq": 4}), 4)
    append(43, [leaving()], at=NOW, expected_seq=3)


def test_one_step_back_the_guard_says_the_same(book: list[Any]) -> None:
    part = {"policy": packs.in_force()["policy"]}
    for name, borrower in (("0011_once", 44), ("0012_quicker", 45)):
        goes_to(name)
        refuses("in force", borrower, leaving(packs=part), 3)
        refuses("another way", borrower, leaving(address=5), 3)
        append(borrower, [leaving()], at=NOW, expected_seq=3)
        refuses("has ended", borrower, leaving()._replace(body=leaving(judged_seq=4).body), 4)


WHY = """
    select {}(borrower, seq, %(kind)s, %(cause)s, at, %(body)s::jsonb)
    from ledger_fact where borrower = %(borrower)s and seq = %(seq)s"""


def mixed(borrower: int) -> int:
    """Facts of every sort a judgement may lie before, alone and several in one breath; how many."""
    append(borrower, [m.enrolled(D), m.signed(borrower, D)], at=NOW, expected_seq=0)
    append(borrower, [m.intended(D, {borrower: 1}, D, 2)], at=NOW, expected_seq=2)
    append(borrower, [leaving(), m.answered(D, 4)], at=NOW, expected_seq=3)
    twice = [m.intended(D, {borrower: n}, D, 5) for n in (2, 3)]
    append(borrower, twice, at=NOW, expected_seq=5)
    learnt = [m.begun(D, "complaint.opened"), m.paid(borrower, D, 500)]
    append(borrower, learnt, at=NOW, expected_seq=7)
    draft = m.intended(D, {borrower: 4}, D, 9)
    later = draft._replace(body={**draft.body, "due_at": NOW + 1})
    append(borrower, [later], at=NOW, expected_seq=9)
    append(borrower, [m.paid(borrower, D, 600)], at=NOW, expected_seq=10)
    append(borrower, [m.stopped(D, 10, "contact.withdrawn")], at=NOW, expected_seq=11)
    return 12


def test_the_quicker_guard_says_what_the_one_before_it_said_of_every_fact() -> None:
    """Asked of every place of a stream as every kind, judged at and caused by every place of it."""
    last, borrower = mixed(41), 41
    part = table_of("ledger_fact", part_of(borrower))[-3:]
    before = (Path(places[0]) / "0011_once.sql").read_text()
    creates = before[before.index("create function ledger_contact_why_p00") :]
    creates = creates[: creates.index("$why$")].replace("p00", part)
    run("set role none")
    run(creates.replace("function ledger_contact_why", "function was_why").replace("%", "%%"), {})
    part_of_it = {"policy": packs.in_force()["policy"]}
    ways: list[dict[str, Any]] = [
        {},
        {"address": 9},
        {"channel": "call"},
        {"packs": {}},
        {"verdict": {"allowed": 0}},
        {"packs": part_of_it},
    ]
    said = set()
    for kind in ("contact.intended", "contact.leaving", "contact.sent"):
        for seq, judged, cause in product(range(1, last + 1), range(last + 1), range(last + 1)):
            way = ways[(seq * 7 + judged * 3 + cause) % len(ways)] if seq % 2 else {}
            body = Jsonb({**leaving(judged_seq=judged).body, **way})
            asked = {"borrower": borrower, "seq": seq, "kind": kind, "cause": cause, "body": body}
            ((old,),) = rows(WHY.format(f"was_why_{part}"), asked)
            ((new,),) = rows(WHY.format(f"ledger_contact_why_{part}"), asked)
            assert old == new, asked
            said.add(None if new is None else new.split(" at ")[0])
    assert len(said) == 10, said
