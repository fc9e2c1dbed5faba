"""The form of a relief, read: the numbers its word needs, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from evenhand.ledger.kinds_relief import INTEREST
from evenhand.ledger.one_loan import Here
from evenhand.lifecycle.relief.bounds import Rule
from evenhand.web.amounts import minor_of

FIELDS: Final[Mapping[str, str]] = {
    "holiday": "count",
    "later_due_day": "due_day",
    "longer_term": "more",
    "interest_pause": "until",
    "moratorium": "until",
    "lower_rate": "rate",
    "re_age": "",
    "re_amortise": "",
}
"""The field that the form of each word has."""
BARE: Final = "ok"
"""What is sent of a word that needs no number."""
LENGTH_MAX: Final = 20


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for a word, what is wrong with it, and the change where nothing is."""

    word: str
    value: str = ""
    interest: str = ""
    error: str = ""
    change: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of its field."""
        return FIELDS[self.word]

    @property
    def query(self) -> dict[str, str]:
        """What is sent again to come by the same change."""
        more = {"interest": self.interest} if self.interest else {}
        return {self.name or BARE: self.value} | more


def read(word: str, sent: Mapping[str, str], at: Here, rule: Rule) -> Typed:
    """The form as sent: of a holiday whether interest runs is as the rule says, unless staff say
    otherwise."""
    name = FIELDS[word]
    value = sent.get(name or BARE, "").strip()[:LENGTH_MAX]
    interest = sent.get("interest", "") if word == "holiday" else ""
    typed = Typed(word, value, interest if interest in INTEREST else "")
    if not value:
        return replace(typed, error=_asks(name)) if name in sent else typed
    numbers = _numbers(name, value, at)
    if numbers is None:
        return replace(typed, error=_asks(name))
    if word == "holiday":
        numbers["interest"] = typed.interest or rule.interest
    return replace(typed, change={"change": word, **numbers})


def refused(typed: Typed, why: str, rule: Rule) -> Typed:
    """The same form with what the house says to it."""
    error = _too_much(typed.name, rule) if why == "much" else says(why, rule)
    return replace(typed, error=error, change={})


def says(why: str, rule: Rule | None = None) -> str:
    """Why it cannot be, as a sentence; `rule` is that of the kind, where there is one yet."""
    paid_least = rule.paid_least if rule else 0
    return {
        "no_loan": _("There is no such loan."),
        "plan": _(
            "There is a plan for what is past due. While it is asked for or kept the instalments"
            " stay as they are."
        ),
        "waiting": _("Something about this loan waits for an answer already."),
        "off": _("This loan is off our books: call us about it."),
        "not_asked": _("This house does not offer that."),
        "not_past_due": _("Nothing is past due on this loan."),
        "young": _("It can be asked for once %(n)s instalments are paid.") % {"n": paid_least},
        "often": _("There was such a change within the last year: call us, a person will look."),
        "much": _("That goes further than we can agree to."),
        "long": _("The loan would last longer than twice the agreed time."),
        "same": _("It would change nothing."),
        "from_day": _("No instalment is left that could be changed."),
        "count": _("Choose more instalments than are left."),
        "due_day": _("That is the day on which it falls due already."),
        "rate_ppm": _("Type a rate below the one that holds."),
        "until": _("Choose a day after today."),
        "changed": _("The sums have changed since you saw them. Look at them again."),
        "answered": _("It had been answered already."),
        "lapsed": _("The last day for it is over."),
        "two_hands": _("It costs the lender money: propose it, and another person approves."),
    }.get(why) or _("It cannot be, as the loan stands now.")  # fmt: skip


def _too_much(name: str, rule: Rule) -> str:
    """What the form of a field says to more than a person may agree to."""
    most = {
        "count": _("That goes further than we can agree to. The most is %(n)s instalments."),
        "more": _("That goes further than we can agree to. The most is %(n)s instalments more."),
        "until": _("That goes further than we can agree to. The most is %(n)s days from today."),
    }.get(name)
    return most % {"n": rule.by_person} if most else says("much")


def _numbers(name: str, value: str, at: Here) -> dict[str, Any] | None:
    if name == "":
        return {}
    if name == "until":
        return {"until": value} if is_day(value) else None
    if name == "rate":
        # Hundredths of a per cent are typed as hundredths of anything.
        hundredths = minor_of(value.rstrip("%"), "CNY")
        return None if hundredths is None else {"rate_ppm": hundredths * 100}
    if not (value.isascii() and value.isdecimal() and 1 <= int(value[:4]) <= 600):
        return None
    return {"count": at.left + int(value)} if name == "more" else {name: int(value)}


def _asks(name: str) -> str:
    return {
        "count": _("Choose how many instalments."),
        "due_day": _("Choose a day of the month."),
        "more": _("Choose how many instalments."),
        "until": _("Type a day, such as 2026-05-31."),
        "rate": _("Type a rate such as 6.5."),
    }.get(name, "")


def is_day(text: str) -> bool:
    """Is it a day in ISO form?"""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
