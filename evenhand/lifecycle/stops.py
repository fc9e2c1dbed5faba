"""What a pause stops, as a table people can read: made from the pauses of the house's policy.

No stage: what the stages that begin pauses have in common. Nothing is said here that the gate does
not do: the cells are the purposes each rule refuses.
"""

from datetime import date
from typing import Final, NamedTuple

from evenhand.law import loader
from evenhand.outbound.payments.limits import limits

POLICY: Final = "policy"
PAUSE: Final = "pause"
PURPOSES: Final = ("collect", "locate", "pass_message", "due_reminder", "required_notice", "reply")
"""In the order of the columns; a receipt and a statement are required notices."""
DEBIT: Final = "debit"
_TAGS: Final = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}


class Line(NamedTuple):
    """A pause: what it is called, the sentence of its rule, the states that begin it, and whether
    it stops each column."""

    rule: str
    title: str
    sentence: str
    begun_by: frozenset[str]
    stops: tuple[tuple[str, bool], ...]


def table(on: date, lang: str) -> list[Line]:
    """Every pause in force on a day, in the language a page is shown in."""
    tag = _TAGS.get(lang, "en")
    lines = []
    for rule in loader.load(POLICY).rules:
        value = rule.on(on) if rule.type == PAUSE else None
        if value is not None:
            begun_by, refused = frozenset(value.says["trigger"]), set(value.says["on"]["purpose"])
            cells = [(purpose, purpose in refused) for purpose in PURPOSES]
            cells.append((DEBIT, bool(begun_by & set(limits().debit.stopped_by))))
            title, sentence = rule.title[tag], rule.plain(value, tag)
            lines.append(Line(rule.id, title, sentence, begun_by, tuple(cells)))
    return lines


def of_state(word: str, on: date, lang: str) -> tuple[list[str], list[tuple[str, bool]]]:
    """What a state stops: the sentences of its rules, and (column, stops) by all of them."""
    lines = [line for line in table(on, lang) if word in line.begun_by]
    cells = [(purpose, _any_stops(lines, purpose)) for purpose in PURPOSES]
    cells.append((DEBIT, word in limits().debit.stopped_by))
    return [line.sentence for line in lines], cells


def _any_stops(lines: list[Line], column: str) -> bool:
    return any((column, True) in line.stops for line in lines)


def of_complaint(on: date, lang: str) -> list[tuple[str, bool]]:
    """What a complaint stops and what it does not: (column, stops)."""
    return next(
        (list(line.stops) for line in table(on, lang) if line.rule == "policy.pause.complaint"), []
    )
