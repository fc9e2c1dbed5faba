"""What is held back is said to its writer for each of the law's categories, in each language.

What it is, which words, why, and an approved wording that goes through; a supervisor sees the
attempt.
"""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from evenhand.law.schema import CONTENT
from evenhand.ledger import streams
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact import own_words
from evenhand.outbound.contact.guard import lexicon
from evenhand.outbound.contact.guard.offers import offer
from evenhand.outbound.contact.guard.screen import screen
from evenhand.outbound.contact.made_up import enrol, learn, lend, moment
from evenhand.people import persons, staff
from evenhand.people.made_up import PASSWORD, member
from evenhand.web.words import word

pytestmark = pytest.mark.django_db

D = date(2026, 5, 4)
NOW = moment(D, 12)
OFFENCES: dict[str, dict[str, tuple[str, str]]] = {
    "threat_arrest": {
        "zh-Hans": ("您再拖就等着坐牢。", "坐牢"),
        "zh-Hant": ("您再拖就等著坐牢。", "坐牢"),
        "en": ("You will be arrested.", "arrested"),
    },
    "violence": {
        "zh-Hans": ("我叫人打断您的腿。", "打断您的腿"),
        "zh-Hant": ("我叫人打斷您的腿。", "打斷您的腿"),
        "en": ("I will break your legs.", "break your"),
    },
    "impersonate_authority": {
        "zh-Hans": ("我是法院的书记员。", "我是法院"),
        "zh-Hant": ("我是法院的書記員。", "我是法院"),
        "en": ("I am a police detective.", "I am a police"),
    },
    "simulated_legal_doc": {
        "zh-Hans": ("附上法院传票。", "传票"),
        "zh-Hant": ("附上法院傳票。", "傳票"),
        "en": ("You are hereby summoned.", "summoned"),
    },
    "shaming": {
        "zh-Hans": ("您的照片会贴到小区门口。", "贴到小区"),
        "zh-Hant": ("您的照片會貼到小區門口。", "貼到小區"),
        "en": ("I will post your photo on Facebook.", "your photo"),
    },
    "third_party_pressure": {
        "zh-Hans": ("我会通知您的同事您欠款。", "您的同事"),
        "zh-Hant": ("我會通知您的同事您欠款。", "您的同事"),
        "en": ("I will call your boss about the loan.", "your boss"),
    },
    "misstate_amount": {
        "zh-Hans": ("您今天还4321就行。", "4321"),
        "zh-Hant": ("您今天還4321就行。", "4321"),
        "en": ("You owe 4321 today.", "4321"),
    },
    "insult_obscene": {
        "zh-Hans": ("您真是个废物。", "废物"),
        "zh-Hant": ("您真是個廢物。", "廢物"),
        "en": ("You are an idiot.", "idiot"),
    },
    "false_consequence": {
        "zh-Hans": ("我们上门找您。", "上门"),
        "zh-Hant": ("我們上門找您。", "上門"),
        "en": ("We come to your home.", "come to your"),
    },
    "borrow_to_repay": {
        "zh-Hans": ("您去网贷借一笔来还。", "网贷"),
        "zh-Hant": ("您去網貸借一筆來還。", "網貸"),
        "en": ("Take a payday loan and pay us.", "payday loan"),
    },
    "deceptive_urgency": {
        "zh-Hans": ("这是最后一次机会。", "最后一次机会"),
        "zh-Hant": ("這是最後一次機會。", "最後一次機會"),
        "en": ("This is your last chance.", "last chance"),
    },
    "payment_diversion": {
        "zh-Hans": ("请把验证码告诉我。", "验证码"),
        "zh-Hant": ("請把驗證碼告訴我。", "驗證碼"),
        "en": ("Read me the code we sent you.", "code"),
    },
}
"""By category and language: a sentence, and words of it that the page must mark."""
BEFORE = {"zh-Hans": "感谢您的来信。", "zh-Hant": "感謝您的來信。", "en": "Thank you for writing. "}
BEHIND = {"zh-Hans": "祝您顺利。", "zh-Hant": "祝您順利。", "en": " All the best to you."}
HELD = re.compile(
    r"<li><mark>([^<]*)</mark> – ([^:：<]*)[:：] ?([^<]*?)[.。]\s*<br>[^<]*<q>([^<]*)</q>"
    r".*?value=\"([a-z_]+)\"",
    re.DOTALL,
)
"""One finding on the page: the words, the category's name, why, the offer, the category."""


def replied(lang: str) -> tuple[int, str]:
    """A borrower who wrote, and the address where that is answered."""
    (borrower,) = enrol(1, D, lang=lang.lower())
    lend([borrower], D)
    text = persons.seal_text(borrower, "?").hex()
    learn(borrower, Draft("reply.received", D, "provider", body={"text": text}), at=NOW)
    return borrower, f"/staff/replies/{borrower}/{streams.head(borrower).seq}/"


def collector(lang: str) -> Client:
    """A browser of a collector who reads in that language."""
    staff.enlist("e1", PASSWORD, role="collector", number="E0001", lang=lang.lower())
    client = Client(headers={"Accept-Language": lang})
    assert client.login(username="e1", password=PASSWORD)
    return client


def test_every_category_has_an_offence_in_every_language() -> None:
    assert set(OFFENCES) == set(CONTENT)
    assert all(set(each) == set(lexicon.FILES) for each in OFFENCES.values())


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_page_says_what_which_why_and_what_instead(lang: str, move_clock: Any) -> None:
    move_clock(NOW)
    borrower, path = replied(lang)
    client, supervisor = collector(lang), member("supervisor", "E0002")
    for category in CONTENT:
        sentence, marked = OFFENCES[category][lang]
        text = BEFORE[lang] + sentence + BEHIND[lang]
        answer = client.post(path, {"text": text})
        assert answer.status_code == 400, category
        found = {each[4]: tuple(map(html.unescape, each)) for each in _held(answer)}
        said, name, why, instead, _ = found[category]
        assert said in text and marked in said, (category, said)
        assert not any(part.strip() in said for part in (BEFORE[lang], BEHIND[lang])), category
        with translation.override(lang.lower()):
            assert name == word("held", category)
        assert len(why) > 3 and instead == offer(category, lang)
        assert screen(instead, lang, (), ()) == []
        _requires_use(client, path, text, category, sentence)
        newest = own_words.attempts()[0]
        assert (newest.person, category in newest.categories) == (borrower, True)
        _is_seen(supervisor, newest.seq, category, sentence)
    assert len(own_words.attempts()) == len(CONTENT), "an attempt each, and none for looking"


def _held(answer: Any) -> list[tuple[str, ...]]:
    return HELD.findall(answer.content.decode())


def _requires_use(client: Client, path: str, text: str, category: str, sentence: str) -> None:
    """Each offer pressed takes the place of the sentence; then nothing is held back any more."""
    answer = client.post(path, {"text": text, "use": category})
    areas = re.findall(r"<textarea[^>]* name=\"text\"[^>]*>([^<]*)</textarea>", _page(answer))
    assert answer.status_code == 200 and sentence not in html.unescape("".join(areas))
    assert _held(answer) == [], category


def _is_seen(supervisor: Client, seq: int, category: str, sentence: str) -> None:
    page = _page(supervisor.get("/staff/words/held/"))
    row = page[page.index(f'id="held-{seq}"') :]
    row = row[: row.index("</li>")]
    with translation.override("en"):
        assert word("held", category) in row and "E0001" in row and sentence not in row
    opened = _page(supervisor.post(f"/staff/words/held/{seq}/"))
    assert sentence in html.unescape(opened)


def _page(answer: Any) -> str:
    return str(answer.content.decode())
