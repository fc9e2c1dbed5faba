"""What a pack says becomes clauses, each with its own time."""

from datetime import date

import pytest

from evenhand.core.words import OUTCOMES, STATE_KINDS
from evenhand.law.clauses import COUNTED, clauses_of, hours_of
from evenhand.law.loader import load
from evenhand.law.schema import COUNTS
from evenhand.law.zones import midnight

NOVEMBER = date(2026, 11, 9)
CN = load("cn")


def rules(since: date, until: date) -> list[str]:
    return [clause.rule for clause in clauses_of(CN, since, until)]


def test_a_rule_begins_at_midnight_of_its_packs_zone() -> None:
    dial = next(
        c for c in clauses_of(CN, date(2025, 6, 1), date(2026, 6, 1)) if c.rule == "cn.freq.dial"
    )
    assert dial.since == midnight("Asia/Shanghai", date(2026, 1, 30))
    assert (dial.most, dial.counter and dial.counter.span) == (6, 1)


def test_only_clauses_of_the_days_asked_for() -> None:
    assert "cn.freq.dial" not in rules(date(2025, 6, 1), date(2026, 1, 30))
    assert "cn.freq.dial" in rules(date(2025, 6, 1), date(2026, 1, 31))
    assert rules(date(2001, 1, 1), date(2001, 2, 1)) == []


def test_outside_the_days_of_the_book_nothing_is_in_force() -> None:
    first, last = midnight("Asia/Shanghai", NOVEMBER), midnight("Asia/Shanghai", date(2026, 11, 12))
    spans = {(each.since, each.until) for each in clauses_of(CN, NOVEMBER, date(2026, 11, 12))}
    assert spans == {(first, last)}


def test_a_rule_that_only_informs_judges_nobody() -> None:
    assert "cn.complaint.deadline" not in rules(NOVEMBER, date(2026, 11, 12))


def test_every_sentence_of_a_rule_is_a_clause() -> None:
    said = next(rule for rule in CN.rules if rule.id == "cn.party.debtor_only").values[-1].says
    assert rules(NOVEMBER, date(2026, 11, 10)).count("cn.party.debtor_only") == len(said["refuse"])


def test_a_warning_is_marked() -> None:
    warned = {c.rule for c in clauses_of(CN, NOVEMBER, date(2026, 11, 10)) if c.warns}
    assert warned == {"cn.limitation"}


def test_every_basis_of_counting_is_explained() -> None:
    assert COUNTED.keys() == set(COUNTS)
    assert "busy" in COUNTED["attempt_unanswered"][1]
    assert set(COUNTED["visit_made"][1]) == set(OUTCOMES)


@pytest.mark.parametrize("kind", STATE_KINDS)
def test_every_kind_of_fact_is_read_by_cn_or_the_house_but_what_stops_nothing(kind: str) -> None:
    both = [*clauses_of(CN, NOVEMBER, date(2026, 11, 10))]
    both += clauses_of(load("policy"), NOVEMBER, date(2026, 11, 10))
    read = {word for clause in both for word in (*clause.triggers, *clause.unless)}
    assert (kind in read) == (kind not in ("prior_consent", "complaint_heard", "reply_waiting"))


def test_hours_are_half_open_minutes() -> None:
    hours = hours_of({"allow": [{"from": "08:00", "to": "22:00"}]})
    assert hours.allow[0][1:] == (480, 1320)
    assert not hours.asks_calendar
    assert hours_of({"allow": [{"days": ["mon"], "from": "08:00", "to": "22:00"}]}).asks_calendar
