"""Somebody is asked to answer for a loan, and answers for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.db import connection

from evenhand.ledger import parties, reactions, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.made_up import noon, promised
from evenhand.ledger.parties import Invitation
from evenhand.lifecycle.join import both, codes, steps
from evenhand.lifecycle.join.codes import Place
from evenhand.lifecycle.join.made_up import AMOUNT, DAY, NOON, apply, learn, somebody
from evenhand.people import persons

pytestmark = pytest.mark.django_db


def invited(ming: int, loan: int, role: str = "guarantor") -> Place:
    assert steps.invite(ming, loan, role, at=NOON) == ""
    return Place(ming, streams.head(ming).seq)


def latest(ming: int, loan: int) -> Invitation:
    return parties.invitations(streams.stream(ming), loan)[-1]


def kinds(person: int) -> list[str]:
    return [f.kind for f in streams.stream(person) if f.kind.startswith("party.")]


def test_the_code_is_twelve_digits_that_only_the_vault_and_a_digest_know() -> None:
    ming = somebody("王小明")
    place = invited(ming, apply(ming))
    asked = steps.invitation_at(place, streams.stream(ming))
    assert asked is not None
    code = codes.shown(ming, asked.item)
    assert codes.find(code) == place
    assert codes.find(code.replace(" ", "")) == place
    told = str([fact.body for fact in streams.stream(ming)])
    assert codes.normal(code) not in told
    with connection.cursor() as cursor:
        cursor.execute("select digest from join_invitation where borrower = %s", [ming])
        assert codes.normal(code) not in cursor.fetchone()[0]


def test_a_wrong_code_leads_nowhere() -> None:
    assert [codes.find(code) for code in ("", "123", "000000000000", "王小明")] == [None] * 4


def test_a_guarantor_is_asked_for_the_amount_until_half_a_year_after_the_end() -> None:
    ming = somebody("王小明")
    loan = apply(ming, months=12)
    invited(ming, loan)
    asked = latest(ming, loan)
    assert (asked.limit_minor, asked.until) == (AMOUNT, date(2027, 10, 2))
    assert (asked.currency, asked.measures) == ("CNY", ("sms", "call", "letter"))


def test_a_co_borrower_is_asked_for_the_whole_until_it_is_paid() -> None:
    ming = somebody("王小明")
    loan = apply(ming)
    invited(ming, loan, "co_borrower")
    assert (latest(ming, loan).limit_minor, latest(ming, loan).until) == (0, None)


def test_who_joins_has_it_in_the_own_stream_and_the_borrower_too() -> None:
    ming, hong = somebody("王小明"), somebody("李红")
    loan = apply(ming)
    place = invited(ming, loan)
    assert steps.join(place, hong, "words as read", at=NOON) == ""
    (party,) = parties.parties(streams.stream(ming), loan)
    (promise,) = parties.promises(streams.stream(hong))
    assert (party.person, party.role, party.limit_minor) == (hong, "guarantor", AMOUNT)
    assert (promise.borrower, promise.loan, promise.limit_minor) == (ming, loan, AMOUNT)
    own, theirs = streams.stream(hong)[-1], streams.stream(ming)[-1]
    assert (own.hand, theirs.hand, theirs.cause) == ("borrower", "house", place.seq)
    assert own.body == theirs.body


def test_the_words_are_kept_as_read() -> None:
    ming, hong = somebody("王小明"), somebody("李红")
    steps.join(invited(ming, apply(ming)), hong, "words as read", at=NOON)
    assent = bytes.fromhex(streams.stream(hong)[-1].body["assent"])
    kept = persons.reveal_text(hong, assent, purpose="audit", by=1, at=NOON)
    assert kept == "words as read"


def test_a_crash_between_the_two_streams_leaves_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(task: str, facts: list[tuple[int, int]]) -> None:
        raise KeyboardInterrupt

    ming, hong = somebody("王小明"), somebody("李红")
    place = invited(ming, apply(ming))
    before = streams.head(ming), streams.head(hong), texts()
    monkeypatch.setattr(reactions, "_table", {"party.joined": ("a",)})
    monkeypatch.setattr(reactions, "_defer", dies)
    with pytest.raises(KeyboardInterrupt):
        steps.join(place, hong, "read", at=NOON)
    assert (streams.head(ming), streams.head(hong), texts()) == before


def test_who_was_overtaken_is_judged_again() -> None:
    ming, hong = somebody("王小明"), somebody("李红")
    loan = apply(ming)
    place = invited(ming, loan)
    seen: list[int] = []

    def decide(theirs: Sequence[Fact], own: Sequence[Fact]) -> both.Drafts | str:
        seen.append(len(theirs))
        return "ended" if len(seen) > 1 else recalled_meanwhile()

    def recalled_meanwhile() -> both.Drafts:
        drafts = Draft("party.joined", DAY, "house", loan, body=body)
        steps.recall(place, at=NOON)
        return drafts, drafts

    body = {"borrower": ming, "person": hong, "invited": place.seq, "role": "guarantor"}
    assert both.write_both(ming, hong, decide, NOON) == "ended"
    assert len(seen) == 2
    assert seen[1] > seen[0]
    assert kinds(hong) == []


def test_who_is_not_verified_cannot_join_but_can_say_no() -> None:
    ming, hong = somebody("王小明"), somebody("李红", verified=False)
    place = invited(ming, apply(ming))
    assert steps.join(place, hong, "read", at=NOON) == "not_verified"
    assert kinds(hong) == []
    assert steps.decline(place, hong, at=NOON) == ""
    assert (kinds(ming)[-1], kinds(hong)) == ("party.declined", ["party.declined"])


def test_a_match_alone_is_not_enough_for_who_may_not_register() -> None:
    ming, hong = somebody("王小明"), somebody("李红", verified=False)
    about = {"about": "identity", "provider": "simulator"}
    asked = about | {"purpose": "identity_check", "account": 7}
    given = {"purpose": "identity_check", "text": "ab12"}
    consent = learn(hong, Draft("consent.given", DAY, "borrower", body=given))
    left = learn(hong, Draft("enquiry.leaving", DAY, "borrower", cause=consent.seq, body=asked))
    said = about | {"answer": "match", "student": "yes"}
    learn(hong, Draft("enquiry.answered", DAY, "provider", cause=left.seq, body=said))
    assert steps.join(invited(ming, apply(ming)), hong, "read", at=NOON) == "not_verified"


def test_who_has_removed_the_account_is_verified_no_more() -> None:
    ming, hong = somebody("王小明"), somebody("李红")
    learn(hong, Draft("account.removed", DAY, "borrower", body={"account": 7}))
    assert steps.join(invited(ming, apply(ming)), hong, "read", at=NOON) == "not_verified"


def test_nobody_joins_their_own_loan() -> None:
    ming = somebody("王小明")
    place = invited(ming, apply(ming))
    assert steps.join(place, ming, "read", at=NOON) == "own"


def test_nobody_joins_twice() -> None:
    ming, hong = somebody("王小明"), somebody("李红")
    loan = apply(ming)
    first, second = invited(ming, loan), invited(ming, loan, "co_borrower")
    assert steps.join(first, hong, "read", at=NOON) == ""
    assert steps.join(second, hong, "read", at=NOON) == "already"
    assert steps.join(first, hong, "read", at=NOON) == "ended"


def test_an_invitation_is_for_one_person() -> None:
    ming, hong, lan = somebody("王小明"), somebody("李红"), somebody("张兰")
    place = invited(ming, apply(ming))
    assert steps.join(place, hong, "read", at=NOON) == ""
    assert steps.join(place, lan, "read", at=NOON) == "ended"


def test_two_may_be_asked_and_no_third() -> None:
    ming = somebody("王小明")
    loan = apply(ming)
    invited(ming, loan)
    place = invited(ming, loan)
    assert steps.invite(ming, loan, "guarantor", at=NOON) == "enough"
    assert steps.recall(place, at=NOON) == ""
    assert steps.invite(ming, loan, "guarantor", at=NOON) == ""


def test_an_invitation_runs_out() -> None:
    ming, hong = somebody("王小明"), somebody("李红")
    place = invited(ming, apply(ming))
    last = DAY + timedelta(days=steps.VALID_DAYS)
    assert steps.join(place, hong, "read", at=noon(last + timedelta(days=1))) == "ended"
    assert steps.join(place, hong, "read", at=noon(last)) == ""


@pytest.mark.parametrize("over", ["withdrawn", "signed"])
def test_an_application_that_is_over_can_be_joined_by_nobody(over: str) -> None:
    ming, hong = somebody("王小明"), somebody("李红")
    loan = apply(ming)
    place = invited(ming, loan)
    end(ming, loan, over)
    assert steps.join(place, hong, "read", at=NOON) == "ended"
    assert steps.invite(ming, loan, "guarantor", at=NOON) == "closed"
    assert steps.recall(place, at=NOON) == "ended"


def end(ming: int, loan: int, over: str) -> None:
    if over == "signed":
        for draft in promised(loan, DAY, streams.head(ming).seq):
            learn(ming, draft)
        return
    made = next(f for f in streams.stream(ming) if f.kind == "application.made")
    learn(ming, Draft("application.withdrawn", DAY, "borrower", loan, cause=made.seq))


def test_a_promise_can_be_taken_back_until_the_contract_is_signed() -> None:
    ming, hong = somebody("王小明"), somebody("李红")
    loan = apply(ming)
    steps.join(invited(ming, loan), hong, "read", at=NOON)
    assert steps.leave(hong, loan, at=NOON) == ""
    assert steps.leave(hong, loan, at=NOON) == "ended"
    assert parties.parties(streams.stream(ming), loan) == []
    assert parties.promises(streams.stream(hong))[0].ended == "left"


def test_once_signed_neither_side_goes_back() -> None:
    ming, hong = somebody("王小明"), somebody("李红")
    loan = apply(ming)
    place = invited(ming, loan)
    steps.join(place, hong, "read", at=NOON)
    end(ming, loan, "signed")
    assert (steps.leave(hong, loan, at=NOON), steps.recall(place, at=NOON)) == ("ended", "ended")
    assert len(parties.parties(streams.stream(ming), loan)) == 1


def test_the_applicant_can_go_on_without_somebody_who_joined() -> None:
    ming, hong = somebody("王小明"), somebody("李红")
    loan = apply(ming)
    place = invited(ming, loan)
    steps.join(place, hong, "read", at=NOON)
    assert steps.recall(place, at=NOON) == ""
    assert parties.parties(streams.stream(ming), loan) == []
    assert (kinds(hong)[-1], streams.stream(hong)[-1].hand) == ("party.recalled", "house")
    assert streams.stream(ming)[-1].hand == "borrower"


def test_a_refusal_keeps_no_words() -> None:
    ming = somebody("王小明")
    place = invited(ming, apply(ming))

    before = texts()
    steps.join(place, ming, "read", at=NOON)
    assert texts() == before


def texts() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from people_item where kind = 'text'")
        return int(cursor.fetchone()[0])
