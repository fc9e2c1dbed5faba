"""What differs between two values of a rule, in the reader's language."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from evenhand.law.change import Difference
from evenhand.law.schema import printed
from evenhand.web.words import WORDS, word

OF_KEY: Final[Mapping[str, str]] = {
    "type": "law_type",
    "effect": "effect",
    "law_effect": "law_effect",
    "ban": "never",
    "states": "words_field",
}
"""Words of a value that are those of its key alone."""
FAMILIES: Final = ("channel", "purpose", "state", "weekday", "law_value")
"""Where any other value's word is found."""


def said(one: Difference) -> str:
    """A difference as one line: what it is about, what it was, what it is now."""
    key = one.path[-1]
    before, now = (one.gone, one.come) if one.is_list else (one.was, one.now)
    told = {
        "what": _(", ").join(word("law_key", each) for each in one.path),
        "before": _text(key, before),
        "now": _text(key, now),
    }
    return _frame(one) % told


def _frame(one: Difference) -> str:
    if one.is_list:
        if one.gone and one.come:
            return _("%(what)s: no longer %(before)s; now also %(now)s")
        if not one.gone and not one.come:
            return _("%(what)s: in another order")
    if one.now is None or (one.is_list and one.gone):
        return _("%(what)s: no longer %(before)s")
    if one.was is None or one.was == []:
        return _("%(what)s: new, %(now)s")
    also = _("%(what)s: now also %(now)s")
    return also if one.is_list else _("%(what)s: %(before)s, now %(now)s")


def _text(key: str, value: Any) -> str:
    """A value as words: a list's one after another, a table's each under its key."""
    if isinstance(value, Mapping):
        pairs = [_("%(name)s: %(value)s") % _pair(k, each) for k, each in value.items()]
        return "(" + _("; ").join(pairs) + ")"
    if isinstance(value, list):
        return _(", ").join(_text(key, each) for each in value)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    families = (OF_KEY[key],) if key in OF_KEY else FAMILIES
    known = next((family for family in families if value in WORDS[family]), "")
    return word(known, value) if known else str(printed(value))


def _pair(key: str, value: Any) -> dict[str, str]:
    return {"name": word("law_key", key), "value": _text(key, value)}
