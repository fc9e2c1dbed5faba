"""A day's root binds every stream: what is changed behind it afterwards shows."""

import base64
from datetime import date, timedelta

import pytest
from django.conf import settings

from evenhand.ledger import house, roots
from evenhand.ledger import made_up as m
from evenhand.ledger.columns import run
from evenhand.ledger.facts import Fact
from evenhand.ledger.streams import append, head

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
CUT = m.noon(D + timedelta(days=1))


@pytest.fixture
def book(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two streams, and a key to sign with."""
    key = base64.b64encode(b"only for tests, thirty-two bytes").decode()
    monkeypatch.setattr(settings, "EVENHAND_ROOT_KEY", key, raising=False)
    for borrower in (41, 42):
        append(borrower, [m.enrolled(D), m.signed(borrower, D)], at=m.noon(D), expected_seq=0)


def rooted_at(cut: int) -> Fact:
    """The day's root, written."""
    seq = head(house.DAYCLOSE).seq
    return append(house.DAYCLOSE, [roots.draft(D, cut=cut)], at=cut, expected_seq=seq)[0]


def test_a_root_holds_however_much_is_learnt_later(book: None) -> None:
    rooted = rooted_at(CUT)
    assert rooted.body["heads"] == 3, "the two, and the house's own of the words it says"
    assert rooted.body["signature"]
    append(41, [m.paid(41, D, 5)], at=CUT, expected_seq=2)
    append(43, [m.enrolled(D)], at=CUT + 1, expected_seq=0)
    assert roots.verify_root(rooted) == ""


def test_a_stream_changed_behind_it_shows(book: None) -> None:
    rooted = rooted_at(CUT)
    run("set role none")
    run("alter table ledger_stream disable trigger all")
    run("update ledger_stream set link = sha256(link) where borrower = 41")
    run("set role evenhand_serving")
    assert "not what they were" in roots.verify_root(rooted)


def test_a_fact_told_later_than_learnt_shows(book: None) -> None:
    rooted = rooted_at(CUT)
    append(41, [m.paid(41, D, 5)], at=CUT - 1, expected_seq=2)
    assert "not what they were" in roots.verify_root(rooted)


def test_anothers_signature_shows(book: None) -> None:
    rooted = rooted_at(CUT)
    forged = rooted._replace(body=rooted.body | {"signature": "00" * 64})
    assert roots.verify_root(forged) == "the signature is not of this root"


def test_without_a_key_the_root_stands_unsigned(
    book: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EVENHAND_ROOT_KEY", "")
    rooted = rooted_at(CUT)
    assert rooted.body["key"] == rooted.body["signature"] == ""
    assert roots.verify_root(rooted) == ""


def test_the_newest_root_is_found_and_all_are_counted(book: None) -> None:
    assert (roots.newest(), roots.every()) == (None, [])
    first, second = rooted_at(CUT), rooted_at(CUT + 1)
    assert (roots.newest(), roots.every()) == (second, [first, second])
