"""The book as those answer for it who see nobody in it: what left, who complained, who caught up.

Counts are of spans between moments (microseconds UTC). A complaint counts where it was opened, a
contact where it left.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np

from evenhand.core import words
from evenhand.core.columns import Ints
from evenhand.ledger import contacts, standing
from evenhand.ledger.columns import rows
from evenhand.ledger.house import DAYCLOSE, FRAUD, day_number, midnight
from evenhand.ledger.queries import query

CHUNK: Final = 20_000
"""Borrowers worked out at once."""
UNKNOWN: Final = contacts.STAGES.index("unknown")
LEFT: Final = [contacts.STAGES.index(stage) for stage in ("leaving", "sent", "unknown")]
COUNTED: Final = ("complaint_open", "number_disowned")
DISOWNED: Final = words.code("number_disowned", words.STATE_KINDS)


class Span(NamedTuple):
    """What happened between two moments.

    `disowned`: a number was somebody else's; `unknown`: nobody knows whether it arrived.
    """

    contacts: int = 0
    complaints: int = 0
    disowned: int = 0
    unknown: int = 0

    @property
    def incidents(self) -> int:
        """What went wrong with a contact of ours."""
        return self.disowned + self.unknown


class Refused(NamedTuple):
    """How often a rule refused: in planning, and when asked by hand or just before leaving."""

    rule: str
    planning: int
    contacts: int


class Incident(NamedTuple):
    """Something that went wrong, as the fact that tells of it."""

    kind: str
    borrower: int
    seq: int
    at: int


def spans(edges: Sequence[int]) -> list[Span]:
    """A span from each of these moments, which rise, to the next one."""
    wanted = {"edges": list(edges), "since": edges[0], "until": edges[-1]}
    outbound = words.code("out", words.DIRECTIONS)
    ours = wanted | {"outbound": outbound, "unknown": UNKNOWN, "stages": LEFT}
    kinds = {"kinds": [words.code(word, words.STATE_KINDS) for word in COUNTED]}
    made = {row[0]: row[1:] for row in rows(query("portfolio_contacts"), ours)}
    said = {row[0]: row[1:] for row in rows(query("portfolio_states"), wanted | kinds)}
    found = []
    for place in range(1, len(edges)):
        left, unknown = made.get(place, (0, 0))
        complaints, disowned = said.get(place, (0, 0))
        found.append(Span(left, complaints, disowned, unknown))
    return found


def cured(on: date, days: int) -> int:
    """Loans of which nothing is past due on `on`, and something was at the end of one of the `days`
    before: what was past due has been paid. The paid off are among them.

    A loan catches up by what comes in, so it is looked at as it stood on the eve of each payday.
    """
    since = on - timedelta(days=days)
    found = rows(query("paydays"), {"since": since, "on": on})
    paydays = [[day for _, day in group] for _, group in groupby(found, key=lambda row: row[0])]
    borrowers = np.array(sorted({row[0] for row in found}), dtype=np.int64)
    loans: set[int] = set()
    for nth in range(max(map(len, paydays), default=0)):
        some = [place for place, each in enumerate(paydays) if len(each) > nth]
        eves = np.array([day_number(paydays[place][nth]) - 1 for place in some], dtype=np.int64)
        for start in range(0, len(some), CHUNK):
            here = slice(start, start + CHUNK)
            loans |= _past_due(borrowers[some[here]], eves[here])
    return len(loans - _past_due(borrowers, np.full(len(borrowers), day_number(on))))


def refused(on: date, days: int) -> list[Refused]:
    """What refused in the `days` up to and with `on`, most often first."""
    since = on - timedelta(days=days)
    planned = {"stream": DAYCLOSE, "since": since, "on": on}
    a_day = timedelta(days=1)
    asked = {"since": midnight(since + a_day), "until": midnight(on + a_day)}
    planning = dict(rows(query("refused_planning"), planned))
    by_hand = dict(rows(query("refused_contacts"), asked))
    found = [
        Refused(rule, planning.get(rule, 0), by_hand.get(rule, 0)) for rule in planning | by_hand
    ]
    return sorted(found, key=lambda one: (-one.planning - one.contacts, one.rule))


def incidents(since: int, limit: int) -> list[Incident]:
    """The newest incidents from a moment on; those of a number once confirmed again too."""
    wanted = {"since": since, "limit": limit, "fraud": FRAUD}
    codes = {"disowned": DISOWNED, "unknown": UNKNOWN}
    return [Incident(*row) for row in rows(query("latest_incidents"), wanted | codes)]


def clusters(since: int, until: int) -> int:
    """How often reports of one fraud in our name became many between two moments."""
    wanted = {"fraud": FRAUD, "since": since, "until": until}
    return int(rows(query("count_clusters"), wanted)[0][0])


def _past_due(borrowers: Ints, on: Ints) -> set[int]:
    """The loans of these borrowers of which something is past due, each on its borrower's day."""
    stood = standing.stand(borrowers, on)
    return set(stood.loan[stood.position.past_due_since < stood.position.on].tolist())
