"""What is no fact is refused before anything is written, and the refusal says what is wrong."""

from datetime import date, timedelta

import pytest

from evenhand.ledger import made_up as m
from evenhand.ledger.facts import Draft
from evenhand.ledger.kinds import KINDS, check

D = date(2026, 3, 1)
PAID = m.paid(7, D, 100)

WRONG = {
    "an unknown kind": (Draft("loan.forgotten", D, "staff"), "no kind of fact"),
    "a payment below zero": (PAID._replace(amount=-100), "wrong sign"),
    "a payment of nothing": (PAID._replace(amount=0), "wrong sign"),
    "an amount where none belongs": (m.enrolled(D)._replace(amount=1), "wrong sign"),
    "a reversal of nothing": (m.reversed_(7, D, 100, 0), "names no fact as its cause"),
    "a hand that may not": (PAID._replace(hand="dayclose"), "not for the hand 'dayclose'"),
    "a hand that is none": (PAID._replace(hand="provider:Zhang San"), "not for the hand"),
    "an unknown key": (PAID._replace(body={**PAID.body, "name": "x"}), "no key 'name'"),
    "a missing key": (PAID._replace(body={"channel": "bank"}), "key 'reference' is missing"),
    "free text": (PAID._replace(body={**PAID.body, "reference": "from Mr Li"}), "reference is not"),
    "a float": (m.intended(D, {7: 1}, D, 1)._replace(body={"due_at": 1.5}), "is missing"),
    "a float amount": (PAID._replace(amount=1.5), "is 1.5"),  # type: ignore[arg-type]
    "a bool amount": (PAID._replace(amount=True), "is True"),
    "an amount of more than 64 bits": (PAID._replace(amount=2**63), "is 9223372036854775808"),
    "a value day to come": (PAID._replace(day=D + timedelta(days=1)), "no day on or before"),
    "a day that is none": (m.signed(7, D, disbursed_on="2026-02-30"), "disbursed_on is not"),
    "an unknown word": (m.begun(D, "wish.opt_out", channel="fax"), "channel is not 'fax'"),
    "a float deep inside": (m.signed(7, D, instalments=[["2026-04-01", 1.0, 1]]), "instalments is"),
    "a null deep inside": (m.signed(7, D, instalments=[["2026-04-01", None, 1]]), "instalments is"),
    "a list for a code": (
        PAID._replace(body={"reference": [], "channel": "x"}),
        "reference is not",
    ),
    "a long name": (m.signed(7, D, product="p" * 33), "product is not"),
}


@pytest.mark.parametrize("what", WRONG)
def test_refused(what: str) -> None:
    draft, why = WRONG[what]
    with pytest.raises(ValueError, match=why):
        check(draft, D)


def test_right_ones_pass() -> None:
    for draft in (PAID, m.enrolled(D), m.signed(7, D), m.imported(8, D), m.leaving(D, 3)):
        check(draft, D)


def test_a_contact_may_lie_ahead() -> None:
    check(m.intended(D + timedelta(days=1), {7: 1}, D, 3), D)


def test_the_table_speaks_of_known_ways_to_touch() -> None:
    assert {kind.touches for kind in KINDS.values()} == {"money", "step", "contact", "none"}
    assert all(kind.must <= kind.checks.keys() for kind in KINDS.values())
