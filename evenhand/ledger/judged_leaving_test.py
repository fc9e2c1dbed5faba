"""A contact leaves once, as it was intended, by all the law in force; plain SQL does no better."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from psycopg.types.json import Jsonb

from evenhand.law import rulebook
from evenhand.ledger import columns, packs
from evenhand.ledger import made_up as m
from evenhand.ledger.columns import rows, run
from evenhand.ledger.facts import COPY_FACTS, Draft, sealed
from evenhand.ledger.parts import part_of, table_of
from evenhand.ledger.streams import Append as To
from evenhand.ledger.streams import append, append_many, head

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
NOW = m.noon(D)
BORROWER, OTHER = 41, 42
LAW = rulebook.pack_hashes(("cn", "policy"))
INSERT = """
    insert into {} (borrower, seq, loan, day, at, kind, amount, cause, hand, body, link)
    values (%(borrower)s, %(seq)s, 0, %(day)s, to_timestamp(%(at)s / 1000000.0), %(kind)s, 0,
        %(cause)s, 'staff:1', %(body)s, sha256('made up'))"""


@pytest.fixture(autouse=True)
def _intended() -> None:
    """Two borrowers with a loan each; what is intended for the one stands at 3, his head too."""
    for borrower in (BORROWER, OTHER):
        append(borrower, [m.enrolled(D), m.signed(borrower, D)], at=NOW, expected_seq=0)
    append(BORROWER, [m.intended(D, {BORROWER: 1}, D, 2)], at=NOW, expected_seq=2)


def by_hand(draft: Draft, seq: int, *, at: int = NOW, borrower: int = BORROWER) -> None:
    """The fact by SQL into its own part, past everything that is written in Python; each in a
    transaction of its own."""
    place = {"borrower": borrower, "seq": seq, "day": draft.day, "at": at, "kind": draft.kind}
    body = {"cause": draft.cause, "body": Jsonb(dict(draft.body))}
    with transaction.atomic():
        run(INSERT.format(table_of("ledger_fact", part_of(borrower))), place | body)


def refuses(why: str, write: Callable[[], object]) -> None:
    stood = rows("select count(*) from ledger_fact")
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        write()
    assert rows("select count(*) from ledger_fact") == stood


def leaving(**changes: Any) -> Draft:
    """The honest leaving at 4 of what is intended at 3, but for these changes."""
    honest = m.leaving(D, 3)
    return honest._replace(body={**honest.body, **changes})


BYPASSES: dict[str, tuple[Draft, str]] = {
    "nothing": (m.leaving(D, 2, 3), "nothing was intended at 2"),
    "no cause": (m.leaving(D, 0, 3), "nothing was intended at 0"),
    "an older head": (leaving(judged_seq=2), "judged at 2, and more was learnt"),
    "a head to come": (leaving(judged_seq=4), "judged at no head before it"),
    "refused": (leaving(verdict={"allowed": 0}), "does not allow"),
    "a verdict without a yes": (leaving(verdict={"not_before": 1}), "does not allow"),
    "a pack nobody kept": (leaving(packs=LAW | {"cn": "0" * 64}), "not kept"),
    "no pack": (leaving(packs={}), "not kept"),
    "the house's rules without the law": (leaving(packs={"policy": LAW["policy"]}), "in force"),
    "the law without the house's rules": (leaving(packs={"cn": LAW["cn"]}), "in force"),
    "a law of elsewhere": (leaving(packs=rulebook.pack_hashes(("sg",))), "in force"),
    "more than the law": (leaving(packs=LAW | rulebook.pack_hashes(("sg",))), "in force"),
    "another number": (leaving(address=500_002), "another way than was intended"),
    "another channel": (leaving(channel="call"), "another way than was intended"),
}


@pytest.mark.parametrize("bypass", BYPASSES)
def test_no_leaving_passes(bypass: str) -> None:
    draft, why = BYPASSES[bypass]
    refuses(why, lambda: by_hand(draft, 4))


def test_the_honest_one_does() -> None:
    by_hand(leaving(), 4)
    by_hand(m.answered(D, 4), 5)


@pytest.mark.parametrize("bypass", BYPASSES)
def test_copied_in_bulk_it_passes_no_better(bypass: str) -> None:
    draft, why = BYPASSES[bypass]
    stood = head(BORROWER)

    def copied() -> None:
        _fact, row = sealed(BORROWER, stood, NOW, draft)
        columns.put_bytes(COPY_FACTS, row)

    refuses(why, copied)


@pytest.mark.parametrize("table", ["ledger_fact", "ledger_law", "ledger_pack"])
def test_who_serves_cannot_take_the_guard_off(table: str) -> None:
    for way in (
        f"alter table {table} disable trigger all",
        "set session_replication_role = replica",
        "create or replace function ledger_contact_judged() returns trigger language plpgsql"
        " as 'begin return null; end'",
        f"create trigger zz before insert on {table} execute function ledger_fact_stays()",
    ):
        with pytest.raises(ProgrammingError, match=r"permission|owner"), transaction.atomic():
            run(way)


def test_what_was_intended_for_one_does_not_leave_to_another() -> None:
    append(OTHER, [m.begun(D, "wish.opt_out")], at=NOW, expected_seq=2)
    refuses("nothing was intended at 3", lambda: by_hand(leaving(), 4, borrower=OTHER))


def test_it_does_not_leave_before_its_moment() -> None:
    refuses("not due yet", lambda: by_hand(leaving(), 4, at=NOW - 1))
    by_hand(leaving(), 4, at=NOW)


def test_it_leaves_once() -> None:
    append(BORROWER, [leaving()], at=NOW, expected_seq=3)
    again = leaving(judged_seq=4)
    refuses("intended at 3 has ended", lambda: by_hand(again, 5))
    refuses("intended at 3 has ended", lambda: append(BORROWER, [again], at=NOW, expected_seq=4))


@pytest.mark.parametrize("kind", ["contact.refused", "contact.withdrawn"])
def test_what_was_refused_or_taken_back_does_not_leave(kind: str) -> None:
    by_hand(m.stopped(D, 3, kind), 4)
    refuses("intended at 3 has ended", lambda: by_hand(leaving(judged_seq=4), 5))


def test_it_is_not_written_past_the_head() -> None:
    """Of a head nobody has seen there is no verdict: neither now nor later in the gap."""
    refuses("judged at 8, and more", lambda: by_hand(leaving(judged_seq=8), 9))
    ask = m.intended(D, {BORROWER: 1}, D, 8)
    refuses("judged at 8, and more", lambda: by_hand(ask, 9))


def test_nothing_leaves_with_a_complaint_in_one_transaction() -> None:
    """Whatever it says it was judged at: nobody could have judged at a head not yet written."""
    for judged in (3, 4):
        both = [m.begun(D, "complaint.opened"), leaving(judged_seq=judged)]
        refuses(
            f"judged at {judged}, and more",
            lambda both=both: append(BORROWER, both, at=NOW, expected_seq=3),  # type: ignore[misc]
        )


def test_what_a_fact_sets_off_is_intended_beside_it() -> None:
    """It is judged again before it leaves."""
    told = [m.begun(D, "complaint.opened"), m.intended(D, {BORROWER: 1}, D, 4)]
    append(BORROWER, told, at=NOW, expected_seq=3)
    assert head(BORROWER).seq == 5


@pytest.mark.parametrize("kind", ["contact.sent", "contact.failed", "contact.unknown"])
def test_nothing_is_sent_that_did_not_leave(kind: str) -> None:
    for cause in (0, 2, 3):
        answer = m.answered(D, cause, kind)
        refuses(f"nothing left at {cause}", lambda answer=answer: by_hand(answer, 4))  # type: ignore[misc]


def test_of_thousands_that_leave_one_bypass_undoes_the_append() -> None:
    many = range(1_000, 1_050)
    begun = [To(b, 0, [m.enrolled(D), m.signed(b, D), m.intended(D, {b: 1}, D, 2)]) for b in many]
    append_many(begun, at=NOW)
    drafts = {b: leaving() for b in many}
    drafts[1_020] = leaving(packs={"policy": LAW["policy"]})
    refuses("in force", lambda: append_many([To(b, 3, [d]) for b, d in drafts.items()], at=NOW))
    drafts[1_020] = leaving()
    assert append_many([To(b, 3, [d]) for b, d in drafts.items()], at=NOW) == []


def test_another_law_comes_into_force_by_the_owner_alone_and_at_once() -> None:
    assert packs.in_force() == LAW
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        packs.put_in_force(("policy",))
    run("set role none")
    assert packs.put_in_force(("policy", "cn")) == 0, "in force already"
    assert packs.put_in_force(("us", "policy")) == 1
    for way in (
        "delete from ledger_law",
        "update ledger_law set packs = '{}'",
        "truncate ledger_law",
    ):
        refuses("never changed", lambda way=way: run(way))  # type: ignore[misc]
    for law in ('{"cn": "' + "0" * 64 + '"}', '{"nowhere": "x"}'):
        unkept = f"insert into ledger_law (packs) values ('{law}')"
        refuses("not kept cannot be in force", lambda unkept=unkept: run(unkept))  # type: ignore[misc]
    run("set role evenhand_serving")
    refuses("in force", lambda: by_hand(leaving(), 4))
    by_hand(leaving(packs=rulebook.pack_hashes(("us", "policy"))), 4)


def test_where_no_law_is_in_force_nothing_leaves() -> None:
    run("set role none")
    run("alter table ledger_law disable trigger user")
    run("delete from ledger_law")
    run("set role evenhand_serving")
    refuses("in force", lambda: by_hand(leaving(), 4))
