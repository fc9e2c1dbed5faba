"""What the figures of a loan are called; how one comes about is the repayment stage's to say."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

OF_EACH: Final = ("instalment", "interest", "principal")
"""Figures of which each instalment has one: `instalment-3`."""
NAMES: Final[Mapping[str, str]] = {
    "due": _("Everything due by today"),
    "past-due": _("Everything past due"),
    "past-due-days": _("Days past due"),
    "next": _("What falls due next"),
    "step": _("The next step of your plan"),
    "outstanding": _("Principal still owed"),
    "owed": _("Everything owed, with what is still to come"),
    "late-interest": _("Late interest"),
    "late-a-day": _("Late interest of a day"),
    "pay-off": _("To pay everything today"),
    "paid": _("Paid in all"),
    "overpaid": _("Overpaid"),
    "yearly-cost": _("All-in cost a year"),
    "instalment": _("Instalment %(n)s"),
    "interest": _("Interest of instalment %(n)s"),
    "principal": _("Principal of instalment %(n)s"),
}


def heading(name: str) -> str:
    """What a figure is called in the reader's language; empty where no figure is called so.

    >>> heading("instalment"), heading("instalment-x"), heading("no-such")
    ('', '', '')
    """
    word, _dash, number = name.rpartition("-")
    if word in OF_EACH and number.isdecimal() and len(number) <= len("600"):
        return numbered(word, int(number))
    return gettext(NAMES[name]) if name in NAMES and name not in OF_EACH else ""


def numbered(word: str, n: int) -> str:
    """The same of a figure and its instalment's number, where it has one."""
    return gettext(NAMES[word]) % {"n": n}
