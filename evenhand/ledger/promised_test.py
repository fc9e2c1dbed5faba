"""Answers with a last day: working days, and late said once."""

from datetime import date, timedelta

from evenhand.ledger.facts import Fact
from evenhand.ledger.promised import accept_by, answer_by, late

FRIDAY = date(2026, 5, 15)
DAY = timedelta(days=1)


def fact(seq: int, kind: str, cause: int = 0) -> Fact:
    return Fact(7, seq, 3, FRIDAY, 1, kind, 0, cause, "borrower", {}, b"")


def test_the_last_day_counts_working_days_and_what_we_offer_every_day() -> None:
    assert answer_by(FRIDAY, 1) == FRIDAY + 3 * DAY
    assert answer_by(FRIDAY, 5) == FRIDAY + 7 * DAY
    assert accept_by(FRIDAY, 7) == FRIDAY + 7 * DAY


def test_late_is_said_at_the_end_of_the_last_day_and_once() -> None:
    asked, due = fact(4, "relief.asked"), FRIDAY
    assert not late("relief.answer_late", asked, due, None, due - DAY)
    (said,) = late("relief.answer_late", asked, due, None, due)
    assert (said.kind, said.loan, said.cause, said.day) == ("relief.answer_late", 3, 4, due)
    assert late("relief.answer_late", asked, due, None, due + 9 * DAY), "it had not been said"
    assert not late("relief.answer_late", asked, due, fact(5, said.kind, 4), due + DAY)
