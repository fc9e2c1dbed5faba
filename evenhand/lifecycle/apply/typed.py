"""What an applicant typed, read and judged: errors are sentences by field, values are numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from evenhand.ledger.applications import PURPOSES, REFUSED_PURPOSES
from evenhand.ledger.products import Product
from evenhand.ledger.quotes import bounds
from evenhand.people.answers import ACCOUNTS, EMPLOYMENTS, SAVINGS, Answers
from evenhand.web.amounts import minor_of
from evenhand.web.shown import amount as shown

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "product": ("product",),
    "amount": ("amount", "months"),
    "purpose": ("purpose",),
    "means": (
        "income", "housing", "duties", "loans", "employment", "since_year", "since_month",
        "supported", "account", "savings",
    ),
    "data": ("read",),
}  # fmt: skip
"""The fields of each step, in the order of the steps."""
LENGTH_MAX: Final = 40
INCOME_MAX: Final = 100_000_000_00
SUPPORTED_MAX: Final = 20
WORK_YEARS: Final = 70

Typed = Mapping[str, str]


@dataclass(slots=True)
class Reading:
    """What was read of one step: numbers by field, and what is wrong."""

    values: dict[str, int] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def step_of(typed: Typed, product: Product, on: date) -> str:
    """The first step that is not done yet; "check" where all are."""
    for step, read in READERS.items():
        if read(typed, product, on).errors:
            return step
    return "check"


def amount(typed: Typed, product: Product, on: date) -> Reading:
    """Principal and months within the bounds of the product in force."""
    (least, most), (fewest, longest) = bounds(product)
    currency = product.terms["currency"]
    found = Reading()
    principal = minor_of(typed.get("amount", ""), currency)
    found.values["principal_minor"] = principal or 0
    if principal is None or not least <= principal <= most:
        told = {"least": shown(least, currency), "most": shown(most, currency)}
        found.errors["amount"] = _("Type an amount from %(least)s to %(most)s.") % told
    elif principal % 100:
        found.errors["amount"] = _("Type a whole amount, without cents.")
    months = _whole(typed.get("months", ""))
    found.values["months"] = months or 0
    if months is None or not fewest <= months <= longest:
        told_months = {"fewest": fewest, "longest": longest}
        found.errors["months"] = _("Choose %(fewest)d to %(longest)d months.") % told_months
    return found


def purpose(typed: Typed, product: Product, on: date) -> Reading:
    """What the money is for; some purposes are refused here and now."""
    found = Reading()
    chosen = typed.get("purpose", "")
    if chosen in REFUSED_PURPOSES:
        found.errors["purpose"] = refusal(chosen)
    elif chosen not in PURPOSES:
        found.errors["purpose"] = _("Choose what the money is for.")
    return found


def refusal(chosen: str) -> str:
    """Why nothing is lent for this."""
    if chosen == "repay_loan":
        return _(
            "We lend nothing to repay a loan: it would only grow. If an instalment is hard to"
            " pay, ask that lender for smaller ones; if it is ours, ask us."
        )
    return _("We do not lend for this.")


def means(typed: Typed, product: Product, on: date) -> Reading:
    """Income, obligations, work, people supported, account and savings."""
    found = Reading()
    for name in ("income", "housing", "duties", "loans"):
        _read_money(found, name, typed.get(name, ""), product.terms["currency"])
    _read_choice(found, "employment", typed, EMPLOYMENTS)
    if typed.get("employment", "") in EMPLOYMENTS[:-1]:
        _read_since(found, typed, on)
    supported = _whole(typed.get("supported", ""))
    found.values["supported"] = supported or 0
    if supported is None or supported > SUPPORTED_MAX:
        found.errors["supported"] = _("Type a number from 0 to 20.")
    _read_choice(found, "account", typed, ACCOUNTS)
    _read_choice(found, "savings", typed, SAVINGS)
    return found


def data(typed: Typed, product: Product, on: date) -> Reading:
    """The page on what data is used for what was read."""
    return Reading() if typed.get("read") else Reading(errors={"read": ""})


def answers(typed: Typed, product: Product, on: date) -> Answers:
    """The answers to seal; of a draft whose steps are all done."""
    read = means(typed, product, on)
    assert not read.errors, "only what is right is sent"
    works = typed["employment"] != EMPLOYMENTS[-1]
    since = f"{int(typed['since_year'])}-{int(typed['since_month']):02}" if works else ""
    return Answers(
        income_minor=read.values["income"],
        housing_minor=read.values["housing"],
        duties_minor=read.values["duties"],
        loans_minor=read.values["loans"],
        employment=typed["employment"],
        employed_since=since,
        supported=read.values["supported"],
        account=typed["account"],
        savings=typed["savings"],
    )


READERS: Final[Mapping[str, Callable[[Typed, Product, date], Reading]]] = {
    "amount": amount,
    "purpose": purpose,
    "means": means,
    "data": data,
}


def _read_money(found: Reading, name: str, text: str, currency: str) -> None:
    minor = minor_of(text, currency)
    found.values[name] = minor or 0
    if minor is None or minor > INCOME_MAX:
        found.errors[name] = _("Type an amount a month, such as 2500; 0 where there is none.")


def _read_choice(found: Reading, name: str, typed: Typed, codes: tuple[str, ...]) -> None:
    if typed.get(name, "") not in codes:
        found.errors[name] = _("Choose one.")


def _read_since(found: Reading, typed: Typed, on: date) -> None:
    year, month = _whole(typed.get("since_year", "")), _whole(typed.get("since_month", ""))
    first, last = (on.year - WORK_YEARS, 1), (on.year, on.month)
    fits = year is not None and month is not None and 1 <= month <= 12
    if not fits or not first <= (year or 0, month or 0) <= last:
        found.errors["since_year"] = _("Choose year and month, not in the future.")


def _whole(text: str) -> int | None:
    plain = text.strip()
    return int(plain) if plain.isdecimal() and len(plain) <= 4 else None
