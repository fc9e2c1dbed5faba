"""What the codes of reports of frauds are called: a part of `words.WORDS`."""

from typing import Final

from django.utils.translation import gettext_noop as _

FRAUD: Final[dict[str, dict[str, str]]] = {
    "fraud": {
        "message": _("A message in your name"),
        "call": _("A call in your name"),
        "visit": _("A visit in your name"),
        "copied_code": _("The code is real, but day, hour or digits do not fit"),
        "money": _("I was told to pay cash or to a private account"),
        "code_asked": _("I was asked for a code or a PIN"),
        "app": _("A false app or website"),
        "other": _("Another fraud"),
    },
    "fraud_by": {
        "number": _("A telephone number"),
        "account": _("An account or a name"),
        "code": _("A code"),
        "none": _("Nothing named"),
    },
}
