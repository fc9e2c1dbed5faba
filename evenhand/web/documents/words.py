"""The words of documents, for pages that say the same things."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from evenhand.web.documents.compiling import HOME


@cache
def words(lang: str) -> Mapping[str, Any]:
    """Every sentence of the documents in a language (zh-hant, zh-hans, en)."""
    read: dict[str, Any] = tomllib.loads((HOME / "words" / f"{lang}.toml").read_text("utf-8"))
    return read
