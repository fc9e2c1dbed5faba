"""Ask for the earliest moment of a day's window; where the law allows that very moment, intend.

The house wants its words to arrive from 08:00 on by the borrower's clock. Nothing is written here:
the caller appends the drafts at the seq they were judged at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import NEVER_SECOND
from evenhand.ledger import house
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact import known, may, saying, words
from evenhand.outbound.contact.may import Judged, Law, Matter
from evenhand.outbound.contact.wanted import Wanted
from evenhand.outbound.contact.wording import Wording

HOUSE_MINUTE: Final = 8 * 60
"""Minutes after the borrower's midnight from which the house wants its words to arrive."""
SECOND: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns [A] of what was asked for a day.

    `due_at` whole seconds UTC of an allowed contact; `look_on` the day on which a refused one may
    be asked again, days since 1970, NEVER_SECOND where it waits for a fact. `refused`: rule id to
    the borrowers it refused.
    """

    judged: Judged
    langs: list[str]
    allowed: Bools
    due_at: Ints
    look_on: Ints
    refused: dict[str, Ints]


def ask(wanted: Wanted, books: known.Books, on: int, at: int) -> Answer:
    """May these contacts be made on day `on`, and when first? `at` is now, microseconds UTC.

    The first lawful moment of the day counts only where the gate allows it when asked for that very
    moment. What would be lawful on a later day only is refused for today.
    """
    law = may.law_of(house.day_from(on))
    since = _floor_of(on, at)
    matter = may.matter(wanted, books, law, since, np.zeros(len(wanted), dtype=np.int64))
    return answer(matter, law, on, at)


def answer(matter: Matter, law: Law, on: int, at: int) -> Answer:
    """The same of what is known already."""
    wanted = matter.wanted
    earliest = np.maximum(may.local_moment(matter, on, HOUSE_MINUTE), -(-at // SECOND))
    first = may.may(matter, earliest, law)
    due_at = np.where(first.not_before < _end_of(matter, on), first.not_before, earliest)
    judged = may.may(matter, due_at, law) if (due_at != earliest).any() else first
    allowed = judged.allowed & (due_at < _end_of(matter, on))
    return Answer(
        judged,
        matter.langs,
        allowed,
        due_at,
        _days_of(judged.not_before),
        {
            rule: wanted.borrower[~allowed & first.refused_by(place)]
            for place, rule in enumerate(law.rules.ids)
        },
    )


def draft(
    answer: Answer,
    row: int,
    on: int,
    seq: int,
    chosen: Mapping[str, Any],
    approved: Mapping[str, Wording],
) -> Draft:
    """The intention of an allowed contact, judged at head `seq`; `chosen` is what the stage said:
    channel, mode, to, address, purpose, step, since, loans, template. The language is the
    borrower's own, the words those `approved`. Raises ValueError for a template nobody wrote, and
    wording.Offends for words with their values that may not be said: they are not asked for.
    """
    if not words.has(chosen["channel"], chosen["template"]):
        raise ValueError("an intention without words")
    moment = int(answer.due_at[row])
    body = {
        **chosen,
        "lang": words.language(answer.langs[row]),
        "due_at": moment * SECOND,
        "packs": answer.judged.law.packs,
        "verdict": may.verdict(answer.judged, row, moment),
        "judged_seq": seq,
    }
    saying.require_sayable(body, {"day": chosen.get("since")}, approved)
    return Draft("contact.intended", house.day_from(on), "dayclose", body=body)


def _end_of(matter: Matter, on: int) -> Ints:
    """The first second after the day on the borrower's clock."""
    return may.local_moment(matter, on + 1, 0)


def _floor_of(on: int, at: int) -> int:
    """No ask of the day is earlier: half a day before the day begins in UTC, or now."""
    return max(on * may.DAY_SECONDS - may.DAY_SECONDS // 2, at // SECOND)


def _days_of(moments: Ints) -> Ints:
    """The house's calendar day of each moment, NEVER_SECOND where there is none."""
    known_ones, place = np.unique(moments, return_inverse=True)
    days = [
        NEVER_SECOND if moment >= NEVER_SECOND else house.day_number(house.day_of(moment * SECOND))
        for moment in known_ones.tolist()
    ]
    return np.array(days, dtype=np.int64)[place]
