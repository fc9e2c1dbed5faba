"""Drafts: a folder, a file over a pack that ships, files sent in; and what is wrong with them."""

from pathlib import Path

import pytest

from evenhand.law import drafts, loader
from evenhand.law.schema import PackError

CONTACT = (loader.HOME / "cn" / "contact.toml").read_bytes()


def test_a_pack_that_ships_goes_by_its_name() -> None:
    assert drafts.named("cn") is loader.load("cn")


def test_a_folder_is_a_pack_whatever_it_is_called(tmp_path: Path) -> None:
    for path in (loader.HOME / "cn").glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert drafts.named(str(tmp_path)) == loader.load("cn")


def test_one_file_takes_the_place_of_the_one_that_ships(tmp_path: Path) -> None:
    file = tmp_path / "contact.toml"
    file.write_bytes(CONTACT.replace(b'to = "22:00"', b'to = "20:00"'))
    draft, shipped = drafts.named(str(file)), loader.load("cn")
    changed = [a.id for a, b in zip(draft.rules, shipped.rules, strict=True) if a != b]
    assert (draft.name, changed) == ("cn", ["cn.hours"]) and draft.sha256 != shipped.sha256


def test_a_file_of_a_new_name_stands_beside_the_others() -> None:
    pause = (loader.HOME / "policy" / "pauses.toml").read_bytes()
    more = pause[pause.index(b"[[rule]]") :].split(b"[[rule]]")[1].replace(b".complaint", b".more")
    draft = drafts.of_files({"more.toml": b"[[rule]]" + more}, "draft")
    assert {rule.id for rule in draft.rules} - {r.id for r in loader.load("policy").rules} == {
        "policy.pause.more"
    }


HEAD = (loader.HOME / "cn" / "pack.toml").read_bytes()
WRONG: dict[str, tuple[dict[str, bytes], str]] = {
    "no TOML": ({"contact.toml": CONTACT + b"\n[["}, "draft/contact.toml: "),
    "nothing but a fault": ({"contact.toml": b"[["}, "draft/contact.toml: "),
    "no text": ({"contact.toml": b"\xff\xfe"}, "contact.toml: is no text in UTF-8"),
    "another sort of file": ({"contact.exe": CONTACT}, "contact.exe is no TOML file"),
    "too long": ({"contact.toml": b"#" * (drafts.FILE_MAX + 1)}, "longer than a pack's file"),
    "of no pack": ({"contact.toml": b"# nothing"}, "there is no pack.toml"),
    "of two packs": (
        {"a.toml": CONTACT, "b.toml": CONTACT.replace(b'"cn.', b'"us.')},
        "there is no pack.toml",
    ),
    "a number missing": ({"contact.toml": CONTACT.replace(b"max = 6\n", b"")}, "cn.freq.dial"),
    "no such zone": ({"pack.toml": HEAD.replace(b"Asia/Shanghai", b"Asia/Atlantis")}, "its zone"),
    "no such calendar": ({"pack.toml": HEAD.replace(b'= "cn"\nrev', b'= "xx"\nrev')}, "calendar"),
    "rules that are none": ({"contact.toml": b"rule = 1\n", "pack.toml": HEAD}, "no list"),
    "instruments that are none": (
        {"pack.toml": b"instrument = 3\n" + HEAD[: HEAD.index(b"[instrument")]},
        "is not built as a pack is",
    ),
    "an empty place in a sentence": (
        {"contact.toml": CONTACT.replace(b"At most {max} unanswered", b"At most {} unanswered")},
        "is not built as a pack is",
    ),
}


@pytest.mark.parametrize(("files", "said"), WRONG.values(), ids=WRONG)
def test_what_does_not_load_says_why_in_one_line(files: dict[str, bytes], said: str) -> None:
    with pytest.raises(PackError) as wrong:
        drafts.of_files(files, "draft")
    assert said in str(wrong.value) and "\n" not in str(wrong.value)


@pytest.mark.parametrize("word", ["atlantis", "/no/such/folder", "./no-such.toml"])
def test_there_is_no_such_draft(word: str) -> None:
    with pytest.raises(PackError, match="there is no"):
        drafts.named(word)
