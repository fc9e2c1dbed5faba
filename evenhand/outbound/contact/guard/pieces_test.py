"""What a pattern cannot do without is in every text it is found in."""

import pytest

from evenhand.outbound.contact.guard.pieces import ways

WAYS = [
    ("拉黑", [["拉黑"]]),
    ("(找|问)(你|您)家", [["找你", "找您", "问你", "问您"]]),
    ("让.{0,4}(同事|朋友)看", [["让"], ["同事", "朋友"]]),
    ("(?<!其)他(?!们)", [["他"]]),
    ("报警?", [["报", "报警"]]),
    (r"罚\d+块", [["罚"], ["块"]]),
    ("还(款|钱)+吧", [["还"], ["款", "钱"], ["吧"]]),
    ("[不没]还[^钱]", [["不还", "没还"]]),
    (r"sb|\d{4}", [[], []]),
]


@pytest.mark.parametrize(("pattern", "needs"), WAYS)
def test_a_way_needs_one_thing_of_each_clause(pattern: str, needs: list[list[str]]) -> None:
    found = [sorted(each) for way in ways(pattern) for each in way.clauses]
    assert found == [sorted(each) for each in needs if each]


def test_alternatives_are_told_apart_where_they_stand_in_no_brackets() -> None:
    assert [each.written for each in ways("(a|b)c|[|]d|e")] == ["(a|b)c", "[|]d", "e"]


@pytest.mark.parametrize(
    "pattern", [r"(?P<who>你)\1", r"(?i:报警)", r"(你|他)\1", r"\A报警", r"[\x20你]"]
)
def test_what_a_net_cannot_read_is_no_pattern(pattern: str) -> None:
    with pytest.raises(ValueError, match="a net can read"):
        ways(pattern)
