"""`evenhand law diff A B`: two packs, or one pack on two days, read as a change of law."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from evenhand.law import drafts
from evenhand.law.change import Change, Said, Side, changes
from evenhand.law.loader import Ref
from evenhand.law.schema import PackError

USAGE: Final = (
    "usage: evenhand law diff PACK PACK [--on DAY [--and DAY]], "
    "or evenhand law diff PACK --on DAY --and DAY"
)
TYPES: Final = {
    "hours": "Hours",
    "frequency": "How often",
    "gap": "How long between",
    "precondition": "What must have been tried",
    "consent": "Consent",
    "preference": "Wishes",
    "place": "Places",
    "pause": "Pauses",
    "party": "Whom",
    "visit": "Visits",
    "disclosure": "What must be said",
    "deadline": "Deadlines",
    "bureau": "Credit records",
    "duty": "Duties",
    "content": "Words",
    "cap": "What it may cost",
    "rate": "Published rates",
    "payout": "What is paid out",
    "retention": "What is kept",
    "limitation": "Time-barred debts",
}
BECOMES: Final = {
    "changes": "changes",
    "begins": "is new",
    "ends": "ends",
    "rests": "says the same, on other sources",
}


def sides(words: Sequence[str], on: date | None, later: date | None) -> tuple[Side, Side]:
    """The two sides that were asked for; PackError where the words are not understood."""
    if len(words) == 1 and on and later:
        pack = drafts.named(words[0])
        return Side(pack, on), Side(pack, later)
    if len(words) != 2 or (later and not on):
        raise PackError(USAGE)
    first, second = map(drafts.named, words)
    end = later or on
    return Side(first, on or first.reviewed_on), Side(second, end or second.reviewed_on)


def report(before: Side, after: Side) -> list[str]:
    """The change, rule by rule under each sort of rule, with the sources of both sides."""
    found = changes(before, after)
    lines = [f"From {_named(before)}", f"to   {_named(after)}", "", _counted(found)]
    told = [one for one in found if one.sort != "stays"]
    for kind in dict.fromkeys(one.type for one in told):
        lines += ["", TYPES[kind]]
        for one in told:
            if one.type == kind:
                lines += ["", *_paragraph(one)]
    return lines


def _named(side: Side) -> str:
    pack = side.pack
    return f"{pack.title['en']} ({pack.name}), in force on {side.on}, sha256 {pack.sha256}"


def _counted(found: Sequence[Change]) -> str:
    count = Counter(one.sort for one in found)
    return (
        f"Rules that change: {count['changes']}; new: {count['begins']}; ending: {count['ends']}; "
        f"the same on other sources: {count['rests']}; as they were: {count['stays']}."
    )


def _paragraph(one: Change) -> list[str]:
    said = one.after or one.before
    assert said is not None, "a change is of a rule"
    lines = [f"{_ids(one)} {BECOMES[one.sort]}: {said.rule.title['en']}"]
    sentences = [_plain(side) for side in (one.before, one.after) if side]
    if len(set(sentences)) == 1:
        lines.append(f"  {sentences[0]}")
    else:
        before, now = sentences
        lines += [f"  before: {before}", f"  now:    {now}"]
    lines += [f"  * {figure}" for figure in one.figures]
    return [*lines, *_sources(one)]


def _ids(one: Change) -> str:
    names = [side.rule.id for side in (one.before, one.after) if side]
    return " → ".join(dict.fromkeys(names))


def _plain(said: Said) -> str:
    return said.rule.plain(said.value, "en")


def _sources(one: Change) -> list[str]:
    """Each side's sources; once where both have the same."""
    was, now = ([_source(ref) for ref in side.value.refs] if side else [] for side in _both(one))
    if was == now or not (was and now):
        return [f"  - {text}" for text in was or now]
    return [*(f"  - before: {text}" for text in was), *(f"  - now: {text}" for text in now)]


def _both(one: Change) -> tuple[Said | None, Said | None]:
    return one.before, one.after


def _source(ref: Ref) -> str:
    where = f"{ref.instrument.title} {ref.article}".strip()
    read = ref.read if ref.read == "house" else f"{ref.read}, read {ref.instrument.read_on}"
    parts = (where, ref.instrument.force, read, ref.url, ref.note.get("en", ""))
    return " · ".join(part for part in parts if part)
