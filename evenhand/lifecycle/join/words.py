"""What somebody who is asked to answer for a loan reads, in plain sentences: the very words that
are kept with their promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenhand.ledger.facts import Fact
from evenhand.ledger.one_loan import here
from evenhand.ledger.parties import GUARANTOR, Invitation
from evenhand.lifecycle.join import steps
from evenhand.lifecycle.join.codes import Place
from evenhand.people import persons
from evenhand.web import shown, words
from evenhand.web.terms import span


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of somebody. `name` is the borrower's, masked; `amount_minor` what is borrowed,
    or of a loan that runs what is owed of it; `terms` are the product's, of one applied for."""

    name: str
    amount_minor: int
    months: int
    terms: Mapping[str, Any]
    invitation: Invitation


def asked(place: Place, facts: Sequence[Fact], on: date) -> Asked | None:
    """What is asked by the invitation at a place of the borrower's stream `facts`; None where there
    is nothing to answer for any more."""
    invitation = steps.invitation_at(place, facts)
    if invitation is None or not steps.is_live(facts, invitation, on):
        return None
    name = persons.masked([place.borrower])[place.borrower].name
    if invitation.by_staff:
        stands = here(facts, invitation.loan, on)
        assert stands is not None, "a loan that is owed stands"
        return Asked(name, stands.claim_minor, 0, {}, invitation)
    made = steps.application(facts, invitation.loan)
    assert made is not None, "what is live is applied for"
    terms = steps.product_of(made).terms
    return Asked(name, made.amount, made.body["months"], terms, invitation)


def sentences(asked: Asked) -> list[str]:
    """What they would answer for, in the reader's language."""
    role = asked.invitation.role
    if role in BY_LAW:
        return BY_LAW[role](asked)
    own = _guarantor(asked) if role == GUARANTOR else _co_borrower(asked)
    return [
        *own,
        _measures_apply(asked),
        _("While the loan runs, your credit report may show that you answer for it."),
        _("You may say no. It costs nothing, and nobody is told more than that you said no."),
        _("If you say yes, you can take it back until the contract is signed."),
    ]


def text(asked: Asked) -> str:
    """The sentences as one text, a line each."""
    return "\n".join(sentences(asked))


def _guarantor(asked: Asked) -> list[str]:
    until = asked.invitation.until
    said = {
        "name": asked.name,
        "amount": _money(asked.amount_minor, asked),
        "span": span(asked.months, asked.terms),
        "limit": _money(asked.invitation.limit_minor, asked),
        "day": shown.day_text(until) if until else "",
    }
    return [
        _("You would be guarantor for a loan of %(amount)s over %(span)s to %(name)s.") % said,
        _("%(name)s is to pay. Once something is past due, you can be asked too.") % said
        if asked.invitation.guarantee == "joint"
        else _(
            "%(name)s is to pay. You can be asked only after a court, and only if enforcement "
            "against %(name)s was not enough."
        )
        % said,
        _("You answer for at most %(limit)s in all, never for interest, late interest or costs.")
        % said,
        _("You can be asked until %(day)s at the latest, and never after that day.") % said,
    ]


def _co_borrower(asked: Asked) -> list[str]:
    said = {
        "name": asked.name,
        "amount": _money(asked.amount_minor, asked),
        "span": span(asked.months, asked.terms),
    }
    return [
        _("You would borrow %(amount)s over %(span)s together with %(name)s.") % said,
        _("Each of you owes the whole, not half: you can be asked for all of it.") % said,
        _("The whole is the amount, its interest, and late interest when paid late.")
        if not asked.terms.get("fees")
        else _("The whole is the amount, its interest and fees, and late interest when paid late."),
        _("You answer for it until everything is paid.") % said,
        _("The money is paid out to the account of %(name)s, not to yours.") % said,
    ]


def _representative(asked: Asked) -> list[str]:
    said = _said(asked)
    return [
        _("You are asked as legal representative of %(name)s, who owes %(amount)s.") % said,
        _("You answer for nothing with your own money; what is paid is paid for %(name)s.") % said,
        _("You see what is owed and when, but no number, address or message of %(name)s.") % said,
        _("You may say no. It costs nothing, and nobody is told more than that you said no."),
        _("Once you do not represent %(name)s any more, you can say so here at any time.") % said,
    ]


def _heir(asked: Asked) -> list[str]:
    said = _said(asked)
    return [
        _("%(name)s has died. %(amount)s of a loan is still owed.") % said,
        _("You answer with what you inherit, for at most %(limit)s, and not with your own money.")
        % said,
        _("If you give the inheritance up, you answer for nothing: say no here, now or later."),
        *_of_estate(said),
    ]


def _executor(asked: Asked) -> list[str]:
    said = _said(asked)
    return [
        _("%(name)s has died. %(amount)s of a loan is still owed.") % said,
        _("It is paid from the estate, at most %(limit)s, and never with your own money.") % said,
        _("You may say no, now or later: then you are asked for nothing."),
        *_of_estate(said),
    ]


def _of_estate(said: Mapping[str, str]) -> list[str]:
    return [
        _("Nobody reminds you or calls you to collect. You see here what is owed, and can pay it."),
        _("What comes in on the loan from now on counts toward the %(limit)s.") % said,
        _("You see no number, address or message of %(name)s.") % said,
    ]


def _spouse(asked: Asked) -> list[str]:
    said = _said(asked)
    return [
        _("%(name)s owes %(amount)s of a loan.") % said,
        _("You are asked to ratify it: to say afterwards that it is a debt of you both."),
        _("Nobody may force you. If you say no, you are asked for nothing, and it costs nothing."),
        _("If you say yes, you owe the whole of it with %(name)s until everything is paid.") % said,
        _("Once said, it cannot be taken back."),
        _measures_apply(asked),
        _("While the loan runs, your credit report may show that you answer for it."),
    ]


BY_LAW: Final[Mapping[str, Callable[[Asked], list[str]]]] = {
    "representative": _representative,
    "heir": _heir,
    "executor": _executor,
    "spouse": _spouse,
}
"""The sentences of those whom staff invite, of a loan that runs."""


def _said(asked: Asked) -> dict[str, str]:
    return {
        "name": asked.name,
        "amount": _money(asked.amount_minor, asked),
        "limit": _money(asked.invitation.limit_minor, asked),
    }


def _measures_apply(asked: Asked) -> str:
    named = {"measures": _measures(asked.invitation)}
    return (
        _("If you do not pay when asked, the contract's measures apply to you: %(measures)s.")
        % named
    )


def _money(minor: int, asked: Asked) -> str:
    currency = asked.invitation.currency
    return f"{currency}\u00a0{shown.amount(minor, currency)}"


def _measures(invitation: Invitation) -> str:
    between = "、" if (get_language() or "en").startswith("zh") else ", "
    return between.join(words.word("channel", measure) for measure in invitation.measures)
