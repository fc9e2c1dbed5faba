"""A collector's calls: begun where the gate allows, once, and written down with what was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.utils import translation

from evenhand.core.words import OUTCOMES, UNKNOWN, code
from evenhand.ledger import contacts, house, rebuild, standing, streams
from evenhand.ledger import made_up as ledger
from evenhand.ledger.calls import calls, open_call, promises
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.call import acts, script, wanted
from evenhand.lifecycle.call.acts import Refused, Result
from evenhand.lifecycle.call.made_up import called
from evenhand.outbound.contact import calls as outgoing
from evenhand.outbound.contact import outbox
from evenhand.outbound.contact.calls import Begun, NotBegun, Planned, verdicts
from evenhand.outbound.contact.guard.screen import screen
from evenhand.outbound.contact.made_up import HOUR, MINUTE, enrol, learn, lend, moment
from evenhand.people import persons, staff
from evenhand.people.staff import Member
from evenhand.web.words import word

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
D = SIGNED + timedelta(days=51)
"""The first instalment was due 21 days ago: the first rung of calls."""
NOW = moment(D, 14)


@pytest.fixture
def member(db: None) -> Member:
    by = staff.enlist("lin", "correct horse battery", role="collector", number="E0001", lang="en")
    return Member(by, "E0001", "collector", "en")


@pytest.fixture
def late(db: None) -> int:
    return owing()


def owing(strategy: str = "standard-calls", ending: str = "1") -> int:
    (borrower,) = enrol(1, SIGNED - timedelta(days=9), ending=ending)
    lend([borrower], SIGNED, strategy=strategy)
    standing.restand([borrower], house.day_number(D))  # as the end of a day does
    return borrower


def kinds(borrower: int) -> list[str]:
    return [fact.kind for fact in streams.stream(borrower)]


def refusals(borrower: int, at: int) -> set[str]:
    found = acts.begin(borrower, Member(1, "E9", "collector", "en"), at=at)
    assert isinstance(found, NotBegun)
    return {cite.rule for cite in found.cites}


def test_the_ladder_calls_on_its_day_and_messages_alone_never(late: int) -> None:
    other = owing("standard", "2")
    assert [(one.borrower, one.why, one.days) for one in wanted.today(NOW)] == [
        (late, ("rung",), 21)
    ]
    assert not wanted.today(moment(D - timedelta(days=1), 14))
    assert not wanted.today(moment(D + timedelta(days=3), 14))
    assert other not in [one.borrower for one in wanted.today(NOW)]


def test_a_call_is_intended_and_left_before_anybody_dials(late: int, member: Member) -> None:
    begun = acts.begin(late, member, at=NOW)
    assert isinstance(begun, Begun)
    assert kinds(late)[-2:] == ["contact.intended", "contact.leaving"]
    assert {fact.hand for fact in streams.stream(late)[-2:]} == {f"staff:{member.staff}"}
    (call,) = calls(streams.stream(late))
    assert (call.by, call.why, call.at) == (member.staff, "rung", NOW)
    assert len(call.reference) == 12 and not call.unfinished(NOW + 29 * MINUTE)


def test_until_when_today_is_the_end_of_the_lawful_window(late: int) -> None:
    (todo,) = wanted.today(NOW)
    (found,) = verdicts([acts.planned(todo)], NOW)
    assert found.allowed and found.until == moment(D, 21)


def test_a_wish_ends_the_window_to_the_minute(late: int) -> None:
    wish = {"channel": "call", "from_minute": 17 * 60 + 7, "until_minute": 24 * 60}
    learn(late, Draft("wish.hours", D, "borrower", body=wish), at=NOW - HOUR)
    (todo,) = wanted.today(NOW)
    (found,) = verdicts([acts.planned(todo)], NOW)
    assert found.until == moment(D, 17, 7)


def test_at_night_the_refusal_is_written_and_nobody_is_called(late: int, member: Member) -> None:
    found = acts.begin(late, member, at=moment(D, 22, 30))
    assert isinstance(found, NotBegun)
    assert "policy.hours" in {cite.rule for cite in found.cites}
    refused = streams.stream(late)[-1]
    assert (refused.kind, refused.body["channel"]) == ("contact.refused", "call")
    assert not calls(streams.stream(late))
    assert refused.body["not_before"] == moment(D + timedelta(days=1), 8)


def test_the_day_s_count_of_conversations_is_the_law_s(late: int, member: Member) -> None:
    for place in range(3):
        back = Result("conversation", call_back_at=NOW + (place + 1) * HOUR)
        called(late, member, back, at=NOW + place * HOUR + place * MINUTE)
    assert "cn.freq.talk" in refusals(late, NOW + 3 * HOUR + 3 * MINUTE)


def test_calls_without_outcome_count_as_conversations(late: int, member: Member) -> None:
    for place in range(2):
        back = Result("conversation", call_back_at=NOW + (place + 1) * HOUR)
        called(late, member, back, at=NOW + place * HOUR + place * MINUTE)
    (todo,) = wanted.today(later := NOW + 2 * HOUR + 2 * MINUTE)
    assert isinstance(acts.begin(late, member, at=later), Begun)
    row = contacts.contacts([late])[-1]
    assert (row["outcome"], contacts.STAGES[row["stage"]]) == (UNKNOWN, "leaving")
    (verdict,) = verdicts([acts.planned(todo)], later + MINUTE)
    assert "cn.freq.talk" in {cite.rule for cite in verdict.cites}
    call = open_call(streams.stream(late))
    assert call and call.unfinished(later + 30 * MINUTE)


def test_what_came_of_it_stands_in_the_projection_and_is_rebuilt_equal(
    late: int, member: Member
) -> None:
    called(late, member, Result("unanswered"), at=NOW)
    (row,) = contacts.contacts([late])
    assert row["outcome"] == code("unanswered", OUTCOMES)
    assert contacts.contacts_by(streams.stream(late)).tolist() == [tuple(row)]
    assert not [found for _count, found in rebuild.rebuild() if found]
    assert not [found for found in outbox.rebuild() if found]


def test_a_running_call_is_no_row_of_the_outbox(late: int, member: Member) -> None:
    acts.begin(late, member, at=NOW)
    assert not [found for found in outbox.rebuild() if found]


def test_a_complaint_between_the_list_and_the_call_stops_it(late: int, member: Member) -> None:
    (todo,) = wanted.today(NOW)
    assert verdicts([acts.planned(todo)], NOW)[0].allowed
    learn(late, Draft("complaint.opened", D, "borrower"), at=NOW + MINUTE)
    found = acts.begin(late, member, at=NOW + 2 * MINUTE)
    assert isinstance(found, NotBegun)
    assert {cite.rule for cite in found.cites} >= {"policy.pause.complaint"}


@pytest.mark.parametrize(
    ("state", "rule"),
    [
        ("agreement_in_force", "policy.pause.agreement"),
        ("identity_theft", "policy.pause.identity_theft"),
        ("represented", "policy.pause.represented"),
    ],
)
def test_who_is_not_to_be_called_stands_on_the_list_with_the_rule(
    late: int, state: str, rule: str
) -> None:
    learn(late, Draft("state.began", D, "house", body={"state": state}), at=NOW - MINUTE)
    (todo,) = wanted.today(NOW)
    (verdict,) = verdicts([acts.planned(todo)], NOW)
    assert not verdict.allowed and rule in {cite.rule for cite in verdict.cites}
    assert all(cite.cite for cite in verdict.cites)


def test_a_second_start_finds_the_call_running(late: int, member: Member) -> None:
    acts.begin(late, member, at=NOW)
    with pytest.raises(Refused, match="running"):
        acts.begin(late, member, at=NOW + MINUTE)
    assert len(calls(streams.stream(late))) == 1


def test_nothing_past_due_nothing_to_call_about(late: int, member: Member) -> None:
    loan = int(streams.stream(late)[-1].loan)
    learn(late, ledger.paid(loan, D, 150_000), at=NOW - MINUTE)
    assert not wanted.today(NOW)
    with pytest.raises(Refused, match="nothing"):
        acts.begin(late, member, at=NOW)


def test_a_promise_is_called_about_on_its_day_and_kept_or_broken_by_payments(
    late: int, member: Member
) -> None:
    loan, by = int(streams.stream(late)[-1].loan), D + timedelta(days=4)
    said = Result("conversation", "", 50_000, "CNY", loan, by)
    called(late, member, said, at=NOW)
    (promise,) = promises(streams.stream(late))
    assert [promise.state(day) for day in (D, by, by + timedelta(days=1))] == [
        "open",
        "open",
        "broken",
    ]
    assert [one.why for one in wanted.today(moment(by, 10))] == [("promise",)]
    learn(late, ledger.paid(loan, by, 50_000), at=moment(by, 11))
    assert promises(streams.stream(late))[0].state(by) == "kept"
    assert not wanted.today(moment(by, 12))


def test_a_promise_kept_open_takes_no_further_rung(late: int, member: Member) -> None:
    loan, by = int(streams.stream(late)[-1].loan), D + timedelta(days=4)
    called(late, member, Result("conversation", "", 50_000, "CNY", loan, by), at=NOW)
    called(late, member, Result("unanswered"), at=moment(by, 10))
    (row,) = contacts.progress([late])
    assert row["rung"] == 21


def test_asked_to_be_called_back_in_the_evening_nobody_calls_before(
    late: int, member: Member
) -> None:
    wish = moment(D + timedelta(days=1), 20)
    called(late, member, Result("conversation", call_back_at=wish), at=NOW)
    with pytest.raises(Refused, match="early"):
        acts.begin(late, member, at=moment(D + timedelta(days=1), 10))
    assert isinstance(acts.begin(late, member, at=wish + MINUTE), Begun)


def test_not_me_stops_the_number(late: int, member: Member) -> None:
    called(late, member, Result(acts.NOT_ME), at=NOW)
    (call,) = calls(streams.stream(late))
    assert call.disowned and "contact.disowned" in kinds(late)
    window = {"state": "debtor_agreed", "channel": "call"}
    later = moment(D + timedelta(days=1), 10)
    learn(
        late,
        Draft("state.began", D, "staff", body={**window, "since": later, "until": later + HOUR}),
        at=NOW + HOUR,
    )
    assert "policy.wish.not_mine" in refusals(late, later + MINUTE)


def test_an_outcome_is_said_once(late: int, member: Member) -> None:
    leaving = called(late, member, Result("busy"), at=NOW)
    assert not acts.finish(late, leaving, member.staff, Result("conversation"), at=NOW + HOUR)
    with pytest.raises(LookupError):
        acts.finish(late, 1, member.staff, Result("busy"), at=NOW + HOUR)


def test_notes_are_sealed_and_no_fact_holds_a_word(late: int, member: Member) -> None:
    called(late, member, Result("conversation", "Lost her job in May."), at=NOW)
    assert "job" not in str([fact.body for fact in streams.stream(late)])
    (call,) = calls(streams.stream(late))
    read = persons.reveal_text(
        late, bytes.fromhex(call.note), purpose="audit", by=member.staff, at=NOW
    )
    assert read == "Lost her job in May."


@pytest.mark.parametrize("lang", ["zh-hant", "zh-hans", "en"])
def test_the_script_passes_the_guard_and_tells_no_sum_before_who(
    late: int, member: Member, lang: str
) -> None:
    (todo,) = wanted.today(NOW)
    text = script.script(todo, member, lang, "0a1b2c3d4e5f")
    tag = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}.get(lang, lang)
    assert screen(text, tag, todo.amounts) == []
    opening, who = text.split("\n")[:2]
    assert "E0001" in opening and "0a1b2c3d4e5f" in opening and "1,0" not in opening + who
    with translation.override(lang):
        assert word("role", "collector") not in opening + who
    assert "1,0" in text


def test_of_two_collectors_one_gets_the_call(late: int, member: Member) -> None:
    other = Member(member.staff + 1, "E0002", "collector", "en")
    raced: list[Begun | NotBegun] = []

    def plan(facts: Sequence[Fact]) -> Planned:
        if open_call(facts):
            raise Refused("running")
        (todo,) = wanted.today(NOW)
        if not raced:  # the other one begins between this one's reading and writing
            raced.append(acts.begin(late, other, at=NOW))
        return acts.planned(todo)

    with pytest.raises(Refused, match="running"):
        outgoing.begin(late, plan, lambda _lang, _reference: "", member.staff, at=NOW)
    assert isinstance(raced[0], Begun)
    assert [call.by for call in calls(streams.stream(late))] == [other.staff]


def test_a_complaint_between_the_judgement_and_the_commit_stops_it(
    late: int, member: Member
) -> None:
    def plan(facts: Sequence[Fact]) -> Planned:
        (todo,) = wanted.today(NOW)
        if facts[-1].kind != "complaint.opened":
            learn(late, Draft("complaint.opened", D, "borrower"), at=NOW)
        return acts.planned(todo)

    found = outgoing.begin(late, plan, lambda _lang, _reference: "", member.staff, at=NOW)
    assert isinstance(found, NotBegun) and not calls(streams.stream(late))
