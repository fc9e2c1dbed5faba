"""Asking about a person: consent first, the leaving before the question, each answer once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from evenhand.ledger import bank_accounts, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.enquiries import gate, identity, leaving
from evenhand.outbound.enquiries.identity import NoConsent, TooManyTries, verify
from evenhand.outbound.enquiries.leaving import Leaving
from evenhand.people import persons
from evenhand.people.persons import Person
from evenhand.providers.identity.message import Answer, Question
from evenhand.providers.identity.simulator import Simulator

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)
MINUTE = 60_000_000
NOON = (DAY.toordinal() - date(1970, 1, 1).toordinal()) * 86_400_000_000 + 4 * 60 * MINUTE
TOMORROW = NOON + 24 * 60 * MINUTE
NAME, PHONE, NUMBER = "王小明", "13800138001", "6222020200112230001"


class Heard:
    """A provider that says what it is told to, and remembers what it was asked."""

    name = "heard"

    def __init__(self, *answers: str, known: str = "unknown") -> None:
        self.answers, self.known = list(answers), known
        self.asked: list[Question] = []
        self.looked_up: list[str] = []

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        return Answer(question.key, self.answers.pop(0))  # type: ignore[arg-type]

    def look_up(self, key: str) -> Answer:
        self.looked_up.append(key)
        return Answer(key, self.known)  # type: ignore[arg-type]


class Dies(Heard):
    """A provider during whose answer our process dies."""

    def ask(self, question: Question) -> Answer:
        raise KeyboardInterrupt


def person(ordinal: str = "001", *, consents: bool = True) -> tuple[int, int]:
    """Somebody with a bank account; the person and the account."""
    new = Person(NAME, PHONE, f"11010519900307{ordinal}X")
    (number,) = persons.enrol([new], at=NOON)
    learn(number, "borrower.enrolled", body={"lang": "zh-hans", "zone": "Asia/Shanghai"})
    if consents:
        give_consent(number)
    return number, persons.add_account(number, NUMBER, "ICBC")


def learn(who: int, kind: str, *, cause: int = 0, at: int = NOON, **body: Any) -> Fact:
    draft = Draft(kind, DAY, "borrower", cause=cause, body=body.get("body", body))
    if kind == "borrower.enrolled":
        draft = draft._replace(hand="staff:1")
    return streams.append(who, [draft], at=at, expected_seq=streams.head(who).seq)[-1]


def give_consent(who: int, at: int = NOON) -> Fact:
    return learn(who, "consent.given", at=at, purpose="identity_check", text="ab12")


def kinds(who: int) -> list[str]:
    """The facts of the stream since enrolment and consent."""
    return [f.kind for f in streams.stream(who) if f.kind.startswith("enquiry.")]


def last(who: int) -> Fact:
    return streams.stream(who)[-1]


def test_without_consent_nobody_is_asked_and_nothing_is_written() -> None:
    ming, account = person(consents=False)
    provider = Heard("match")
    with pytest.raises(NoConsent):
        verify(ming, account=account, at=NOON, provider=provider)
    assert (provider.asked, kinds(ming)) == ([], [])


def test_a_withdrawn_consent_is_none_until_it_is_given_again() -> None:
    ming, account = person()
    learn(ming, "consent.withdrawn", cause=last(ming).seq)
    with pytest.raises(NoConsent):
        verify(ming, account=account, at=NOON)
    give_consent(ming)
    assert verify(ming, account=account, at=NOON) == "match"


def test_a_consent_for_something_else_is_none_for_this() -> None:
    ming, account = person(consents=False)
    learn(ming, "consent.given", purpose="credit_report", text="ab12")
    with pytest.raises(NoConsent):
        verify(ming, account=account, at=NOON)


def test_the_question_leaves_on_record_before_it_is_asked() -> None:
    ming, account = person()
    consent = last(ming)
    with pytest.raises(KeyboardInterrupt):
        verify(ming, account=account, at=NOON, provider=Dies())
    left = last(ming)
    assert (left.kind, left.cause, left.body["purpose"]) == (
        "enquiry.leaving",
        consent.seq,
        "identity_check",
    )
    assert leaving.lost(NOON, Leaving(0, 0)) == [Leaving(ming, left.seq)]


def test_the_four_are_asked_about_under_our_key_and_none_is_in_a_fact() -> None:
    ming, account = person()
    provider = Heard("match")
    verify(ming, account=account, at=NOON, provider=provider)
    (asked,) = provider.asked
    left = streams.stream(ming)[-2]
    assert asked == Question(
        f"{ming}.{left.seq}", NAME, "11010519900307001X", "+86" + PHONE, NUMBER, NOON
    )
    told = str([fact.body for fact in streams.stream(ming)])
    assert not [word for word in (NAME, PHONE, NUMBER, "110105") if word in told]


@pytest.mark.parametrize(
    ("ordinal", "answer", "student"),
    [
        ("001", "match", "no"),
        ("991", "mismatch", "no"),
        ("981", "unclear", "no"),
        ("971", "match", "yes"),
    ],
)
def test_the_answer_is_a_fact(ordinal: str, answer: str, student: str) -> None:
    ming, account = person(ordinal)
    assert verify(ming, account=account, at=NOON) == answer
    told = identity.answered(streams.stream(ming))
    assert told is not None
    assert (told.answer, told.student, told.account) == (answer, student, account)
    assert last(ming).hand == "provider"


def test_before_the_first_answer_there_is_none() -> None:
    ming, _account = person()
    assert identity.answered(streams.stream(ming)) is None


def test_a_match_that_still_holds_is_not_asked_for_again() -> None:
    ming, account = person()
    provider = Heard("match", "match")
    for _time in range(2):
        assert verify(ming, account=account, at=NOON, provider=provider) == "match"
    assert len(provider.asked) == 1
    learn(ming, "number.changed", address=7)
    assert verify(ming, account=account, at=NOON, provider=provider) == "match"
    assert len(provider.asked) == 2


def test_another_account_is_another_question() -> None:
    ming, own = person()
    borrowed = persons.add_account(ming, "62220202001120404", "ICBC")
    assert verify(ming, account=borrowed, at=NOON) == "mismatch"
    assert verify(ming, account=own, at=NOON) == "match"
    facts = streams.stream(ming)
    assert (bank_accounts.belongs(facts, own), bank_accounts.belongs(facts, borrowed)) == (
        True,
        False,
    )
    told = identity.answered(facts, borrowed)
    assert told is not None and told.checked["account"] == "mismatch"


def test_an_account_of_somebody_else_is_never_asked_about() -> None:
    ming, _account = person()
    _hong, hers = person()
    with pytest.raises(AssertionError):
        verify(ming, account=hers, at=NOON)
    assert kinds(ming) == []


def test_three_tries_a_day_and_tomorrow_again() -> None:
    ming, account = person("991")
    for _time in range(gate.TRIES_A_DAY):
        verify(ming, account=account, at=NOON)
    with pytest.raises(TooManyTries):
        verify(ming, account=account, at=NOON)
    assert identity.tries_left(streams.stream(ming), NOON) == 0
    assert verify(ming, account=account, at=TOMORROW) == "mismatch"


def test_what_nobody_looked_at_is_no_try() -> None:
    ming, account = person("951")
    for _time in range(gate.TRIES_A_DAY + 1):
        assert verify(ming, account=account, at=NOON) == "unknown"
    assert identity.tries_left(streams.stream(ming), NOON) == gate.TRIES_A_DAY
    assert (last(ming).kind, last(ming).body["again"]) == ("enquiry.unknown", 1)


def test_an_answer_lost_on_the_way_is_looked_up_at_once() -> None:
    ming, account = person("961")
    assert verify(ming, account=account, at=NOON) == "match"
    assert kinds(ming) == ["enquiry.leaving", "enquiry.answered"]


def test_where_the_provider_cannot_say_it_stays_unknown_and_the_person_may_try_again() -> None:
    ming, account = person()
    provider = Heard("unknown", "match")
    assert verify(ming, account=account, at=NOON, provider=provider) == "unknown"
    assert last(ming).kind == "enquiry.unknown"
    assert verify(ming, account=account, at=NOON, provider=provider) == "match"
    assert provider.asked[0].key != provider.asked[1].key


def test_a_second_click_while_the_answer_is_awaited_asks_nobody() -> None:
    ming, account = person()
    with pytest.raises(KeyboardInterrupt):
        verify(ming, account=account, at=NOON, provider=Dies())
    provider = Heard("match")
    assert verify(ming, account=account, at=NOON + 1, provider=provider) == "unknown"
    assert (provider.asked, provider.looked_up) == ([], [])


def lost_question() -> tuple[int, int]:
    """Somebody whose question the provider answered, and whose asker died before writing it."""
    ming, account = person()
    with pytest.raises(KeyboardInterrupt):
        verify(ming, account=account, at=NOON, provider=Dies())
    Simulator().ask(Question(f"{ming}.{last(ming).seq}", NAME, "11010519900307001X", PHONE, NUMBER))
    return ming, account


def test_what_is_lost_is_cleared_up_once_after_a_minute() -> None:
    ming, _account = lost_question()
    assert (identity.lost(NOON + 1), identity.clear_up(at=NOON + 1)) == (False, 0)
    later = NOON + 2 * MINUTE
    assert identity.lost(later)
    assert (identity.clear_up(at=later), identity.clear_up(at=later)) == (1, 0)
    told = identity.answered(streams.stream(ming))
    assert told is not None and told.answer == "match"


def test_who_comes_back_before_the_clearing_up_gets_the_answer() -> None:
    ming, account = lost_question()
    provider = Heard(known="match")
    later = NOON + 2 * MINUTE
    assert verify(ming, account=account, at=later, provider=provider) == "match"
    assert (provider.asked, len(provider.looked_up)) == ([], 1)
    assert identity.clear_up(at=later) == 0


def test_what_the_provider_never_got_may_be_asked_again() -> None:
    ming, account = person()
    with pytest.raises(KeyboardInterrupt):
        verify(ming, account=account, at=NOON, provider=Dies())
    assert identity.clear_up(at=NOON + 2 * MINUTE) == 1
    assert (last(ming).kind, last(ming).body["again"]) == ("enquiry.unknown", 1)
    assert verify(ming, account=account, at=NOON + 2 * MINUTE) == "match"


def test_an_erased_person_is_not_asked_about() -> None:
    ming, account = person()
    persons.erase(ming, purpose="legal_request", by=1, at=NOON)
    with pytest.raises((persons.Erased, AssertionError)):
        verify(ming, account=account, at=NOON)
    assert kinds(ming) == []


def refused(facts: Sequence[Fact], at: int = NOON) -> list[str]:
    return gate.refusals(facts, "identity", at)


def test_the_gate_says_all_its_reasons() -> None:
    ming, account = person("991")
    for _time in range(gate.TRIES_A_DAY):
        verify(ming, account=account, at=NOON)
    consent = next(f for f in streams.stream(ming) if f.kind == "consent.given")
    learn(ming, "consent.withdrawn", cause=consent.seq)
    assert refused(streams.stream(ming)) == ["no_consent", "too_many_tries"]
    assert refused(streams.stream(ming), TOMORROW) == ["no_consent"]
