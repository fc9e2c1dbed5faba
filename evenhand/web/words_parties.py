"""What the codes of those who answer for a loan are called: a part of `words.WORDS`."""

from typing import Final

from django.utils.translation import gettext_noop as _

PARTIES: Final[dict[str, dict[str, str]]] = {
    "answers": {
        "co_borrower": _("Co-borrower"),
        "guarantor": _("Guarantor"),
        "representative": _("Legal representative"),
        "heir": _("Heir"),
        "executor": _("Executor of the will"),
        "spouse": _("Spouse who ratifies"),
    },
    "invitation": {
        "open": _("Waiting for an answer"),
        "expired": _("Ran out"),
        "joined": _("Has joined"),
        "declined": _("Said no"),
        "left": _("Took it back"),
        "recalled": _("Taken back by you"),
    },
    "guarantee": {
        "general": _("after a court and enforcement"),
        "joint": _("once it is past due"),
    },
    "party_evidence": {
        "birth": _("Certificate of birth, or household register"),
        "appointment": _("Certificate of appointment as guardian"),
        "kinship": _("Certificates of death and of kinship, or a notary's deed of them"),
        "will": _("Certificate of death, and the will"),
        "court": _("Order of a court"),
        "ratified": _("Ratification, signed"),
    },
    "party_declined": {
        "evidence": _("The evidence does not hold"),
        "wrong_person": _("It is not this person"),
        "not_now": _("Not now"),
        "taken_back": _("Taken back"),
    },
}
