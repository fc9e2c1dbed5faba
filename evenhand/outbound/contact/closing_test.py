"""The statements under words of staff: which the packs ask for, in whose language."""

from datetime import date

import pytest

from evenhand.law.schema import STATEMENTS
from evenhand.outbound.contact import closing
from evenhand.outbound.contact.guard.screen import screen
from evenhand.outbound.contact.made_up import moment

DAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("packs", "asked"),
    [
        (("cn",), ("who_writes",)),
        (("us",), ("how_to_opt_out",)),
        (("sg",), ()),
        (("cn", "policy"), STATEMENTS),
    ],
)
def test_the_packs_say_what_must_be_stated(
    packs: tuple[str, ...], asked: tuple[str, ...], settings: object
) -> None:
    settings.EVENHAND_PACKS = packs  # type: ignore[attr-defined]
    assert closing.required(DAY) == asked


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["zh-Hant", "zh-Hans", "en"])
def test_each_statement_passes_the_guard_itself(lang: str) -> None:
    said = closing.lines(lang, 7, at=moment(DAY, 12))
    assert len(said) == len(STATEMENTS)
    assert screen("\n".join(said), lang, (), ()) == []
