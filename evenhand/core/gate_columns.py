"""What the gate reads: asks, their history, the states they meet, as columns.

A asks; history and states are flat, `row` says to which ask an entry belongs (in any order). Words
are codes of `core.words`; moments are int64 whole seconds UTC, a part of a second is dropped; sets
of debts are bits, numbered within one ask: bit i is the i-th debt of this debtor, in asks, history
and states alike. Everything has a default but what cannot be guessed: `Asks.of(at, zones, zone,
channel=...)`.
"""

from dataclasses import dataclass, fields
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Bools, Ints
from evenhand.core.words import ANY, UNKNOWN

Codes: TypeAlias = npt.NDArray[np.int8]
ZoneCodes: TypeAlias = npt.NDArray[np.int16]
Bits: TypeAlias = npt.NDArray[np.uint64]
Defaults: TypeAlias = "dict[str, np.generic[Any]]"

NEVER_SECOND: Final = 1 << 60
"""No such moment; it sorts after every real one."""
MISSING: Final = -(1 << 60)
"""A number nobody gave; it lies below every threshold, so that unknown refuses."""
NO: Final = 0
YES: Final = 1
ALL_DEBTS: Final = (1 << 64) - 1
EVERY_WEEKDAY: Final = 127
DAY_MINUTES: Final = 1440


@dataclass(frozen=True, slots=True)
class Zones:
    """Zones as columns of transitions; a zone's code is its place in `names`.

    `key` [K] rises: code * SPAN + the instant the offset begins; `offset` [K] seconds east of UTC;
    `until` [K] the instant the next offset of the same zone begins, NEVER_SECOND for the last.
    """

    names: tuple[str, ...]
    key: Ints
    offset: Ints
    until: Ints


@dataclass(frozen=True, slots=True)
class Asks:
    """Columns [A]; `zone` is [A, Z]: every zone the person may be in, padded with UNKNOWN.

    Answers (`discloses_debt`, `disclosed`, `names_institution`, `badged` ...) are NO, YES or
    UNKNOWN. `disclosed`: is this measure among those of the signed contract? UNKNOWN is not judged;
    whoever asks from the ledger always says. `recorded` and `approvals` are sets of
    `words.RECORDINGS` and `words.APPROVALS`. `overdue_minor` is int64 minor units; numbers nobody
    gave are MISSING. `facts_known` and `history_known` say whether states and history are all there
    is: an ask without them is refused.
    """

    at: Ints
    zones: Zones
    zone: ZoneCodes
    channel: Codes
    mode: Codes
    to: Codes
    purpose: Codes
    by: Codes
    lender_kind: Codes
    address: Ints
    address_source: Codes
    place: Codes
    line: Codes
    debts: Bits
    discloses_debt: Codes
    disclosed: Codes
    names_institution: Codes
    optout_line: Codes
    days_late: Ints
    overdue_minor: Ints
    staff: Ints
    notice_minutes: Ints
    badged: Codes
    authority_shown: Codes
    recorded: Codes
    approvals: Codes
    entered: Codes
    invited: Codes
    told_to_leave: Codes
    facts_known: Bools
    history_known: Bools

    @classmethod
    def of(cls, at: npt.ArrayLike, zones: Zones, zone: npt.ArrayLike, **columns: Any) -> "Asks":
        """A column for every field: those given, else its default; a scalar fills its column.

        `zone` is codes of `zones`, one an ask or [A, Z]; left out, a code is the first word of its
        tuple where that is the ordinary case (interactive, debtor, collect, lender) or UNKNOWN.
        """
        moments = np.atleast_1d(np.asarray(at, dtype=np.int64))
        codes = np.asarray(zone, dtype=np.int16)
        codes = codes if codes.ndim == 2 else np.broadcast_to(codes, len(moments))[:, None]
        filled = _filled(ASK_DEFAULTS, columns, len(moments))
        return cls(at=moments, zones=zones, zone=codes, **filled)

    def __len__(self) -> int:
        return len(self.at)

    def take(self, rows: Ints | slice, at: Ints) -> "Asks":
        """The asks at `rows`, in that order (views, of a slice), made at these moments."""
        kept = {name: getattr(self, name)[rows] for name in ("zone", *ASK_DEFAULTS)}
        return Asks(at=at, zones=self.zones, **kept)

    def said(self, name: str) -> npt.NDArray[Any]:
        """A column by its name; one cell of it where all asks share it."""
        column: npt.NDArray[Any] = getattr(self, name)
        return column[:1] if column.strides == (0,) else column


@dataclass(frozen=True, slots=True)
class History:
    """Columns [H]: one contact each, made or received, with the ask (`row`) it belongs to.

    `consented`: made while a prior consent stood; `gate_consent` says so.
    """

    row: Ints
    at: Ints
    channel: Codes
    direction: Codes
    outcome: Codes
    to: Codes
    by: Codes
    address: Ints
    line: Codes
    debts: Bits
    consented: Bools

    @classmethod
    def of(cls, row: npt.ArrayLike, at: npt.ArrayLike, **columns: Any) -> "History":
        """Columns by name; left out: outgoing, to the debtor, by the lender, about every debt."""
        rows = np.atleast_1d(np.asarray(row, dtype=np.int64))
        moments = np.asarray(at, dtype=np.int64).reshape(len(rows))
        return cls(row=rows, at=moments, **_filled(HISTORY_DEFAULTS, columns, len(rows)))

    @classmethod
    def none(cls) -> "History":
        """No contact was ever made."""
        return cls.of([], [])

    def __len__(self) -> int:
        return len(self.row)

    def of_rows(self, rows: Ints, count: int) -> "History":
        """Only the entries of the asks at `rows` (of `count`), renumbered to their order there."""
        return History(**_renumbered(self, rows, count))

    def of_entries(self, entries: Ints, moved: int) -> "History":
        """The entries at these places, their rows moved by so many."""
        columns = _at(self, entries)
        return History(**columns | {"row": columns["row"] + moved})


@dataclass(frozen=True, slots=True)
class States:
    """Columns [S]: what is known of a person from `at` until `end` (half-open).

    A state is in effect where at <= moment, start <= moment < end. `start` is the moment a
    `debtor_agreed` window opens, or the debtor was told of a `placed_with_agency` (NEVER_SECOND
    while not told), else 0; `end` is the earliest of its until, closed_at and withdrawn_at.
    `channel`, `place`, `address` and `debts` narrow it (ANY or ALL_DEBTS: not narrowed); with both
    place and address either is enough. `weekdays`, `from_minute`, `until_minute` are local times of
    an `inconvenient` wish, half-open; from later than until runs over midnight.
    """

    row: Ints
    kind: Codes
    at: Ints
    start: Ints
    end: Ints
    channel: Codes
    place: Codes
    address: Ints
    debts: Bits
    weekdays: Codes
    from_minute: Ints
    until_minute: Ints

    @classmethod
    def of(
        cls, row: npt.ArrayLike, kind: npt.ArrayLike, at: npt.ArrayLike, **columns: Any
    ) -> "States":
        """Columns by name; left out: not narrowed, at every hour, without end."""
        rows = np.atleast_1d(np.asarray(row, dtype=np.int64))
        kinds = np.asarray(kind, dtype=np.int8).reshape(len(rows))
        moments = np.asarray(at, dtype=np.int64).reshape(len(rows))
        filled = _filled(STATE_DEFAULTS, columns, len(rows))
        return cls(row=rows, kind=kinds, at=moments, **filled)

    @classmethod
    def none(cls) -> "States":
        """Nothing is known against or for a contact."""
        return cls.of([], [], [])

    def __len__(self) -> int:
        return len(self.row)

    def of_rows(self, rows: Ints, count: int) -> "States":
        """Only the states of the asks at `rows` (of `count`), renumbered to their order there."""
        return States(**_renumbered(self, rows, count))

    def of_entries(self, entries: Ints | slice, moved: int = 0) -> "States":
        """The states at these places, their rows moved by so many."""
        columns = _at(self, entries)
        return States(**columns | {"row": columns["row"] + moved})


ASK_DEFAULTS: Final[Defaults] = {
    "channel": np.int8(UNKNOWN),
    "mode": np.int8(0),
    "to": np.int8(0),
    "purpose": np.int8(0),
    "by": np.int8(0),
    "lender_kind": np.int8(UNKNOWN),
    "address": np.int64(UNKNOWN),
    "address_source": np.int8(0),
    "place": np.int8(UNKNOWN),
    "line": np.int8(UNKNOWN),
    "debts": np.uint64(ALL_DEBTS),
    "discloses_debt": np.int8(UNKNOWN),
    "disclosed": np.int8(UNKNOWN),
    "names_institution": np.int8(UNKNOWN),
    "optout_line": np.int8(UNKNOWN),
    "days_late": np.int64(MISSING),
    "overdue_minor": np.int64(MISSING),
    "staff": np.int64(MISSING),
    "notice_minutes": np.int64(MISSING),
    "badged": np.int8(UNKNOWN),
    "authority_shown": np.int8(UNKNOWN),
    "recorded": np.int8(0),
    "approvals": np.int8(0),
    "entered": np.int8(UNKNOWN),
    "invited": np.int8(UNKNOWN),
    "told_to_leave": np.int8(UNKNOWN),
    "facts_known": np.bool_(True),
    "history_known": np.bool_(True),
}
HISTORY_DEFAULTS: Final[Defaults] = {
    "channel": np.int8(UNKNOWN),
    "direction": np.int8(0),
    "outcome": np.int8(UNKNOWN),
    "to": np.int8(0),
    "by": np.int8(0),
    "address": np.int64(UNKNOWN),
    "line": np.int8(UNKNOWN),
    "debts": np.uint64(ALL_DEBTS),
    "consented": np.bool_(False),
}
STATE_DEFAULTS: Final[Defaults] = {
    "start": np.int64(0),
    "end": np.int64(NEVER_SECOND),
    "channel": np.int8(ANY),
    "place": np.int8(ANY),
    "address": np.int64(ANY),
    "debts": np.uint64(ALL_DEBTS),
    "weekdays": np.int8(EVERY_WEEKDAY),
    "from_minute": np.int64(0),
    "until_minute": np.int64(DAY_MINUTES),
}


def _filled(defaults: Defaults, given: dict[str, Any], count: int) -> dict[str, npt.NDArray[Any]]:
    """A column of `count` entries for every default; AssertionError for a name there is none of."""
    strange = given.keys() - defaults.keys()
    assert not strange, f"no such column: {sorted(strange)}"
    names = tuple(defaults)
    return {
        name: _column(given.get(name, defaults[name]), defaults[name].dtype, count)
        for name in names
    }


def _column(value: Any, dtype: np.dtype[Any], count: int) -> npt.NDArray[Any]:
    return np.broadcast_to(np.asarray(value, dtype=dtype), (count,))


def _renumbered(entries: History | States, rows: Ints, count: int) -> dict[str, npt.NDArray[Any]]:
    """The columns of the entries that belong to the asks at `rows`, renumbered."""
    place = np.full(count, -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    columns = _at(entries, np.flatnonzero(place[entries.row] >= 0))
    return columns | {"row": place[columns["row"]]}


def _at(entries: History | States, places: Ints | slice) -> dict[str, npt.NDArray[Any]]:
    """The columns of the entries at these places."""
    names = tuple(field.name for field in fields(entries))
    return {name: getattr(entries, name)[places] for name in names}
