"""Which contacts count, and how far the ladder has come."""

from datetime import date, timedelta

import pytest

from evenhand.core import words
from evenhand.ledger import contacts
from evenhand.ledger import made_up as m
from evenhand.ledger.facts import Draft
from evenhand.ledger.house import day_number
from evenhand.ledger.rebuild import rebuild
from evenhand.ledger.streams import append, stream

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
HOUR = 3_600_000_000


@pytest.fixture
def book(db: None) -> None:
    """A borrower with two loans."""
    append(41, [m.enrolled(D), m.signed(7, D), m.signed(8, D)], at=m.noon(D), expected_seq=0)


def _say(*drafts: Draft, seq: int, at: int = m.noon(D)) -> None:
    append(41, drafts, at=at, expected_seq=seq)


def _stages() -> list[str]:
    return [contacts.STAGES[stage] for stage in contacts.contacts([41])["stage"].tolist()]


def _counted(since: int = 0) -> list[tuple[int, int]]:
    found = contacts.contact_history([41], since)
    return list(zip(found["seq"].tolist(), found["at"].tolist(), strict=True))


def test_a_waiting_one_counts_at_the_moment_it_is_due(book: None) -> None:
    _say(m.intended(D + timedelta(days=1), {7: 1}, D, 3), seq=3)
    due = m.noon(D + timedelta(days=1))
    assert _counted() == [(4, due)]
    assert _counted(since=due) == [(4, due)]
    assert _counted(since=due + 1) == []


def test_one_that_left_counts_at_the_moment_it_left(book: None) -> None:
    _say(m.intended(D, {7: 1}, D, 3), seq=3)
    _say(m.leaving(D, 4), seq=4, at=m.noon(D) + HOUR)
    _say(m.answered(D, 5), seq=5, at=m.noon(D) + 2 * HOUR)
    assert _counted() == [(4, m.noon(D) + HOUR)]
    assert _stages() == ["sent"]


@pytest.mark.parametrize("kind", ["contact.withdrawn", "contact.refused"])
def test_one_that_never_left_does_not_count(book: None, kind: str) -> None:
    _say(m.intended(D, {7: 1}, D, 3), seq=3)
    _say(m.stopped(D, 4, kind), seq=4)
    assert _counted() == []


def test_failed_does_not_count_unknown_does_and_may_be_answered_late(book: None) -> None:
    _say(m.intended(D, {7: 1}, D, 3), seq=3)
    _say(m.leaving(D, 4), m.answered(D, 5, "contact.unknown"), seq=4)
    assert len(_counted()) == 1
    _say(m.answered(D, 5, "contact.failed"), seq=6)
    assert _counted() == []
    assert _stages() == ["failed"]


def test_a_refusal_to_a_person_is_no_contact(book: None) -> None:
    refused = Draft("contact.refused", D, "staff:2", body={"rules": [], "not_before": 0})
    _say(refused, seq=3)
    assert len(contacts.contacts([41])) == 0


def test_a_contact_before_an_import_counts(book: None) -> None:
    body = {
        "at": m.noon(D) - HOUR,
        "channel": "call",
        "direction": "out",
        "outcome": "conversation",
    }
    _say(Draft("contact.prior", D, "import", body=body), seq=3)
    row = contacts.contact_history([41], 0)[0]
    assert row["at"] == m.noon(D) - HOUR
    assert words.OUTCOMES[row["outcome"]] == "conversation"
    assert words.CHANNELS[row["channel"]] == "call"


def test_every_loan_named_takes_its_own_rung(book: None) -> None:
    _say(m.intended(D, {7: 3, 8: 1}, D - timedelta(days=3), 3), seq=3)
    found = contacts.progress([41])
    since = day_number(D) - 3
    assert found.tolist() == [(41, 7, 3, since, 4), (41, 8, 1, since, 4)]
    plain = m.intended(D, {7: 7}, D, 4)
    _say(plain._replace(body={**plain.body, "loans": [8]}), seq=4)
    assert contacts.progress([41]).tolist()[1] == (41, 8, 7, day_number(D), 5)


def _failed(cause: int, again: int) -> Draft:
    draft = m.answered(D, cause, "contact.failed")
    return draft._replace(body={**draft.body, "again": again})


def _rungs() -> list[int]:
    """The rung of each loan as projected, which is the one that the facts alone give."""
    found = contacts.progress([41])
    assert found.tolist() == contacts.progress_by(stream(41)).tolist()
    assert [difference for _, some in rebuild() for difference in some] == []
    return [int(rung) for rung in found["rung"]]


@pytest.mark.parametrize(("again", "rungs"), [(1, [2, 0]), (0, [3, 1])])
@pytest.mark.parametrize("at_once", [True, False])
def test_what_failed_for_now_gives_its_rungs_back(
    book: None, again: int, rungs: list[int], at_once: bool
) -> None:
    drafts = [m.intended(D, {7: 3, 8: 1}, D, 3), m.leaving(D, 4), _failed(5, again)]
    if at_once:
        _say(*drafts, seq=3)
    else:
        for seq, draft in enumerate(drafts, start=3):
            _say(draft, seq=seq)
    assert _rungs() == rungs


def test_a_late_failure_takes_no_rung_from_a_later_intention(book: None) -> None:
    _say(m.intended(D, {7: 3, 8: 1}, D, 3), m.leaving(D, 4), seq=3)
    _say(m.answered(D, 5, "contact.unknown"), m.intended(D, {7: 7}, D, 6), seq=5)
    _say(_failed(5, again=1), seq=7)
    assert _rungs() == [7, 0]
