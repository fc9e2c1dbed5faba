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
from evenhand.core.gate_time import Clock, next_minute, offsets


@dataclass(frozen=True, slots=True)
class Live:
    """Columns [N] of the states in effect: its place `entry` among all, its ask and kind.

    `surely` is false where a state of one address meets an ask whose address was not said: such a
    state may stop a contact, it never excuses one.
    """

    entry: Ints
    row: Ints
    kind: Codes
    surely: Bools

    def stop(self, table: Bits, both: np.uint64, counted: Bits, offended: Bits) -> None:
        """Add to the clauses offended [A] those that `table` (a set of clauses a kind) says these
        states offend; of `both` only where they are `counted` too."""
        stopped = table.take(self.kind)
        if both:
            stopped &= counted.take(self.row) | ~both
        np.bitwise_or.at(offended, self.row, stopped)

    def excuse(self, table: Bits, offended: Bits) -> None:
        """Take out of the clauses offended [A] those that these states excuse."""
        excuses = (self.surely & (table.take(self.kind) != 0)).nonzero()[0]
        if excuses.size:
            np.bitwise_and.at(offended, self.row[excuses], ~table.take(self.kind[excuses]))


def live(asks: Asks, states: States) -> Live:
    """The states in effect and about the ask, at its moment in any zone the person may be in."""
    if not len(states):
        none = np.zeros(0, dtype=np.int64)
        return Live(none, none, states.kind, none != 0)
    at = asks.at.take(states.row)
    begun = (states.at <= at) & (states.start <= at) & (at < states.end)
    sometimes = (begun & ~_at_every_hour(states)).nonzero()[0]
    if sometimes.size:
        begun[sometimes] = in_hours(asks, states, sometimes).any(axis=1)
    entry = begun.nonzero()[0]
    row = states.row.take(entry)
    address_unsaid = (states.address.take(entry) >= 0) & (asks.address.take(row) < 0)
    surely = _about(asks, states, entry, row)
    kept = (surely | address_unsaid).nonzero()[0]
    entry = entry.take(kept)
    return Live(entry, row.take(kept), states.kind.take(entry), surely.take(kept))


def next_beginning(asks: Asks, states: States) -> Ints:
    """The first instant [A] after the ask at which a state comes into effect, or NEVER_SECOND."""
    soonest = np.full(len(asks), NEVER_SECOND, dtype=np.int64)
    begins = np.maximum(states.at, states.start)
    coming = begins > asks.at[states.row]
    np.minimum.at(soonest, states.row[coming], begins[coming])
    return soonest


def _about(asks: Asks, states: States, entry: Ints, row: Ints) -> Bools:
    """Does the state at `entry` concern the ask's channel, debts and place or address?"""
    place, address = states.place.take(entry), states.address.take(entry)
    channel = states.channel.take(entry)
    anywhere = (place < 0) & (address < 0)
    same_place = (place >= 0) & (place == asks.place.take(row))
    same_address = (address >= 0) & (address == asks.address.take(row))
    same_channel = (channel < 0) | (channel == asks.channel.take(row))
    shares_debt = (states.debts.take(entry) & asks.debts.take(row)) != 0
    return np.asarray(same_channel & shares_debt & (anywhere | same_place | same_address))


def in_hours(asks: Asks, states: States, entries: Ints) -> Bools:
    """[N, Z]: is it, on that clock, an hour of a weekday the state at each of these places names?

    A wish over midnight belongs to the weekday it begins on.
    """
    row = states.row.take(entries)
    zone, at = asks.zone.take(row, axis=0), asks.at.take(row)[:, None]
    local = (at + offsets(asks.zones, zone, at)) // 60
    day = local // DAY_MINUTES
    minute = local - day * DAY_MINUTES
    weekdays = states.weekdays.take(entries)[:, None].astype(np.int64)
    named, named_before = weekdays >> (day + 3) % 7 & 1, weekdays >> (day + 2) % 7 & 1
    opens = states.from_minute.take(entries)[:, None]
    closes = states.until_minute.take(entries)[:, None]
    begun, going = (opens <= minute) & (named != 0), minute < closes
    over_midnight = begun | (going & (named_before != 0))
    return np.asarray(np.where(opens < closes, begun & going, over_midnight) & (zone >= 0))


def lasts_until(asks: Asks, met: Live, states: States, clock: Clock) -> Ints:
    """Until when at least each state goes on meeting its ask: its end, or the wish's next turn."""
    own = states.of_entries(met.entry)
    wall = clock.of_rows(own.row)
    turns = np.stack([own.from_minute, own.until_minute], axis=1)[:, :, None]
    minute = (wall.second // 60)[:, None, :]
    ahead = np.where(turns > minute, turns, DAY_MINUTES).min(axis=1)
    turn = next_minute(asks.at[own.row], wall, ahead)
    turn = np.where(in_hours(asks, own, np.arange(len(own))), turn, 0).max(axis=1, initial=0)
    return np.where(_at_every_hour(own), own.end, np.minimum(own.end, turn))


def _at_every_hour(states: States) -> Bools:
    whole_day = (states.from_minute == 0) & (states.until_minute >= DAY_MINUTES)
    return np.asarray(whole_day & (states.weekdays == EVERY_WEEKDAY))
