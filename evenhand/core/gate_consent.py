"""Consent given before: how long it lasts, and which calls were made under it.

A prior consent to be called lasts the day it was received and the six after it, by the calendar of
every zone the person may be in, or until the next conversation (12 CFR 1006.14(b)(3)(i) and its
comment 3). Calls made under it are not counted by counters that leave them out.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import NEVER_SECOND, Asks, History, States
from evenhand.core.gate_time import DAY_SECONDS, local_days, offsets
from evenhand.core.words import CHANNELS, OUTCOMES, STATE_KINDS, code

CONSENT: Final = code("prior_consent", STATE_KINDS)
CONVERSATION: Final = code("conversation", OUTCOMES)
CALLS: Final = tuple(code(name, CHANNELS) for name in ("call", "voicebot"))
DAYS: Final = 7


def with_consents(asks: Asks, history: History, states: States) -> tuple[History, States]:
    """The same history and states, consents ended where they lapse, calls under one marked."""
    given = np.flatnonzero(states.kind == CONSENT)
    if not given.size:
        return history, states
    end = states.end.copy()
    lapse = np.minimum(_week_after(asks, states, given), _next_talk(history, states, given))
    end[given] = np.minimum(end[given], lapse)
    ended = replace(states, end=end)
    return replace(history, consented=_under(history, ended, given)), ended


def _week_after(asks: Asks, states: States, given: Ints) -> Ints:
    """The first instant at which, in some zone, the seventh day after the consent begins."""
    zone, at = asks.zone[states.row[given]], states.at[given]
    if not zone.shape[1]:
        return np.full(len(given), NEVER_SECOND, dtype=np.int64)
    wall = (local_days(asks.zones, zone, at) + DAYS) * DAY_SECONDS
    guess = wall - offsets(asks.zones, zone, at[:, None])
    then = wall - offsets(asks.zones, zone, guess)
    return np.asarray(np.where(zone >= 0, then, NEVER_SECOND).min(axis=1), dtype=np.int64)


def _next_talk(history: History, states: States, given: Ints) -> Ints:
    """The first conversation, whoever rang, after each consent; NEVER_SECOND without one."""
    talk = np.isin(history.channel, CALLS) & (history.outcome == CONVERSATION)
    later = (history.row == states.row[given][:, None]) & (history.at > states.at[given][:, None])
    at = np.where(later & talk, history.at, NEVER_SECOND)
    return np.asarray(at.min(axis=1, initial=NEVER_SECOND), dtype=np.int64)


def _under(history: History, states: States, given: Ints) -> Bools:
    """[H]: was the contact made while a consent stood? The talk that ends it was, too."""
    own = history.row == states.row[given][:, None]
    stood = (history.at >= states.at[given][:, None]) & (history.at <= states.end[given][:, None])
    return np.asarray((own & stood).any(axis=0), dtype=np.bool_)
