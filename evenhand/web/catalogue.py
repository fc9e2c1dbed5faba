"""What must be translated: every message of the house's templates and code, and which are not yet.

`python -m evenhand.web.catalogue` writes the message ids into both catalogues: new ones empty,
those nobody says any more are dropped, translations stay. `make` compiles them.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).resolve().parent.parent
LOCALES = ("zh_Hant", "zh_Hans")
HEADER = "# Evenhand: the words of the house. Message ids are English.\n#"
# Fixed, so that a catalogue changes only where its words do.
HEADERS = {
    "Report-Msgid-Bugs-To": "",
    "POT-Creation-Date": "2026-01-01 00:00+0000",
    "PO-Revision-Date": "2026-01-01 00:00+0000",
    "Last-Translator": "Evenhand",
    "Language-Team": "Evenhand",
}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

Message = tuple[str | tuple[str, ...], str | None]
"""A message id, or singular and plural, and its context."""


def messages(house: Path = HOUSE) -> dict[Message, str]:
    """Every message with the file it is first said in, relative to the house."""
    found: dict[Message, str] = {}
    for path, code in _sources(house):
        lines = extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS)
        for _line, said, _comments, context in lines:
            found.setdefault((said, context), str(path.relative_to(house)))
    return found


def catalogue(locale: str) -> Catalog:
    """The catalogue as it lies in the repository."""
    path = _path(locale)
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def untranslated(locale: str) -> list[str]:
    """Messages without a translation into a language, each with its file."""
    known = catalogue(locale)
    missing = []
    for (said, context), path in messages().items():
        entry = known.get(said, context)
        if entry is None or not entry.string or not all(entry.string):
            missing.append(f"{path}: {said}")
    return missing


def update(locale: str) -> None:
    """Bring a catalogue's ids up to what is said now."""
    old = catalogue(locale)
    new = Catalog(locale, project="Evenhand", version="1", header_comment=HEADER, fuzzy=False)
    new.mime_headers = [(name, HEADERS.get(name, value)) for name, value in new.mime_headers]
    for (said, context), path in sorted(messages().items(), key=lambda item: (item[1], str(item))):
        entry = old.get(said, context)
        # What was one message and is now one with a plural, or the other way, is translated anew.
        kept = entry if entry and isinstance(entry.string, str) == isinstance(said, str) else None
        new.add(said, kept.string if kept else None, locations=[(path, 0)], context=context)
    making = _path(locale).with_suffix(".making")
    with making.open("wb") as file:
        write_po(file, new, width=100, omit_header=False, include_lineno=False)
    making.replace(_path(locale))


def _sources(house: Path) -> Iterator[tuple[Path, str]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.site.settings")
    from django.utils.translation.template import templatize

    for path in sorted(house.rglob("*.py")):
        if not path.name.endswith("_test.py"):
            yield path, path.read_text()
    for path in sorted(house.rglob("templates/**/*.html")):
        # Read as Python, where the indents of a page mean nothing.
        said = templatize(path.read_text()).splitlines()
        yield path, "\n".join(line.lstrip() for line in said)


def _path(locale: str) -> Path:
    return HOUSE / "web" / "locale" / locale / "LC_MESSAGES" / "django.po"


if __name__ == "__main__":
    for each in LOCALES:
        update(each)
