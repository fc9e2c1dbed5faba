"""The form of a product's terms: filled from a version, read, and what is wrong said by field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from evenhand.core.fees import AT_DISBURSAL, FIXED, OF, WHEN
from evenhand.core.money import PPM
from evenhand.law import payouts, written
from evenhand.law.strategies import strategies
from evenhand.ledger.products import DEMO, Product
from evenhand.lifecycle.products import typed_terms
from evenhand.lifecycle.products.typed_terms import share, whole
from evenhand.web.amounts import figure, minor_of
from evenhand.web.rules import says
from evenhand.web.shown import amount, percent

FIELDS: Final = (
    "product", "least", "most", "fewest", "longest", "rate", "late_rate", "multiple", "strategy",
    "since", "see_amount", "see_months", *typed_terms.FIELDS,
)  # fmt: skip
MEASURES: Final = ("in_app", "sms", "email", "call", "letter", "visit")
"""What a contract may name, in the order in which it would come."""
SAME: Final = ("currency", "late_year_days")
"""What a next version has as the one before, and a first one as the house's."""
LENGTH_MAX: Final = 40
AMOUNT_MAX: Final = 10**11
MONTHS_MAX: Final = 360
RATE_MAX_PPM: Final = 1_000_000
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,31}")


@dataclass(slots=True)
class Form:
    """What is typed, and once read: the version it says, what to see of it, what is wrong."""

    typed: dict[str, str]
    ticks: QueryDict
    measures: list[str]
    errors: dict[str, str] = field(default_factory=dict)
    offered: Product | None = None
    see: tuple[int, int] = (0, 0)


def filled(product: str, latest: Product, since: date) -> QueryDict:
    """The form as it opens, as if it had been sent: with the terms of a version."""
    terms, currency = latest.terms, latest.terms["currency"]
    (least, most), (fewest, longest) = terms["principal_minor"], terms["months"]
    sent = QueryDict(mutable=True)
    fields = {
        "product": product,
        "least": figure(least, currency),
        "most": figure(most, currency),
        "fewest": str(fewest),
        "longest": str(longest),
        "rate": percent(terms["rate_ppm"]).rstrip("%"),
        "late_rate": percent(terms["late_rate_ppm"]).rstrip("%"),
        "multiple": figure(terms["instalment_multiple_minor"], currency),
        "strategy": terms["strategy"],
        "since": since.isoformat(),
        "see_amount": figure(most, currency),
        "see_months": str(longest),
    }
    sent.update(fields | typed_terms.filled(terms, currency))
    sent.setlist("measures", terms["measures"])
    for name, ticked in typed_terms.ticks(terms).items():
        sent.setlist(name, ticked)
    return sent


def read(sent: QueryDict, versions: Mapping[str, Sequence[Product]], today: date) -> Form:
    """What was sent, kept as typed and read; `offered` only where nothing is wrong. Of instalments,
    fees and orders a field that was not sent is as in the version before."""
    latest = versions.get(sent.get("product", "").strip(), [DEMO])[-1]
    before = filled("", latest, today)
    typed = {name: sent.get(name, "").strip()[:LENGTH_MAX] for name in FIELDS}
    typed |= {name: str(before[name]) for name in typed_terms.FIELDS if name not in sent}
    ticks = sent if "method" in sent else before
    form = Form(typed, ticks, [each for each in MEASURES if each in sent.getlist("measures")])
    terms = {name: latest.terms[name] for name in SAME}
    terms["principal_minor"] = _principal(form, terms["currency"])
    terms["months"] = _months(form)
    terms["rate_ppm"] = _rate(form, "rate")
    terms["late_rate_ppm"] = _rate(form, "late_rate")
    terms["instalment_multiple_minor"] = _multiple(form, terms["currency"])
    terms["strategy"], terms["measures"] = typed["strategy"], form.measures
    fewest = terms["months"][0]
    terms |= typed_terms.read(typed, ticks, terms["currency"], fewest, form.errors)
    _codes(form)
    since = _since(form, today)
    _kept_back(form, terms, since)
    if terms.get("down_payment_minor", 0) >= terms["principal_minor"][0] > 0:
        form.errors["down"] = _("It leaves nothing of the least to lend.")
    if not form.errors:
        form.offered = Product(typed["product"], 0, since, terms)
        _see(form, terms)
    return form


def _principal(form: Form, currency: str) -> list[int]:
    least, most = (minor_of(form.typed[name], currency) or 0 for name in ("least", "most"))
    for name, minor in (("least", least), ("most", most)):
        if not 0 < minor <= AMOUNT_MAX or minor % 100:
            form.errors[name] = _("Type a whole amount above nothing, such as 2500.")
    if not form.errors and least > most:
        form.errors["most"] = _("The most is no smaller than the least.")
    return [least, most]


def _months(form: Form) -> list[int]:
    fewest, longest = (whole(form.typed[name]) for name in ("fewest", "longest"))
    for name, months in (("fewest", fewest), ("longest", longest)):
        if not 1 <= months <= MONTHS_MAX:
            form.errors[name] = _("Type a number of instalments from 1 to %(most)d.") % {
                "most": MONTHS_MAX
            }
    if fewest > longest and "longest" not in form.errors:
        form.errors["longest"] = _("The most is no smaller than the fewest.")
    return [fewest, longest]


def _rate(form: Form, name: str) -> int:
    ppm = share(form.typed[name])
    if ppm is None or ppm > RATE_MAX_PPM:
        form.errors[name] = _("Type per cent a year from 0 to 100, such as 10.8.")
    return ppm or 0


def _multiple(form: Form, currency: str) -> int:
    minor = minor_of(form.typed["multiple"], currency) or 0
    if not 0 < minor <= AMOUNT_MAX:
        form.errors["multiple"] = _("Type what instalments are a multiple of, such as 0.01.")
    return minor


def _codes(form: Form) -> None:
    if not _NAME.fullmatch(form.typed["product"]):
        form.errors["product"] = _("A name in small letters, digits and hyphens, up to 32.")
    if form.typed["strategy"] not in strategies():
        form.errors["strategy"] = _("Choose one.")
    if not form.measures:
        form.errors["measures"] = _("Choose at least one: a contract names what may follow.")


def _since(form: Form, today: date) -> date:
    try:
        since = written.day(form.typed["since"])
    except ValueError:
        since = today
    if since <= today:
        form.errors["since"] = _("Choose a day: tomorrow at the earliest.")
    return since


def _kept_back(form: Form, terms: Mapping[str, Any], since: date) -> None:
    """A fee at the payout: where a law in force on the day of effect forbids it, the article."""
    taken = [
        n
        for n in typed_terms.FEES
        if form.typed[f"fee_name_{n}"] and form.typed[f"fee_when_{n}"] == WHEN[AT_DISBURSAL]
    ]
    for one in payouts.forbidden(settings.EVENHAND_PACKS, terms, since):
        form.errors[f"fee_when_{taken[0]}"] = f"{says(one.rule, since)} ({one.cite})"
    if taken and not form.errors and not _leaves_something(terms):
        form.errors[f"fee_amount_{taken[0]}"] = _("It leaves nothing of the least to pay out.")


def _leaves_something(terms: Mapping[str, Any]) -> bool:
    """Is something of the least principal paid out? What is fixed weighs most on it."""
    least = terms["principal_minor"][0]
    kept_back = [fee for fee in terms["fees"] if fee["when"] == WHEN[AT_DISBURSAL]]
    taken = sum(
        fee["amount"] if fee["of"] == OF[FIXED] else -(-least * fee["amount"] // PPM)
        for fee in kept_back
    )
    return bool(taken < least)


def _see(form: Form, terms: Mapping[str, Any]) -> None:
    """The loan to look at, where it is one of these terms."""
    currency = terms["currency"]
    (least, most), (fewest, longest) = terms["principal_minor"], terms["months"]
    principal = minor_of(form.typed["see_amount"], currency) or 0
    months = whole(form.typed["see_months"])
    if not (least <= principal <= most and fewest <= months <= longest):
        bounds = {
            "least": amount(least, currency),
            "most": amount(most, currency),
            "fewest": fewest,
            "longest": longest,
        }
        form.errors["see"] = (
            _("Choose %(least)s to %(most)s in %(fewest)d to %(longest)d instalments.") % bounds
        )
    form.see = principal, months
