"""Any packs that ship can be judged together: what one of them refuses alone they refuse together,
and the moment named is the first at which each of them alone allows it."""

from datetime import datetime, timedelta
from functools import cache, partial
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from evenhand.law import loader, rulebook
from evenhand.site.commands import may
from evenhand.site.commands.may_oracle_test import requests
from evenhand.site.commands.may_plain_test import Request, moment

HOUSE = loader.HOUSE
LAWS = [name for name in loader.names() if name != HOUSE]
ALL = [*LAWS, HOUSE]
MANY = [name for name in ALL if name not in ("id", "ie")]
"""More rules than a word holds, and one calendar among them."""
PAIRS = [[*pair, HOUSE] for pair in combinations(LAWS, 2)]
ASKED = requests(7)[:15]
BY_HOLIDAY = {"policy.visit.holiday", "ie.hours", "id.hours"}
"""Together these keep the holidays of every calendar named; alone the house knows of none."""
UNSAID = {"unknown.law"}
SECOND = timedelta(seconds=1)
NOVEMBER = datetime.fromisoformat("2026-11-27T23:15:00+07:00")
"""A Friday night in Jakarta."""


def rules(answer: Request) -> set[str]:
    return {each["rule"] for each in answer["refusals"] + answer["warnings"]}


def together(asked: list[Request], packs: list[str]) -> list[Request]:
    return may.answer([one | {"packs": packs} for one in asked])


@cache
def alone(pack: str) -> list[set[str]]:
    """What a pack refuses or warns of, of ASKED, judged for itself."""
    return [rules(answer) - UNSAID for answer in together(ASKED, [pack])]


def refused_alone(asked: list[Request], packs: list[str]) -> list[bool]:
    """Does one of them, judged for itself, refuse it? A law that has no rule for a contact, or none
    at all, has none for the others either."""
    found = [False for _ in asked]
    for name in packs:
        for row, answer in enumerate(together(asked, [name])):
            found[row] |= any(each["rule"] not in UNSAID for each in answer["refusals"])
    return found


@pytest.mark.parametrize("law", LAWS)
def test_every_law_that_ships_loads_beside_the_house(law: str) -> None:
    """A lender may begin anywhere with the house policy as it ships."""
    assert rulebook.rules([law, HOUSE], NOVEMBER.date()).ids


@pytest.mark.parametrize("packs", [*PAIRS, ALL], ids="+".join)
def test_together_they_refuse_what_one_of_them_refuses_alone(packs: list[str]) -> None:
    each = zip(ASKED, together(ASKED, packs), *map(alone, packs), strict=True)
    for one, answer, *found in each:
        told, wanted = rules(answer), set().union(*found)
        assert told - BY_HOLIDAY == wanted - BY_HOLIDAY, one
        assert told >= wanted - {"policy.visit.holiday"}, one


def test_more_rules_than_a_word_of_bits_are_each_cited() -> None:
    book = rulebook.rules(ALL, NOVEMBER.date())
    assert len(book.ids) > 64 and book.words == 2 == len(book.warns)
    assert {page.word for page in book.pages} == {0, 1}
    every = rulebook.cites(book, (1 << len(book.ids)) - 1, NOVEMBER.date())
    assert list(dict.fromkeys(each.rule for each in every)) == list(book.ids)
    for pack in ALL:
        for rule in rulebook.rules([pack], NOVEMBER.date()).ids:
            assert rule in book.ids


def test_a_verdict_of_every_pack_names_every_pack() -> None:
    (answer,) = together([_call()], ALL)
    assert [each["pack"] for each in answer["packs"]] == ALL
    assert {each["sha256"] for each in answer["packs"]} == {loader.load(n).sha256 for n in ALL}


@pytest.mark.parametrize(
    ("packs", "opens"),
    [
        (["cn", HOUSE], "2026-11-28T08:00:00+07:00"),
        (["cn", "ie", HOUSE], "2026-11-28T09:00:00+07:00"),
        (["us", "in", HOUSE], "2026-11-28T08:00:00+07:00"),
        (["cn", "us", "ie", "mx", "vn", HOUSE], "2026-11-28T09:00:00+07:00"),
    ],
)
def test_the_earliest_moment_suits_them_all(packs: list[str], opens: str) -> None:
    (answer,) = together([_call()], packs)
    assert answer["not_before"] == opens


@pytest.mark.parametrize(
    ("day", "closed"),
    [("2026-06-01", {"id.hours", "ie.hours"}), ("2026-10-26", {"id.hours", "ie.hours"}),
     ("2026-06-02", set())],
)  # fmt: skip
def test_two_laws_together_keep_the_holidays_of_both(day: str, closed: set[str]) -> None:
    """Pancasila Day, the October holiday of Ireland, and a Tuesday."""
    (answer,) = together([_call(datetime.fromisoformat(f"{day}T10:00:00+07:00"))], ["id", "ie"])
    assert rules(answer) == closed


def test_no_second_before_the_moment_is_allowed_by_each_of_them_alone() -> None:
    """From 08:59 to 09:01 every second, asked of every pack for itself."""
    packs = ["cn", "us", "ie", "mx", "vn", HOUSE]
    opens = datetime.fromisoformat("2026-11-28T09:00:00+07:00")
    asked = [_call(opens + nth * SECOND) for nth in range(-60, 60)]
    assert refused_alone(asked, packs) == [True] * 60 + [False] * 60
    assert [not one["allowed"] for one in together(asked, packs)] == [True] * 60 + [False] * 60


@pytest.mark.parametrize(
    "packs", [["cn", HOUSE, "us"], ["us", "us-ma", HOUSE], ["ie", "in", "mx", "vn"], MANY],
    ids="+".join,
)  # fmt: skip
@settings(max_examples=3, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 10**9))
def test_the_moment_named_is_the_first_that_each_alone_allows(packs: list[str], seed: int) -> None:
    """Refused by one of them at every moment looked at before it, a second before it among them."""
    rng = Random(seed)
    asked = [one for one in requests(seed)[:20] if one["channel"] != "visit"]
    before, then = [], []
    for one, answer in zip(asked, together(asked, packs), strict=True):
        at, named = moment(one["at"]), answer["not_before"]
        first = moment(named) if named else at + timedelta(days=15)
        place = partial(_at, one)
        if named:
            then.append(place(first))
        if at < first:
            some = (at + (first - at) * rng.random() for _ in range(12))
            hours = (at.replace(minute=0, second=0) + timedelta(hours=n) for n in range(1, 30))
            looked = [at, first - SECOND, *some, *(hour for hour in hours if hour < first)]
            before += [place(each.replace(microsecond=0)) for each in looked if each >= at]
    assert not any(refused_alone(then, packs))
    assert all(refused_alone(before, packs))


def _at(one: Request, at: datetime) -> Request:
    return one | {"at": at.isoformat()}


def _call(at: datetime = NOVEMBER, **more: Any) -> Request:
    return {
        "packs": ALL,
        "at": at.isoformat(),
        "zones": ["Asia/Jakarta"],
        "channel": "call",
        "to": "debtor",
        "purpose": "collect",
        "by": "lender",
        "discloses_debt": True,
        "lender_kind": "small_loan",
        "debts": ["L1"],
        "address": "a1",
        "days_late": 30,
        "overdue": "900.00",
        "message": {"names_institution": True},
        "facts": [],
        "history": [],
    } | more
