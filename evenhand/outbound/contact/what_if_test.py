"""What another law would have made of contacts on record, each as at its own moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from evenhand.law import loader
from evenhand.law.change_test import with_value
from evenhand.law.loader import Pack
from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact import calls, made_up, outbox, send, what_if
from evenhand.outbound.contact.calls import NotBegun, Planned
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.outbound.contact.outbox import Waiting
from evenhand.outbound.contact.what_if import Finding, Tally
from evenhand.people import persons

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)
LATE = DUE + timedelta(days=1)
SINCE, UNTIL = moment(SIGNED), moment(LATE + timedelta(days=30))


def without(pack: Pack, *rule_ids: str) -> Pack:
    return replace(pack, rules=tuple(rule for rule in pack.rules if rule.id not in rule_ids))


def replayed(pack: Pack) -> tuple[list[Finding], Tally]:
    other, tally = what_if.other_law(pack, SIGNED, LATE + timedelta(days=30)), Tally()
    return list(what_if.replay(other, SINCE, UNTIL, tally)), tally


def reminded(ending: str = "1") -> tuple[int, int, int]:
    """A borrower whose first reminder waits for eight of the day after; the loan; its seq."""
    (borrower,) = made_up.enrol(1, SIGNED, ending=ending)
    (loan,) = made_up.lend([borrower], SIGNED)
    (point,) = [p.point for p in persons.points([borrower]) if p.kind == "phone"]
    head = streams.head(borrower)
    draft = facts.intended(LATE, {loan: 1}, DUE, head.seq)
    body = {**draft.body, "address": point, "template": "attention", "due_at": moment(LATE, 8)}
    learn(borrower, draft._replace(body=body, loan=loan), at=moment(LATE, 0, 5))
    outbox.put([Waiting(borrower, head.seq + 1)], [moment(LATE, 8)])
    return borrower, loan, head.seq + 1


def complain(borrower: int, at: int) -> None:
    learn(borrower, facts.begun(LATE, "complaint.opened"), at=at)


def call(borrower: int, loan: int, at: int) -> object:
    (point,) = [p.point for p in persons.points([borrower]) if p.kind == "phone"]
    planned = Planned(borrower, point, "rung", [[loan, 21, DUE.isoformat()]])
    return calls.begin(borrower, lambda _: planned, lambda _lang, _ref: "words", 1, at=at)


@pytest.mark.parametrize("name", ["cn", "policy"])
def test_the_pack_in_force_unchanged_finds_nothing(name: str) -> None:
    sent = [reminded(str(n)) for n in range(3)]
    complain(sent[1][0], moment(LATE, 7))
    send.send_due(moment(LATE, 8))
    complain(sent[0][0], moment(LATE, 9))
    assert isinstance(call(sent[0][0], sent[0][1], moment(LATE, 10)), NotBegun)
    assert isinstance(call(sent[2][0], sent[2][1], moment(LATE, 11)), calls.Begun)
    found, tally = replayed(loader.load(name))
    assert (found, tally.left, tally.refused, tally.silent) == ([], 3, 2, 0)


def test_later_hours_would_have_refused_it_until_they_begin() -> None:
    borrower, loan, _seq = reminded()
    send.send_due(moment(LATE, 8))
    at_nine = with_value(loader.load("cn"), "cn.hours", allow=[{"from": "09:00", "to": "22:00"}])
    (found,), tally = replayed(at_nine)
    assert (found.sort, found.borrower, found.loans) == ("refused", borrower, (loan,))
    assert (found.channel, found.purpose, found.at) == ("sms", "collect", moment(LATE, 8))
    assert [each.rule for each in found.rules] == ["cn.hours"]
    assert found.rules[0].cites == ["GB/T 45251-2025 5.3", "CBA 2026 ch. 3"]
    assert found.not_before == moment(LATE, 9)
    assert tally.by_rule == {("refused", "cn.hours", "sms"): 1}


def test_a_rule_left_out_would_have_allowed_what_it_alone_refused() -> None:
    borrower, _loan, _seq = reminded()
    complain(borrower, moment(LATE, 7))
    send.send_due(moment(LATE, 8))
    (found,), tally = replayed(without(loader.load("policy"), "policy.pause.complaint"))
    assert (found.sort, found.not_before) == ("allowed", 0)
    assert [(each.rule, each.cites) for each in found.rules] == [
        ("policy.pause.complaint", ["House policy"])
    ]
    assert tally.findings == {"allowed": 1}


def test_what_came_after_it_left_is_not_held_against_it() -> None:
    """Nor do payments, complaints and other messages of later count for the earlier ones."""
    borrower, loan, _seq = reminded()
    send.send_due(moment(LATE, 8))
    complain(borrower, moment(LATE, 8, 1))
    learn(borrower, facts.paid(loan, LATE, 101_000), at=moment(LATE, 9))
    once = with_value(loader.load("policy"), "policy.freq.message_week", max=1)
    assert replayed(once)[0] == []


def test_what_was_only_intended_when_it_was_judged_counts_as_it_did_then() -> None:
    """The message itself is none before itself; one sent that day before it is."""
    borrower, loan, _seq = reminded()
    send.send_due(moment(LATE, 8))
    learn(borrower, _second(borrower, loan), at=moment(LATE, 0, 5) + 9 * made_up.HOUR)
    outbox.put([Waiting(borrower, streams.head(borrower).seq)], [moment(LATE, 9, 30)])
    send.send_due(moment(LATE, 9, 30))
    two = without(loader.load("policy"), "policy.freq.message_day")
    (found,), _tally = replayed(two)
    assert (found.sort, found.at) == ("allowed", moment(LATE, 9, 30))
    none = with_value(two, "policy.freq.message_week", max=0)
    assert [(each.sort, each.at) for each in replayed(none)[0]] == [("refused", moment(LATE, 8))]


def _second(borrower: int, loan: int) -> Draft:
    draft = facts.intended(LATE, {loan: 3}, DUE, streams.head(borrower).seq)
    (point,) = [p.point for p in persons.points([borrower]) if p.kind == "phone"]
    body = {**draft.body, "address": point, "template": "attention", "due_at": moment(LATE, 9, 30)}
    return draft._replace(body=body, loan=loan)


def test_another_countrys_law_stands_beside_the_house_alone() -> None:
    other = what_if.other_law(loader.load("uk"), SIGNED, LATE)
    assert [pack.name for pack in other.packs] == ["uk", "policy"]


def test_where_the_house_is_looser_it_says_so_and_judges_by_the_stricter() -> None:
    twice = with_value(loader.load("cn"), "cn.freq.notice_call", max=2)
    (reason,) = what_if.other_law(twice, SIGNED, LATE).looser
    assert reason.startswith("policy.freq.notice_call is looser than cn.freq.notice_call")
    assert what_if.other_law(loader.load("cn"), SIGNED, LATE).looser == []


def test_a_refusal_that_does_not_say_what_was_wanted_is_only_counted() -> None:
    borrower, _loan, _seq = reminded()
    silent = facts.stopped(LATE, 0, "contact.refused")
    learn(borrower, silent, at=moment(LATE, 9))
    found, tally = replayed(loader.load("cn"))
    assert (found, tally.judged, tally.silent) == ([], 0, 1)


def test_contacts_of_other_days_are_no_part_of_it() -> None:
    reminded()
    send.send_due(moment(LATE, 8))
    assert what_if.count(moment(LATE, 8), moment(LATE, 8) + 1) == 1
    assert what_if.count(SINCE, moment(LATE, 8)) == what_if.count(moment(LATE, 9), UNTIL) == 0
