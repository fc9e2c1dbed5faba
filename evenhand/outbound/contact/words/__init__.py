"""The words that ship, a folder a sort and a file a language, and how wordings are filled.

`sms/`: text messages, neutral, for a lock screen others may read. `in_app/`: the inbox behind the
login, where amounts and days may stand. `code/`: one-time codes. `reply/`: answers to what a person
wrote. `call/`: what is said in a call. `closing/`: what stands under words of staff's own. Which
wordings may leave is for `wording.py` to say.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Final, TypeAlias

from django.utils import translation

from evenhand.outbound.contact import crisis
from evenhand.web import shown

Fields: TypeAlias = Mapping[str, str]
"""A wording: its texts by their names, with placeholders."""
LANGUAGES: Final = ("zh-hant", "zh-hans", "en")
SORTS: Final = ("sms", "in_app", "reply", "code", "call", "closing")
TEMPLATES: Final = ("attention", "notice", "received", "news", "tomorrow", "changed")
"""Text messages, all neutral. attention: something is past due; notice: something falls due; the
others say that there is a receipt, news, something agreed for tomorrow, or that details changed."""

TOLD_AS: Final[Mapping[str, str]] = {
    "notice": "notice",
    "attention": "attention",
    "receipt": "received",
    "paid_out": "news",
    "payout_failed": "news",
    "paid_off": "news",
    "debit_tomorrow": "tomorrow",
    "debit_failed": "news",
    "debit_revoked": "changed",
    "number_changed": "changed",
    "account_changed": "changed",
    "pin_renewed": "changed",
    "decision_made": "news",
    "contract_ready": "news",
    "where_to_pay_changed": "news",
    "refund_sent": "news",
    "prepaid_lower": "news",
    "prepaid_shorter": "news",
    "prepaid_anew": "news",
    "prepaid_not": "news",
    "prepaid_undone": "news",
    "claim_opened": "news",
    "claim_answered": "news",
    "number_doubted": "changed",
    "invitation": "news",
    "asked_to_pay": "attention",
    "plan_agreed": "news",
    "plan_declined": "news",
    "plan_countered": "news",
    "plan_lapsed": "news",
    "plan_answer_late": "news",
    "plan_step_due": "news",
    "plan_step_missed": "news",
    "plan_kept": "news",
    "plan_ended": "news",
    "charge_waived": "news",
    "relief_answer_late": "news",
    "relief_given": "news",
    "relief_declined": "news",
    "relief_offered": "news",
    "written_off": "news",
    "circumstance_noted": "changed",
    "circumstance_ended": "news",
    "complaint_received": "news",
    "complaint_changed": "news",
    "complaint_answered": "news",
    "dispute_received": "news",
    "dispute_changed": "news",
    "dispute_answered": "news",
    "reply_answered": "news",
    "served": "changed",
}
"""Templates of the inbox, each with that of the text message which says only that it is there."""

REPLIES: Final = ("helpline",)
"""Text messages that answer what a person wrote; in `reply/`."""

OPT_OUT: Final = ("退订", "退訂", "拒收", "停止", "unsubscribe", "optout")
"""Parts of a reply, without its spaces, that end such messages."""
OPT_OUT_WORDS: Final = frozenset({"td", "stop", "quit", "cancel"})
"""Words of a reply that end them; t and r do where they are all it says."""


def language(lang: str) -> str:
    """The language we write in to a person of that language: his own, else the house's first.

    >>> language("zh-Hans"), language("")
    ('zh-hans', 'zh-hant')
    """
    return lang.lower() if lang.lower() in LANGUAGES else LANGUAGES[0]


def key_of(sort: str, template: str, lang: str) -> str:
    """What a wording is known by.

    >>> key_of("sms", "attention", "zh-Hans")
    'sms/attention/zh-hans'
    """
    return f"{sort}/{template}/{language(lang)}"


@cache
def shipped() -> Mapping[str, Fields]:
    """Every wording of this release, by key."""
    return {
        key_of(sort, template, lang): fields
        for sort in SORTS
        for lang in LANGUAGES
        for template, fields in _read(sort, lang).items()
    }


def has(channel: str, template: str, lang: str = LANGUAGES[0]) -> bool:
    """Are there words for this?

    >>> has("sms", "attention", "zh-Hans"), has("in_app", "receipt"), has("sms", "receipt")
    (True, True, False)
    """
    written = TOLD_AS if channel == "in_app" else (*TEMPLATES, *REPLIES)
    return template in written and lang.lower() in LANGUAGES


def render(words: Fields, *, lender: str, hotline: str, reference: str) -> str:
    """A text message as it leaves; what answers words of crisis has the help line in it.

    >>> words = shipped()["sms/attention/en"]
    >>> render(words, lender="Evenhand", hotline="95000", reference="0a1b2c3d4e5f")[:50]
    '[Evenhand] An item on your account needs your atte'
    """
    return words["text"].format(
        lender=lender, hotline=hotline, reference=reference, help_line=crisis.help_line()
    )


def render_in_app(words: Fields, lang: str, values: Mapping[str, Any], hotline: str) -> str:
    """A notice in the inbox: with the figures where all it names are there.

    `values` may hold amount_minor with currency, and day (ISO).

    >>> words = shipped()["in_app/refund_sent/en"]
    >>> render_in_app(words, "en", {"amount_minor": 5000, "currency": "CNY"}, "95000")
    'Money was sent back to your own bank account.'
    """
    figures = _figures(values, lang) | {"hotline": hotline}
    named = named_in(words["text"]) if "text" in words else {""}
    return words["text" if named <= figures.keys() else "plain"].format(**figures)


def named_in(text: str) -> set[str]:
    """The placeholders of a text.

    >>> sorted(named_in("{amount} falls due on {day}."))
    ['amount', 'day']
    """
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _figures(values: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Amounts and days as people read them in that language."""
    found = {}
    with translation.override(lang.lower()):
        if "amount_minor" in values and "currency" in values:
            amount = shown.amount(values["amount_minor"], values["currency"])
            found["amount"] = f"{values['currency']}\u00a0{amount}"
        if day := shown.as_date(values.get("day")):
            found["day"] = shown.day_text(day)
    return found


def render_code(words: Fields, what_for: str, *, lender: str, code: str) -> str:
    """The words that carry a one-time code: what it is for, and that nobody asks for it.

    >>> render_code(shipped()["code/text/en"], "to register", lender="Evenhand", code="123456")[:44]
    '[Evenhand] 123456 is your code to register. '
    """
    return words["text"].format(lender=lender, code=code, what_for=what_for)


def wants_no_more(reply: str) -> bool:
    """Does this reply end such messages? In doubt yes: mistaken, we only say less.

    >>> wants_no_more("请 退 订"), wants_no_more("ＳＴＯＰ please"), wants_no_more("谢谢")
    (True, True, False)
    """
    said = unicodedata.normalize("NFKC", reply).lower()
    letters = "".join(letter for letter in said if letter.isalnum())
    if any(part in letters for part in OPT_OUT) or letters in {*OPT_OUT_WORDS, "t", "r"}:
        return True
    return not OPT_OUT_WORDS.isdisjoint(re.findall("[a-z]+", said))


def _read(sort: str, lang: str) -> dict[str, dict[str, str]]:
    """The file of one sort of words in one language."""
    path = Path(__file__).parent / sort / f"{lang}.toml"
    read: dict[str, dict[str, str]] = tomllib.loads(path.read_text("utf-8"))
    return read
