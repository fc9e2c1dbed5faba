"""Packs load or say why not: a small good pack, and one fault in it at a time."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from evenhand.law import loader
from evenhand.law.schema import PackError

HEAD = """
schema = "lawpack/1"
pack = "toy"
name = { zh-Hant = "例", zh-Hans = "例", en = "Toy" }
jurisdiction = "XX"
zone = "Asia/Shanghai"
reviewed_on = "2026-11-23"
review_again_on = "2027-02-23"

[instrument.act]
title = "The Toy Act"
short = "Toy Act"
kind = "statute"
force = "hard"
from = "2020-01-01"
url = "https://example.org/act"
read_on = "2026-11-23"
"""
RULES = """
[[rule]]
id = "toy.talk"
type = "frequency"
effect = "deny"
law_effect = "should_not"
title = { zh-Hant = "次數", zh-Hans = "次数", en = "Talks" }
says = { zh-Hant = "{max} 次", zh-Hans = "{max} 次", en = "{max} talks in {n} day" }

[[rule.value]]
from = "2020-01-01"
on = { channel = ["call"], to = ["debtor"] }
count = "conversation_outbound"
max = 3
window = { unit = "calendar_day", n = 1 }
scope = ["lender_group", "debtor"]
ref = [{ instrument = "act", article = "s. 1", read = "seen" }]

[[rule.value]]
from = "2024-01-01"
start_unverified = true
count = "conversation_outbound"
max = 2
window = { unit = "calendar_day", n = 1 }
scope = ["lender_group", "debtor"]
ref = [{ instrument = "act", article = "s. 1a", read = "secondary", note = "as amended" }]

[[rule.value]]
from = "2026-01-01"
ends = true
ref = [{ instrument = "act", article = "s. 9", read = "seen" }]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "toy"
    home.mkdir()
    (home / "pack.toml").write_text(HEAD, "utf-8")
    (home / "rules.toml").write_text(RULES, "utf-8")
    return home


FAULTS = {
    "an unknown key in the head": ("pack.toml", 'schema = "', 'colour = "red"\nschema = "'),
    "another schema": ("pack.toml", "lawpack/1", "lawpack/2"),
    "a name without a language": ("pack.toml", 'zh-Hant = "例", ', ""),
    "no day of review": ("pack.toml", 'reviewed_on = "2026-11-23"\nrev', "rev"),
    "a day without quotes": ("pack.toml", '"2027-02-23"', "2027-02-23"),
    "a day there is not": ("pack.toml", "2027-02-23", "2027-02-30"),
    "an unknown kind of instrument": ("pack.toml", '"statute"', '"rumour"'),
    "an unknown force": ("pack.toml", '"hard"', '"brute"'),
    "an unknown key in an instrument": ("pack.toml", "short =", "nick = 'T'\nshort ="),
    "no link anywhere": ("pack.toml", 'url = "https://example.org/act"\n', ""),
    "no TOML": ("rules.toml", "[[rule]]", "[[rule"),
    "something beside rules": ("rules.toml", "[[rule]]", "x = 1\n[[rule]]"),
    "an unknown key in a rule": ("rules.toml", 'effect = "deny"', 'effect = "deny"\nmood = 1'),
    "no title": ("rules.toml", "title = {", "titel = {"),
    "an unknown type": ("rules.toml", '"frequency"', '"often"'),
    "an unknown effect": ("rules.toml", '"deny"', '"shout"'),
    "an unknown effect of the law": ("rules.toml", '"should_not"', '"may_be"'),
    "a rule of another pack": ("rules.toml", '"toy.talk"', '"cn.talk"'),
    "an unknown key in a value": ("rules.toml", "max = 3", "max = 3\nmin = 1"),
    "a number missing": ("rules.toml", "max = 3\n", ""),
    "a number below zero": ("rules.toml", "max = 3", "max = -3"),
    "a word for a number": ("rules.toml", "max = 3", 'max = "three"'),
    "an unknown basis of counting": ("rules.toml", '"conversation_outbound"', '"chats"'),
    "an unknown unit": ("rules.toml", '"calendar_day"', '"fortnight"'),
    "an unknown scope": ("rules.toml", '"lender_group"', '"everybody"'),
    "an unknown channel": ("rules.toml", '["call"]', '["fax"]'),
    "an unknown recipient": ("rules.toml", 'to = ["debtor"]', 'to = ["dog"]'),
    "no source": (
        "rules.toml",
        'ref = [{ instrument = "act", article = "s. 1", read = "seen" }]',
        "",
    ),
    "an empty list of sources": (
        "rules.toml",
        'ref = [{ instrument = "act", article = "s. 1", read = "seen" }]',
        "ref = []",
    ),
    "an unknown instrument": ("rules.toml", 'instrument = "act"', 'instrument = "hearsay"'),
    "a source from memory": ("rules.toml", 'read = "seen"', 'read = "memory"'),
    "a statute read as house policy": ("rules.toml", 'read = "seen"', 'read = "house"'),
    "a link that is none": ("pack.toml", "https://example.org/act", "on the shelf"),
    "a review before the last one": ("pack.toml", "2027-02-23", "2026-11-23"),
    "an instrument that ends before it begins": (
        "pack.toml",
        'from = "2020-01-01"',
        'from = "2020-01-01"\nuntil = "2020-01-01"',
    ),
    "a value that outlives its instrument": (
        "pack.toml",
        'from = "2020-01-01"',
        'from = "2020-01-01"\nuntil = "2025-12-31"',
    ),
    "a value on an instrument that has ended": (
        "pack.toml",
        'from = "2020-01-01"',
        'from = "2020-01-01"\nuntil = "2024-01-01"',
    ),
    "a count over no day": ("rules.toml", "n = 1", "n = 0"),
    "a count over more than a life": ("rules.toml", "n = 1", "n = 36501"),
    "a count no counter reaches": ("rules.toml", "max = 3", "max = 256"),
    "a value before its instrument": ("rules.toml", '"2020-01-01"', '"2019-12-31"'),
    "two values of one day": ("rules.toml", '"2024-01-01"', '"2020-01-01"'),
    "values out of order": ("rules.toml", '"2026-01-01"', '"2023-01-01"'),
    "an end that still says something": ("rules.toml", "ends = true", "ends = true\nmax = 1"),
    "an end that is false": ("rules.toml", "ends = true", "ends = false"),
    "a sentence with a number the value has not": ("rules.toml", "{max} talks", "{least} talks"),
    "no value": ("rules.toml", RULES[RULES.index("[[rule.value]]") :], "value = []\n"),
}


@pytest.mark.parametrize(("file", "before", "after"), FAULTS.values(), ids=FAULTS.keys())
def test_a_pack_with_one_fault_does_not_load(
    folder: Path, file: str, before: str, after: str
) -> None:
    text = (folder / file).read_text("utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after), "utf-8")
    with pytest.raises(PackError, match="toy"):
        loader.read(folder)


RULE = """
[[rule]]
id = "toy.one"
type = "TYPE"
effect = "inform"
law_effect = "requires"
title = { zh-Hant = "例", zh-Hans = "例", en = "One" }
says = { zh-Hant = "例", zh-Hans = "例", en = "One" }

[[rule.value]]
from = "2020-01-01"
ref = [{ instrument = "act", read = "seen" }]
"""
SAYS = {
    "hours": ('allow = [{ from = "08:00", to = "22:00" }]', '"22:00"', '"08:00"', "is not after"),
    "gap": (
        'after = "conversation_outbound"\ndays = 7\nscope = ["debtor"]',
        "7",
        "0",
        "days: is not from 1",
    ),
    "precondition": (
        'count = "sent"\nmin = 1\nwindow = { unit = "rolling_days", n = 7 }\nscope = ["debtor"]',
        "min = 1",
        "min = 0",
        "min: is not from 1",
    ),
    "deadline": (
        'event = "complaint_received"\nanswer_within_days = 15',
        "complaint",
        "complain",
        "event: unknown word",
    ),
    "duty": (
        'before = "enforcement"\nrequire = "reasonable_forbearance_offered"',
        "offered",
        "offer",
        "require: unknown word",
    ),
    "bureau": (
        'before = "report"\nrequire = "notify_subject_first"',
        '"report"',
        '"tell"',
        "before",
    ),
    "retention": ('what = "collection_records"\nkeep_years_min = 5', "records", "files", "what"),
    "cap": ('annual_percent = "24"\nincludes = ["interest"]', '"24"', '"24 %"', "annual_percent"),
    "payout": ('not_kept_back = ["interest", "fees"]', '"fees"', '"tips"', "unknown word"),
    "limitation": (
        'years = 3\nrestarts_on = ["demand_made"]\ntrigger = ["time_barred"]',
        "demand_made",
        "demanded",
        "restarts_on: unknown word",
    ),
}
"""By type: what a rule says, and one fault in it."""


@pytest.mark.parametrize("kind", SAYS)
def test_each_type_of_rule_says_what_can_be_kept_to(folder: Path, kind: str) -> None:
    says, before, after, why = SAYS[kind]
    file, text = folder / "one.toml", RULE.replace("TYPE", kind)
    file.write_text(text + says, "utf-8")
    assert loader.read(folder).rules[0].type == kind
    file.write_text(text + says.replace(before, after), "utf-8")
    with pytest.raises(PackError, match=why):
        loader.read(folder)


def test_a_cap_names_a_figure(folder: Path) -> None:
    (folder / "one.toml").write_text(RULE.replace("TYPE", "cap") + 'includes = ["fees"]', "utf-8")
    with pytest.raises(PackError, match="a cap without a figure"):
        loader.read(folder)


def test_a_rule_that_stands_twice_does_not_load(folder: Path) -> None:
    (folder / "more.toml").write_text(RULES, "utf-8")
    with pytest.raises(PackError, match="stands twice"):
        loader.read(folder)


def test_a_good_pack_says_what_holds_on_each_day(folder: Path) -> None:
    rule = loader.read(folder).rules[0]
    held = {day: rule.on(date.fromisoformat(day)) for day in DAYS}
    assert [value.says["max"] if value else None for value in held.values()] == [
        None,
        3,
        3,
        2,
        None,
    ]
    second = rule.values[1]
    assert second.start_unverified
    assert second.refs[0].cite == "Toy Act s. 1a"
    assert (second.refs[0].url, second.refs[0].read) == ("https://example.org/act", "secondary")
    assert rule.plain(second, "en") == "2 talks in 1 day"


DAYS = ["2019-12-31", "2020-01-01", "2023-12-31", "2024-01-01", "2026-01-01"]


def test_the_hash_is_of_a_text_anyone_can_write_again(folder: Path) -> None:
    pack = loader.read(folder)
    assert pack.sha256 == hashlib.sha256(pack.text.encode()).hexdigest()
    assert json.loads(pack.text)["rule"][0]["value"][0]["max"] == 3
    assert (
        json.dumps(json.loads(pack.text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        == pack.text
    )


def test_spaces_and_files_do_not_change_the_hash_but_a_number_does(folder: Path) -> None:
    before = loader.read(folder).sha256
    (folder / "rules.toml").rename(folder / "talks.toml")
    (folder / "talks.toml").write_text("# a comment\n\n" + RULES, "utf-8")
    assert loader.read(folder).sha256 == before
    (folder / "talks.toml").write_text(RULES.replace("max = 3", "max = 4"), "utf-8")
    assert loader.read(folder).sha256 != before


def test_packs_are_found_by_name_only() -> None:
    shipped = "cn, eu, hk, id, ie, in, ke, mx, ng, ph, policy, sg, tw, uk, us, us-ma, vn"
    assert ", ".join(loader.names()) == shipped
    for name in ("xx", "../law/cn", "", "cn/"):
        with pytest.raises(PackError, match="there is no pack"):
            loader.load(name)


OWN = 'says = { zh-Hant = "只 {max} 次", zh-Hans = "只 {max} 次", en = "no more than {max}" }\n'
SECOND = 'ref = [{ instrument = "act", article = "s. 1a"'


def test_a_value_may_have_a_sentence_of_its_own(folder: Path) -> None:
    file = folder / "rules.toml"
    file.write_text(RULES.replace(SECOND, OWN + SECOND), "utf-8")
    (rule,) = loader.read(folder).rules
    told = [rule.plain(value, "en") for value in rule.values[:2]]
    assert told == ["3 talks in 1 day", "no more than 2"]
    file.write_text(RULES.replace(SECOND, OWN.replace("max", "least") + SECOND), "utf-8")
    with pytest.raises(PackError, match=r"2024-01-01 has no \['least'\]"):
        loader.read(folder)
