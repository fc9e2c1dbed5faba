"""May this be done? Every refusal at once, as bits, and the first moment at which none is left.

`judge` is the whole gate; `gate_history.count` and `gate_weigh.weigh` are its two halves, for
whoever judges one book many times. What is unknown (zone, facts, history, a law for that day)
refuses.
"""

from dataclasses import dataclass

import numpy as np

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import (
    ALL_DEBTS,
    MISSING,
    NEVER_SECOND,
    NO,
    YES,
    Asks,
    Bits,
    History,
    States,
    Zones,
)
from evenhand.core.gate_consent import with_consents
from evenhand.core.gate_history import count
from evenhand.core.gate_rules import Rules, any_of, set_of
from evenhand.core.gate_search import earliest
from evenhand.core.gate_weigh import weigh

__all__ = [
    "ALL_DEBTS",
    "MISSING",
    "NEVER_SECOND",
    "NO",
    "YES",
    "Asks",
    "History",
    "Rules",
    "States",
    "Verdict",
    "Zones",
    "judge",
    "set_of",
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Columns [A]; `refusals` and `warnings` [W, A]: bit i % 64 of word i // 64 is `Rules.ids[i]`,
    and `set_of` puts the words of one ask together.

    `not_before` is the earliest whole second at which the same ask would be allowed if nothing else
    changed: its own moment where it is allowed, NEVER_SECOND where there is none within 400 days or
    it waits for a fact. What the ask already brings (a state that begins later, a contact dated
    later) counts from its own moment on.
    """

    allowed: Bools
    refusals: Bits
    warnings: Bits
    not_before: Ints


def judge(asks: Asks, history: History, states: States, rules: Rules) -> Verdict:
    """The verdict on each ask at its own moment; `row` of history and states is its place here."""
    history, states = with_consents(asks, history, states)
    found = weigh(asks, count(asks, history, rules.counters), states, rules)
    allowed = ~any_of(found.refusals)
    not_before = np.where(allowed, asks.at, NEVER_SECOND)
    refused = np.flatnonzero(~allowed)
    if refused.size:
        not_before[refused] = earliest(asks, history, states, rules, refused)
    return Verdict(allowed, found.refusals, found.warnings, not_before)
