"""Each measure that may follow when a loan is past due, in order, with what binds it.

The order is the contract's (the product's terms), the days are the loan's strategy, the conditions
the sentences of the packs in force: the same rules the gate will judge every contact by.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from evenhand.law import loader
from evenhand.law.loader import Ref, Rule, Value
from evenhand.law.strategies import strategies
from evenhand.web import words
from evenhand.web.rules import TAGS

TYPES: Final = ("hours", "frequency", "disclosure", "visit", "precondition")
"""The kinds of rules that say when, how often and how; what nobody may do is said for all."""
BY_ITSELF: Final = ("in_app", "sms")
"""The measures the strategy takes by itself; every other one is a person's act."""


class Condition(NamedTuple):
    """A sentence that binds a measure, and where it stands."""

    says: str
    cite: str


class Measure(NamedTuple):
    """A measure, the days past due on which it comes by itself, and its conditions."""

    code: str
    name: str
    days: list[int]
    rules: list[Condition]


def measures(terms: Mapping[str, Any], packs: Sequence[str], lang: str, on: date) -> list[Measure]:
    """The measures these terms name, in their order, in a language of the pages."""
    rungs = [rung for rung in strategies()[terms["strategy"]] if rung > 0]
    return [
        Measure(
            code=code,
            name=words.word("channel", code),
            days=rungs if code in BY_ITSELF else [],
            rules=list(dict.fromkeys(_conditions(code, packs, TAGS[lang], on))),
        )
        for code in terms["measures"]
    ]


def sentence(named: str, packs: Sequence[str], lang: str, on: date) -> str:
    """What the packs' first rule so named says on a day; empty where none does."""
    found = [(rule, rule.on(on)) for pack in packs for rule in loader.load(pack).rules]
    said = [
        rule.plain(value, TAGS[lang])
        for rule, value in found
        if value is not None and rule.id.partition(".")[2] == named
    ]
    return said[0] if said else ""


def _conditions(code: str, packs: Sequence[str], tag: str, on: date) -> Iterator[Condition]:
    for pack in packs:
        for rule in loader.load(pack).rules:
            value = rule.on(on)
            if value is not None and rule.effect == "deny" and _binds(rule, value, code):
                yield Condition(rule.plain(value, tag), _source(value.refs[0]))


def _source(ref: Ref) -> str:
    """The instrument and its article; the house's own rules are the house's, in any language."""
    force = ref.instrument.force
    return words.word("force", force) if force == loader.HOUSE else ref.cite


def _binds(rule: Rule, value: Value, code: str) -> bool:
    """Is the rule about this measure, taken to collect from the borrower?"""
    on = value.says.get("on", {})
    narrowed = [*(on if isinstance(on, list) else [on]), *value.says.get("refuse", ())]
    return rule.type in TYPES and any(
        code in each.get("channel", ())
        and "debtor" in each.get("to", ["debtor"])
        and "collect" in each.get("purpose", ["collect"])
        for each in narrowed
    )
