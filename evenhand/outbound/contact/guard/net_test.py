"""A net names every row whose clauses a text meets."""

from hypothesis import given
from hypothesis import strategies as st

from evenhand.outbound.contact.guard.net import LEVELS, LONGEST, Net
from evenhand.outbound.contact.guard.things import Found, found_in, things

THINGS = ["你", "你他", "|你", "|pay|", "pay|", "ay", "b", "pay|us", "000", "00000"]
ROWS = st.lists(
    st.lists(st.frozensets(st.sampled_from(THINGS), min_size=1), max_size=LEVELS), max_size=8
)
TEXTS = st.lists(st.sampled_from(["你", "他", "pay", "b", "us", " ", "1", ","])).map("".join)


def _has(found: Found, thing: str) -> bool:
    """Asked thing by thing."""
    if thing[0] == "0":
        return len(thing) <= found.figures
    if "|" in thing.strip("|"):
        return thing in found.pairs
    if thing.isascii():
        return any(thing in f"|{word}|" for word in found.words)
    return any(thing in some for some in found.chinese)


@given(ROWS, TEXTS)
def test_a_row_is_named_where_each_of_its_clauses_has_a_thing(
    rows: list[list[frozenset[str]]], text: str
) -> None:
    found = found_in(text, [things(text)])
    assert Net(rows).may(found) == [
        at
        for at, row in enumerate(rows)
        if all(any(_has(found, thing) for thing in clause) for clause in row)
    ]


def test_a_long_word_is_read_and_not_remembered() -> None:
    net, word = Net([[frozenset({"pay"})]]), "a" * LONGEST
    assert net.may(found_in(f"{word}pay", [])) == [0]
    assert net.may(found_in(word, [])) == []
    assert [*net._of_word] == [word]
