"""The plain words of the packs: every number in them is the rule's own, in each language, and every
instrument has one name."""

import re
import string
from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from evenhand.law import loader, told
from evenhand.law.loader import Instrument, Rule, Value
from evenhand.law.schema import LANGUAGES
from evenhand.law.sorts import numbers

RULES = [rule for name in loader.names() for rule in loader.load(name).rules]
SPOKEN = [(rule, value) for rule in RULES for value in rule.values if not value.ends]
BY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)

NUMBER_WORDS = {
    "zh": dict(zip("二三四五六七八九", range(2, 10), strict=True))
    | {"兩": 2, "两": 2, "十": 10, "三十": 30, "六十": 60, "九十": 90},
    "en": {
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10, "thirty": 30, "sixty": 60, "ninety": 90,
    },
}  # fmt: skip
"""Without one: a day, once and one of ours count nothing a rule could hold."""
UNITS_ZH = "日|天|次|小時|小时|分鐘|分钟|個月|个月|倍"
COUNTED_ZH = re.compile(f"([一二三四五六七八九十兩两]+)(?:{UNITS_ZH})")
"""A number in Chinese words before what it counts."""


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def bare(sentence: str) -> str:
    """A sentence without its places for numbers."""
    return re.sub(r"\{[a-z_]+\}", "", sentence)


def numbers_in(text: str) -> list[int]:
    """Every count that a text writes out, in figures or in words.

    >>> numbers_in("Calls in seven days"), numbers_in("三十日上門 2 次"), numbers_in("一日一次")
    ([7], [2, 30], [])
    """
    figures = [int(each) for each in re.findall(r"\d+", text)]
    words = [word for word in re.findall(r"[a-z]+", text.lower()) if word in NUMBER_WORDS["en"]]
    signs = [sign for sign in COUNTED_ZH.findall(text) if sign in NUMBER_WORDS["zh"]]
    return [
        *figures,
        *(NUMBER_WORDS["en"][word] for word in words),
        *(NUMBER_WORDS["zh"][sign] for sign in signs),
    ]


def sentences(rule: Rule, value: Value) -> Mapping[str, str]:
    return value.sentence or rule.sentence


@BY_RULE
def test_no_sentence_writes_a_number_out_and_each_language_names_the_same_ones(rule: Rule) -> None:
    """A number stands in the value alone, so no sentence can say another; and none is left unsaid
    in one language that another tells."""
    for value in rule.values:
        said = sentences(rule, value)
        named = {language: placeholders(said[language]) for language in LANGUAGES}
        assert named["en"] == named["zh-Hant"] == named["zh-Hans"], rule.id
        assert not [each for each in said.values() if numbers_in(bare(each))], rule.id


@BY_RULE
def test_a_number_in_a_title_is_one_of_the_values(rule: Rule) -> None:
    held = [int(str(n)) for v in rule.values for n in numbers(v.says).values() if str(n).isdigit()]
    for title in rule.title.values():
        assert set(numbers_in(title)) <= set(held), title


@pytest.mark.parametrize("words", told._said()["tell"].items(), ids=lambda words: str(words[0]))
def test_what_the_person_is_told_names_the_same_numbers_in_each_language(
    words: tuple[str, Mapping[str, str]],
) -> None:
    named = {language: placeholders(words[1][language]) for language in LANGUAGES}
    assert named["en"] == named["zh-Hant"] == named["zh-Hans"]
    assert not [each for each in words[1].values() if numbers_in(bare(each))]


@pytest.mark.parametrize(("rule", "value"), SPOKEN, ids=lambda each: getattr(each, "id", ""))
def test_the_numbers_people_read_are_the_values_in_every_language(rule: Rule, value: Value) -> None:
    """Once more from the other end: the figures in the finished sentence, against the value."""
    held = {str(each) for each in numbers(value.says).values()}
    figures = {part for each in held for part in re.findall(r"\d+", each)}
    read = [set(re.findall(r"\d+", rule.plain(value, language))) for language in LANGUAGES]
    assert read[0] == read[1] == read[2] <= figures


SAYS = {
    "threat_arrest": ("威脅|相脅|恐嚇|逮捕", "威胁|相胁|恐吓|逮捕", "threat|arrest"),
    "violence": ("暴力", "暴力", "violence"),
    "impersonate_authority": ("冒充", "冒充", "posing|impersonation|authority"),
    "simulated_legal_doc": ("文書|訴訟", "文书|诉讼", "papers|court action"),
    "shaming": ("羞辱|隱私", "羞辱|隐私", "shaming|private"),
    "third_party_pressure": ("(向|透過)他人施壓", "(向|通过)他人施压", "through others"),
    "misstate_amount": ("金額|欺詐", "金额|欺诈", "amount|sums|fraud"),
    "insult_obscene": ("辱罵", "辱骂", "obscen|insult"),
    "false_consequence": ("後果|欺詐|查封", "后果|欺诈|查封", "consequence|fraud|seizure|threat"),
    "borrow_to_repay": ("以貸養貸", "以贷养贷", "borrowing to repay"),
    "deceptive_urgency": ("緊迫|誤導", "紧迫|误导", "urgency|misleading"),
}
"""What a ban is called in the sentence of the rule that makes it."""


@pytest.mark.parametrize(
    ("rule", "value"),
    [pair for pair in SPOKEN if pair[0].type == "content" and pair[0].id != "policy.content"],
    ids=lambda each: getattr(each, "id", ""),
)
def test_a_sentence_about_words_names_all_that_it_forbids(rule: Rule, value: Value) -> None:
    """The house's own forbids all twelve, and the page lists them under its sentence."""
    for ban in value.says["ban"]:
        for pattern, language in zip(SAYS[ban], LANGUAGES, strict=True):
            said = rule.plain(value, language).lower()
            assert re.search(pattern, said), f"{rule.id}, {language}: {ban}"


def instruments() -> Iterator[tuple[str, Instrument]]:
    """Every instrument some value rests on, with its pack, once."""
    yield from dict.fromkeys(
        (pack, ref.instrument)
        for pack in loader.names()
        for rule in loader.load(pack).rules
        for value in rule.values
        for ref in value.refs
    )


NAMES = {
    ("cn", "GB/T 45251-2025"): "互联网金融 个人网络消费信贷 贷后催收风控指引 (GB/T 45251-2025)",
    ("cn", "NIFA 2024"): "互联网金融贷后催收业务指引（中国互联网金融协会，2024）",
    ("cn", "CBA 2026"): "金融机构个人消费类贷款催收工作指引（试行）（中国银行业协会，2026）",
    ("cn", "Card rule 2011"): "商业银行信用卡业务监督管理办法",
    ("cn", "CBIRC 2022-9"): "银行保险机构消费者权益保护管理办法（银保监会令2022年第9号）",
    ("cn", "民法典"): "中华人民共和国民法典",
    ("cn", "民法总则"): "中华人民共和国民法总则",
    ("cn", "刑法"): "中华人民共和国刑法（经修正案（十一）修正）",
    ("cn", "CBIRC 2020-3"): "银行业保险业消费投诉处理管理办法（银保监会令2020年第3号）",
    ("cn", "征信业管理条例"): "征信业管理条例",
    ("cn", "消费金融公司管理办法"): "消费金融公司管理办法",
    ("cn", "明示综合融资成本规定"): "个人贷款业务明示综合融资成本规定",
    ("cn", "小贷综合融资成本指引"): "小额贷款公司综合融资成本管理工作指引（2025）",
}
"""What the law of the lender's home rests on: its name as verdicts cite it, and its whole name."""
CODES = ("12 CFR", "15 USC")
"""Collections of law: their numbers tell the statute, as lawyers cite them."""


def test_an_instrument_has_one_name() -> None:
    """No two stand under one name, and none under two."""
    found = list(instruments())
    titles = Counter(each.title for _, each in found)
    shorts = Counter((pack, each.short) for pack, each in found if each.short not in CODES)
    assert [name for name, count in titles.items() if count > 1] == []
    assert [name for name, count in shorts.items() if count > 1] == []


def test_the_names_at_home_are_those_of_the_list() -> None:
    """A new instrument is entered there, an old one keeps its spelling."""
    held = {
        (pack, each.short): each.title
        for pack, each in instruments()
        if pack == "cn" and each.short != "LPR"
    }
    assert held == NAMES
