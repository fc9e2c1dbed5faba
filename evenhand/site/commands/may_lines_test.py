"""940 CMR 7.04(1)(f): two calls or texts in seven days to the debtor's own number, two in thirty to
any other, about one debt; beside the same rule in plain Python."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from evenhand.site.commands import may
from evenhand.site.commands.may_plain_test import Request, moment

BOSTON = ZoneInfo("America/New_York")
NOON = datetime(2026, 10, 28, 12, tzinfo=BOSTON)
"""The clocks go back on 1 November."""
COUNTED = ("call", "voicebot", "voicemail", "ringless_voicemail", "sms")
PLACES = ("home", "work", "elsewhere", "")
SECOND = timedelta(seconds=1)
LIMIT = {"us-ma.freq": (7, "home"), "us-ma.freq.elsewhere": (30, "other")}
AGREED = {
    "kind": "debtor_agreed",
    "at": "2026-09-01T00:00:00-04:00",
    "from": "2026-09-01T00:00:00-04:00",
    "until": "2027-03-01T00:00:00-05:00",
}
"""At any hour: what is left is the count."""


def request(at: datetime, place: str, made: list[Request], **more: object) -> Request:
    said = {"place": place} if place else {}
    return {
        "packs": ["us-ma"],
        "at": at.isoformat(),
        "zones": ["America/New_York"],
        "channel": "call",
        "to": "debtor",
        "address": "n1",
        "by": "lender",
        "lender_kind": "bank",
        "purpose": "collect",
        "debts": ["card"],
        "discloses_debt": True,
        "facts": [AGREED],
        "history": made,
    } | said | more  # fmt: skip


def made(at: datetime, address: str = "n1", **more: object) -> Request:
    return {
        "at": at.isoformat(),
        "channel": "call",
        "direction": "out",
        "outcome": "unanswered",
        "to": "debtor",
        "address": address,
        "by": "lender",
        "debts": ["card"],
    } | more


def refused(asked: list[Request]) -> list[set[str]]:
    return [{each["rule"] for each in answer["refusals"]} for answer in may.answer(asked)]


def plainly(one: Request) -> set[str]:
    """The same by the sentence of the regulation: a number nobody spoke for is taken for either."""
    at = moment(one["at"]).astimezone(BOSTON)
    sort = {"": "", "home": "home"}.get(one.get("place", ""), "other")
    found = set()
    for rule, (days, about) in LIMIT.items():
        if sort not in ("", about):
            continue
        counted = 0
        for each in one["history"]:
            then = moment(each["at"]).astimezone(BOSTON)
            was = sort if each["address"] == one["address"] else ""
            within = then <= at and (at.date() - then.date()).days < days
            about_it = set(each["debts"]) & set(one["debts"]) and each["to"] == one["to"]
            agrees = was in ("", sort) or sort == ""
            out = each["direction"] == "out" and each["channel"] in COUNTED
            counted += bool(within and about_it and agrees and out)
        if counted >= 2:
            found.add(rule)
    return found


def some(rng: Random) -> Request:
    at = NOON + timedelta(seconds=rng.randrange(-3 * 86_400, 20 * 86_400))
    edges = [timedelta(days=d) + s * SECOND for d in (6, 7, 8, 29, 30, 31) for s in (-1, 0, 1)]
    history = []
    for _ in range(rng.randrange(6)):
        ago = rng.choice([rng.choice(edges), timedelta(seconds=rng.randrange(40 * 86_400))])
        midnight = at.replace(hour=0, minute=0, second=0)
        then = rng.choice([at - ago, midnight - ago])
        history.append(
            made(
                then,
                rng.choice(["n1", "n1", "n1", "n2"]),
                channel=rng.choice([*COUNTED, "email"]),
                direction=rng.choice(["out", "out", "out", "in"]),
                debts=rng.choice([["card"], ["card"], ["car"], ["card", "car"]]),
                by=rng.choice(["lender", "agency"]),
            )
        )
    return request(at, rng.choice(PLACES), history)


@settings(max_examples=30, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 10**9))
def test_every_count_is_the_one_of_the_sentence(seed: int) -> None:
    rng = Random(seed)
    asked = [some(rng) for _ in range(40)]
    for one, found in zip(asked, refused(asked), strict=True):
        assert found == plainly(one), one


@pytest.mark.parametrize(
    ("place", "days", "rules"),
    [
        ("home", 7, {"us-ma.freq"}),
        ("work", 30, {"us-ma.freq.elsewhere"}),
        ("elsewhere", 30, {"us-ma.freq.elsewhere"}),
        ("", 30, {"us-ma.freq.elsewhere"}),
    ],
)
def test_the_third_is_lawful_from_the_very_second_of_its_day(
    place: str, days: int, rules: set[str]
) -> None:
    """Called at noon and at one on one day: until midnight, 7 or 30 days after it began."""
    history = [made(NOON), made(NOON + timedelta(hours=1))]
    opens = (NOON + timedelta(days=days)).replace(hour=0)
    (answer,) = may.answer([request(NOON + timedelta(hours=2), place, history)])
    assert not answer["allowed"] and moment(answer["not_before"]) == opens
    late, there = refused([request(opens - SECOND, place, history), request(opens, place, history)])
    assert (late, there) == (rules, set())


def test_calls_to_one_number_do_not_use_up_what_is_left_of_the_other() -> None:
    """Two to the residence this week, another to work: where each is known, each counts alone; a
    call to a number nobody spoke for may have been either, and counts."""
    home = [made(NOON), made(NOON + timedelta(hours=1))]
    at = NOON + timedelta(hours=3)
    both = [request(at, "home", home), request(at, "home", [made(NOON, "n2"), home[0]])]
    assert refused(both) == [{"us-ma.freq"}, {"us-ma.freq"}]
    assert refused([request(at, "work", home[:1])]) == [set()]
