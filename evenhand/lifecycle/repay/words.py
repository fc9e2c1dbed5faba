"""What the codes of this stage are called in the reader's language."""

from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

REASONS: Final = {
    "nothing": _("There is nothing to return."),
    "nothing_due": _("Nothing is due any more."),
    "nothing_over": _("There is nothing to return."),
    "on_its_way": _("A payment is on its way already. Wait for it to arrive."),
    "not_verified": _("Have this account checked first: it must be in your own name."),
    "account_removed": _("You have removed this account."),
    "no_account": _("This account cannot be used any more."),
    "too_often_today": _("That is too often for one day. Try again tomorrow, or transfer it."),
    "too_often": _("This instalment was tried often enough."),
    "no_mandate": _("There is no authorisation for this account."),
    "not_told": _("You were not told the day before."),
    "revoked": _("You have stopped it."),
    "identity_theft": _("You said that this loan is not yours. Nothing is taken meanwhile."),
    "insufficient_funds": _("There is not enough money in the account."),
    "limit": _("Your bank's limit for a day or for one payment is reached."),
    "account_closed": _("The account is closed."),
    "account_frozen": _("The account is frozen."),
    "refused": _("Your bank refused it."),
}
OTHERWISE: Final = _("It cannot be done now. Call us.")
STOPPED: Final = {
    "complaint_open": _("Your complaint is being looked into: meanwhile nobody collects."),
    "dispute_open": _("Your objection is being looked into: meanwhile nobody collects."),
    "agreement_in_force": _("Your arrangement holds: while you keep to it nobody collects."),
    "plan_asked": _("Your proposal is with us: until our answer nobody collects."),
    "identity_theft": _("You said that this loan is not yours: meanwhile nobody collects."),
    "hospital": _("You are ill or in hospital: meanwhile nobody collects."),
    "disaster": _("A disaster struck you: meanwhile nobody collects."),
    "bankruptcy": _("You are in insolvency proceedings: meanwhile nobody collects."),
    "moratorium": _("A moratorium is in force: meanwhile nobody collects."),
    "represented": _("A lawyer acts for you: nobody collects from you yourself."),
    "cease_request": _("You asked us to stop: no reminder comes by telephone or message."),
}
CHANNELS: Final = {
    "debit": _("From your own account"),
    "transfer": _("Bank transfer"),
    "bank": _("Bank transfer"),
    "cash": _("At our counter"),
}

PARTS: Final = {
    "late_interest": _("late interest"),
    "fee": _("fee"),
    "interest": _("interest"),
    "principal": _("principal"),
    "overpaid": _("more than was owed"),
}
SUSPENDED: Final = {
    "no_reference": _("No reference of ours"),
    "no_such_loan": _("No such loan"),
    "currency": _("Another currency than the loan's"),
    "came_back": _("A payout that came back"),
}
REGISTER: Final = {
    "proposed": _("Proposed"),
    "closing": _("Closing proposed"),
    "approved": _("Approved"),
    "closed": _("Closing approved"),
    "rejected": _("Rejected"),
}


def part(code: str) -> str:
    """What a part of a payment paid."""
    return gettext(PARTS[code])


def suspended(code: str) -> str:
    """Why money lies in suspense."""
    return gettext(SUSPENDED[code]) if code in SUSPENDED else code


def register(act: str) -> str:
    """What was done to the register of where to pay."""
    return gettext(REGISTER[act])


def reason(code: str) -> str:
    """Why money does not move, as a sentence."""
    return gettext(REASONS.get(code, OTHERWISE))


def stopped(code: str) -> str:
    """What stops collection, as a sentence; empty for nothing."""
    return gettext(STOPPED[code]) if code in STOPPED else ""


def channel(code: str) -> str:
    """The way a payment came; an unknown code stands for itself."""
    return gettext(CHANNELS[code]) if code in CHANNELS else code
