"""When a message may leave, as tables: by the borrower's clock, refused where in doubt."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from evenhand.core.gate_columns import ALL_DEBTS, YES
from evenhand.core.words import CHANNELS, PURPOSES
from evenhand.ledger import house, streams
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact import ask, known
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.outbound.contact.wanted import Wanted, rank_of
from evenhand.outbound.contact.wording import Offends, Wording

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)
ON = house.day_number(DAY)
NONE = np.zeros(0, dtype=np.int64)
CHOSEN = {"channel": "sms", "step": 1, "template": "attention"}
NEXT = iter(range(910_001, 920_000))


def enrolled(zone: str, lang: str = "zh-hans") -> int:
    borrower = next(NEXT)
    begun = Draft("borrower.enrolled", DAY, "staff:1", body={"lang": lang, "zone": zone})
    streams.append(borrower, [begun], at=moment(date(2026, 3, 1)), expected_seq=0)
    return borrower


def wanted(*borrowers: int, channel: str = "sms", disclosed: int = YES) -> Wanted:
    count = len(borrowers)
    codes = np.zeros(count, dtype=np.int8)
    numbers = np.zeros(count, dtype=np.int64)
    return Wanted(
        borrower=np.array(borrowers, dtype=np.int64),
        channel=codes + np.int8(CHANNELS.index(channel)),
        mode=codes,
        to=codes,
        purpose=codes + np.int8(PURPOSES.index("collect")),
        address=numbers + 7,
        debts=np.full(count, ALL_DEBTS, dtype=np.uint64),
        disclosed=codes + np.int8(disclosed),
        days_late=numbers + 1,
        overdue_minor=numbers + 100,
    )


def asked(wants: Wanted, at: int) -> ask.Answer:
    return ask.ask(wants, known.Books(NONE, NONE), ON, at)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("Asia/Shanghai", 8), ("Asia/Urumqi", 10), ("Asia/Tokyo", 7), ("Europe/Berlin", 14)],
)
def test_eight_oclock_is_the_borrowers_own(zone: str, hour: int) -> None:
    found = asked(wanted(enrolled(zone)), moment(DAY, 0, 5))
    assert found.allowed.tolist() == [True]
    assert found.due_at.tolist() == [moment(DAY, hour) // 1_000_000]


@pytest.mark.parametrize("zone", ["", "Mars/Olympus"])
def test_without_a_zone_we_know_nothing_leaves(zone: str) -> None:
    found = asked(wanted(enrolled(zone)), moment(DAY, 0, 5))
    assert found.allowed.tolist() == [False]
    assert len(found.refused["unknown.zone"]) == 1


def test_a_stranger_to_the_ledger_is_refused() -> None:
    assert asked(wanted(999_999), moment(DAY, 0, 5)).allowed.tolist() == [False]


@pytest.mark.parametrize(("until_hour", "due_hour"), [(9, 9), (15, 15), (22, None)])
def test_a_wish_for_quiet_hours_moves_the_message_within_the_day(
    until_hour: int, due_hour: int | None
) -> None:
    borrower = enrolled("Asia/Shanghai")
    wish = Draft(
        "wish.hours", DAY, "borrower", body={"from_minute": 0, "until_minute": until_hour * 60}
    )
    learn(borrower, wish, at=moment(date(2026, 3, 2)))
    found = asked(wanted(borrower), moment(DAY, 0, 5))
    assert found.allowed.tolist() == [due_hour is not None]
    if due_hour is not None:
        assert found.due_at.tolist() == [moment(DAY, due_hour) // 1_000_000]


def test_a_measure_the_contract_does_not_name_is_refused() -> None:
    borrower = enrolled("Asia/Shanghai")
    found = asked(wanted(borrower, disclosed=0), moment(DAY, 0, 5))
    assert found.allowed.tolist() == [False]


def test_nothing_can_be_asked_for_a_day_that_is_over() -> None:
    found = asked(wanted(enrolled("Asia/Shanghai")), moment(date(2026, 4, 3), 9))
    assert found.allowed.tolist() == [False]


def test_the_draft_says_what_was_judged_and_in_whose_language() -> None:
    borrower = enrolled("Asia/Shanghai", lang="en")
    draft = ask.draft(asked(wanted(borrower), moment(DAY, 0, 5)), 0, ON, 1, CHOSEN, {})
    assert (draft.kind, draft.day, draft.hand) == ("contact.intended", DAY, "dayclose")
    assert (draft.body["lang"], draft.body["judged_seq"]) == ("en", 1)
    assert draft.body["due_at"] == moment(DAY, 8)


def test_words_that_offend_are_not_asked_for() -> None:
    """A wording approved before the guard knew better is found before anything is intended."""
    answer = asked(wanted(enrolled("Asia/Shanghai", lang="en")), moment(DAY, 0, 5))
    key, said = "sms/attention/en", {"text": "[{lender}] Pay or go to jail. {hotline} {reference}"}
    approved = {key: Wording(key, said, "", 1)}
    with pytest.raises(Offends, match="threat_arrest"):
        ask.draft(answer, 0, ON, 1, CHOSEN, approved)


def test_loans_of_a_borrower_are_numbered_for_the_gate() -> None:
    borrower, loan = np.array([7, 7, 9]), np.array([70, 71, 90])
    books = known.Books(borrower, loan)
    assert rank_of(borrower).tolist() == [0, 1, 0]
    bits = books.bits(np.array([7, 9, 9, 7]), np.array([71, 90, 71, 0]))
    assert bits.tolist() == [2, 1, ALL_DEBTS, ALL_DEBTS]


def test_words_nobody_wrote_are_not_intended() -> None:
    answer = asked(wanted(enrolled("Asia/Shanghai")), moment(DAY, 0, 5))
    with pytest.raises(ValueError, match="without words"):
        ask.draft(answer, 0, ON, 1, {**CHOSEN, "template": "remind.first"}, {})
