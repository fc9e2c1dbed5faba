"""The weights that ship are those the phrases give, and are worth what the papers say."""

from dev.likeness import lawful, offences, weigh, written
from evenhand.outbound.contact.guard import likeness


def test_the_file_is_what_the_phrases_give() -> None:
    said = "python -m dev.likeness writes it anew"
    assert likeness.FILE.read_text("utf-8") == written(weigh(offences(), lawful())), said


def test_what_offences_have_oftener_weighs_more() -> None:
    weighed = weigh([("violence", "打你打你"), ("shaming", "打你家")], ["请您放心", "请您安心"])
    assert weighed["打你"] > (0, "") and weighed["打你"][1] == "violence"
    assert weighed["请您"] < (0, "") and weighed["请您"][1] == "-"
    assert "放心" not in weighed, "what is there once says nothing"
