"""The reasons of decisions in the reader's language, from the tables that decide and from staff."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from evenhand.lifecycle.decide import policy, scorecard
from evenhand.lifecycle.decide.weighing import Decision

STAFF: Final = {
    "staff.documents_seen": _("We have seen your documents"),
    "staff.explained": _("You explained what the form could not say"),
    "staff.known_well": _("You have paid us back well before"),
    "staff.not_serving": _("You told us that you and your family do not serve in the forces"),
    "class.servicemember": _(
        "For people in the forces the law keeps loans cheaper: we ask you about it first"
    ),
    "law.cap": _("It would cost more than the law allows today"),
    "staff.too_dear": _("The instalments would be too dear for you"),
    "staff.unclear": _("Questions were left that could not be cleared up"),
    "staff.not_as_said": _("Your documents say otherwise than your answers"),
    "staff.purpose": _("We do not lend for what the money is for"),
}
ATTRIBUTES: Final = {
    "account": _("What is left on your account at a month's end"),
    "savings": _("Savings"),
    "history": _("Loans with us before"),
    "months": _("Months to repay"),
    "employed_months": _("Time in your present work"),
    "other_loans": _("Instalments of other loans"),
}
REFUSALS: Final = {
    "own": _("Nobody decides an application of their own."),
    "ended": _("There is nothing to decide any more."),
    "beyond": _("No more than was asked for can be approved, and no less than the product allows."),
    "bounds": _("The months lie outside the product's bounds."),
    "class": _(
        "It costs more than people in the forces may be charged: ask, and tick that it is not so."
    ),
    "cap": _("It would cost more than the law allows today, to anybody."),
    "two": _("Another person, a supervisor, has to confirm this."),
    "rules": _("The policy does not allow this:"),
}


class Part(NamedTuple):
    """One attribute's points, and the most it could have given."""

    label: str
    points: int
    most: int


def reasons(codes: Iterable[str]) -> list[str]:
    """Sentences without a full stop, as lists show them; an unknown code stands for itself."""
    known = policy.reasons() | scorecard.reasons()
    lang = get_language() or "zh-hant"
    return [
        gettext(STAFF[code]) if code in STAFF else known.get(code, {}).get(lang, code)
        for code in codes
    ]


def parts(decision: Decision) -> list[Part]:
    """The points of a decision by attribute."""
    return [Part(gettext(ATTRIBUTES[name]), got, most) for name, got, most in decision.parts]


def refusal(codes: Iterable[str]) -> str:
    """Why staff may not decide so."""
    first, *rules = codes
    said = gettext(REFUSALS[first])
    return " ".join([said, "; ".join(reasons(rules))]) if rules else said
