"""What holds for a person for a while."""

from datetime import date

import pytest

from evenhand.core import words
from evenhand.ledger import made_up as m
from evenhand.ledger import states
from evenhand.ledger.facts import Draft
from evenhand.ledger.streams import append

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
HOUR = 3_600_000_000


@pytest.fixture
def book(db: None) -> None:
    """A borrower with two loans."""
    append(41, [m.enrolled(D), m.signed(7, D), m.signed(8, D)], at=m.noon(D), expected_seq=0)


def _say(*drafts: Draft, seq: int, at: int = m.noon(D)) -> None:
    append(41, drafts, at=at, expected_seq=seq)


def test_states_begin_and_end(book: None) -> None:
    _say(
        m.begun(D, "wish.hours", weekdays=["mon", "sun"], from_minute=600, until_minute=720),
        m.begun(D, "wish.opt_out", channel="sms"),
        m.begun(D, "plan.agreed", until=m.noon(D) + 9 * HOUR),
        seq=3,
    )
    _say(m.ended(D, "wish.withdrawn", 5), seq=6, at=m.noon(D) + HOUR)
    hours, sms, plan = states.states([41])
    assert words.STATE_KINDS[hours["kind"]] == "inconvenient"
    assert (hours["weekdays"], hours["from_minute"], hours["channel"]) == (65, 600, words.ANY)
    assert hours["until"] == states.WITHOUT_END
    assert words.CHANNELS[sms["channel"]] == "sms" and sms["until"] == m.noon(D) + HOUR
    assert plan["until"] == m.noon(D) + 9 * HOUR


def test_an_end_of_another_kind_is_refused(book: None) -> None:
    _say(m.begun(D, "complaint.opened"), seq=3)
    with pytest.raises(ValueError, match="no such state"):
        _say(m.ended(D, "plan.ended", 4), seq=4)


def test_a_state_that_is_over_is_not_ended_again(book: None) -> None:
    _say(m.begun(D, "complaint.opened"), seq=3)
    _say(m.ended(D, "complaint.answered", 4), seq=4, at=m.noon(D) + HOUR)
    with pytest.raises(ValueError, match="no such state"):
        _say(m.ended(D, "complaint.answered", 4), seq=5, at=m.noon(D) + 2 * HOUR)


def test_begun_and_ended_in_one_breath(book: None) -> None:
    later = m.begun(D, "state.began", state="disaster", since=m.noon(D) - HOUR)
    _say(later, seq=3)
    _say(m.begun(D, "complaint.opened"), m.ended(D, "state.ended", 4), seq=4, at=m.noon(D) + HOUR)
    disaster, complaint = states.states([41])
    assert (disaster["since"], disaster["until"]) == (m.noon(D) - HOUR, m.noon(D) + HOUR)
    assert complaint["until"] == states.WITHOUT_END
    assert words.STATE_KINDS[disaster["kind"]] == "disaster"
