"""What the codes of waivers and write-offs are called: a part of `words.WORDS`."""

from typing import Final

from django.utils.translation import gettext_noop as _

WRITEOFF: Final[dict[str, dict[str, str]]] = {
    "waived_part": {
        "late": _("Late interest"),
        "interest": _("Interest"),
        "fee": _("Fees"),
    },
    "waived_for": {
        "our_mistake": _("Our own mistake"),
        "complaint": _("A complaint upheld"),
        "bank_delay": _("A bank was slow"),
        "hardship": _("Hardship"),
        "illness": _("Illness in the family"),
        "disaster": _("Disaster"),
    },
    "waiver_declined": {
        "sum": _("The sum is not right"),
        "reason": _("The reason does not hold"),
        "not_now": _("Not now"),
        "taken_back": _("Taken back"),
    },
    "written_off_for": {
        "age": _("Past due for very long"),
        "death": _("Died, and no estate that could pay"),
        "bankruptcy": _("Bankrupt"),
        "fraud": _("Somebody else's fraud"),
        "mistake": _("It was a mistake"),
    },
    "write_off_declined": {
        "evidence": _("The evidence does not hold"),
        "may_pay": _("It may still be paid"),
        "not_now": _("Not now"),
        "taken_back": _("Taken back"),
    },
}
