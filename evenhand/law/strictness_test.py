"""A house rule looser than the law's does not load beside it."""

from pathlib import Path
from typing import Any

import pytest

from evenhand.law import loader
from evenhand.law.loader import Pack
from evenhand.law.schema import PackError
from evenhand.law.strictness import refuse_looser

POLICY = loader.HOME / "policy"


WITHIN = "within_law = true\n"


def house(tmp_path: Path, file: str = "", before: str = "", after: str = "") -> Pack:
    """The house's pack with one thing changed, that goes within the law by its own figures only."""
    copy = tmp_path / "policy"
    copy.mkdir()
    for path in POLICY.glob("*.toml"):
        text = path.read_text("utf-8").replace(WITHIN, "")
        assert path.name != file or before in text
        (copy / path.name).write_text(
            text.replace(before, after) if path.name == file else text, "utf-8"
        )
    return loader.read(copy)


@pytest.mark.parametrize("name", loader.names())
def test_what_ships_is_nowhere_looser(name: str) -> None:
    refuse_looser(loader.load("policy"), loader.load(name))


def test_a_pack_read_twice_is_no_looser_than_itself() -> None:
    """Two threads that read it at once hold two of it."""
    once, again = (loader.read(loader.HOME / loader.HOUSE) for _time in range(2))
    refuse_looser(once, again)


ELSEWHERE = {
    "ie": "policy.hours is looser than ie.hours: mon 08:00 to 09:00, the law not",
    "in": "policy.hours is looser than in.hours: mon 19:00 to 21:00, the law not",
    "mx": "policy.hours is looser than mx.hours: excused by debtor_agreed",
    "vn": "policy.hours is looser than vn.hours: excused by debtor_agreed",
}


@pytest.mark.parametrize(("law", "why"), ELSEWHERE.items())
def test_hours_that_do_not_say_they_go_within_the_law_do_not_load_beside_a_stricter_one(
    tmp_path: Path, law: str, why: str
) -> None:
    with pytest.raises(PackError, match=why):
        refuse_looser(house(tmp_path), loader.load(law))


LOOSER: dict[str, tuple[str, str, str]] = {
    "an hour longer in the evening": ("contact.toml", 'to = "21:00"', 'to = "23:00"'),
    "a minute earlier": ("contact.toml", 'from = "08:00"', 'from = "07:59"'),
    "excused by what the law does not": ("contact.toml", '["debtor_agreed"]', '["family_debt"]'),
    "visits earlier": ("visits.toml", 'from = "09:00"', 'from = "06:00"'),
}


@pytest.mark.parametrize(("file", "before", "after"), LOOSER.values(), ids=LOOSER.keys())
def test_a_looser_house_is_refused(tmp_path: Path, file: str, before: str, after: str) -> None:
    looser = house(tmp_path, file, before, after)
    with pytest.raises(PackError, match=r"policy\..* is looser than cn\.hours"):
        refuse_looser(looser, loader.load("cn"))


def test_a_tighter_house_is_welcome(tmp_path: Path) -> None:
    refuse_looser(
        house(tmp_path, "contact.toml", 'to = "21:00"', 'to = "20:00"'), loader.load("cn")
    )


TALKS = """
[[rule]]
id = "policy.talk"
type = "frequency"
effect = "deny"
law_effect = "house"
title = { zh-Hant = "次數", zh-Hans = "次数", en = "Talks" }
says = { zh-Hant = "{max}", zh-Hans = "{max}", en = "{max}" }

[[rule.value]]
from = "FROM"
on = { channel = CHANNEL }
count = "conversation_outbound"
max = MAX
window = { unit = "calendar_day", n = 1 }
scope = ["lender_group", "debtor"]
ref = [{ instrument = "house", read = "house" }]
"""
ENDS = """
[[rule.value]]
from = "2025-02-28"
ends = true
ref = [{ instrument = "house", read = "house" }]
"""
SOLO = """
[[rule]]
id = "policy.solo"
type = "visit"
effect = "deny"
law_effect = "house"
title = { zh-Hant = "人數", zh-Hans = "人数", en = "Visitors" }
says = { zh-Hant = "人", zh-Hans = "人", en = "people" }

[[rule.value]]
from = "2026-01-30"
refuse = [{ channel = ["visit"], staff_below = BELOW }]
ref = [{ instrument = "house", read = "house" }]
"""


def with_rule(tmp_path: Path, text: str, **numbers: Any) -> Pack:
    """The house's pack head with one rule."""
    copy = tmp_path / "policy"
    copy.mkdir()
    (copy / "pack.toml").write_text((POLICY / "pack.toml").read_text("utf-8"), "utf-8")
    for key, value in numbers.items():
        text = text.replace(key, str(value))
    (copy / "one.toml").write_text(text, "utf-8")
    return loader.read(copy)


@pytest.mark.parametrize(
    ("most", "channel", "since", "looser"),
    [
        (4, '["call"]', "2025-03-01", True),
        (3, '["call"]', "2025-03-01", False),
        (2, '["call"]', "2025-03-01", False),
        (4, '["visit"]', "2025-03-01", False),
        (4, '["call", "visit"]', "2025-03-01", True),
    ],
)
def test_a_count_is_compared_where_both_concern_the_same_asks(
    tmp_path: Path, most: int, channel: str, since: str, looser: bool
) -> None:
    ours = with_rule(tmp_path, TALKS, MAX=most, CHANNEL=channel, FROM=since)
    if not looser:
        return refuse_looser(ours, loader.load("cn"))
    with pytest.raises(
        PackError, match=r"policy\.talk is looser than cn\.freq\.talk: 4, the law 3"
    ):
        refuse_looser(ours, loader.load("cn"))


@pytest.mark.parametrize(("below", "looser"), [(1, True), (2, False), (3, False)])
def test_fewer_visitors_than_the_law_asks_is_looser(
    tmp_path: Path, below: int, looser: bool
) -> None:
    ours = with_rule(tmp_path, SOLO, BELOW=below)
    if not looser:
        return refuse_looser(ours, loader.load("cn"))
    with pytest.raises(PackError, match=r"policy\.solo is looser than cn\.visit"):
        refuse_looser(ours, loader.load("cn"))


def test_days_that_do_not_meet_are_not_compared(tmp_path: Path) -> None:
    ended = with_rule(tmp_path, TALKS + ENDS, MAX=4, CHANNEL='["call"]', FROM="2025-01-01")
    refuse_looser(ended, loader.load("cn"))


SORT = """
[[rule]]
id = "policy.sly"
type = "TYPE"
effect = "EFFECT"
law_effect = "house"
title = { zh-Hant = "例", zh-Hans = "例", en = "Sly" }
says = { zh-Hant = "例", zh-Hans = "例", en = "Sly" }

[[rule.value]]
from = "2026-02-01"
ref = [{ instrument = "house", read = "house" }]
"""
TALKS_A_DAY = """
on = { channel = ["call"], to = ["debtor"] }
count = "conversation_outbound"
max = 3
window = { unit = "calendar_day", n = 1 }
scope = ["lender_group", "debtor"]
"""
HOURS = 'on.channel = ["call"]\nallow = [{ from = "08:00", to = "22:00" }]\n'
AGREED = 'unless = ["debtor_agreed"]\n'
GAP = """
on = { channel = ["call"], by = ["agency"] }
after = "conversation_outbound"
days = 3
scope = ["collector", "debtor", "debt"]
"""
SLY: dict[str, tuple[str, str, str, str, str]] = {
    "a hundred a week": (
        "cn",
        "frequency",
        "deny",
        TALKS_A_DAY.replace("max = 3", "max = 22").replace("n = 1", "n = 7"),
        "cn.freq.talk: 22, the law 3 in 1 calendar day",
    ),
    "four to each number": (
        "cn",
        "frequency",
        "deny",
        TALKS_A_DAY.replace("max = 3", "max = 4").replace('"debtor"]\n', '"debtor", "address"]\n'),
        "cn.freq.talk: 4, the law 3",
    ),
    "as many, but excused": (
        "cn",
        "frequency",
        "deny",
        TALKS_A_DAY + AGREED,
        "cn.freq.talk: excused by debtor_agreed",
    ),
    "as many, only warned of": (
        "cn",
        "frequency",
        "warn",
        TALKS_A_DAY,
        "cn.freq.talk: it would warn, the law deny",
    ),
    "the same hours, only told of": (
        "cn",
        "hours",
        "inform",
        HOURS,
        "cn.hours: it would inform, the law deny",
    ),
    "a gap after fewer talks": ("us", "gap", "deny", GAP, "us.gap.conversation: 3 days, the law 7"),
    "a pause that is excused": (
        "us",
        "pause",
        "deny",
        'on.purpose = ["collect"]\ntrigger = ["bankruptcy"]\n' + AGREED,
        "us.bankruptcy: excused by debtor_agreed",
    ),
    "an agency nobody was told of": (
        "cn",
        "disclosure",
        "deny",
        'refuse = [{ by = ["agency"], unless = ["placed_with_agency", "debtor_agreed"] }]',
        "cn.outsource.notice: excused by debtor_agreed",
    ),
    "an answer after two months": (
        "cn",
        "deadline",
        "inform",
        'event = "complaint_received"\nanswer_within_days = 60',
        "cn.complaint.deadline: answer_within_days 60, the law 15",
    ),
    "a dearer loan": (
        "cn",
        "cap",
        "inform",
        'annual_percent = "36"\nincludes = ["interest"]',
        "cn.cap.small: annual_percent 36, the law 24",
    ),
    "records of one year": (
        "cn",
        "retention",
        "inform",
        'what = "collection_records"\nkeep_years_min = 1',
        "cn.retention.collection: keep_years_min 1, the law 5",
    ),
    "bad marks of nine years": (
        "cn",
        "retention",
        "inform",
        'what = "negative_credit_item"\nkeep_years_max = 9',
        "cn.bureau.retention: keep_years_max 9, the law 5",
    ),
    "debts that last ten years": (
        "cn",
        "limitation",
        "warn",
        'years = 10\nrestarts_on = ["demand_made"]\ntrigger = ["time_barred"]',
        "cn.limitation: 10 years, the law 3",
    ),
}
"""The law, a rule of the house in type, effect and words, and what is said of it."""


@pytest.mark.parametrize(("law", "kind", "effect", "says", "why"), SLY.values(), ids=SLY.keys())
def test_a_sly_house_does_not_load(
    tmp_path: Path, law: str, kind: str, effect: str, says: str, why: str
) -> None:
    sly = with_rule(tmp_path, SORT + says, TYPE=kind, EFFECT=effect)
    with pytest.raises(PackError, match=f"policy.sly is looser than {why}"):
        refuse_looser(sly, loader.load(law))


def test_a_house_may_warn_sooner_than_the_law_refuses(tmp_path: Path) -> None:
    two = TALKS_A_DAY.replace("max = 3", "max = 2") + AGREED
    refuse_looser(
        with_rule(tmp_path, SORT + two, TYPE="frequency", EFFECT="warn"), loader.load("cn")
    )
