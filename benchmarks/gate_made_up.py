"""A made-up day of planned contacts, as columns and as objects."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks import gate_plain as plain
from evenhand.core import words
from evenhand.core.gate_columns import MISSING, NEVER_SECOND, YES, Asks, History, States
from evenhand.law import zones

DAY = date(2026, 4, 15)
MIDNIGHT = int(datetime(2026, 4, 15, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp())
A_DAY = 86_400
ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong")
CALLS = ("call", "voicebot")
PASTS = {
    "sms": ("sent",),
    "call": ("unanswered", "busy", "conversation", "connected_notice", "voicemail"),
    "voicebot": ("unanswered", "connected_notice"),
    "in_app": ("sent",),
    "email": ("sent",),
    "visit": ("conversation",),
}


def made_up(count: int, rng: np.random.Generator) -> tuple[Asks, History, States]:
    """What a lender might plan for a day: reminders, some calls, few visits, some mistakes."""
    table = zones.table(ZONES)
    code_of = [zones.codes(table, [[name]])[0, 0] for name in ZONES]
    zone = np.array(code_of, dtype=np.int16)[_some(rng, count, (97, 2, 1))]
    channel = _words(
        rng,
        count,
        words.CHANNELS,
        sms=520,
        call=300,
        in_app=130,
        voicebot=20,
        email=15,
        letter=10,
        visit=5,
    )
    is_visit = channel == words.code("visit", words.CHANNELS)
    asks = Asks.of(
        MIDNIGHT + rng.integers(7 * 3600, 22 * 3600 + 1800, count),
        table,
        zone[:, None],
        channel=channel,
        mode=_some(rng, count, (95, 5)).astype(np.int8),
        to=_words(rng, count, words.RECIPIENTS, debtor=950, guarantor=25, co_debtor=15, spouse=4,
                  attorney=2, nominated_contact=2, relative=1, employer=1),
        purpose=_words(rng, count, words.PURPOSES, collect=620, due_reminder=250,
                       required_notice=100, reply=25, pass_message=3, locate=2),
        by=_some(rng, count, (95, 5)).astype(np.int8),
        lender_kind=words.code("small_loan", words.LENDER_KINDS),
        address=rng.integers(0, 2, count),
        address_source=_some(rng, count, (998, 2)).astype(np.int8),
        debts=rng.integers(1, 4, count).astype(np.uint64),
        discloses_debt=_some(rng, count, (97, 3)).astype(np.int8),
        disclosed=_some(rng, count, (1, 99)).astype(np.int8),
        names_institution=_some(rng, count, (1, 99)).astype(np.int8),
        days_late=rng.integers(-5, 120, count),
        overdue_minor=rng.integers(0, 3_000_000, count),
        **_visits(count, rng, is_visit),
    )  # fmt: skip
    return asks, _history(count, rng), _states(count, rng)


def _visits(count: int, rng: np.random.Generator, is_visit: Any) -> dict[str, Any]:
    """What is planned of a visit; said of nothing else."""
    return {
        "place": np.where(is_visit, _some(rng, count, (80, 5, 15)), -2),
        "staff": np.where(is_visit, _some(rng, count, (0, 5, 95)), MISSING),
        "notice_minutes": np.where(is_visit, _some(rng, count, (5, 95)) * 2_000, MISSING),
        "badged": np.where(is_visit, _some(rng, count, (2, 98)), -2),
        "authority_shown": np.where(is_visit, _some(rng, count, (2, 98)), -2),
        "recorded": np.where(is_visit, _some(rng, count, (1, 2, 2, 95)), 0),
        "approvals": np.where(is_visit, _some(rng, count, (1, 2, 2, 95)), 0),
    }


def _history(count: int, rng: np.random.Generator) -> History:
    """Five contacts before each on average, most of them long ago."""
    row = np.repeat(np.arange(count), rng.poisson(5, count))
    entries = len(row)
    channel = _words(rng, entries, words.CHANNELS, sms=550, call=250, in_app=140, voicebot=40,
                     email=18, visit=2)  # fmt: skip
    outcome = np.zeros(entries, dtype=np.int8)
    for name, outcomes in PASTS.items():
        own = np.flatnonzero(channel == words.code(name, words.CHANNELS))
        codes = np.array([words.code(each, words.OUTCOMES) for each in outcomes], dtype=np.int8)
        outcome[own] = codes[rng.integers(0, len(codes), len(own))]
    return History.of(
        row,
        MIDNIGHT + 6 * 3600 - (rng.exponential(12 * A_DAY, entries)).astype(np.int64),
        channel=channel,
        outcome=outcome,
        to=_words(rng, entries, words.RECIPIENTS, debtor=97, guarantor=2, co_debtor=1),
        address=rng.integers(0, 2, entries),
        debts=rng.integers(1, 4, entries).astype(np.uint64),
    )


def _states(count: int, rng: np.random.Generator) -> States:
    """One in eight has a complaint, a plan, a wish or worse, or had."""
    row = np.flatnonzero(rng.random(count) < 0.125)
    kind = _words(rng, len(row), words.STATE_KINDS, complaint_open=200, dispute_open=40,
                  agreement_in_force=160, plan_asked=40, opt_out=150, inconvenient=150,
                  debtor_agreed=50, placed_with_agency=60, represented=20, cease_request=30,
                  hospital=10, disaster=10, bankruptcy=5, debtor_deceased=5, identity_theft=10,
                  safe_contact=20, number_disowned=20, time_barred=10,
                  debtor_unreachable=10)  # fmt: skip
    is_wish = kind == words.code("inconvenient", words.STATE_KINDS)
    is_opt_out = kind == words.code("opt_out", words.STATE_KINDS)
    begun = MIDNIGHT - rng.integers(0, 60 * A_DAY, len(row))
    ended = np.where(rng.random(len(row)) < 0.4, begun + 20 * A_DAY, NEVER_SECOND)
    return States.of(
        row, kind, begun, end=ended,
        channel=np.where(is_opt_out, words.code("sms", words.CHANNELS), -1),
        from_minute=np.where(is_wish, 9 * 60, 0),
        until_minute=np.where(is_wish, 17 * 60, 24 * 60),
    )  # fmt: skip


def _some(rng: np.random.Generator, count: int, shares: tuple[int, ...]) -> Any:
    """Numbers from 0 on, each as often as its share says."""
    return np.searchsorted(np.cumsum(shares), rng.integers(0, sum(shares), count), side="right")


def _words(rng: np.random.Generator, count: int, known: tuple[str, ...], **shares: int) -> Any:
    codes = np.array([words.code(name, known) for name in shares], dtype=np.int8)
    return codes[_some(rng, count, tuple(shares.values()))]


def objects(asks: Asks, history: History, states: States, sample: int) -> list[plain.Contact]:
    """The first contacts of the columns as objects."""
    made = [_contact(asks, row) for row in range(sample)]
    for entry in np.flatnonzero(history.row < sample).tolist():
        past = plain.Past(
            plain.moment(int(history.at[entry])),
            words.CHANNELS[history.channel[entry]],
            words.OUTCOMES[history.outcome[entry]],
            words.RECIPIENTS[history.to[entry]],
            int(history.address[entry]),
            _bits(int(history.debts[entry])),
        )
        own = made[int(history.row[entry])]
        own.history = [*own.history, past]
    for entry in np.flatnonzero(states.row < sample).tolist():
        channel = int(states.channel[entry])
        state = plain.State(
            words.STATE_KINDS[states.kind[entry]],
            plain.moment(int(states.at[entry])),
            plain.moment(int(states.end[entry])),
            words.CHANNELS[channel] if channel >= 0 else "",
            int(states.from_minute[entry]),
            int(states.until_minute[entry]),
        )
        own = made[int(states.row[entry])]
        own.states = [*own.states, state]
    return made


def _contact(asks: Asks, row: int) -> plain.Contact:
    return plain.Contact(
        plain.moment(int(asks.at[row])),
        ZoneInfo(asks.zones.names[asks.zone[row, 0]]),
        words.CHANNELS[asks.channel[row]],
        words.MODES[asks.mode[row]],
        words.RECIPIENTS[asks.to[row]],
        words.PURPOSES[asks.purpose[row]],
        words.COLLECTORS[asks.by[row]],
        int(asks.address[row]),
        words.ADDRESS_SOURCES[asks.address_source[row]],
        _bits(int(asks.debts[row])),
        bool(asks.discloses_debt[row] == YES),
        bool(asks.disclosed[row] == YES),
        bool(asks.names_institution[row] == YES),
        int(asks.days_late[row]),
        int(asks.overdue_minor[row]),
        _visit(asks, row) if words.CHANNELS[asks.channel[row]] == "visit" else None,
    )


def _visit(asks: Asks, row: int) -> plain.Visit:
    return plain.Visit(
        int(asks.staff[row]),
        int(asks.notice_minutes[row]),
        bool(asks.badged[row] == YES),
        bool(asks.authority_shown[row] == YES),
        {words.RECORDINGS[bit] for bit in _bits(int(asks.recorded[row]))},
        {words.APPROVALS[bit] for bit in _bits(int(asks.approvals[row]))},
        words.PLACES[asks.place[row]],
    )


def _bits(number: int) -> set[int]:
    return {bit for bit in range(number.bit_length()) if number >> bit & 1}
