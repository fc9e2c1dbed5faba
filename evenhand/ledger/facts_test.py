"""The links: the same as anybody works out with a JSON library and SHA-256."""

import hashlib
import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from evenhand.ledger.facts import Draft, Fact, Head, first_link, link_of, sealed

plain = st.recursive(
    st.integers(-(2**63), 2**63 - 1) | st.text('abcé期🎈"\\/ \u2028'),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc期", min_size=1), inner),
    max_leaves=8,
)
bodies = st.dictionaries(st.text("abc期", min_size=1), plain, max_size=5)


def _by_hand(previous: bytes, fact: Fact) -> bytes:
    fields = [*fact[:3], fact.day.isoformat(), *fact[4:10]]
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(previous + text.encode()).digest()


@given(bodies, st.integers(-(10**12), 10**12), st.dates())
def test_a_link_is_sha256_of_the_link_before_and_the_line(
    body: dict[str, Any], amount: int, day: date
) -> None:
    draft = Draft("payment.received", day, "provider:bank", 7, amount, 0, body)
    before = Head(3, 50, first_link(42))
    fact, row = sealed(42, before, 100, draft)
    assert fact.link == link_of(before.link, fact) == _by_hand(before.link, fact)
    assert (fact.seq, fact.at, fact.body) == (4, 100, body)
    assert row.endswith(fact.link)


def test_the_first_link_and_a_known_one() -> None:
    start = first_link(100001)
    assert start.hex() == hashlib.sha256(b"evenhand 1 100001").hexdigest()
    draft = Draft(
        "borrower.enrolled", date(2026, 3, 1), "staff:1", body={"zone": "期", "lang": "en"}
    )
    fact, _ = sealed(100001, Head(0, 0, start), 1_772_000_000_000_000, draft)
    line = (
        '[100001,1,0,"2026-03-01",1772000000000000,"borrower.enrolled",0,0,"staff:1",'
        '{"lang":"en","zone":"期"}]'
    )
    assert fact.link == hashlib.sha256(start + line.encode()).digest()


def test_a_clock_that_runs_behind_does_not_contradict_the_order() -> None:
    fact, _ = sealed(1, Head(1, 900, bytes(32)), 800, Draft("x", date(2026, 1, 1), "staff"))
    assert fact.at == 900


def test_what_receipts_print() -> None:
    assert Head(1, 0, bytes(range(32))).reference == "000102030405"
