"""Phrases as people write them: rounds of offences and lawful answers, each written before the
guard had seen it. What it does with those it never saw is in `benchmarks/unseen/`."""

from pathlib import Path

import pytest

from evenhand.outbound.contact.guard.screen import screen

FOLDER = Path(__file__).with_name("phrases")
OFFENDS = [line.split(" ", 2) for line in (FOLDER / "offends.txt").read_text("utf-8").splitlines()]
PASSES = [line.split(" ", 1) for line in (FOLDER / "passes.txt").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("lang", "category", "text"), OFFENDS)
def test_an_offence_is_held_back(lang: str, category: str, text: str) -> None:
    assert category in {each.category for each in screen(text, lang)}


@pytest.mark.parametrize(("lang", "text"), PASSES)
def test_a_lawful_answer_goes(lang: str, text: str) -> None:
    assert screen(text, lang) == []
