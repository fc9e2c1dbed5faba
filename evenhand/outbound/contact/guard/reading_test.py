"""What is read by the net is what is read pattern by pattern: the same findings for every text."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.outbound.contact import words
from evenhand.outbound.contact.guard import lexicon
from evenhand.outbound.contact.guard.excuses import Words
from evenhand.outbound.contact.guard.net import Net
from evenhand.outbound.contact.guard.normal import normal
from evenhand.outbound.contact.guard.normal_test import HIDDEN, LAWFUL
from evenhand.outbound.contact.guard.phrases_test import OFFENDS, PASSES
from evenhand.outbound.contact.guard.reading import reading
from evenhand.outbound.contact.guard.screen import Finding, screen

UNSEEN = Path("benchmarks/unseen")
MIXED = ["in", "extradit你a", "we watch你 exactly your house", "jail。 discuss你 with ur workplace"]
"""Where a Chinese character is a letter of a word, as `re` has it."""
LISTS = [line for each in UNSEEN.glob("*.txt") for line in each.read_text("utf-8").splitlines()]
TEXTS = [
    *(text for *_, text in (*OFFENDS, *PASSES, *HIDDEN)),
    *(line.split(" ", 2)[-1] for line in LISTS),
    *(text for said in words.shipped().values() for text in said.values()),
    *LAWFUL,
    *MIXED,
]
PLAIN = [normal(text).text for text in TEXTS]


def _plain(text: str, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """The findings where every saying and every frame is tried."""
    with monkeypatch.context() as plain:
        plain.setattr(Net, "may", lambda net, _found: [*range(net.size)])
        return screen(text, "en")


def test_what_is_kept_is_found_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in TEXTS:
        assert screen(text, "en") == _plain(text, monkeypatch), text


@given(st.lists(st.sampled_from(TEXTS), min_size=2, max_size=3), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_found_alike(
    monkeypatch: pytest.MonkeyPatch, texts: list[str], data: st.DataObject
) -> None:
    """Stretches of what is kept, put together."""
    parts = []
    for text in texts:
        first, last = sorted(data.draw(st.integers(0, len(text))) for _ in range(2))
        parts.append(text[first:last] or text)
    text = data.draw(st.sampled_from(["", " ", "。", "\n", "é", "٣"])).join(parts)
    assert screen(text, "en") == _plain(text, monkeypatch)


@pytest.mark.parametrize("read", ["zh-Hans", "en"])
def test_alternatives_apart_find_what_their_pattern_finds_whole(read: str) -> None:
    wholes = [(each, said) for each in lexicon.categories(read) for said in each.say]
    for at, (category, whole) in enumerate(wholes):
        pattern = re.compile(whole)
        sayings = [each for each in reading(read).sayings if each.at == at]
        for text in PLAIN[at % 20 :: 20]:
            found = [(category, each.span()) for each in pattern.finditer(text)]
            assert [*lexicon.said(sayings, text)] == found


@pytest.mark.parametrize("read", ["zh-Hans", "en"])
def test_most_of_it_need_not_be_looked_for(read: str) -> None:
    texts = PLAIN[::5]
    may = [reading(read).may(Words(text).found()) for text in texts]
    assert sum(len(each.sayings) for each in may) < len(texts) * 6
    assert sum(len(each.frames) for each in may) < len(texts) * 3
