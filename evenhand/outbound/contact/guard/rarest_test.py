"""A wording has what is asked of it, and what is seldom there is asked."""

from hypothesis import given
from hypothesis import strategies as st

from evenhand.outbound.contact.guard.rarest import COMMON, often, rarest, worth
from evenhand.outbound.contact.guard.things import found_in, things

WORDINGS = st.lists(st.sampled_from(["你", "断腿", "pay", "b", "|", "0", "00"]), max_size=8)


@given(WORDINGS)
def test_a_text_that_is_the_wording_has_its_thing(parts: list[str]) -> None:
    line = "".join(parts)
    text = line.replace("|", " ").replace("0", "7")
    thing, has = rarest(line), found_in(text, [things(f"|{text}|")])
    if thing is None:
        assert not has.words and not has.figures and not has.chinese[0]
    elif thing[0] == "0":
        assert len(thing) <= has.figures
    else:
        words = any(thing in f"|{word}|" for word in has.words)
        assert words or thing in has.pairs or thing in has.chinese[0]


def test_what_is_seldom_there_is_asked() -> None:
    assert rarest("|for|your|mother|") == "your|mother"
    assert rarest("给您断腿") in ("您断", "断腿")
    assert worth(frozenset({"您", "的"})) > worth(frozenset({"腿", "胳膊"}))


def test_what_many_have_is_had_oftener_than_anything_else_of_its_sort() -> None:
    for each in COMMON:
        as_thing = f"|{each}|" if each.isascii() else each
        other = "|" + "q" * len(each) + "|" if each.isascii() else "龘" * len(each)
        assert often(as_thing) > often(other) or (len(each) == 1 and each.isascii())
