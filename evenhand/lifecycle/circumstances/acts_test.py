"""What happened to somebody, as stories: what waits does not leave; no one hand lets it go on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenhand.core.words import STATE_KINDS
from evenhand.ledger import states, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.two_hands import NotAllowed
from evenhand.lifecycle.circumstances import acts, steps
from evenhand.lifecycle.circumstances.acts import Said
from evenhand.lifecycle.circumstances.circumstances import circumstances_of, standing
from evenhand.lifecycle.circumstances.kinds import own, rules
from evenhand.lifecycle.circumstances.made_up import end, learn_of
from evenhand.outbound.contact import calls, send
from evenhand.outbound.contact.calls import Planned
from evenhand.outbound.contact.made_up import adopt, enrol, go_online, learn, lend, moment
from evenhand.outbound.contact.tell import tell
from evenhand.outbound.payments import debits
from evenhand.outbound.payments import made_up as money
from evenhand.outbound.payments import send as money_out
from evenhand.people import persons, sessions
from evenhand.providers.sms import simulator

pytestmark = pytest.mark.django_db

SIGNED = date(2026, 3, 1)
DUE = date(2026, 3, 31)
LATE = date(2026, 4, 1)
NOW = moment(LATE, 10)
COLLECTOR, SUPERVISOR = 7, 8


def late() -> int:
    """A borrower past due since a day."""
    (borrower,) = enrol(1, SIGNED)
    lend([borrower], SIGNED)
    return borrower


def kinds(borrower: int) -> list[str]:
    return [fact.kind for fact in streams.stream(borrower)]


def last(borrower: int, kind: str) -> Fact:
    return next(fact for fact in reversed(streams.stream(borrower)) if fact.kind == kind)


def test_it_ends_by_itself_after_its_last_day() -> None:
    borrower = late()
    learn_of(borrower, "hospital", "relative", COLLECTOR, at=NOW, until=LATE)
    assert standing(streams.stream(borrower), moment(LATE, 23, 59))
    assert not standing(streams.stream(borrower), moment(LATE + timedelta(days=1)))
    assert states.stands(borrower, 0, "hospital", at=moment(LATE, 23, 59))
    assert not states.stands(borrower, 0, "hospital", at=moment(LATE + timedelta(days=1)))


def test_sent_twice_it_is_recorded_once_and_told_by_another_once_more() -> None:
    borrower = late()
    seq = learn_of(borrower, "hospital", "relative", COLLECTOR, at=NOW, note="his sister")
    assert learn_of(borrower, "hospital", "relative", COLLECTOR, at=NOW, note="his sister") == seq
    assert learn_of(borrower, "hospital", "document", COLLECTOR, at=NOW) != seq
    assert len(circumstances_of(streams.stream(borrower))) == 2


def test_one_loan_is_left_alone_and_the_other_is_not() -> None:
    (borrower,) = enrol(1, SIGNED)
    one, other = (lend([borrower], SIGNED)[0] for _loan in range(2))
    said = Said("represented", "lawyer", LATE, loan=one)
    acts.record(borrower, said, "staff:7", at=NOW)
    assert states.stands(borrower, one, "represented", at=NOW)
    assert not states.stands(borrower, other, "represented", at=NOW)
    with pytest.raises(LookupError):
        acts.record(borrower, said._replace(loan=999_999), "staff:7", at=NOW)


def test_one_hand_ends_nothing() -> None:
    borrower = late()
    seq = learn_of(borrower, "debtor_deceased", "relative", COLLECTOR, at=NOW)
    proposal = acts.propose(borrower, seq, "wrong", "he called", f"staff:{COLLECTOR}", at=NOW)
    with pytest.raises(NotAllowed, match="proposed"):
        acts.propose(borrower, seq, "wrong", "again", f"staff:{SUPERVISOR}", at=NOW)
    with pytest.raises(NotAllowed, match="own"):
        acts.approve(proposal, f"staff:{COLLECTOR}", at=NOW)
    assert states.stands(borrower, 0, "debtor_deceased", at=NOW)
    acts.approve(proposal, f"staff:{SUPERVISOR}", at=NOW)
    assert not states.stands(borrower, 0, "debtor_deceased", at=NOW)
    ended = last(borrower, "state.ended")
    assert ended.body == {"reason": "wrong", "proposal": proposal} and ended.cause == seq
    assert "he called" not in str(streams.stream(-14))
    with pytest.raises(NotAllowed, match="ended"):
        acts.propose(borrower, seq, "wrong", "again", f"staff:{COLLECTOR}", at=NOW)


def test_who_called_the_borrower_last_does_not_approve() -> None:
    adopt(SIGNED)
    (borrower,) = enrol(1, SIGNED)
    (loan,) = lend([borrower], SIGNED)
    (phone,) = persons.points([borrower])
    call = Planned(borrower, phone.point, "rung", [[loan, 1, DUE.isoformat()]])
    begun = calls.begin(
        borrower, lambda _facts: call, lambda _lang, _code: "hello", SUPERVISOR, at=NOW
    )
    assert isinstance(begun, calls.Begun)
    seq = learn_of(borrower, "represented", "person", COLLECTOR, at=NOW + 1)
    proposal = acts.propose(borrower, seq, "over", "x", f"staff:{COLLECTOR}", at=NOW + 2)
    with pytest.raises(NotAllowed, match="caller"):
        acts.approve(proposal, f"staff:{SUPERVISOR}", at=NOW + 3)
    acts.approve(proposal, "staff:9", at=NOW + 3)
    assert not states.stands(borrower, 0, "represented", at=NOW + 3)


def test_ended_while_it_waited_it_is_not_ended_again() -> None:
    borrower = late()
    said = Said("represented", "person", LATE, text="Lawyer Wang")
    seq = acts.record(borrower, said, acts.BORROWER, at=NOW)
    proposal = acts.propose(borrower, seq, "over", "x", f"staff:{COLLECTOR}", at=NOW)
    assert acts.take_back(borrower, seq, at=NOW)
    with pytest.raises(NotAllowed, match="ended"):
        acts.approve(proposal, f"staff:{SUPERVISOR}", at=NOW)
    assert kinds(borrower).count("state.ended") == 1
    assert acts.waiting(borrower), "nothing was decided"


def test_the_borrower_takes_back_what_they_said_and_nothing_else() -> None:
    borrower = late()
    for word in own():
        said = Said(word, "person", LATE, LATE if rules()[word].own == "day" else None)
        seq = acts.record(borrower, said, acts.BORROWER, at=NOW)
        assert acts.take_back(borrower, seq, at=NOW) and not acts.take_back(borrower, seq, at=NOW)
    others = learn_of(borrower, "hospital", "relative", COLLECTOR, at=NOW)
    minor = learn_of(borrower, "debtor_minor", "person", COLLECTOR, at=NOW)
    assert not acts.take_back(borrower, others, at=NOW)
    assert not acts.take_back(borrower, minor, at=NOW)
    said_at_the_counter = learn_of(borrower, "disaster", "person", COLLECTOR, at=NOW)
    assert acts.take_back(borrower, said_at_the_counter, at=NOW)


@pytest.mark.parametrize("word", ["debtor_deceased", "debtor_minor", "no_capacity", "hospital"])
def test_no_account_is_debited_any_more(word: str) -> None:
    them = money.owing()
    at, day = moment(date(2026, 4, 1), 10), date(2026, 4, 1)
    debits.authorise(them.borrower, them.loan, them.account, 10**9, "ab" * 32, them.at)
    told = moment(day - timedelta(days=2), 9)
    ordered = debits.order(
        them.borrower, them.loan, 101_000, them.account, "auto", day, at, told, "house"
    )
    assert ordered.seq, ordered
    learn_of(them.borrower, word, rules()[word].told_by[0], COLLECTOR, at=told + 1)
    assert money_out.send_due(at).left == 0
    assert last(them.borrower, "debit.withdrawn").body["reason"] == word


def test_the_dead_are_signed_out_and_nothing_goes_to_their_telephone() -> None:
    adopt(SIGNED)
    (borrower,) = enrol(1, SIGNED)
    lend([borrower], SIGNED)
    go_online([borrower], SIGNED)
    sessions.begin(borrower, "k" * 32, "phone")
    tell(borrower, "written_off", at=NOW, cause=2)
    seq = learn_of(borrower, "debtor_deceased", "document", COLLECTOR, at=NOW)
    steps.followed([(borrower, seq)], at=NOW)
    assert sessions.sessions(borrower) == []
    tell(borrower, "charge_waived", at=NOW, cause=2)
    send.send_due(NOW)
    assert simulator.inbox() == []
    refused = last(borrower, "contact.refused").body["rules"]
    assert [rule["rule"] for rule in refused] == ["policy.estate.notices"]
    left = [f.body["channel"] for f in streams.stream(borrower) if f.kind == "contact.leaving"]
    assert left == ["in_app", "in_app"], "on record for whoever acts for the estate"


def test_the_borrower_hears_what_others_said_and_that_it_ended() -> None:
    adopt(SIGNED)
    (borrower,) = enrol(1, SIGNED)
    go_online([borrower], SIGNED)
    seq = learn_of(borrower, "hospital", "relative", COLLECTOR, at=NOW)
    steps.followed([(borrower, seq)], at=NOW)
    steps.followed([(borrower, seq)], at=NOW)
    end(borrower, seq, COLLECTOR, SUPERVISOR, at=NOW)
    steps.followed([(borrower, last(borrower, "state.ended").seq)], at=NOW)
    said = Said("disaster", "person", LATE, LATE)
    mine = acts.record(borrower, said, acts.BORROWER, at=NOW)
    steps.followed([(borrower, mine)], at=NOW)
    told = [
        fact.body["template"]
        for fact in streams.stream(borrower)
        if fact.kind == "contact.intended" and fact.body["channel"] == "in_app"
    ]
    assert told == ["circumstance_noted", "circumstance_ended"]


def test_what_relief_or_a_wish_began_is_none_of_these() -> None:
    (borrower,) = enrol(1, SIGNED)
    frozen = Draft("state.began", LATE, "staff:7", body={"state": "moratorium", "until": NOW + 1})
    window = Draft("state.began", LATE, "staff:7", body={"state": "debtor_agreed"})
    learn(borrower, frozen, window, at=NOW)
    assert circumstances_of(streams.stream(borrower)) == []
    brought = Draft("state.began", LATE, "import", body={"state": "bankruptcy"})
    learn(borrower, brought, at=NOW)
    (one,) = circumstances_of(streams.stream(borrower))
    assert (one.word, one.told_by, one.may_be_taken_back) == ("bankruptcy", "", False)


def test_the_table_names_states_that_the_gate_reads() -> None:
    assert set(rules()) <= set(STATE_KINDS)
    assert all(rule.told_by for rule in rules().values())
    assert all("person" in rules()[word].told_by for word in own())
