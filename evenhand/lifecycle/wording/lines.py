"""What the pages of wordings show: a line a template, and what was proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenhand.ledger import two_hands
from evenhand.ledger.two_hands import Line, Proposal
from evenhand.lifecycle.wording.changes import Changed, changed
from evenhand.outbound.contact import wording, wording_rules, words
from evenhand.outbound.contact.wording import Wording
from evenhand.outbound.contact.wording_rules import Fault
from evenhand.people import staff
from evenhand.web.words import word

SHORT: Final = 8
"""Letters of a version that a list shows."""


class Cell(NamedTuple):
    """A wording in a list. `state` is in_force, other (this release says otherwise) or none."""

    sort: str
    template: str
    lang: str
    version: str
    state: str
    waits: bool


class Row(NamedTuple):
    """A template in its languages."""

    name: str
    cells: list[Cell]


class Part(NamedTuple):
    """A proposed wording: what changed, and what is wrong with it by now."""

    name: str
    sort: str
    template: str
    lang: str
    version: str
    changed: list[Changed]
    says: list[str]


class Proposed(NamedTuple):
    """A proposal for the page, and each of its wordings."""

    line: Line
    parts: list[Part]


def rows() -> list[tuple[str, list[Row], bool]]:
    """Every wording of this release, by sort and template; is there anything in it to look at?"""
    standing, other = wording.in_force(), wording.release()
    waiting = {key for one in wording.proposals() if one.waits for key in one.said["words"]}
    cells = [_cell(key, standing.get(key), key in other, key in waiting) for key in words.shipped()]
    cells.sort(key=lambda each: (words.SORTS.index(each.sort), each.template))
    found = []
    for sort, of_sort in groupby(cells, key=lambda each: each.sort):
        by_template = groupby(of_sort, key=lambda each: each.template)
        table = [Row(name_of(sort, each), list(some)) for each, some in by_template]
        to_see = any(each.waits or each.state == "none" for row in table for each in row.cells)
        found.append((sort, table, to_see))
    return found


def name_of(sort: str, template: str) -> str:
    """What a template is called, in the reader's language: a notice by its own title."""
    if sort == "in_app":
        return words.shipped()[words.key_of(sort, template, get_language() or "")]["title"]
    return word("words_template", template)


def lines(proposals: Sequence[Proposal], reader: int, key: str = "") -> list[Proposed]:
    """Proposals with what they change against the words in force; of one key, where it is given."""
    standing = wording.in_force()
    found = two_hands.lines(proposals, reader, staff.numbers)
    return [Proposed(line, _parts(line.proposal, key, standing)) for line in found]


def says(fault: Fault) -> str:
    """What is wrong, in words."""
    about = {"about": fault.about}
    return {
        "fields": _("A text is missing, or one is there that nobody reads."),
        "placeholders": _("It needs these placeholders, spelt so: %(about)s") % about,
        "begins": _("It begins with the lender's name: 【{lender}】 or [{lender}]."),
        "never": _("“%(about)s” may not stand here.") % about,
        "says": _("It has to say one of these: %(about)s") % about,
        "digits": _("No figures: others may read it."),
        "long": _("That is too long. Up to %(about)s characters.") % about,
        "guard": _("“%(about)s”: %(why)s") % {**about, "why": fault.why},
    }[fault.code]


def _cell(key: str, standing: Wording | None, other: bool, waits: bool) -> Cell:
    sort, template, lang = key.split("/")
    if standing is None:
        return Cell(sort, template, lang, "", "none", waits)
    version = standing.version[:SHORT]
    return Cell(sort, template, lang, version, "other" if other else "in_force", waits)


def _parts(one: Proposal, key: str, standing: Mapping[str, Wording]) -> list[Part]:
    return [
        _part(each, said, standing.get(each))
        for each, said in one.said["words"].items()
        if key in ("", each)
    ]


def _part(key: str, said: Mapping[str, str], standing: Wording | None) -> Part:
    sort, template, lang = key.split("/")
    version = wording.version_of(key, said)[:SHORT] if said else ""
    found = wording_rules.faults(key, said) if said else []
    before = standing.fields if standing else {}
    return Part(
        name_of(sort, template),
        sort,
        template,
        lang,
        version,
        changed(before, said),
        [says(fault) for fault in found],
    )
