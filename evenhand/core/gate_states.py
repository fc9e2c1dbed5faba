"""States that meet an ask: in effect at its moment, about its channel, place, address, debts."""

from dataclasses import dataclass

import numpy as np

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import (
    DAY_MINUTES,
    EVERY_WEEKDAY,
    NEVER_SECOND,
    Asks,
    Bits,
    Codes,
    States,
)
from evenhand.core.gate_time import Clock, next_minute


@dataclass(frozen=True, slots=True)
class Live:
    """Columns [N] of the states in effect: the state, its ask and kind, and by which clocks of the
    ask [N, Z] it is one of its hours.

    `surely` is false where a state of one address meets an ask whose address was not said: such a
    state may stop a contact, it never excuses one.
    """

    row: Ints
    kind: Codes
    surely: Bools
    states: States
    in_hours: Bools

    def stopping(self, table: Bits, count: int) -> Bits:
        """The clauses that `table` (a set of clauses a kind) says these states offend, an ask."""
        found = np.zeros(count, dtype=np.uint64)
        np.bitwise_or.at(found, self.row, table[self.kind])
        return found

    def excuse(self, table: Bits, offended: Bits) -> None:
        """Take out of the clauses offended [A] those that these states excuse."""
        excuses = np.flatnonzero(self.surely & (table[self.kind] != 0))
        np.bitwise_and.at(offended, self.row[excuses], ~table[self.kind[excuses]])


def live(asks: Asks, states: States, clock: Clock) -> Live:
    """The states in effect and about the ask, at its moment in any zone the person may be in."""
    if not len(states):
        none = np.zeros(0, dtype=np.bool_)
        return Live(states.row, states.kind, none, states, none.reshape(0, clock.known.shape[1]))
    row = states.row
    at = asks.at[row]
    begun = (states.at <= at) & (states.start <= at) & (at < states.end)
    address_unsaid = (states.address >= 0) & (asks.address[row] < 0)
    surely = _about(asks, states)
    kept = np.flatnonzero(begun & (surely | address_unsaid))
    chosen = states.of_entries(kept)
    in_hours = _in_hours(chosen, clock)
    shown = np.flatnonzero(in_hours.any(axis=1))
    met = chosen.of_entries(shown)
    return Live(met.row, met.kind, surely[kept][shown], met, in_hours[shown])


def next_beginning(asks: Asks, states: States) -> Ints:
    """The first instant [A] after the ask at which a state comes into effect, or NEVER_SECOND."""
    soonest = np.full(len(asks), NEVER_SECOND, dtype=np.int64)
    begins = np.maximum(states.at, states.start)
    coming = begins > asks.at[states.row]
    np.minimum.at(soonest, states.row[coming], begins[coming])
    return soonest


def _about(asks: Asks, states: States) -> Bools:
    """Does the state concern the ask's channel, debts and place or address?"""
    row = states.row
    anywhere = (states.place < 0) & (states.address < 0)
    same_place = (states.place >= 0) & (states.place == asks.place[row])
    same_address = (states.address >= 0) & (states.address == asks.address[row])
    same_channel = (states.channel < 0) | (states.channel == asks.channel[row])
    shares_debt = (states.debts & asks.debts[row]) != 0
    return np.asarray(same_channel & shares_debt & (anywhere | same_place | same_address))


def _in_hours(states: States, clock: Clock) -> Bools:
    """[S, Z]: is it, on that clock, an hour of a weekday the state names?

    A wish over midnight belongs to the weekday it begins on.
    """
    minute = clock.second[states.row] // 60
    weekday = (clock.day[states.row] + 3) % 7
    named = (states.weekdays[:, None].astype(np.int64) >> weekday) & 1 == 1
    named_before = (states.weekdays[:, None].astype(np.int64) >> ((weekday + 6) % 7)) & 1 == 1
    opens, closes = states.from_minute[:, None], states.until_minute[:, None]
    within = (opens <= minute) & (minute < closes) & named
    over_midnight = ((opens <= minute) & named) | ((minute < closes) & named_before)
    in_hours = np.where(opens < closes, within, over_midnight)
    return np.asarray(_at_every_hour(states)[:, None] | (in_hours & clock.known[states.row]))


def lasts_until(asks: Asks, met: Live, clock: Clock) -> Ints:
    """Until when at least each state goes on meeting its ask: its end, or the wish's next turn."""
    states = met.states
    wall = Clock(
        clock.known[states.row],
        clock.day[states.row],
        clock.second[states.row],
        clock.kind_of_day[states.row],
        clock.jumps_at[states.row],
    )
    turns = np.stack([states.from_minute, states.until_minute], axis=1)[:, :, None]
    minute = (wall.second // 60)[:, None, :]
    ahead = np.where(turns > minute, turns, DAY_MINUTES).min(axis=1)
    turn = next_minute(asks.at[states.row], wall, ahead)
    turn = np.where(met.in_hours & wall.known, turn, 0).max(axis=1, initial=0)
    return np.where(_at_every_hour(states), states.end, np.minimum(states.end, turn))


def _at_every_hour(states: States) -> Bools:
    whole_day = (states.from_minute == 0) & (states.until_minute >= DAY_MINUTES)
    return np.asarray(whole_day & (states.weekdays == EVERY_WEEKDAY))
