"""The statements under words of staff: which the packs ask for, in whose language."""

from datetime import date

import pytest

from evenhand.law.schema import STATEMENTS
from evenhand.outbound.contact import closing
from evenhand.outbound.contact.guard.screen import screen
from evenhand.outbound.contact.made_up import moment

DAY = date(2026, 5, 4)


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["zh-Hant", "zh-Hans", "en"])
def test_each_statement_passes_the_guard_itself(lang: str) -> None:
    said = closing.lines(lang, 7, at=moment(DAY, 12))
    assert len(said) == len(STATEMENTS)
    assert screen("\n".join(said), lang, (), ()) == []
