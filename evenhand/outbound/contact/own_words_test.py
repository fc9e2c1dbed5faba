"""Words of staff name amounts of the ledger and consequences in the file; nothing else goes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string

from evenhand.ledger import house, made_up, streams
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact import closing, own_words, send, tell, wording
from evenhand.outbound.contact import made_up as contacts
from evenhand.outbound.contact.guard.offers import offer
from evenhand.outbound.contact.made_up import enrol, learn, lend, moment
from evenhand.outbound.contact.own_words import Blocked
from evenhand.people import kept, persons, staff

pytestmark = pytest.mark.django_db

D = date(2026, 3, 2)
LATE = D + timedelta(days=40)
NOW = moment(LATE, 12)


@pytest.fixture
def borrower() -> int:
    """Two loans of twelve instalments of 1,000.00 and 10.00 interest, the first ten days late."""
    (one,) = enrol(1, D)
    loans = [*lend([one], D), *lend([one], D)]
    learn(one, made_up.paid(loans[0], D + timedelta(days=30), 25_000), at=moment(LATE, 9))
    return one


def says(borrower: int, text: str) -> list[str]:
    """The categories for which the words are held back."""
    try:
        own_words.seal(borrower, text, "reply", 7, at=NOW)
    except Blocked as blocked:
        return [each.category for each in blocked.held]
    return []


@pytest.mark.parametrize(
    "figure",
    [
        "1000元",  # the principal of an instalment
        "10.00元",  # its interest
        "1010元",  # an instalment, and what is past due of the second loan
        "250元",  # the payment
        "760.00元",  # past due of the first loan, without late interest
        "12,000.00元",  # the principal of a loan
        "一千零一十元",
    ],
)
def test_an_amount_of_the_ledger_may_be_named(borrower: int, figure: str) -> None:
    assert says(borrower, f"您问到的金额是{figure}。") == []


@pytest.mark.parametrize("figure", ["1000.01元", "1011元", "249.99元", "9999元", "一千零一十一元"])
def test_any_other_is_held_back(borrower: int, figure: str) -> None:
    assert says(borrower, f"您问到的金额是{figure}。") == ["misstate_amount"]


def test_an_amount_the_act_itself_writes_may_be_named(borrower: int) -> None:
    text = own_words.seal(borrower, "同意退回77.70元。", "reply", 7, at=NOW, also_minor={7_770})
    assert closing.typed(kept.committed(borrower, text)) == "同意退回77.70元。"


def test_a_consequence_is_in_the_file_for_the_day_named(borrower: int) -> None:
    text = "我们将于{}月{}日委托第三方机构催收。"
    day = LATE + timedelta(days=5)
    assert says(borrower, text.format(day.month, day.day)) == ["false_consequence"]
    placed = {"state": "placed_with_agency", "since": moment(day)}
    learn(borrower, Draft("state.began", LATE, "staff:3", body=placed), at=NOW)
    assert says(borrower, text.format(day.month, day.day)) == []
    assert says(borrower, text.format(day.month, day.day + 1)) == ["false_consequence"]
    assert says(borrower, "如果您不还款，我们会起诉。") == ["false_consequence"]


def test_an_attempt_is_a_fact_without_a_word_of_it(borrower: int) -> None:
    head = streams.head(borrower).seq
    assert says(borrower, "你这个老赖") == ["insult_obscene"]
    assert streams.head(borrower).seq == head
    (fact,) = streams.stream(house.HELD_BACK)
    assert (fact.kind, fact.hand, fact.body["person"]) == ("words.refused", "staff:7", borrower)
    assert "老赖" not in str(fact) and len(fact.body["lexicon"]) == 64
    assert kept.committed(borrower, fact.body["text"]) == "你这个老赖"


def test_no_words_are_no_commitment(borrower: int) -> None:
    assert own_words.seal(borrower, "", "plan_agreed", 7, at=NOW) == ""


def test_under_the_words_stands_who_wrote_them_and_what_to_do(borrower: int) -> None:
    by = staff.enlist("e1", "correct horse battery", role="supervisor", number="E0042")
    text = own_words.seal(borrower, "同意退回。", "reply", by, at=NOW, also_minor=())
    typed, _, under = kept.committed(borrower, text).partition(closing.RULE)
    assert typed == "同意退回。"
    assert tuple(under.splitlines()) == own_words.statements(borrower, by, at=NOW)
    assert "主管，工号E0042" in under and "投诉" in under and "停止" in under and "95000" in under


def test_without_approved_statements_nothing_is_sent(borrower: int) -> None:
    seq = wording.propose_stop(["closing/own/zh-hans"], "staff:11", at=NOW)
    wording.approve(seq, "staff:12", at=NOW)
    with pytest.raises(Blocked) as blocked:
        own_words.seal(borrower, "同意退回。", "reply", 7, at=NOW)
    assert blocked.value.held == () and own_words.attempts() == []
    assert own_words.statements(borrower, 7, at=NOW) is None
    assert "note stop" in render_to_string("web/under.html", {"under": None})


def test_where_no_pack_asks_for_statements_words_go_without(borrower: int, settings: Any) -> None:
    settings.EVENHAND_PACKS = ("sg",)
    text = own_words.seal(borrower, "同意退回。", "reply", 7, at=NOW)
    assert kept.committed(borrower, text) == "同意退回。"
    assert own_words.statements(borrower, 7, at=NOW) == ()
    assert not render_to_string("web/under.html", {"under": ()}).strip()


def test_an_approved_wording_takes_the_place_of_the_sentence_found(borrower: int) -> None:
    text = "谢谢您来信。不还钱就抓你坐牢！应付4321.99元。"
    one = own_words.offered(borrower, text, "threat_arrest", at=NOW)
    assert one.text == f"谢谢您来信。{offer('threat_arrest', 'zh-Hans')}应付4321.99元。"
    assert [each.category for each in one.held] == ["misstate_amount"]
    both = own_words.offered(borrower, one.text, "misstate_amount", at=NOW)
    assert both.held == () and own_words.attempts() == []
    assert own_words.offered(borrower, both.text, "violence", at=NOW) == both


def answered(borrower: int, text: str) -> None:
    """Staff's answer, however it came into the stream, and the notice of it asked for."""
    contacts.go_online([borrower], D)
    learn(borrower, Draft("reply.received", LATE, "provider", body={"text": "ab" * 32}), at=NOW)
    seq = streams.head(borrower).seq
    body = {"text": persons.seal_text(borrower, text).hex()}
    learn(borrower, Draft("reply.answered", LATE, "staff:7", cause=seq, body=body), at=NOW)
    tell.tell(borrower, "reply_answered", at=NOW, cause=seq + 1)


def left(borrower: int) -> int:
    return sum(fact.kind == "contact.leaving" for fact in streams.stream(borrower))


def test_words_are_read_again_as_the_notice_of_them_leaves(borrower: int) -> None:
    """Had the guard not known these words when they were sealed, it knows them as they leave."""
    answered(borrower, "不还钱就抓你坐牢。")
    assert send.send_due(NOW).set_aside == 1 and left(borrower) == 0
    assert send.send_due(NOW + 60_000_000).set_aside == 1
    (attempt,) = own_words.attempts()
    assert (attempt.person, attempt.by, attempt.where) == (borrower, 7, "reply")
    assert "坐牢" not in own_words.to_read(borrower, attempt.text)


def test_a_consequence_taken_back_meanwhile_is_not_told(borrower: int) -> None:
    day = LATE + timedelta(days=5)
    placed = {"state": "placed_with_agency", "since": moment(day)}
    learn(borrower, Draft("state.began", LATE, "staff:3", body=placed), at=NOW)
    seq = streams.head(borrower).seq
    answered(borrower, f"我们将于{day.month}月{day.day}日委托第三方机构催收。")
    learn(borrower, Draft("state.ended", LATE, "staff:3", cause=seq), at=NOW)
    assert send.send_due(NOW).set_aside == 1
    assert [one.categories for one in own_words.attempts()] == [("false_consequence",)]


@pytest.mark.parametrize("paid_minor", [76_000, 10_000])
def test_what_was_clean_and_still_is_leaves(borrower: int, paid_minor: int) -> None:
    answered(borrower, "您问到的金额是760.00元。")
    paid = made_up.paid(streams.stream(borrower)[1].loan, LATE, paid_minor)
    learn(borrower, paid, at=NOW)  # what was owed when it was written may still be said
    assert send.send_due(NOW).set_aside == 0 and left(borrower) >= 1
