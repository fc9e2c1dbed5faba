"""A change of law: what two packs, or one pack on two days, say rule by rule.

Rules of two packs are the same rule where their ids differ in the pack's name alone. What was only
announced binds nobody and is no part of a change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from evenhand.law.loader import Pack, Rule, Value
from evenhand.law.sorts import TYPES

SORTS: Final = ("changes", "begins", "ends", "rests", "stays")
"""What becomes of a rule. `rests`: it says the same on other sources, `stays`: on the same ones."""
NAMES: Final[Mapping[str, str]] = {
    "type": "sort of rule",
    "effect": "what the gate does",
    "law_effect": "the text itself",
    "on": "concerns",
    "unless": "excused by",
    "allow": "allowed",
    "within_law": "where the law is stricter, the law’s",
    "max": "at most",
    "min": "at least",
    "n": "length",
    "scope": "counted together by",
    "refuse": "refused",
    "trigger": "set off by",
    "ban": "forbidden words",
}
"""Keys that are not words by themselves, as people say them."""


@dataclass(frozen=True, slots=True)
class Side:
    """A pack as it stands on a day."""

    pack: Pack
    on: date


@dataclass(frozen=True, slots=True)
class Said:
    """A rule with the value in force."""

    rule: Rule
    value: Value


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a value differs: the keys down to it, what it was and what it is now.

    None where it was, or is, not there. Of lists `gone` and `come` are what is in one alone.
    """

    path: tuple[str, ...]
    was: Any
    now: Any

    @property
    def is_list(self) -> bool:
        return isinstance(self.was, list) or isinstance(self.now, list)

    @property
    def gone(self) -> list[Any]:
        return [each for each in _listed(self.was) if each not in _listed(self.now)]

    @property
    def come(self) -> list[Any]:
        return [each for each in _listed(self.now) if each not in _listed(self.was)]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a rule, and the differences, key by key."""

    sort: str
    before: Said | None
    after: Said | None
    differences: tuple[Difference, ...]

    @property
    def figures(self) -> tuple[str, ...]:
        """The differences in plain English words."""
        return tuple(_in_words(each) for each in self.differences)

    @property
    def type(self) -> str:
        """The rule's type, of the later side where it has one."""
        said = self.after or self.before
        assert said is not None, "a change is of a rule"
        return said.rule.type


def changes(before: Side, after: Side) -> list[Change]:
    """Every rule in force on either side, by type, then by what becomes of it."""
    was, now = _in_force(before), _in_force(after)
    found = [_change(was.get(key), now.get(key)) for key in dict.fromkeys([*was, *now])]
    order = list(TYPES)
    return sorted(found, key=lambda one: (order.index(one.type), SORTS.index(one.sort)))


def _in_force(side: Side) -> dict[str, Said]:
    held = [(rule, rule.on(side.on)) for rule in side.pack.rules]
    prefix = f"{side.pack.name}."
    return {
        rule.id.removeprefix(prefix): Said(rule, value) for rule, value in held if value is not None
    }


def _change(before: Said | None, after: Said | None) -> Change:
    if before is None or after is None:
        return Change("begins" if before is None else "ends", before, after, ())
    found = _differences(_told(before), _told(after), ())
    if found:
        return Change("changes", before, after, tuple(found))
    same = _sources(before) == _sources(after)
    return Change("stays" if same else "rests", before, after, ())


def _sources(said: Said) -> list[tuple[str, str]]:
    return [(ref.instrument.title, ref.article) for ref in said.value.refs]


def _told(said: Said) -> dict[str, Any]:
    """All that counts of a rule: its marks, and what its value says."""
    rule = said.rule
    marks = {"type": rule.type, "effect": rule.effect, "law_effect": rule.law_effect}
    return marks | dict(said.value.says)


def _differences(
    was: Mapping[str, Any], now: Mapping[str, Any], under: tuple[str, ...]
) -> list[Difference]:
    keys = [key for key in dict.fromkeys([*was, *now]) if was.get(key) != now.get(key)]
    return [one for k in keys for one in _difference((*under, k), was.get(k), now.get(k))]


def _difference(path: tuple[str, ...], was: Any, now: Any) -> list[Difference]:
    before, after = _listed(was), _listed(now)
    if len(before) == len(after) == 1 and all(
        isinstance(each[0], Mapping) for each in (before, after)
    ):
        return _differences(before[0], after[0], path)
    return [Difference(path, was, now)]


def _in_words(one: Difference) -> str:
    name = ", ".join(map(_named, one.path))
    if one.is_list:
        return f"{name}: {_of_lists(one)}"
    if one.now is None:
        return f"{name}: no longer {_text(one.was)}"
    if one.was is None:
        return f"{name}: new, {_text(one.now)}"
    return f"{name}: {_text(one.was)}, now {_text(one.now)}"


def _named(key: str) -> str:
    return NAMES.get(key, key.replace("_", " "))


def _listed(value: Any) -> list[Any]:
    """A value as a list: whom a rule concerns is one table or several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _of_lists(one: Difference) -> str:
    parts = [("no longer ", one.gone), ("now also " if one.was else "new, ", one.come)]
    said = [word + ", ".join(map(_text, each)) for word, each in parts if each]
    return "; ".join(said) or "in another order"


def _text(value: Any) -> str:
    """A value as words.

    >>> _text(["ringless_voicemail", "sms"]), _text(True), _text({"by": ["agency"], "max": 3})
    ('ringless voicemail, sms', 'yes', '(by: agency; at most: 3)')
    """
    if isinstance(value, Mapping):
        return "(" + "; ".join(f"{_named(k)}: {_text(v)}" for k, v in value.items()) + ")"
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ")
