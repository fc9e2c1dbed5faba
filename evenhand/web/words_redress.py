"""What the codes of complaints and claims are called: a part of `words.WORDS`."""

from typing import Final

from django.utils.translation import gettext_noop as _

REDRESS: Final[dict[str, dict[str, str]]] = {
    "claim": {
        "upheld": _("The loan is not the borrower's"),
        "not_upheld": _("The loan is the borrower's"),
    },
    "ground": {
        "contact": _("How or when I was contacted"),
        "sum": _("A sum or a charge"),
        "treatment": _("How I was treated"),
        "privacy": _("My data, or that others were told"),
        "not_me": _("It is not me, or not my loan"),
        "other": _("It is something else"),
        "": _("A complaint"),
    },
    "stops": {
        "collect": _("Collecting: messages, calls, visits"),
        "locate": _("Looking for the person"),
        "pass_message": _("Messages through others"),
        "due_reminder": _("The notice before a due day"),
        "required_notice": _("Receipts, statements, notices the law requires"),
        "reply": _("Answers to what the person asks"),
        "debit": _("Auto-debit"),
    },
    "complained_by": {
        "app": _("In the app"),
        "counter": _("At the counter"),
        "hotline": _("By telephone"),
        "code": _("By reference code"),
        "": _("Before the takeover"),
    },
    "complaint_outcome": {
        "upheld": _("Upheld"),
        "partly": _("Partly upheld"),
        "not_upheld": _("Not upheld"),
        "": _("Answered"),
    },
    "dispute_says": {
        "wrong": _("This sum is wrong"),
        "paid": _("I have paid this"),
        "terms": _("The terms are not what I signed"),
        "": _("A sum or a charge"),
    },
    "dispute_outcome": {
        "upheld": _("Corrected"),
        "partly": _("Corrected in part"),
        "not_upheld": _("Explained: the sum is right"),
        "": _("Answered"),
    },
    "dispute_end": {
        "corrected": _("The sum was corrected"),
        "explained": _("The sum was explained"),
    },
    "more_time": {
        "complex": _("The matter is complex"),
        "special": _("Special reasons"),
    },
}
