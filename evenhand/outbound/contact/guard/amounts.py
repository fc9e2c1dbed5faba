"""Amounts in words to a person: their parts sum to the whole, and the ledger knows each of them.

A figure is an amount by its unit (930元, $930, nine hundred dollars), by its two decimals, or by
what is said of it (还930, repay 930): what is counted, dated or a share of something is none.
"""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from evenhand.outbound.contact.guard.figures import NUMERALS, SPELT, TIMES, minor_of, numeral, spelt
from evenhand.outbound.contact.guard.normal import Normal

FIGURE: Final = r"((?<![\d])(?<!\d[.,])(?:\d{1,3}(?:[, ]\d{3})+|\d{2,}|(?<!\d )\d)(?:\.\d{1,2})?)"
SIGN: Final = (
    r"(?:cny|rmb|usd|hkd|twd|ntd|eur|gbp|sgd|inr|idr|php|vnd|mxn|kes|ngn"
    r"|[¥$€£₹₱₦₫₩]|人民币|(?<![a-z])r[ps])"
)
UNIT: Final = (
    r"(?:(?:港|台|美|新台|日|欧|新加坡)?[元圆币]|英镑|块钱|块(?![石头砖])|yuan|rmb|cny|usd|hkd|twd|eur|gbp"
    r"|dollars?|bucks|euros?|pounds?|quid|rupees?|pesos?|ringgit|naira|shillings?)"
)
PART: Final = r"(?:本金|利息|罚息|手续费|principal|late interest|interest|fees?)"
ALL_OF_IT: Final = (
    r"(?:合计|总计|共计|总共|一共|合共|小计|共(?!\s*\d+\s*[期笔天个次日])|总额|应还|应付|需还|全部|一次性还清|结清|要还|现在还"
    r"|total|due(?: today| now)?|amount due|in all|altogether|you owe|pay"
    r"|makes?|comes? to|adds? up to|加起来|等于|=)"
)
PARTS: Final = re.compile(rf"{PART}\s*(?:of|为|是|:|：)?\s*{SIGN}?\s*{FIGURE}")
WHOLE: Final = re.compile(rf"{ALL_OF_IT}\s*(?:款|金额|为|是|of|is|:|：)?\s*{SIGN}?\s*{FIGURE}")
WRITTEN: Final = re.compile(
    rf"(?<![\d.,])([{NUMERALS}〇两十][{NUMERALS}〇两十百千万]*)(?:元|块钱|圆)"
)
"""Amounts in Chinese numerals; 一块 alone means together."""
SMALL: Final = re.compile(
    rf"[零又]?(?:([{NUMERALS}两\d])[角毛])?[零又]?(?:([{NUMERALS}两\d])分(?![钟期之秒]))?"
)
"""Tenths and hundredths said behind an amount."""
CENTS: Final = re.compile(r"(?: and)? (\d{1,2}) (?:cents?|pence)\b")
MULTIPLE: Final = re.compile(
    r"(?<![\d.,])(\d+(?:\.\d{1,6})?)\s*([百千万亿]|k(?![a-z\d]))\s*(?:元|块钱|块)?"
)
MONEY: Final = re.compile(
    rf"{SIGN}\s*{FIGURE}(?![\d百千万亿]|k(?![a-z]))|{FIGURE}\s*{UNIT}"
    r"|(?<![\d.,-])(\d{1,3}(?:,\d{3})*\.\d{2})(?![\d.%])"
)
ALONE: Final = re.compile(r"(?<!\d )(?<![\d.,])(\d(?: \d)+)(?=\s*(?:元|块|圆))")
"""Digits that stand apart before a unit: 9 3 0元."""

PAYING: Final = (
    r"(?:还款?|偿还|归还|付款?|支付|缴纳?款?|缴费|缴|交款?|汇款?|打款|转账|存入?|补齐?|欠款?|欠着?|尚欠|扣款?|退还?|减免?"
    r"|余额|金额|本金|利息|罚息|总额|合计|总计|共计|一共|月供|首付|每期|每月|一个月|差|剩下?|凑|给我们?)"
)
LINKS: Final = (
    r"(?:[了为是共得要够满出回上款]|我们?|至少|最少|最多|大约|约|只要?|仅|不到|超过"
    r"|总计|共计|[:\s]){0,3}"
)
NONE_OF_IT: Final = (
    rf"(?!\d|[.,]\d|\s*(?:{UNIT}|[%‰×x*期天日号月年个次笔周季点时分秒小家位份人成折倍岁项条种步名张页级档类度号:/~百千万亿-]"
    r"|至|到\d|多[天期个月年]|几|余[天期]|后|星期|礼拜|工作|k(?![a-z])))"
)
"""What stands behind a figure that counts, dates or shares."""
BARE: Final = re.compile(rf"(?<![提成转上])(?:{PAYING}){LINKS}(?>{FIGURE}){NONE_OF_IT}")
BARE_WRITTEN: Final = re.compile(
    rf"{PAYING}{LINKS}([{NUMERALS}〇两十]?[{NUMERALS}〇两十百千万]+)(?=$|[。,;!?、\s]|[就吧呢啊哦才给再]|也行|即可|可以|以内)"
)
"""九百三 behind a word of paying; where a word may follow that it counts, it is not taken."""
PAYS: Final = (
    r"\b(?:re)?pay(?:s|ing|ment|ments)?|\bpaid|\bow(?:e|es|ed|ing)|\bsettle|\bsend|\btransfer(?:red)?|\bdeposit"
    r"|\bbalance|\bamount|\btotal|\bsum|\binstalments?|\bdue|\bcredit(?:ed)?"
    r"|\brefund(?:ed)?|\bbehind by|\bshort by"
)
TO_IT: Final = (
    r"(?: (?:us|me|back|off|is|are|was|of|a|the|just|only|at least|about|around|up to|exactly"
    r"|another|now|today|to|comes to|stands at)|:|,? ?=)"
)
COUNTED: Final = (
    rf"(?!\d|[.,]\d| ?(?:{UNIT}|cents?\b|pence\b|%|/|:|x\b|k\b|-\d|st\b|nd\b|rd\b|th\b"
    r"|[ap]\.?m\b|o'clock|day|week|month|year|hour|minute|instal\w*|payment|time|part|loan|step"
    r"|of\b|more\b|per ?cent|or \d+ (?:days|weeks|months|instal\w*)"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|business|working|calendar|equal|smaller|monthly|weekly"
    r"|(?!(?:as|is|was|this|plus|always|unless|towards|thanks)\b)[a-z]+s\b))"
)
BARE_EN: Final = re.compile(rf"(?:{PAYS}){TO_IT}{{0,3}} ?(?>{FIGURE}){COUNTED}")
EACH_EN: Final = re.compile(
    rf"(?<![\w.,/-]){FIGURE} ?(?:a|per|each|every|/) ?(?:month|week|fortnight)\b"
)
SPELT_MONEY: Final = re.compile(
    rf"{SPELT} (?:dollars?|bucks|euros?|pounds?|quid|yuan|rmb|rupees?|pesos?)\b"
)
SPELT_BARE: Final = re.compile(rf"(?:{PAYS}){TO_IT}{{0,3}} (?>{SPELT}){COUNTED}")
SPELT_LEAST: Final = 20
"""Below it a bare number in words counts something: pay one now and the others later."""
SPEAKS: Final = re.compile(
    r"[0-9]|[百千万亿]|元|圆|块钱|(?:hundred|thousand|grand|dollars?|bucks|euros?|pounds?|quid)\b"
    rf"|[{NUMERALS}〇两]十|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
)
"""Without any of it a text names no amount."""


class Amount(NamedTuple):
    """An amount of a text in minor units, and where its figure stands in the plain text."""

    minor: int
    first: int
    last: int


def unequal(said: Normal) -> Iterator[Amount]:
    """A whole that is not what its parts sum to; at least two parts, named beside the whole."""
    parts = {each.first: each for each in _found(PARTS, said.text)}
    if len(parts) < 2:
        return
    wholes = [each for each in _found(WHOLE, said.text) if each.first not in parts]
    if len(wholes) != 1:
        return
    if sum(each.minor for each in parts.values()) != wholes[0].minor:
        yield wholes[0]


def unknown(said: Normal, known_minor: Collection[int]) -> Iterator[Amount]:
    """Amounts the ledger does not have, to the cent."""
    for each in _named(said.text):
        if each.minor not in known_minor:
            yield each


def _named(text: str) -> Iterator[Amount]:
    for pattern in (MONEY, BARE, BARE_EN, EACH_EN):
        yield from _found(pattern, text)
    for found in ALONE.finditer(text):
        yield Amount(minor_of(found[1]), *found.span(1))
    yield from _multiples(text)
    yield from _written(text)
    yield from _spelt(text)


def _found(pattern: re.Pattern[str], text: str) -> Iterator[Amount]:
    for found in pattern.finditer(text):
        group = next(at for at, figure in enumerate(found.groups(), 1) if figure)
        minor = minor_of(found[group]) + _small(text, found.end())
        yield Amount(minor, found.start(group), found.end(group))


def _multiples(text: str) -> Iterator[Amount]:
    """Figures of hundreds and ten thousands: 1.5万元, 2k."""
    for found in MULTIPLE.finditer(text):
        minor = Decimal(found[1]) * TIMES[found[2]] * 100
        yield Amount(int(minor), found.start(), found.end())


def _written(text: str) -> Iterator[Amount]:
    for pattern in (WRITTEN, BARE_WRITTEN):
        for found in pattern.finditer(text):
            minor = numeral(found[1]) * 100 + _small(text, found.end())
            yield Amount(minor, found.start(1), found.end(1))


def _spelt(text: str) -> Iterator[Amount]:
    for found in SPELT_MONEY.finditer(text):
        yield Amount(spelt(found[1]) * 100 + _small(text, found.end()), *found.span(1))
    for found in SPELT_BARE.finditer(text):
        if (number := spelt(found[1])) >= SPELT_LEAST:
            yield Amount(number * 100, *found.span(1))


def _small(text: str, at: int) -> int:
    """The cents said behind an amount: 930元5角, 九百三十元零一分, 930 dollars and 5 cents."""
    if cents := CENTS.match(text, at):
        return int(cents[1])
    found = SMALL.match(text, at)
    tens, ones = found.groups() if found else (None, None)
    return 10 * numeral(tens or "零") + numeral(ones or "零")
