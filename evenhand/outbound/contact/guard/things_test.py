"""What stands in a text, counted anew."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from evenhand.outbound.contact.guard.excuses import Words
from evenhand.outbound.contact.guard.things import found_in, things

TEXTS = st.lists(st.sampled_from("还款钱。,;! ab.12٣é"), max_size=30).map("".join)


def _is_chinese(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff"


@given(TEXTS)
def test_characters_and_the_pairs_that_stand_beside_each_other(text: str) -> None:
    found = {each for each in text if _is_chinese(each)}
    for one, other in pairwise(text):
        pair = (one if _is_chinese(one) else "|") + (other if _is_chinese(other) else "|")
        found |= {pair} - {"||"}
    assert things(text) == found


def test_words_pairs_of_them_and_the_longest_stretch_of_figures() -> None:
    has = found_in("pay us 12-34 now 你 1,5", [])
    assert (has.words, has.pairs) == ({"pay", "us", "now"}, {"pay|us", "us|now"})
    assert has.figures == len("12-34 ")


@given(TEXTS)
def test_a_text_has_what_stands_across_the_end_of_a_sentence_too(text: str) -> None:
    has = set[str]().union(*Words(text).found().chinese)
    assert has >= things(f"|{text}|")
