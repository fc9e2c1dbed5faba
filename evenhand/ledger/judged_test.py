"""No contact is written that was not judged: by no call of ours, by no SQL, into no part."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from psycopg.types.json import Jsonb

from evenhand.law import rulebook
from evenhand.ledger import check, judged, packs
from evenhand.ledger import made_up as m
from evenhand.ledger.columns import rows, run
from evenhand.ledger.facts import Draft
from evenhand.ledger.parts import part_of, table_of
from evenhand.ledger.streams import Append as To
from evenhand.ledger.streams import append, append_many, head

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
NOW = m.noon(D)
BORROWER = 41
LAW = rulebook.pack_hashes(("cn", "policy"))
Body = dict[str, Any]
Change = Callable[[Body], Body]


def changed(**keys: Any) -> Change:
    return lambda body: body | keys


def without(*keys: str) -> Change:
    return lambda body: {key: value for key, value in body.items() if key not in keys}


BYPASSES: dict[str, tuple[Change, str]] = {
    "an older head": (changed(judged_seq=1), "judged at 1, and more was learnt"),
    "a head to come": (changed(judged_seq=3), "judged at no head before it"),
    "refused": (changed(verdict={"allowed": 0}), "does not allow"),
    "no yes": (changed(verdict={"not_before": 1, "rules_checked": 12}), "does not allow"),
    "a pack nobody kept": (changed(packs=LAW | {"cn": "0" * 64}), "not kept"),
    "a pack of another's text": (changed(packs={"cn": LAW["policy"]}), "not kept"),
    "no pack": (changed(packs={}), "not kept"),
}
MISSING: dict[str, tuple[Change, str]] = {
    "no head": (without("judged_seq"), "judged at no head"),
    "no verdict": (without("verdict"), "does not allow"),
    "no law": (without("packs"), "not kept"),
}
INSERT = """
    insert into {} (borrower, seq, loan, day, at, kind, amount, cause, hand, body, link)
    values (%(borrower)s, %(seq)s, 0, %(day)s, %(day)s + interval '12 hours', %(kind)s, 0,
        %(cause)s, 'dayclose', %(body)s, sha256('made up'))"""


@pytest.fixture(autouse=True)
def _owes() -> None:
    """A borrower with a loan, whose stream stands at 2."""
    append(BORROWER, [m.enrolled(D), m.signed(7, D)], at=NOW, expected_seq=0)


def intended(judged_seq: int = 2, rung: int = 1) -> Draft:
    return m.intended(D, {7: rung}, D, judged_seq)


def with_body(draft: Draft, change: Change) -> Draft:
    return draft._replace(body=change(dict(draft.body)))


def by_hand(draft: Draft, seq: int, table: str = "ledger_fact") -> None:
    """The fact by SQL, past everything that is written in Python."""
    place = {"borrower": BORROWER, "seq": seq, "day": draft.day, "kind": draft.kind}
    body = {"cause": draft.cause, "body": Jsonb(draft.body)}
    run(INSERT.format(table), place | body)


def refuses(why: str, write: Callable[[], object]) -> None:
    stood = rows("select count(*) from ledger_fact")
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        write()
    assert rows("select count(*) from ledger_fact") == stood


@pytest.mark.parametrize("bypass", BYPASSES)
def test_our_own_append_cannot_pass(bypass: str) -> None:
    change, why = BYPASSES[bypass]
    draft = with_body(intended(), change)
    refuses(why, lambda: append(BORROWER, [draft], at=NOW, expected_seq=2))
    refuses(why, lambda: append_many([To(BORROWER, 2, [draft])], at=NOW))
    assert head(BORROWER).seq == 2


@pytest.mark.parametrize("bypass", BYPASSES | MISSING)
def test_no_sql_passes_by_whatever_table(bypass: str) -> None:
    change, why = (BYPASSES | MISSING)[bypass]
    draft = with_body(intended(), change)
    for table in ("ledger_fact", table_of("ledger_fact", part_of(BORROWER))):
        refuses(why, lambda table=table: by_hand(draft, 3, table))  # type: ignore[misc]


@pytest.mark.parametrize(
    "bypass", ["an older head", "a pack nobody kept", "no pack", "no head", "no law"]
)
def test_no_leaving_passes_either(bypass: str) -> None:
    append(BORROWER, [intended()], at=NOW, expected_seq=2)
    change, why = (BYPASSES | MISSING)[bypass]
    leaving = with_body(m.leaving(D, 3), change)
    refuses(why, lambda: by_hand(leaving, 4))


def test_what_leaves_was_intended() -> None:
    append(BORROWER, [intended()], at=NOW, expected_seq=2)
    refuses("nothing was intended at 2", lambda: by_hand(m.leaving(D, 2, 3), 4))
    by_hand(m.leaving(D, 3), 4)


def test_a_complaint_in_between_undoes_the_judgement() -> None:
    append(BORROWER, [intended()], at=NOW, expected_seq=2)
    append(BORROWER, [m.begun(D, "complaint.opened")], at=NOW, expected_seq=3)
    late = m.leaving(D, 3, 3)
    refuses("judged at 3, and more", lambda: append(BORROWER, [late], at=NOW, expected_seq=4))
    refuses("judged at 3, and more", lambda: by_hand(late, 5))


def test_what_is_judged_together_is_written_together() -> None:
    """The inbox beside the message, a call with its dialling, one put off and intended anew."""
    both = [intended(), intended()]
    append(BORROWER, both, at=NOW, expected_seq=2)
    call = [intended(4), m.leaving(D, 5, 4), m.answered(D, 6)]
    append(BORROWER, call, at=NOW, expected_seq=4)
    put_off = [m.stopped(D, 3, "contact.refused"), intended(7)]
    append(BORROWER, put_off, at=NOW, expected_seq=7)
    assert head(BORROWER).seq == 9


def test_what_was_written_before_does_not_count_as_together() -> None:
    append(BORROWER, [intended()], at=NOW, expected_seq=2)
    again = intended(2)
    refuses("judged at 2, and more", lambda: append(BORROWER, [again], at=NOW, expected_seq=3))


def test_nothing_else_may_be_slipped_in_between() -> None:
    slipped = [m.begun(D, "complaint.opened"), intended(2)]
    refuses("judged at 2, and more", lambda: append(BORROWER, slipped, at=NOW, expected_seq=2))


def test_of_thousands_one_bypass_undoes_the_whole_append() -> None:
    many = range(1_000, 1_050)
    append_many([To(b, 0, [m.enrolled(D), m.signed(b, D)]) for b in many], at=NOW)
    drafts = {b: m.intended(D, {b: 1}, D, 2) for b in many}
    drafts[1_020] = with_body(drafts[1_020], changed(packs={"cn": "0" * 64}))
    asked = [To(b, 2, [draft]) for b, draft in drafts.items()]
    refuses("not kept", lambda: append_many(asked, at=NOW))


def test_who_serves_reads_the_packs_and_keeps_none() -> None:
    for way in ("delete from ledger_pack", "update ledger_pack set text = ''"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            run(way)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        packs.keep()


def test_a_pack_is_kept_for_ever_with_the_text_of_its_hash() -> None:
    assert packs.not_kept(LAW) == []
    assert {one.sha256: one.text for one in packs.kept() if one.pack in LAW} == {
        digest: rulebook.canonical_text(pack) for pack, digest in LAW.items()
    }
    run("set role none")
    assert packs.keep() == 0, "kept already"
    for way in (
        "delete from ledger_pack",
        "truncate ledger_pack",
        "update ledger_pack set pack=''",
    ):
        refuses("never changed", lambda way=way: run(way))  # type: ignore[misc]
    forged = "insert into ledger_pack values ('cn', repeat('a', 64), 'anything goes')"
    refuses("check constraint", lambda: run(forged))


def test_a_pack_that_changed_on_the_way_is_missed(settings: Any) -> None:
    assert judged.faults("evenhand_serving") == []
    settings.EVENHAND_PACKS = ("us", "policy")
    (fault,) = judged.faults("evenhand_serving")
    assert fault.startswith("another law is in force"), "kept is every pack that ships"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        ("alter table ledger_fact disable trigger ledger_contact_judged", "not allowed can be"),
        ("drop trigger ledger_contact_judged on ledger_fact", "never intended can be written"),
        (
            "create or replace function ledger_contact_judged() returns trigger language plpgsql"
            " as 'begin return null; end'",
            "a contact judged at another head can be written",
        ),
        ("grant insert on ledger_pack to evenhand_serving", "may INSERT into ledger_pack"),
        ("grant insert on ledger_law to evenhand_serving", "may INSERT into ledger_law"),
        ("alter table ledger_pack disable trigger user; delete from ledger_pack", "is not kept"),
    ],
)
def test_check_tries_to_pass_and_says_where_it_can(spoil: str, told: str) -> None:
    assert not [finding for finding in check.check(NOW) if finding.fails]
    run("set role none")
    run(spoil)
    run("set role evenhand_serving")
    assert any(told in finding.what for finding in check.check(NOW) if finding.fails)
    assert not rows("select from ledger_fact where borrower = -2"), "what was tried is not there"
