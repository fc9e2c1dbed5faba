"""Rules of the law as people read them, in the language of the page."""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenhand.law import loader
from evenhand.law.rulebook import UNKNOWN_TEXTS

ARTICLES: Final = re.compile(r"(?<!\S)(?P<unit>art\.|ch\.) (?P<n>\d+(?:, \d+)*)(?![\d(])")
"""Articles and chapters in a citation, without paragraphs."""
# Django's language codes → those the packs are written in.
TAGS = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans", "en": "en"}


def tag() -> str:
    """The page's language as packs name it."""
    return TAGS.get(get_language() or "en", "en")


def title(rule_id: str) -> str:
    """What a rule is called; an unknown one stands for itself."""
    rule = _rules().get(rule_id)
    known = UNKNOWN_TEXTS.get(rule_id) or (rule.title if rule else {})
    return str(known.get(tag(), rule_id))


def says(rule_id: str, on: date) -> str:
    """What a rule says on a day, in plain words; nothing where it says nothing."""
    known = UNKNOWN_TEXTS.get(rule_id)
    if known:
        return known[tag()]
    rule = _rules().get(rule_id)
    value = rule.on(on) if rule else None
    return rule.plain(value, tag()) if rule and value else ""


def cite(text: str) -> str:
    """A citation as written in packs, its articles and chapters as the reader's language has them.

    >>> cite("GB/T 45251-2025 5.3")
    'GB/T 45251-2025 5.3'
    """

    def said(found: re.Match[str]) -> str:
        numbers = found["n"].replace(", ", _(", "))
        known = _("art. %(n)s") if found["unit"] == "art." else _("ch. %(n)s")
        return known % {"n": numbers}

    return ARTICLES.sub(said, text)


def pack_title(name: str) -> str:
    """What a pack is called; one that no longer ships stands for itself."""
    known = loader.load(name).title if name in loader.names() else {}
    return str(known.get(tag(), name))


@lru_cache(maxsize=1)
def _rules() -> dict[str, loader.Rule]:
    packs = [loader.load(name) for name in loader.names()]
    return {rule.id: rule for pack in packs for rule in pack.rules}
