"""Sentences no pattern knows are held back where they are too like offences, and only then."""

from evenhand.outbound.contact.guard import likeness
from evenhand.outbound.contact.guard.excuses import Words
from evenhand.outbound.contact.guard.normal import normal
from evenhand.outbound.contact.guard.things import things


def test_what_weighs_most_names_the_category_and_the_place() -> None:
    text = "谢谢您的来信。明天就叫你单位的人都来看你的丑事。"
    ((category, (first, last)),) = likeness.likest(Words(normal(text).text))
    assert text[first:last] == "明天就叫你单位的人都来看你的丑事"
    assert category in ("shaming", "third_party_pressure")


def test_a_sentence_that_says_little_is_not_weighed() -> None:
    assert list(likeness.likest(Words(normal("还钱。丢人。").text))) == []


def test_the_weight_of_a_sentence_is_counted_thing_by_thing() -> None:
    """Worked out anew, without columns: the sum over the root of how many there are."""
    text = "再不还钱就让你全家在村里抬不起头"
    found = {*text, *(text[at : at + 2] for at in range(len(text) - 1))}
    weighs = sum(likeness.weights().by_thing.get(each, 0) for each in found)
    is_held = weighs / len(found) ** 0.5 > likeness.MOST
    assert is_held == bool(list(likeness.likest(Words(normal(text).text))))
    assert things(text) == found
