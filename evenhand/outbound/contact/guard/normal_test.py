"""Ways round the guard that people try: each is made plain, or found as what it is."""

import pytest

from evenhand.outbound.contact.guard.normal import normal
from evenhand.outbound.contact.guard.screen import screen

HIDDEN = [
    ("characters nobody sees", "threat_arrest", "We will have you ar\u200bres\u200cted tonight"),
    ("the same in Chinese", "threat_arrest", "明天就抓\u200b你坐\u2060牢"),
    ("a blank of Korean", "threat_arrest", "让你坐\u3164牢"),
    ("a blank of Braille", "threat_arrest", "让你坐\u2800牢"),
    ("tags", "threat_arrest", "you go to pri\U000e0073son"),
    ("struck through", "threat_arrest", "you go to p\u0336r\u0336i\u0336s\u0336o\u0336n"),
    ("pictures between letters", "threat_arrest", "you will go to j🙂a🙂i🙂l"),
    ("a picture in a word", "insult_obscene", "you are an id😡iot"),
    ("pictures between characters", "violence", "明天派人泼🔥油🔥漆"),
    ("both scripts mixed", "threat_arrest", "明天警察就会來抓你坐牢"),
    ("Cyrillic", "threat_arrest", "we will have you аrrеstеd"),
    ("Greek", "threat_arrest", "you will be in jαιl"),
    ("small capitals", "threat_arrest", "you go to ᴘʀɪsᴏɴ"),
    ("letters of mathematics", "threat_arrest", "you go to 𝐩𝐫𝐢𝐬𝐨𝐧"),
    ("on its head", "threat_arrest", "you go to uosıɹd"),
    ("full-width digits", "payment_diversion", "请还到６２２２０２１２３４５６７８９０１２３"),
    ("an account parted by dots", "payment_diversion", "Pay to 6222.0212.3456.7890"),
    ("an account parted by points", "payment_diversion", "请转到6222·0212·3456·7890·123"),
    ("an account digit by digit", "payment_diversion", "转到6 2 2 2 0 2 1 2 3 4 5 6 7 8 9 0"),
    ("a mobile number", "payment_diversion", "打我手机138-0013-8000"),
    ("a number spaced out", "payment_diversion", "有事打 1 3 8 0 0 1 3 8 0 0 0 找我"),
    ("a number in circles", "payment_diversion", "加我①③⑧⓪⓪①③⑧⓪⓪⓪"),
    ("a number on its head", "payment_diversion", "call me on ⇂Ɛ800⇂Ɛ8000"),
    ("pinyin run together", "insult_obscene", "你就是个laji"),
    ("pinyin with its tones", "payment_diversion", "yàn zhèng mǎ 发我一下"),
    ("pinyin among characters", "threat_arrest", "ju留所给你留好床位了"),
    ("dot com", "payment_diversion", "Pay at evenhand-pay dot com"),
    ("dot in brackets", "payment_diversion", "Pay at evenhand-pay (dot) com"),
    ("点com", "payment_diversion", "打开evenhand点com还款"),
    ("WeChat", "payment_diversion", "加我VX：evenhand_88"),
    ("WeChat in other signs", "payment_diversion", "薇❤信：abc12345"),
    ("QQ", "payment_diversion", "扣扣1234567890联系"),
    ("QQ's bird", "payment_diversion", "企鹅号：12345678"),
    ("LINE", "payment_diversion", "賴ID：abc12345"),
    ("letters apart, words further", "threat_arrest", "Y o u  w i l l  g o  t o  p r i s o n"),
    ("letters parted by points", "violence", "We w.i.l.l h.u.r.t you"),
    ("another sign for you", "violence", "祢家小心著火"),
]
LAWFUL = [
    "请拨打95000-1234联系我们",
    "您的核实编号123456789012，合同号2026-0004-1234",
    "Your reference is 4821 7730 1192.",
    "The steps fall due on 2026-12-09 2026-12-16 2026-12-23.",
    "您可用微信或支付宝在App内还款。",
]


@pytest.mark.parametrize(("way", "category", "text"), HIDDEN)
def test_a_way_round_does_not_help(way: str, category: str, text: str) -> None:
    assert category in {each.category for each in screen(text, "zh-Hans")}, way


@pytest.mark.parametrize("text", LAWFUL)
def test_numbers_that_are_ours_pass(text: str) -> None:
    assert screen(text, "zh-Hans") == []


def test_what_is_set_upright_keeps_its_place() -> None:
    said = normal("go to uosıɹd")
    at = said.text.index("prison")
    first, last = said.span(at, at + 6)
    assert (first, last) == (6, 12)


def test_a_start_without_the_phrases_loses_no_character() -> None:
    """The library that tells sounds reads phrases of two characters and more; we ask for one."""
    from pypinyin import phrases_dict  # as long to load as all the tests of this file to run

    assert min(map(len, phrases_dict.phrases_dict)) == 2
