"""The gate beside the same rules in plain Python (`may_plain_test`), over random requests.

A seed makes a hundred requests, most of them near a cap, the edge of a day or a wish.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core import words
from evenhand.site.commands import may
from evenhand.site.commands.may_plain_test import BEIJING, Request, allowed, moment, offended

ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]
BASE = datetime(2026, 1, 1, tzinfo=BEIJING)
DAYS = [0, 28, 29, 30, 46, 87, 88, 95, 271, 272, 273, 274, 279, 303, 304]
DAY = 86_400
SECONDS = [0, 8 * 3600 - 1, 8 * 3600, 14 * 3600, 22 * 3600 - 1, 22 * 3600, DAY - 1]
SPANS = [-5 * DAY, -3600, 0, 1, 3600, DAY, 6 * DAY, 7 * DAY]
HOURS = ["00:00", "08:00", "09:30", "12:00", "15:00", "22:00", "24:00"]
SENT = {"channel": "sms", "outcome": "sent"}
TALKED = {"channel": "voicebot", "outcome": "conversation"}
RANG = {"channel": "call", "outcome": "unanswered"}
TOLD = {"channel": "call", "outcome": "connected_notice"}
MET = {"channel": "visit", "outcome": "conversation"}
CAPS: list[tuple[Request, Request, int, int]] = [
    ({"channel": "call", "to": "debtor"}, TALKED, 3, 1),
    ({"channel": "call", "to": "guarantor"}, TALKED, 3, 1),
    ({"channel": "call", "to": "debtor", "mode": "notice_only"}, TOLD, 3, 1),
    ({"channel": "voicebot"}, RANG, 6, 1),
    ({"channel": "sms", "to": "debtor"}, SENT, 1, 2),
    ({"channel": "sms", "to": "debtor"}, SENT, 3, 9),
    ({"channel": "visit"}, MET, 1, 2),
    ({"channel": "visit"}, RANG, 3, 95),
    ({"channel": "sms", "message": {"names_institution": False}}, SENT, 1, 30),
]
"""What a request may be, the contacts that use up its cap, the cap, the days they lie in."""


def requests(seed: int) -> list[Request]:
    rng = Random(seed)
    return [request(rng) for _ in range(100)]


def request(rng: Random) -> Request:
    at = BASE + timedelta(days=rng.choice([*DAYS, rng.randrange(300)]))
    at += timedelta(seconds=rng.choice([*SECONDS, *(rng.randrange(DAY) for _ in range(7))]))
    about, sort, cap, days = rng.choice(CAPS)
    near = rng.random() < 0.6
    asked: Request = {
        "packs": rng.choice([["cn"], ["cn", "policy"]]),
        "at": at.isoformat(),
        "zones": rng.sample(ZONES, rng.choice([1, 1, 2])),
        "channel": rng.choice(["call", "sms", "visit", *words.CHANNELS]),
        "to": mostly(rng, "debtor", words.RECIPIENTS),
        "address": mostly(rng, "a1", ("a2", "a3")),
        "by": mostly(rng, "lender", words.COLLECTORS),
        "lender_kind": "small_loan",
        "purpose": mostly(rng, "collect", words.PURPOSES),
        "debts": rng.choice([["L1"], ["L1", "L2"]]),
        "discloses_debt": rng.random() < 0.5,
        "facts": [fact(rng, at) for _ in range(rng.choice([0, 0, 1, 2]))],
        "message": {"names_institution": rng.random() < 0.9},
    } | (about if near else {})
    asked["history"] = [each for _ in range(rng.randrange(3)) for each in burst(rng, at, asked)]
    if near:
        entry = sort | {"to": asked["to"], "address": asked["address"], "direction": "out"}
        many = range(max(0, cap + rng.choice([-1, 0, 0, 1])))
        asked["history"] += [contact(rng, at, days) | entry for _ in many]
    return asked | odds(rng, asked)


def odds(rng: Random, asked: Request) -> Request:
    """What is not always said, and what is not always known."""
    found: Request = {}
    if rng.random() < 0.7:
        overdue = rng.choice(["900.00", "9999.99", "10000.00"])
        found |= {"days_late": rng.choice([-3, 59, 60, 75]), "overdue": overdue}
    if asked["channel"] == "visit":
        found["visit"] = visit(rng)
    if rng.random() < 0.1:
        found["place"] = rng.choice(words.PLACES)
    if rng.random() < 0.05:
        found["address_source"] = "address_book"
    if rng.random() < 0.05:
        found["zones"] = []
    return found


def mostly(rng: Random, usual: str, others: tuple[str, ...]) -> str:
    return usual if rng.random() < 0.7 else rng.choice(others)


def ago(rng: Random, at: datetime, days: int) -> str:
    near = rng.choice([rng.randrange(days * DAY), rng.randrange(days * DAY), rng.choice(SPANS)])
    return (at - timedelta(seconds=near)).isoformat()


def contact(rng: Random, at: datetime, days: int) -> Request:
    channel = rng.choice(["call", "sms", "visit", "email", "voicebot"])
    sent = channel in ("sms", "email")
    return {
        "at": ago(rng, at, days),
        "channel": channel,
        "direction": rng.choice(["out", "out", "out", "in"]),
        "outcome": "sent" if sent else rng.choice(words.OUTCOMES),
        "to": mostly(rng, "debtor", ("guarantor", "spouse")),
        "address": mostly(rng, "a1", ("a2",)),
        "by": rng.choice(words.COLLECTORS),
        "debts": rng.choice([["L1"], ["L2"]]),
    }


def burst(rng: Random, at: datetime, asked: Request) -> list[Request]:
    """A few contacts of one sort."""
    one = contact(rng, at, 1) | {"to": asked["to"]}
    return [one | {"at": ago(rng, at, rng.choice([1, 8]))} for _ in range(rng.randrange(8))]


def fact(rng: Random, at: datetime) -> Request:
    kind = mostly(rng, rng.choice(["inconvenient", "debtor_agreed", "opt_out"]), words.STATE_KINDS)
    found: Request = {"kind": kind, "at": ago(rng, at, 20)}
    if rng.random() < 0.4:
        found[rng.choice(["closed_at", "withdrawn_at"])] = ago(rng, at, 5)
    if kind == "debtor_agreed":
        found |= {"from": ago(rng, at, 1), "until": ago(rng, at + timedelta(days=1), 1)}
    elif kind == "placed_with_agency":
        found |= {"debtor_told_at": ago(rng, at, 9)} if rng.random() < 0.6 else {}
    elif kind == "inconvenient":
        found |= wish(rng)
    elif rng.random() < 0.3:
        found["until"] = ago(rng, at, 5)
    if rng.random() < 0.25:
        found |= rng.choice(
            [
                {"channel": rng.choice(words.CHANNELS)},
                {"address": rng.choice(["a1", "a2"])},
                {"debts": rng.choice([["L1"], ["L2"], ["L1", "L3"]])},
            ]
        )
    return found


def wish(rng: Random) -> Request:
    found: dict[str, Any] = {}
    if rng.random() < 0.6:
        found["weekdays"] = rng.sample(words.WEEKDAYS, rng.randrange(1, 6))
    if rng.random() < 0.6:
        found["from"] = rng.choice(HOURS[:-1])
    if rng.random() < 0.6:
        found["until"] = rng.choice(HOURS)
    if rng.random() < 0.2:
        found["place"] = rng.choice(["home", "work"])
    return found


def visit(rng: Random) -> Request:
    answers = ("badged", "authority_shown")
    entering = ("entered", "invited", "told_to_leave")
    found: Request = {key: rng.random() < 0.9 for key in answers}
    found |= {key: rng.random() < 0.2 for key in entering if rng.random() < 0.8}
    return found | {
        "staff": rng.choice([1, 2, 2, 2, 3]),
        "notice_hours": rng.choice([23, 24, 24, 48]),
        "recorded": rng.choice([["audio", "video"], ["video", "audio"], ["audio"]]),
        "approvals": rng.choice([["supervisor", "compliance"]] * 3 + [["compliance"]]),
        "place": rng.choice(["home", "home", "elsewhere", "work", "school", "hospital"]),
    }


def rules(answer: Request) -> set[str]:
    return {each["rule"] for each in answer["refusals"] + answer["warnings"]}


def between(rng: Random, first: datetime, last: datetime) -> Iterator[datetime]:
    """Moments from the first up to, but not on, the last."""
    seconds = int((last - first).total_seconds())
    return (first + timedelta(seconds=rng.randrange(seconds)) for _ in range(20) if seconds)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9))
def test_a_batch_offends_what_plain_python_says(seed: int) -> None:
    batch = requests(seed)
    for asked, answer in zip(batch, may.answer(batch), strict=True):
        assert rules(answer) == offended(asked, moment(asked["at"])), asked
        assert answer["allowed"] == allowed(asked, moment(asked["at"])), asked


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**9))
def test_not_before_is_the_first_second_plain_python_allows(seed: int) -> None:
    batch, rng = requests(seed), Random(seed + 1)
    for asked, answer in zip(batch, may.answer(batch), strict=True):
        at, first = moment(asked["at"]), answer["not_before"]
        last = moment(first) if first else at + timedelta(days=400)
        assert not first or allowed(asked, last), asked
        assert not first or last == at or not allowed(asked, last - timedelta(seconds=1)), asked
        assert not any(allowed(asked, then) for then in between(rng, at, last)), asked
