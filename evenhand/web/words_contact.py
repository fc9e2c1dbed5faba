"""What the borrower reads of a contact: what came of it and why. A part of `words.WORDS`."""

from typing import Final

from django.utils.translation import gettext_noop as _

CONTACT: Final[dict[str, dict[str, str]]] = {
    "came_of": {
        "waiting": _("Is planned"),
        "leaving": _("Is leaving"),
        "sent": _("Handed over"),
        "failed": _("Did not leave"),
        "unknown": _("Nobody knows whether it arrived"),
        "withdrawn": _("Taken back before it left"),
        "refused": _("Held back by a rule"),
        "undelivered": _("Did not arrive"),
        "delivered": _("Arrived"),
        "prior": _("Before the takeover"),
        "unanswered": _("Nobody answered"),
        "conversation": _("Spoken to"),
        "connected_notice": _("Heard a notice"),
        "voicemail": _("Left on the voicemail"),
        "busy": _("Busy"),
        "not_in_service": _("Number not in service"),
    },
    "why": {
        "collect": _("Because a payment was past due."),
        "due_reminder": _("Because a payment falls due soon, or on that day."),
        "locate": _("Because we could not reach you."),
        "pass_message": _("To have a message passed on to you."),
        "reply": _("Because you wrote to us."),
        "required_notice": _("Because law, contract or care says you must know it."),
        "optout_confirmation": _("To confirm that such messages have stopped."),
        "termination_notice": _("Because the contract or the law asks for this notice."),
        "security_code": _("Because a code was asked for."),
    },
    "weekday": {
        "mon": _("Monday"),
        "tue": _("Tuesday"),
        "wed": _("Wednesday"),
        "thu": _("Thursday"),
        "fri": _("Friday"),
        "sat": _("Saturday"),
        "sun": _("Sunday"),
    },
}
