"""A net names every pattern that is in a text; no offence slips through it."""

import re

import pytest

from evenhand.outbound.contact.guard import lexicon
from evenhand.outbound.contact.guard.net import Net
from evenhand.outbound.contact.guard.normal import normal
from evenhand.outbound.contact.guard.phrases_test import OFFENDS, PASSES
from evenhand.outbound.contact.guard.pieces import things

TEXTS = [normal(text).text for *_, text in (*OFFENDS, *PASSES)][::8]


@pytest.mark.parametrize("read", ["zh-Hans", "en"])
def test_what_the_net_does_not_name_is_not_there(read: str) -> None:
    known = lexicon.patterns(read)
    for text in TEXTS:
        named = {pattern for _, pattern in known.catch(text, things(text))}
        for _, pattern in known.patterns:
            assert pattern in named or not pattern.search(text), (pattern, text)


def test_most_patterns_need_not_be_looked_for() -> None:
    known = lexicon.patterns("zh-Hans")
    named = sum(len(known.catch(text, things(text))) for text in TEXTS)
    assert named < len(TEXTS) * 10


def test_the_first_pattern_is_the_lowest_bit() -> None:
    net = Net(["报警.{0,4}抓", "sb", "[a-z]+c"])
    for text, there in (("报警来抓", 1), ("sb", 2), ("abc 抓人报警", 5), ("报警", 0)):
        assert net.may(text, things(text)) == there
        assert [bool(re.search(each, text)) for each in ("sb", "[a-z]+c")] == [
            bool(there & 2),
            bool(there & 4),
        ]
