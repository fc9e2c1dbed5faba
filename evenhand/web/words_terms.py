"""What the words of a loan's terms are called: methods, steps, fees, orders of allocation."""

from typing import Final

from django.utils.translation import gettext_noop as _

TERMS: Final[dict[str, dict[str, str]]] = {
    "method": {
        "equal_instalment": _("Equal instalments"),
        "equal_principal": _("Equal principal"),
        "flat": _("Flat"),
        "interest_only": _("Interest only, principal last"),
        "bullet": _("All at the end"),
    },
    "method_says": {
        "equal_instalment": _("The same sum each time."),
        "equal_principal": _(
            "The same part of the principal each time, and the interest on what is left: each "
            "instalment is a little smaller than the one before."
        ),
        "flat": _("The same sum each time; interest is worked out on the whole principal."),
        "interest_only": _("Only interest each time; the whole principal with the last one."),
        "bullet": _("Nothing before the end; principal and interest together on the last day."),
    },
    "unit": {"day": _("days"), "week": _("weeks"), "month": _("months")},
    "interest_per": {"day": _("by the days of a period"), "period": _("by whole periods")},
    "last": {
        "takes_the_rest": _("takes the odd cents"),
        "smoothed": _("differs as little as may be"),
    },
    "rounding": {"half_even": _("half to even"), "half_up": _("half up")},
    "holiday_shift": {
        "none": _("stay"),
        "forward": _("move to the next working day"),
        "backward": _("move to the working day before"),
    },
    "fee": {
        "service_fee": _("Service fee"),
        "handling_fee": _("Handling fee"),
        "account_fee": _("Account fee"),
        "guarantee_fee": _("Guarantee fee"),
    },
    "fee_when": {
        "per_instalment": _("with every instalment"),
        "on_a_day": _("once, so many days after the payout"),
        "at_disbursal": _("once, kept back from the payout"),
    },
    "fee_of": {
        "fixed": _("a fixed sum"),
        "lent": _("per cent of the principal lent"),
        "balance": _("per cent of the principal still owed"),
        "principal": _("per cent of the instalment's principal"),
        "interest": _("per cent of the instalment's interest"),
        "instalment": _("per cent of the instalment"),
    },
    "fee_share": {
        "lent": _("%(share)s of the principal lent"),
        "balance": _("%(share)s of the principal still owed"),
        "principal": _("%(share)s of the instalment's principal"),
        "interest": _("%(share)s of the instalment's interest"),
        "instalment": _("%(share)s of the instalment"),
    },
    "order_part": {
        "late": _("late interest"),
        "fee": _("fees"),
        "interest": _("interest"),
        "principal": _("principal"),
    },
    "order_state": {
        "past_due": _("past due"),
        "due": _("due today"),
        "in_advance": _("not yet due"),
    },
    "advance": {
        "next": _("begins with the next instalment"),
        "last": _("begins with the last instalment"),
        "spread": _("is spread evenly over all that are left"),
        "re_amortise": _("pays interest up to its day, then principal: less is owed at once"),
    },
    "prepay_way": {
        "lower": _("smaller instalments"),
        "shorter": _("fewer instalments"),
    },
}
