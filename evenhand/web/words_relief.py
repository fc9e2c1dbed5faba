"""What the codes of relief are called: a part of `words.WORDS`."""

from typing import Final

from django.utils.translation import gettext_noop as _

RELIEF: Final[dict[str, dict[str, str]]] = {
    "relief": {
        "holiday": _("Skip instalments"),
        "later_due_day": _("Another due day"),
        "longer_term": _("More, smaller instalments"),
        "lower_rate": _("A lower rate"),
        "interest_pause": _("No interest for a while"),
        "re_age": _("Put what is past due to the rest"),
        "re_amortise": _("Equal instalments from here on"),
        "moratorium": _("Everything stands still"),
        "prepaid_lower": _("Smaller instalments after paying ahead"),
        "prepaid_shorter": _("Fewer instalments after paying ahead"),
    },
    "relief_means": {
        "holiday": _(
            "The next instalments come later; the interest for that time is spread over all."
        ),
        "later_due_day": _(
            "Each instalment falls due on another day of the month; the days between bear interest."
        ),
        "longer_term": _(
            "The same loan in more instalments: each is smaller, all together cost more."
        ),
        "lower_rate": _("What is left bears less interest from today on."),
        "interest_pause": _("For some days no interest runs; the instalments stay on their days."),
        "re_age": _(
            "What is past due is paid with the instalments to come; its late interest stops."
        ),
        "re_amortise": _(
            "What is left in equal instalments on the same days: what is paid ahead makes each"
            " smaller."
        ),
        "moratorium": _("Interest, late interest and due days stand still until a day."),
    },
    "relief_state": {
        "waiting": _("waits for an answer"),
        "given": _("holds"),
        "declined": _("declined"),
        "withdrawn": _("taken back"),
        "refused": _("not accepted"),
        "lapsed": _("lapsed"),
    },
    "relief_declined": {
        "not_enough": _("It would not be enough to help"),
        "too_much": _("It goes further than we can agree to"),
        "other_help": _("Other help fits better: we call you"),
        "not_now": _("Not now; you may ask again in three months"),
    },
    "grant_declined": {
        "reason": _("The reason does not hold"),
        "too_much": _("It goes too far"),
        "not_now": _("Not now"),
        "taken_back": _("Taken back"),
    },
    "relief_not": {
        "plan": _("a plan is asked for or kept"),
        "waiting": _("a relief waits for an answer"),
        "off": _("written off"),
        "no_loan": _("not begun"),
        "answered": _("answered already"),
        "same": _("nothing would change"),
        "much": _("beyond the bounds"),
        "long": _("beyond twice the term"),
        "from_day": _("nothing is left to change"),
    },
}
