"""What may not be said is found however it is spelt, and what is lawful passes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.law.schema import CONTENT
from evenhand.outbound.contact.guard.consequences import Planned
from evenhand.outbound.contact.guard.normal import normal
from evenhand.outbound.contact.guard.offers import offer
from evenhand.outbound.contact.guard.screen import screen

OFFENDS = [
    ("zh-Hans", "threat_arrest", "你再不还就让你尝尝铁窗的滋味"),
    ("zh-Hans", "threat_arrest", "坐 l a o 吧你"),
    ("zh-Hans", "threat_arrest", "ｊｉｎｇ察马上到，等着被 抓·走"),
    ("zh-Hant", "violence", "再不處理就叫人去你家門口站崗"),
    ("zh-Hans", "violence", "挵死你"),
    ("zh-Hans", "violence", "弟兄们马上到你家"),
    ("en", "violence", "Pay now or we come to your house tonight and you won't like it."),
    ("en", "violence", "We know where you l i v e. Watch your b@ck"),
    ("zh-Hans", "third_party_pressure", "我们会通知你单位领导"),
    ("zh-Hans", "third_party_pressure", "你爸妈知道你欠这么多吗？"),
    ("en", "third_party_pressure", "We will be contacting your employer on Monday."),
    ("en", "third_party_pressure", "Does your mother know how much you owe?"),
    ("zh-Hans", "payment_diversion", "转到我个人微信，马上给你免罚息"),
    ("zh-Hans", "payment_diversion", "把短信验证码告诉我"),
    ("en", "payment_diversion", "Read me the code we just sent you."),
    ("en", "payment_diversion", "Have the cash ready for our agent."),
    ("en", "payment_diversion", "Pay here: http://evenhand-pay.top/now"),
    ("zh-Hans", "shaming", "再给你十分钟，不然就发到你们公司群里"),
    ("en", "false_consequence", "You could lose your kids over this."),
    ("zh-Hans", "insult_obscene", "你这个老赖，脸皮真厚"),
    ("en", "insult_obscene", "You 1d1ot"),
    ("en", "misstate_amount", "You owe 120.00: principal 100.00, interest 10.00."),
    ("zh-Hans", "deceptive_urgency", "最后一次机会，今晚十二点失效"),
    ("en", "simulated_legal_doc", "A court order has been issued: case no. 2026-114."),
    ("zh-Hans", "impersonate_authority", "你好，我是区法院执行局的工作人员"),
    ("zh-Hans", "borrow_to_repay", "去网贷平台借一笔先把这期填上"),
]
PASSES = [
    ("zh-Hans", "请您于12月8日前还款930.00元，如有困难可申请延期。"),
    ("zh-Hans", "请不要把验证码告诉任何人，我们不会索要。"),
    ("zh-Hans", "您可拨打12378投诉我们。"),
    ("zh-Hans", "我们计划于12月9日上午10点上门，两位工作人员会出示证件，您可以拒绝。"),
    ("zh-Hans", "逾期超过30天将依法报送征信机构，报送前我们会再次告知。"),
    ("zh-Hans", "如有人自称法官要求您转账，请挂断并告诉我们。"),
    ("zh-Hant", "您的還款日為12月8日，應還930.00元，如已還款請忽略。"),
    ("zh-Hant", "我們的人員不會收現金，也不會索取密碼。"),
    ("en", "If you can't pay, call 95000 to ask about a plan. We never ask for your PIN."),
    ("en", "Our staff never take cash and never ask for a code."),
    ("en", "Late interest of 0.05% a day applies from 9 December as agreed in your contract."),
    ("en", "Your account will be handed to Acme Recovery Ltd on 5 December if we hear nothing."),
    ("en", "Due: 120.00 (principal 100.00, interest 20.00)."),
    ("en", "We are sorry that a caller said you would be arrested. Please report it to us."),
]


@pytest.mark.parametrize(("lang", "category", "text"), OFFENDS)
def test_it_is_found(lang: str, category: str, text: str) -> None:
    assert category in [each.category for each in screen(text, lang)]


@pytest.mark.parametrize(("lang", "text"), PASSES)
def test_it_passes(lang: str, text: str) -> None:
    assert screen(text, lang) == []


@pytest.mark.parametrize(
    ("denied", "not_denied"),
    [
        ("我们不会让您坐牢。", "不还钱就坐牢。"),
        ("Nobody will arrest you.", "If you do not pay they will arrest you."),
        ("我们不会联系你的家人。", "你不接电话我们就联系你的家人。"),
    ],
)
def test_a_condition_is_no_negation(denied: str, not_denied: str) -> None:
    assert screen(denied, "en") == []
    assert screen(not_denied, "en") != []


def test_an_amount_the_ledger_does_not_have_is_found_where_the_ledger_is_asked() -> None:
    text = "应还930.00元，还款日12月8日。"
    assert screen(text, "zh-Hans", known_minor={93_000}) == []
    (found,) = screen(text, "zh-Hans", known_minor={93_001})
    assert (found.category, text[slice(*found.span)]) == ("misstate_amount", "930.00")


@pytest.mark.parametrize(
    ("said", "minor"),
    [
        ("一共1.5万元", 1_500_000),
        ("一共3千块", 300_000),
        ("一千二百元", 120_000),
        ("两万零五十块钱", 2_005_000),
        ("三百二十圆", 32_000),
        ("¥2万", 2_000_000),
        ("一共1.2845万", 1_284_500),
        ("九百三十元五角", 93_050),
        ("930元零1分", 93_001),
        ("RMB 930", 93_000),
        ("930.5 rmb", 93_050),
    ],
)
def test_an_amount_in_words_is_one_too(said: str, minor: int) -> None:
    assert screen(said, "zh-Hans", {minor}) == []
    assert [each.category for each in screen(said, "zh-Hans", {minor + 1})] == ["misstate_amount"]


def test_parts_that_miss_the_whole_by_a_cent_are_found() -> None:
    said = "本金500.00元，利息430.00元，共930.01元，共12期。"
    assert [each.category for each in screen(said, "zh-Hans")] == ["misstate_amount"]
    assert screen(said.replace(".01", ".00"), "zh-Hans") == []


def test_words_beside_amounts_are_none() -> None:
    assert screen("我们一块看看，一万个放心，千万别着急。", "zh-Hans", ()) == []


def test_a_negation_ends_with_its_sentence() -> None:
    assert screen("我们不会打扰您。再不还就让你坐牢。", "zh-Hans") != []
    assert screen("Nobody bothers you. Pay or you go to jail.", "en") != []


@pytest.mark.parametrize("text", ["让你坐。牢", "等着被抓。走吧"])
def test_a_full_stop_does_not_break_a_word(text: str) -> None:
    assert "threat_arrest" in [each.category for each in screen(text, "zh-Hans")]


PLANNED = [Planned("visit", date(2026, 12, 9)), Planned("agency", date(2026, 12, 5))]
CONSEQUENCES = [
    ("我们计划于12月9日上午10点上门，两位工作人员会出示证件，您可以拒绝。", True),
    ("我们将于12月10日上门。", False),
    ("我们将要上门。", False),
    ("明天上门。", False),
    ("下周我们的律师会找您。", False),
    ("你的征信会变黑。", False),
    ("A field agent will stop by.", False),
    ("We are suing you.", False),
    ("Next week you hear from our lawyers.", False),
    ("逾期超过30天将依法报送征信机构，报送前我们会再次告知。", False),
    ("如果您不还款，我们将起诉您。", False),
    ("逾期後我們會委託第三方機構催收", False),
    ("我们不会影响您的征信记录。", True),
    ("我们已更正您的征信记录。", True),
    ("Your account will be handed to Acme Recovery Ltd on 5 December if we hear nothing.", True),
    ("Your account will be handed to Acme Recovery Ltd on 5 Dec 2026.", True),
    ("Your account will be handed to Acme Recovery Ltd on 5 December 2027.", False),
    ("Your account will be handed to Acme Recovery Ltd if we hear nothing.", False),
    ("If you do not pay we may go to court.", False),
    ("We will not report you to a credit bureau.", True),
    ("We have corrected what we reported to the credit bureau.", True),
]


@pytest.mark.parametrize(("text", "passes"), CONSEQUENCES)
def test_a_consequence_is_planned_in_the_file_for_the_day_it_names(text: str, passes: bool) -> None:
    found = [each.category for each in screen(text, "en", planned=PLANNED)]
    assert found == ([] if passes else ["false_consequence"])


def test_what_is_offered_instead_passes() -> None:
    for category in CONTENT:
        for lang in ("zh-Hant", "zh-Hans", "en"):
            assert screen(offer(category, lang), lang, (), ()) == [], category


@given(st.text(max_size=80))
def test_every_letter_of_the_plain_text_has_a_place_in_the_given_one(text: str) -> None:
    said = normal(text)
    assert len(said.text) == len(said.places)
    assert list(said.places) == sorted(said.places)
    assert all(0 <= place < len(text) for place in said.places)


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_every_span_lies_in_it(text: str) -> None:
    for found in screen(text, "en"):
        first, last = found.span
        assert 0 <= first < last <= len(text)
