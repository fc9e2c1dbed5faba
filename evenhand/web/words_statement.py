"""What moves on a loan's statement is called: a part of `words.WORDS`."""

from typing import Final

from django.utils.translation import gettext_noop as _

STATEMENT: Final[dict[str, dict[str, str]]] = {
    "statement": {
        "due": _("Instalment fell due"),
        "late_interest": _("Late interest"),
        "paid": _("Payment received"),
        "reversed": _("Payment taken back"),
        "returned": _("Given back to you"),
        "given_up": _("Charge waived"),
        "changed": _("Terms changed"),
        "all_due": _("Paid off: what was still to come"),
        "waived": _("Interest not used, not to be paid"),
    },
    "closing": {
        "due_minor": _("Due and unpaid"),
        "late_interest_minor": _("Late interest within it"),
        "ahead_minor": _("Paid ahead"),
        "overpaid_minor": _("Overpaid"),
        "owed_minor": _("Everything owed, with what is still to come"),
        "outstanding_minor": _("Principal within it"),
    },
}
