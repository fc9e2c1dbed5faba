"""Words of staff name amounts of the ledger and consequences in the file; nothing else goes."""

from datetime import date, timedelta

import pytest

from evenhand.ledger import house, made_up, streams
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact import own_file, own_words
from evenhand.outbound.contact.made_up import enrol, learn, lend, moment
from evenhand.outbound.contact.own_words import Blocked
from evenhand.people import kept

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
    assert kept.committed(borrower, text) == "同意退回77.70元。"


def test_a_consequence_is_in_the_file_for_the_day_named(borrower: int) -> None:
    text = "我们将于{}月{}日委托第三方机构催收。"
    day = LATE + timedelta(days=5)
    assert says(borrower, text.format(day.month, day.day)) == ["false_consequence"]
    placed = {"state": "placed_with_agency", "since": moment(day) // own_file.SECOND}
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
