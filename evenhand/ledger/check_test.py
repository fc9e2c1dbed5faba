"""What check says of heads; of roles and triggers `append_only_test` asks it."""

from datetime import date

import pytest

from evenhand.ledger import made_up as m
from evenhand.ledger.check import DAY, check
from evenhand.ledger.columns import run
from evenhand.ledger.parts import PARTS, part_of
from evenhand.ledger.streams import Append, append_many

D = date(2026, 3, 1)
NOW = m.noon(D)


@pytest.fixture
def streams_everywhere(db: None) -> None:
    """300 streams of one fact, some in each part."""
    borrowers = range(100, 400)
    assert {part_of(borrower) for borrower in borrowers} == set(range(PARTS))
    append_many([Append(b, 0, [m.enrolled(D)]) for b in borrowers], at=NOW)


BEYOND = """
    insert into ledger_fact select borrower, 9, loan, day, at, kind, amount, 0, hand, body, link
    from ledger_fact where borrower = 107
"""


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        ("update ledger_stream set seq = 3 where borrower = 107", "head is not at their last fact"),
        (BEYOND, "head is not at their last fact"),
        (BEYOND.replace("select borrower", "select 700001"), "head is not at their last fact"),
        (
            "update ledger_stream set seq = 2, at = at + interval '25 h' where borrower = 107",
            "1 heads lie more than a day ahead of the house clock; the first is 107",
        ),
    ],
)
def test_check_finds_a_head_astray(streams_everywhere: None, spoil: str, told: str) -> None:
    assert not [finding for finding in check(NOW) if finding.fails]
    run(spoil)
    assert any(finding.fails and told in finding.what for finding in check(NOW))


def test_a_day_ahead_is_the_most(streams_everywhere: None) -> None:
    assert not [finding for finding in check(NOW - DAY) if finding.fails]
    ahead = [finding for finding in check(NOW - DAY - 1) if finding.fails]
    assert len(ahead) == PARTS and all("ahead" in finding.what for finding in ahead)
