"""Whom a reference reached."""

from datetime import date

import pytest

from evenhand.ledger import made_up as m
from evenhand.ledger import references
from evenhand.ledger.streams import append

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
PRINTED = "0a1b2c3d4e5f"


def test_the_message_that_printed_it_is_found_and_nothing_else_is() -> None:
    left = m.leaving(D, 3)
    drafts = [
        m.enrolled(D),
        m.signed(7, D),
        m.intended(D, {7: 1}, D, 2),
        left._replace(body={**left.body, "reference": PRINTED}),
    ]
    append(41, drafts, at=m.noon(D), expected_seq=0)
    assert references.whose(PRINTED) == (41, 4)
    assert references.whose("0" * 12) is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [(" 0A1B 2C3D-4E5F ", PRINTED), ("０ａ１ｂ２ｃ３ｄ４ｅ５ｆ", PRINTED), ("0a1b", ""), ("", "")],
    ids=["as printed in groups", "in full width", "too short", "nothing"],
)
def test_a_reference_is_read_as_people_type_it(text: str, plain: str) -> None:
    assert references.typed(text) == plain
