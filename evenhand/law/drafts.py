"""Packs that do not ship, or not yet: a draft as a folder, as one file, or as files sent in.

Files without a `pack.toml` are those of a pack that ships: they take the place of its files of the
same name, or stand beside them. Nothing of a draft is kept.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from evenhand.law import loader, zones
from evenhand.law.calendar import COUNTRIES
from evenhand.law.loader import HOME, Pack
from evenhand.law.schema import LANGUAGES, PackError, refuse_unless

HEAD: Final = "pack.toml"
FILE_MAX: Final = 1 << 20
"""Bytes of a file; the longest that ships has a hundredth of it."""


def named(word: str) -> Pack:
    """A pack that ships, by its name, or a draft by the path of its folder or file.

    A path has a slash in it or ends in `.toml`. PackError where there is none or it does not load.
    """
    if "/" not in word and not word.endswith(".toml"):
        return loader.load(word)
    path = Path(word)
    found = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    try:
        files = {each.name: each.read_bytes() for each in found}
    except OSError:
        raise PackError(f"there is no such file, and no pack.toml in {word}") from None
    refuse_unless(bool(files), f"there is no pack.toml in {word}")
    return of_files(files, path.name)


def of_files(files: Mapping[str, bytes], place: str) -> Pack:
    """A draft from its files by name; `place` is what the refusals call it.

    PackError where it does not load, or its zone or calendar is not known.
    """
    for name, content in files.items():
        refuse_unless(name.endswith(".toml"), f"{place}: {name} is no TOML file")
        refuse_unless(len(content) <= FILE_MAX, f"{place}: {name} is longer than a pack's file")
    said = {name: _text(name, content) for name, content in files.items()}
    try:
        return _checked(said if HEAD in said else _of_shipped(said, place) | said, place)
    except PackError:
        raise
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        raise PackError(f"{place}: is not built as a pack is") from None


def _checked(files: Mapping[str, str], place: str) -> Pack:
    """The pack, with all in it that is looked at only when it is used."""
    pack = loader.parse(files, place)
    known = pack.calendar in ("", *COUNTRIES) and _is_zone(pack.zone)
    refuse_unless(known, f"{place}/{HEAD}: its zone or its calendar is not known")
    for rule in pack.rules:
        for value in rule.values:
            if not value.ends:
                [rule.plain(value, language) for language in LANGUAGES]
    return pack


def _is_zone(name: str) -> bool:
    try:
        zones.table([name])
    except zones.UnknownZoneError:
        return False
    return True


def _of_shipped(said: Mapping[str, str], place: str) -> dict[str, str]:
    """The files of the pack that ships whose rules these are."""
    packs = {pack for name, text in said.items() for pack in _packs_of(f"{place}/{name}", text)}
    ours = sorted(packs & set(loader.names()))
    one = len(ours) == 1 == len(packs)
    refuse_unless(one, f"{place}: there is no {HEAD}, and no pack it is of")
    return {path.name: path.read_text("utf-8") for path in (HOME / ours[0]).glob("*.toml")}


def _packs_of(place: str, text: str) -> set[str]:
    """The packs that rules of a file name by their ids."""
    try:
        rules = tomllib.loads(text).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{place}: {error}") from error
    return {str(rule.get("id", "")).partition(".")[0] for rule in rules}


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise PackError(f"{name}: is no text in UTF-8") from None
