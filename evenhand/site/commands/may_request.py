"""From the requests of `evenhand may` to the gate's columns, each key in the unit of its column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from evenhand.core import words
from evenhand.core.gate_columns import (
    ASK_DEFAULTS,
    NEVER_SECOND,
    STATE_DEFAULTS,
    Asks,
    History,
    States,
)
from evenhand.core.words import UNKNOWN
from evenhand.law import zones
from evenhand.site.commands import may_fields
from evenhand.site.commands.jsonline import Fields

KEYS: Final = (
    "packs", "at", "zones", "channel", "mode", "to", "address", "address_source", "place", "by",
    "agency", "lender_kind", "purpose", "debts", "discloses_debt", "days_late", "overdue", "facts",
    "history", "visit", "message",
)  # fmt: skip
HISTORY_KEYS: Final = ("at", "channel", "direction", "outcome", "to", "address", "by", "debts")
VISIT_KEYS: Final = (
    "staff", "badged", "authority_shown", "recorded", "notice_hours", "approvals", "place",
    "entered", "invited", "told_to_leave",
)  # fmt: skip
MESSAGE_KEYS: Final = ("optout_line", "names_institution", "amount", "threatens_suit")
FACT_KEYS: Final = (
    "kind", "at", "until", "closed_at", "withdrawn_at", "debts", "address", "channel",
)  # fmt: skip
MORE_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "inconvenient": ("weekdays", "from", "place"),
    "placed_with_agency": ("debtor_told_at",),
    "debtor_agreed": ("from",),
    "prior_consent": ("given_to",),
}
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2040
NUMBER_MAX: Final = 10**9
AMOUNT_MAX: Final = 1 << 60

DEFAULTS: Final = ASK_DEFAULTS | STATE_DEFAULTS

Row = dict[str, Any]


@dataclass(slots=True)
class Read:
    """Rows of a batch as they are read, and the numbers given to the names in them."""

    asks: list[Row] = field(default_factory=list)
    history: list[Row] = field(default_factory=list)
    states: list[Row] = field(default_factory=list)
    people_zones: list[list[str]] = field(default_factory=list)
    addresses: dict[str, int] = field(default_factory=dict)

    def address(self, name: str) -> int:
        """The number of an address, the same for the same name."""
        return self.addresses.setdefault(name, len(self.addresses))


def columns(requests: Sequence[Fields]) -> tuple[Asks, History, States]:
    """The columns of a batch; BadRequest where a key is not as the contract says."""
    read = Read()
    for row, request in enumerate(requests):
        _read(request, row, read)
    table = zones.table(name for names in read.people_zones for name in names)
    asks = _filled(read.asks)
    at = asks.pop("at")
    return (
        Asks.of(at, table, zones.codes(table, read.people_zones), **asks),
        History.of(**_filled(read.history)) if read.history else History.none(),
        States.of(**_filled(read.states)) if read.states else States.none(),
    )


def _read(request: Fields, row: int, read: Read) -> None:
    request.only(KEYS)
    debts: dict[str, int] = {}
    at = may_fields.moment(request, "at")
    if not FIRST_YEAR <= at.year < LAST_YEAR:
        request.refuse("at", f"not in the years {FIRST_YEAR} to {LAST_YEAR}")
    visit, message = request.part("visit"), request.part("message")
    read.asks.append(
        {
            "at": may_fields.seconds(at),
            "channel": may_fields.code(request, "channel", words.CHANNELS),
            "mode": may_fields.code(request, "mode", words.MODES, "interactive"),
            "to": may_fields.code(request, "to", words.RECIPIENTS),
            "purpose": may_fields.code(request, "purpose", words.PURPOSES),
            "by": may_fields.code(request, "by", words.COLLECTORS),
            "lender_kind": may_fields.code(request, "lender_kind", words.LENDER_KINDS),
            "address": read.address(request.text("address")),
            "address_source": may_fields.code(
                request, "address_source", words.ADDRESS_SOURCES, "given_by_person"
            ),
            "place": _place(request, visit),
            "line": _line(request),
            "debts": may_fields.debts(request, debts),
            "discloses_debt": int(may_fields.answer(request, "discloses_debt")),
            "facts_known": "facts" in request.values,
            "history_known": "history" in request.values,
        }
        | _numbers(request)
        | _visit(visit)
        | _message(message)
    )
    read.people_zones.append(may_fields.zone_names(request))
    for entry in may_fields.listed(request, "history"):
        read.history.append(_contact(entry, row, debts, read) | _same_line(entry, request))
    for fact in may_fields.listed(request, "facts"):
        read.states.append(_state(fact, row, debts, read))
    if "agency" in request.values:
        request.text("agency")


def _numbers(request: Fields) -> Row:
    given: Row = {}
    if "days_late" in request.values:
        given["days_late"] = request.integer("days_late", -NUMBER_MAX, NUMBER_MAX)
    if "overdue" in request.values:
        given["overdue_minor"] = min(request.scaled("overdue", 2), AMOUNT_MAX)
    return given


def _visit(visit: Fields) -> Row:
    visit.only(VISIT_KEYS)
    given: Row = {
        key: int(may_fields.answer(visit, key))
        for key in ("badged", "authority_shown", "entered", "invited", "told_to_leave")
        if key in visit.values
    }
    if "staff" in visit.values:
        given["staff"] = visit.integer("staff", 0, NUMBER_MAX)
    if "notice_hours" in visit.values:
        given["notice_minutes"] = visit.integer("notice_hours", 0, NUMBER_MAX) * 60
    given["approvals"] = may_fields.word_set(visit, "approvals", words.APPROVALS)
    given["recorded"] = may_fields.word_set(visit, "recorded", words.RECORDINGS)
    return given


def _message(message: Fields) -> Row:
    message.only(MESSAGE_KEYS)
    if "amount" in message.values:
        message.scaled("amount", 2)
    if "threatens_suit" in message.values:
        may_fields.answer(message, "threatens_suit")
    keys = ("optout_line", "names_institution")
    return {key: int(may_fields.answer(message, key)) for key in keys if key in message.values}


def _place(request: Fields, visit: Fields) -> int:
    """Where the person is met: the visit's place, else the place of the contact."""
    spoken = request if "place" in request.values else visit
    return may_fields.code(spoken, "place", words.PLACES) if "place" in spoken.values else UNKNOWN


def _contact(entry: Fields, row: int, debts: dict[str, int], read: Read) -> Row:
    entry.only(HISTORY_KEYS)
    return {
        "row": row,
        "at": may_fields.seconds(may_fields.moment(entry, "at")),
        "channel": may_fields.code(entry, "channel", words.CHANNELS),
        "direction": may_fields.code(entry, "direction", words.DIRECTIONS),
        "outcome": may_fields.code(entry, "outcome", words.OUTCOMES),
        "to": may_fields.code(entry, "to", words.RECIPIENTS),
        "by": may_fields.code(entry, "by", words.COLLECTORS),
        "address": read.address(entry.text("address")),
        "debts": may_fields.debts(entry, debts),
    }


def _line(request: Fields) -> int:
    """Whose number it is, by the place of the contact: at home the person's own."""
    if "place" not in request.values:
        return UNKNOWN
    own = may_fields.code(request, "place", words.PLACES) == words.code("home", words.PLACES)
    return words.code("own" if own else "other", words.LINES)


def _same_line(entry: Fields, request: Fields) -> Row:
    """A contact to the address asked for was on the same line; of another it is not known."""
    same = entry.text("address") == request.text("address")
    return {"line": _line(request) if same else UNKNOWN}


def _state(fact: Fields, row: int, debts: dict[str, int], read: Read) -> Row:
    kind = fact.word("kind", words.STATE_KINDS)
    fact.only((*FACT_KEYS, *MORE_KEYS.get(kind, ())))
    ends = ("closed_at", "withdrawn_at", *(() if kind == "inconvenient" else ("until",)))
    state = {
        "row": row,
        "kind": words.code(kind, words.STATE_KINDS),
        "at": may_fields.seconds(may_fields.moment(fact, "at")),
        "end": min(_moment(fact, key) for key in ends),
    }
    if "debts" in fact.values:
        state["debts"] = may_fields.debts(fact, debts)
    if "address" in fact.values:
        state["address"] = read.address(fact.text("address"))
    if "channel" in fact.values:
        state["channel"] = may_fields.code(fact, "channel", words.CHANNELS)
    return state | _own(fact, kind)


def _own(fact: Fields, kind: str) -> Row:
    """What only one kind says."""
    if kind == "debtor_agreed":
        fact.raw("until")
        return {"start": may_fields.seconds(may_fields.moment(fact, "from"))}
    if kind == "placed_with_agency":
        return {"start": _moment(fact, "debtor_told_at")}
    if kind == "workplace_forbids":
        return {"place": words.code("work", words.PLACES)}
    if kind == "inconvenient":
        return _weekdays(fact) | _hours(fact) | _wished_place(fact)
    return {}


def _weekdays(fact: Fields) -> Row:
    days = may_fields.word_set(fact, "weekdays", words.WEEKDAYS)
    if days == 0 and "weekdays" in fact.values:
        fact.refuse("weekdays", "names no day")
    return {"weekdays": days} if days else {}


def _hours(fact: Fields) -> Row:
    keys = (("from", "from_minute"), ("until", "until_minute"))
    return {name: may_fields.minute(fact, key) for key, name in keys if key in fact.values}


def _wished_place(fact: Fields) -> Row:
    given = "place" in fact.values
    return {"place": may_fields.code(fact, "place", words.PLACES)} if given else {}


def _moment(fact: Fields, key: str) -> int:
    """The second of a moment, NEVER_SECOND where the key is absent."""
    if key not in fact.values:
        return NEVER_SECOND
    return may_fields.seconds(may_fields.moment(fact, key))


def _filled(rows: Sequence[Row]) -> dict[str, list[Any]]:
    """A column for every key some row has; a row without it has the gate's default."""
    keys = dict.fromkeys(key for row in rows for key in row)
    return {key: [row[key] if key in row else DEFAULTS[key].item() for row in rows] for key in keys}
