"""A loan's terms in sentences, in the reader's language: of a product, or of a contract.

`terms` are as `ledger.bodies` has them; what they do not say is as in the plain consumer loan, and
nothing is said of it but the method and the order in which a payment pays.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from evenhand.core.fees import AT_DISBURSAL, WHEN
from evenhand.core.orders import ADVANCES, HOUSE, PAIRS, RE_AMORTISE, STATES
from evenhand.core.plain import WORDS, number, said
from evenhand.web.shown import amount, percent
from evenhand.web.words import word

Terms = Mapping[str, Any]


def span(count: int, terms: Terms) -> str:
    """How long a loan of so many instalments is."""
    if is_monthly(terms):
        return ngettext("%(n)d month", "%(n)d months", count) % {"n": count}
    unit = word("unit", said(terms, "unit"))
    told = {"n": count, "every": number(terms, "every"), "unit": unit}
    return _("%(n)d instalments, one every %(every)d %(unit)s") % told


def is_monthly(terms: Terms) -> bool:
    """Does an instalment fall due every month?"""
    return (number(terms, "every"), said(terms, "unit")) == (1, "month")


def shape(terms: Terms) -> list[str]:
    """How instalments are worked out, and when they fall due."""
    method, shift = said(terms, "method"), said(terms, "holiday_shift")
    found = [word("method", method) + _(": ") + word("method_says", method)]
    for key, sentence in _NUMBERS.items():
        if n := number(terms, key):
            found.append(_(sentence) % {"n": n})
    if share := terms.get("down_payment_ppm"):
        found.append(_down() % {"sum": word("fee_share", "lent") % {"share": percent(share)}})
    if fixed := terms.get("down_payment_minor"):
        currency = terms["currency"]
        found.append(_down() % {"sum": f"{currency}\u00a0{amount(fixed, currency)}"})
    if shift != WORDS["holiday_shift"].plain:
        told = {"shift": word("holiday_shift", shift)}
        found.append(_("Due days that fall on a weekend or holiday %(shift)s.") % told)
    return found


def _down() -> str:
    return _(
        "Down-payment: %(sum)s is due on the day of the payout and bears no interest; interest and"
        " fees are counted of the rest."
    )


def plain(terms: Terms) -> list[str]:
    """What an applicant is told of terms that are not those of the plain loan; nothing of these."""
    unlike = said(terms, "method") != WORDS["method"].plain
    return [*(shape(terms) if unlike else shape(terms)[1:]), *fees(terms), *late_cap(terms),
            *prepay(terms), *any_day(terms)]  # fmt: skip


def fee(one: Terms, currency: str) -> str:
    """What a fee comes to, and when."""
    sum_of = f"{currency}\u00a0{amount(one['amount'], currency)}"
    if one["of"] != "fixed":
        sum_of = word("fee_share", one["of"]) % {"share": percent(one["amount"])}
    if one["when"] == "on_a_day":
        told = {"sum": sum_of, "n": one["days"]}
        return _("%(sum)s, once, with the first instalment %(n)d days or more after payout") % told
    if one["when"] == WHEN[AT_DISBURSAL]:
        return _("%(sum)s, once, kept back from the payout: so much less arrives") % {"sum": sum_of}
    return _("%(sum)s with every instalment") % {"sum": sum_of}


def fees(terms: Terms) -> list[str]:
    """Each fee by its name."""
    currency = terms["currency"]
    return [
        word("fee", one["name"]) + _(": ") + fee(one, currency) for one in terms.get("fees", ())
    ]


def order(terms: Terms) -> list[str]:
    """In which order a payment pays."""
    plain = {"pairs": [PAIRS[code] for code in HOUSE], "vertical": 0, "advance": ADVANCES[0]}
    chosen = terms.get("order", plain)
    says = _("A payment pays in this order: %(order)s; instalment by instalment, the oldest first.")
    if chosen["vertical"]:
        says = _("A payment pays in this order, each for all instalments together: %(order)s.")
    return [
        says % {"order": _pairs(chosen["pairs"])},
        _("What is paid ahead %(does)s.") % {"does": word("advance", chosen["advance"])},
    ]


def any_day(terms: Terms) -> list[str]:
    """That any part may be repaid on any day, and lowers what is owed at once; nothing where it
    does not."""
    if terms.get("order", {}).get("advance") != ADVANCES[RE_AMORTISE]:
        return []
    found = [
        _(
            "You may repay any part on any day. It pays what is due, then the interest of the days"
            " used, then principal: what you repay bears no interest from the next day on."
        )
    ]
    if said(terms, "method") != "bullet":
        found.append(
            _(
                "What pays the next instalment whole before its day has paid it: on that day"
                " nothing is asked for."
            )
        )
    return found


def prepay(terms: Terms) -> list[str]:
    """What somebody who pays ahead may choose; nothing where nothing is to be chosen."""
    ways = [word("prepay_way", way) for way in terms.get("prepay", ())]
    told = {"ways": _(" or ").join(ways)}
    return [_("Whoever pays more than is due may choose: %(ways)s.") % told] if ways else []


def late_cap(terms: Terms) -> list[str]:
    """What all late interest comes to at most; nothing where the terms say no such thing."""
    if "late_cap_ppm" not in terms:
        return []
    share = percent(terms["late_cap_ppm"])
    return [
        _("All late interest together is never more than %(share)s of the principal.")
        % {"share": share}
    ]


def _pairs(pairs: Sequence[str]) -> str:
    """The pairs, those of one state together: "past due: late interest, fees; due today: ..."."""
    split = [_pair(pair) for pair in pairs]
    groups = groupby(split, key=lambda pair: pair[0])
    between, after = _(", "), _(": ")
    return _("; ").join(
        word("order_state", state)
        + after
        + between.join(word("order_part", part) for _s, part in of)
        for state, of in groups
    )


def _pair(pair: str) -> tuple[str, str]:
    state = next(each for each in STATES if pair.startswith(f"{each}_"))
    return state, pair.removeprefix(f"{state}_")


_NUMBERS: Final = {
    "grace_principal": gettext_noop("The first %(n)d instalments pay no principal."),
    "grace_interest": gettext_noop(
        "The first %(n)d instalments pay no interest; it falls due after them."
    ),
    "interest_free": gettext_noop("The first %(n)d periods bear no interest."),
    "month_day": gettext_noop("Due on day %(n)d of the month, or on its last day."),
    "first_due_days": gettext_noop(
        "The first is due %(n)d days after the payout, or on the first due day after that."
    ),
}
