"""What the codes of circumstances are called: a part of `words.WORDS`."""

from typing import Final

from django.utils.translation import gettext_noop as _

CIRCUMSTANCES: Final[dict[str, dict[str, str]]] = {
    "happened": {
        "hospital": _("I am ill or in hospital"),
        "disaster": _("A disaster struck me"),
        "represented": _("A lawyer acts for me"),
        "bankruptcy": _("I am in insolvency proceedings"),
        "cease_request": _("Please stop writing and calling"),
    },
    "happened_means": {
        "hospital": _("Until the day you say nobody collects from you, and auto-debit rests."),
        "disaster": _("Until the day you say nobody collects from you, and auto-debit rests."),
        "represented": _(
            "Nobody collects from you any more: whoever must speak about it speaks to your lawyer,"
            " as far as the law lets. Auto-debit goes on until you stop it."
        ),
        "bankruptcy": _(
            "While the proceedings last nobody collects from you, and auto-debit rests. If you know"
            " the court and the file number, write them here."
        ),
        "cease_request": _(
            "No reminder comes by telephone or message any more; letters still may. You owe what"
            " you owed, and what the law says you must be told is still under Notices. You can"
            " take this back any day."
        ),
    },
    "told_by": {
        "person": _("The borrower"),
        "relative": _("Somebody close to them"),
        "lawyer": _("Their lawyer"),
        "document": _("A paper that was seen"),
        "public": _("A court or public notice"),
        "other": _("Somebody else"),
    },
    "ended_for": {
        "wrong": _("The report was wrong"),
        "somebody_else": _("It is about another person"),
        "over": _("What happened has passed"),
    },
    "ending_declined": {
        "evidence": _("Not shown well enough"),
        "not_over": _("It is not over"),
        "not_now": _("Not now"),
        "taken_back": _("Taken back"),
    },
}
