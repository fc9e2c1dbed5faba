"""What the codes of applications and decisions are called: a part of `words.WORDS`."""

from typing import Final

from django.utils.translation import gettext_noop as _

LENDING: Final[dict[str, dict[str, str]]] = {
    "application": {
        "open": _("Being decided"),
        "approved": _("Approved"),
        "referred": _("For a person to look at"),
        "declined": _("Declined"),
        "withdrawn": _("Withdrawn"),
        "signed": _("Signed"),
    },
    "decided": {
        "approve": _("Approve"),
        "refer": _("Refer"),
        "decline": _("Decline"),
    },
    "borrowed_for": {
        "household": _("Things for the home"),
        "repairs": _("Repairs, renovation"),
        "education": _("School, training"),
        "medical": _("Doctor, hospital, care"),
        "family": _("Wedding, funeral, family"),
        "travel": _("Travel"),
        "vehicle": _("Bicycle, motorcycle, car"),
        "tools": _("Tools for work"),
        "other": _("Other daily spending"),
        "repay_loan": _("Repay another loan or card"),
        "securities": _("Shares, funds, crypto-assets"),
        "property": _("Buy a house or flat"),
        "gambling": _("Gambling, lottery"),
        "lend_on": _("Lend it on to others"),
    },
    "work": {
        "employed": _("Employed"),
        "self_employed": _("Own business or freelance"),
        "retired": _("Retired"),
        "none": _("No work at present"),
    },
    "month_end": {
        "none": _("My income comes to no account"),
        "empty": _("Nothing, or less than nothing"),
        "little": _("A little"),
        "well": _("Well something, or pay has come in for over a year"),
    },
    "savings": {
        "none": _("No, or hardly any"),
        "some": _("Yes, enough for a week or longer"),
    },
    "product_state": {
        "in_force": _("in force"),
        "coming": _("coming"),
        "former": _("former"),
    },
    "product_declined": {
        "price": _("Too dear for who borrows"),
        "terms": _("Terms not as agreed"),
        "day": _("Not on this day"),
        "taken_back": _("Taken back"),
    },
}
