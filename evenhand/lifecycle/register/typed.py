"""What was typed, read and judged: each reader gives the value and, where it will not do, why.

A fault is a code; `fault` says it in a sentence of the reader's language.
"""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from stdnum import luhn
from stdnum.cn import ric

from evenhand.lifecycle.register import rules
from evenhand.people import credentials
from evenhand.people.persons import normal
from evenhand.people.spelling import is_identity


class Typed(NamedTuple):
    """A value as it is kept, and a fault (a code; empty where there is none)."""

    value: str
    fault: str = ""


FAULTS = {
    "phone": _("Type your mobile number: 11 digits, or + and the country code for other places."),
    "code": _("The code is not right or no longer holds. Check it, or ask for a new one."),
    "code_form": _("The code has six digits."),
    "pin": _("The PIN is not right."),
    "pin_short": _("Use at least six digits."),
    "pin_digits": _("Use digits only, twelve at most."),
    "pin_obvious": _("This PIN is easy to guess. Choose one without a row or a repeat."),
    "pin_own": _("This PIN can be read off your number or birth date. Choose another."),
    "pin_twice": _("The two PINs are not the same. Type them again."),
    "name": _("Type your name as it stands on your identity card."),
    "identity": _("An identity number has 18 characters: 17 digits, and a digit or X."),
    "identity_sum": _("This identity number cannot be right. Please compare it with your card."),
    "minor": _("You can borrow with us from the age of 18. Please come back then."),
    "account": _("A card number has 12 to 19 digits."),
    "account_sum": _("This card number cannot be right. Please compare it with your card."),
    "bank": _("Type or choose the name of the bank."),
    "student": _("Choose one of the two."),
    "consent": _("Without this consent we cannot go on. Tick it, or stop here."),
    "proof": _("Say what you have seen, in 500 characters at most."),
    "email": _("Type an e-mail address such as name@example.com."),
    "postal": _("Type the whole address, at least six characters."),
    "hours": _("The end must be at least two hours after the beginning."),
}
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ ·.'’\-])*", re.UNICODE)
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")
NAME_MAX = 60
CODE_DIGITS = 6


def fault(code: str) -> str:
    """What is wrong, in a sentence; empty where nothing is."""
    return gettext(FAULTS[code]) if code else ""


def phone(text: str) -> Typed:
    """A mainland mobile number however it is spelt, or another country's with its code.

    >>> phone("+86 138-1234 1234").value, phone("00886 912 345 678").value, phone("12345").fault
    ('13812341234', '+886912345678', 'phone')
    """
    value = re.sub(r"^00(?=[1-9])", "+", normal("phone", text))
    known = re.fullmatch(r"1[0-9]{10}|\+[1-9][0-9]{7,14}", value)
    return Typed(value, "" if known else "phone")


def code(text: str) -> Typed:
    """A one-time code."""
    value = normal("code", text)
    return Typed(value, "" if re.fullmatch(r"[0-9]{6}", value) else "code_form")


def pin(text: str, again: str, *, birth: date | None = None, number: str = "") -> Typed:
    """A PIN to be chosen, typed twice."""
    value = credentials.clean(text)
    why = credentials.fault_of(value, birth, number)
    if why:
        return Typed(value, f"pin_{why}")
    return Typed(value, "" if value == credentials.clean(again) else "pin_twice")


def name(text: str) -> Typed:
    """A name: letters of any script, with the marks names have."""
    value = " ".join(unicodedata.normalize("NFKC", text).split())
    fits = 2 <= len(value) <= NAME_MAX and _NAME.fullmatch(value)
    return Typed(value, "" if fits else "name")


def identity(text: str, on: date) -> Typed:
    """A resident identity number of somebody old enough on that day."""
    value = normal("identity", text)
    if not is_identity(value):
        return Typed(value, "identity")
    if not ric.is_valid(value) or birth_of(value) > on:
        return Typed(value, "identity_sum")
    return Typed(value, "minor" if rules.is_minor(birth_of(value), on) else "")


def birth_of(number: str) -> date:
    """The birth date an identity number tells."""
    return ric.get_birth_date(number)


def account(text: str) -> Typed:
    """The number of a bank card or account."""
    value = normal("account", text)
    if not re.fullmatch(r"[0-9]{12,19}", value):
        return Typed(value, "account")
    return Typed(value, "" if luhn.is_valid(value) else "account_sum")


def bank(text: str) -> Typed:
    """The name of a bank."""
    value = " ".join(unicodedata.normalize("NFKC", text).split())
    return Typed(value, "" if 2 <= len(value) <= NAME_MAX else "bank")


def email(text: str) -> Typed:
    """An e-mail address."""
    value = unicodedata.normalize("NFKC", text).strip()
    return Typed(value, "" if len(value) <= 254 and _MAIL.fullmatch(value) else "email")


def postal(text: str) -> Typed:
    """A postal address in one line."""
    value = " ".join(text.split())
    return Typed(value, "" if 6 <= len(value) <= 200 else "postal")
