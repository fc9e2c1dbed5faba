"""The fields of instalments, fees and payments as the form shows them: groups that fold away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from evenhand.ledger.bodies import PREPAY
from evenhand.ledger.products import DEMO
from evenhand.lifecycle.products import typed_terms
from evenhand.lifecycle.products.typed import Form
from evenhand.web.words import word


class Field(NamedTuple):
    """A field: what is typed, what is wrong with it; `options` (code, called) of a choice."""

    name: str
    label: str
    hint: str
    typed: str
    error: str
    options: list[tuple[str, str]]


class Tick(NamedTuple):
    """A box to tick."""

    name: str
    value: str
    label: str
    ticked: bool


class Group(NamedTuple):
    """Fields that belong together; open where something is wrong, or not as in the plain loan."""

    legend: str
    fields: list[Field]
    ticks: list[Tick]
    is_open: bool


def groups(form: Form) -> list[Group]:
    """The groups in the order of the form."""
    return [
        _group(form, _("How instalments are worked out"), _worked_out()),
        _group(form, _("Due days"), _due_days()),
        _group(form, _("Grace"), _grace()),
        _group(form, _("Payments and late interest"), _payments(), _ticks(form)),
        *(_fee(form, n) for n in typed_terms.FEES),
    ]


def _worked_out() -> dict[str, tuple[str, str]]:
    return {
        "method": (_("Method"), ""),
        "every": (_("One every"), _("With the next field: 1 month, 2 weeks.")),
        "unit": (_("Unit"), ""),
        "last": (_("The last instalment"), ""),
        "day_count": (_("Days of a year"), ""),
        "interest_per": (_("Interest is counted"), ""),
        "rounding": (_("Rounding"), ""),
        "down": (
            _("Down-payment"),
            _("Due on the day of the payout, before all instalments; empty: none."),
        ),
        "down_of": (_("Counted as"), ""),
    }


def _due_days() -> dict[str, tuple[str, str]]:
    return {
        "first_due_days": (_("First due day, days after payout"), _("0: one step after it.")),
        "month_day": (_("Day of the month"), _("0: that of the payout. 31: the last day.")),
        "holiday_shift": (_("On weekends and holidays due days"), ""),
    }


def _grace() -> dict[str, tuple[str, str]]:
    return {
        "grace_principal": (_("Instalments without principal"), ""),
        "grace_interest": (_("Instalments without interest"), _("It falls due after them.")),
        "interest_free": (_("Periods that bear no interest"), ""),
    }


def _payments() -> dict[str, tuple[str, str]]:
    return {
        "late_cap": (
            _("Late interest in all, at most"),
            _("Per cent of the principal; empty: no such cap."),
        ),
        "parts": (_("A payment pays"), ""),
        "advance": (_("What is paid ahead"), ""),
    }


def _ticks(form: Form) -> list[Tick]:
    vertical, chosen = form.ticks.getlist("vertical"), form.ticks.getlist("prepay")
    label = _("Each part for all instalments before the next part")
    says = _("Who pays ahead may choose: %(way)s")
    ways = {way: says % {"way": word("prepay_way", way)} for way in PREPAY}
    return [
        Tick("vertical", "1", label, bool(vertical)),
        *(Tick("prepay", way, called, way in chosen) for way, called in ways.items()),
    ]


def _fee(form: Form, n: int) -> Group:
    labels = {
        f"fee_name_{n}": (_("Fee"), ""),
        f"fee_amount_{n}": (_("How much"), _("A sum, or per cent such as 0.5.")),
        f"fee_of_{n}": (_("Counted as"), ""),
        f"fee_when_{n}": (_("Due"), ""),
        f"fee_days_{n}": (_("Days after payout"), _("Only of a fee that falls due once.")),
    }
    return _group(form, _("Fee %(n)d") % {"n": n}, labels)


def _group(
    form: Form, legend: str, labels: Mapping[str, tuple[str, str]], ticks: list[Tick] | None = None
) -> Group:
    fields = [
        Field(name, label, hint, form.typed[name], form.errors.get(name, ""), _options(name))
        for name, (label, hint) in labels.items()
    ]
    plain = typed_terms.filled(DEMO.terms, DEMO.terms["currency"])
    ticked = any(tick.ticked for tick in ticks or ())
    unlike = any(one.error or one.typed != plain[one.name] for one in fields)
    return Group(legend, fields, ticks or [], unlike or ticked)


def _options(name: str) -> list[tuple[str, str]]:
    return [(code, _called(name, code)) for code in typed_terms.CHOICES.get(name, ())]


def _called(name: str, code: str) -> str:
    if name == "parts":
        return " → ".join(word("order_part", part) for part in code.split(","))
    if name == "day_count" or not code:
        return code or _("none")
    family = name.rstrip("_123")
    return word(FAMILIES.get(family, family), code)


FAMILIES: Final = {"fee_name": "fee", "down_of": "fee_of"}
"""Words of a family that is called otherwise than its field."""
