"""What a pattern cannot do without is in every text it is found in."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evenhand.outbound.contact.guard.net import Net
from evenhand.outbound.contact.guard.pieces import alternatives, one_of, ways
from evenhand.outbound.contact.guard.things import SIGN, found_in, things

WAYS = [
    ("拉黑", [["拉黑"]]),
    ("(找|问)(你|您)家", [["找你", "找您", "问你", "问您"]]),
    ("让.{0,4}(同事|朋友)看", [["让"], ["事看", "朋友"]]),
    ("让.{0,4}(同事|朋友).{0,4}看", [["让"], ["同事", "朋友"], ["看"]]),
    ("(?<!其)他(?!们)", [["他"]]),
    ("报警?", [["报", "报警"]]),
    (r"罚\d+块", [["罚"], ["0"], ["块"]]),
    ("还(款|钱)+吧", [["还"], ["款", "钱"], ["吧"]]),
    ("[不没]还[^钱]", [["不还", "没还"]]),
    (r"\A报警", [["报警"]]),
    (r"[\x20你]他", [["|他", "你他"]]),
    ("(报警|报案).{0,2}", [["报警", "报案"]]),
    ("sb", [["sb"]]),
    (r"\bpay\w*", [["|pay"]]),
    (r"\b(?:pay|send) (?:it|us)\b", [["pay|it", "pay|us", "send|it", "send|us"]]),
    (r"(?<![a-z])sb(?![a-z])", [["|sb|"]]),
    (r"(?<![a-z])你", [["你"]]),
    (r"(?:your|ur)(?: \w+){0,2} dog", [["your|", "ur|"], ["|dog"]]),
    (r"(?<!\d)\d{4}-\d{2}", [["000000"]]),
    (r"\w+\.", []),
]


@pytest.mark.parametrize(("pattern", "needs"), WAYS)
def test_a_way_needs_one_thing_of_each_clause(pattern: str, needs: list[list[str]]) -> None:
    found = [sorted(each) for way in ways(pattern) for each in way.clauses]
    assert found == [sorted(each) for each in needs]


def test_alternatives_are_told_apart_where_they_stand_in_no_brackets() -> None:
    parted = ["(a|b)c", "[|]d", "[^]|]", r"\|", "e"]
    assert [*alternatives("|".join(parted))] == parted


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?P<who>你)\1",
        r"(?i:报警)",
        r"(?i)报警",
        r"(你|他)\1",
        "(?>报)警",
        "报*+警",
        "(报)?(?(1)警|案)",
        "(报警)?",
    ],
)
def test_what_a_net_cannot_read_is_no_pattern(pattern: str) -> None:
    with pytest.raises(ValueError, match="a net can read"):
        ways(pattern)


def test_what_meets_one_of_several_needs_is_not_known_where_one_of_them_is_not() -> None:
    pay, us = frozenset({"|pay|"}), frozenset({"|us|"})
    assert one_of([(pay,), (us,)]) == (pay | us,)
    assert one_of([(pay, us), (us,)]) == (pay | us, us)
    assert one_of([(pay,), ()]) == ()


LETTERS = ["你", "报", "警", "a", "b", "pay", " ", ",", "1", "٣", "é", "~", "-"]
ITEMS = [*LETTERS[:9], "[你a]", "[^b]", "[a-c]", "[你-报]", ".", r"\w", r"\d", r"\s", r"\b", "é"]
LOOKS = ["(?=%s)", "(?!%s)", "(?<![a-z])", "(?![a-z])", "(?<!你)"]
TIMES = ["", "", "", "?", "*", "+", "{2}", "{0,2}", "{1,3}?"]


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    parts = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        parts.map("".join),
        parts.map(lambda each: f"(?:{'|'.join(each)})"),
        st.tuples(inner, st.sampled_from(TIMES)).map(lambda each: f"(?:{each[0]}){each[1]}"),
        st.tuples(inner, st.sampled_from(LOOKS)).map(lambda each: each[1].replace("%s", each[0])),
    )


PATTERNS = st.recursive(st.sampled_from(ITEMS), _grown, max_leaves=12)
TEXTS = st.lists(st.sampled_from(LETTERS), max_size=12).map("".join)


@given(PATTERNS, st.lists(TEXTS, min_size=1, max_size=20))
@example("(?<![a-z])你", ["报你"])
@example(r"(?:pay|b)(?: \w+)* 你\b", ["b 你", "pay b 你"])
def test_a_pattern_that_is_found_is_named(pattern: str, texts: list[str]) -> None:
    try:
        named = [Net([way.clauses]) for way in ways(pattern)]
    except (ValueError, re.error):
        return
    for text in texts:
        if re.search(pattern, text):
            has = found_in(text, [things(f"{SIGN}{text}{SIGN}")])
            assert any(net.may(has) for net in named), (pattern, text)
