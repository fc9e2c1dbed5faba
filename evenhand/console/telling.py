"""A fact in plain words, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.ledger import charges, hands
from evenhand.ledger.contact_story import refusals
from evenhand.ledger.facts import Fact
from evenhand.people import staff
from evenhand.web import rules as names
from evenhand.web import shown
from evenhand.web.figures import heading
from evenhand.web.reliefs import change_said
from evenhand.web.words import word

MONEY, CONTACT, STOP, PLAIN = "money", "contact", "stop", "plain"
Teller = Callable[[Fact, str], str]


class Told(NamedTuple):
    """A fact for the timeline. `look` is how its dot is drawn."""

    fact: Fact
    title: str
    text: str
    look: str
    hand: str

    @property
    def backdated(self) -> bool:
        """Learnt on another day than it counts for."""
        return shown.at_house(self.fact.at).date() != self.fact.day


def tell(facts: Sequence[Fact]) -> list[Told]:
    """Facts as sentences, newest first."""
    known = [fact for fact in facts if "currency" in fact.body]
    currencies = {fact.loan: str(fact.body["currency"]) for fact in known}
    numbers = staff.numbers(hands.staff_among(fact.hand for fact in facts))
    return [_told(fact, currencies.get(fact.loan, ""), numbers) for fact in reversed(facts)]


def _told(fact: Fact, currency: str, numbers: Mapping[int, str]) -> Told:
    teller = TELLERS.get(fact.kind)
    text = teller(fact, currency) if teller else ""
    return Told(fact, word("kind", fact.kind), text, _look(fact.kind), _hand(fact.hand, numbers))


def _hand(code: str, numbers: Mapping[int, str]) -> str:
    """Who acted: a member of staff by employee number, an outside party, or a part of the house;
    and who served a borrower at it."""
    who, _colon, party = code.partition(":")
    named, number = word("hand", who), numbers.get(hands.staff_of(code), "")
    if hands.is_served(code):
        return _("%(who)s, served by %(which)s") % {"who": named, "which": number}
    if not party:
        return named
    return _("%(who)s (%(which)s)") % {"who": named, "which": number or word("party", party)}


def amount(minor: int, currency: str) -> str:
    """An amount with its currency, unbroken."""
    return f"{currency}\u00a0{shown.amount(minor, currency)}"


def _look(kind: str) -> str:
    if kind.startswith(("loan.", "payment.", "late_interest.", "charge.")):
        return MONEY
    if kind.startswith(("complaint.", "dispute.", "wish.", "plan.", "state.")):
        return STOP
    return CONTACT if kind.startswith("contact.") else PLAIN


def _agreed(fact: Fact, currency: str) -> str:
    body, instalments = fact.body, len(fact.body["instalments"])
    count = ngettext("%(n)s instalment", "%(n)s instalments", instalments) % {"n": instalments}
    terms = _("%(amount)s in %(count)s at %(rate)s a year; late interest %(late)s a year.") % {
        "amount": amount(fact.amount, currency),
        "count": count,
        "rate": shown.percent(body["rate_ppm"]),
        "late": shown.percent(body["late_rate_ppm"]),
    }
    measures = _("Measures agreed: %(measures)s.") % {
        "measures": _list([word("channel", measure) for measure in body["measures"]])
    }
    return f"{terms} {measures}"


def _paid(fact: Fact, currency: str) -> str:
    return amount(fact.amount, currency)


def _paid_out(fact: Fact, currency: str) -> str:
    if not (kept_back := charges.kept_back(fact.body)):
        return _paid(fact, currency)
    return _("%(amount)s lent, %(kept_back)s of it kept back as fees, %(paid_out)s paid out.") % {
        "amount": amount(fact.amount, currency),
        "kept_back": amount(kept_back, currency),
        "paid_out": amount(charges.paid_out(fact), currency),
    }


def _reversed(fact: Fact, currency: str) -> str:
    return _("%(amount)s taken back; payment of fact %(cause)s.") % {
        "amount": amount(-fact.amount, currency),
        "cause": fact.cause,
    }


def _waived(fact: Fact, currency: str) -> str:
    return _("%(amount)s of %(part)s: %(reason)s.") % {
        "amount": amount(-fact.amount, currency),
        "part": word("waived_part", fact.body["part"]),
        "reason": word("waived_for", fact.body["reason"]),
    }


def _changed(fact: Fact, currency: str) -> str:
    return change_said(fact.body)


def _relief_declined(fact: Fact, currency: str) -> str:
    return word("relief_declined", fact.body["reason"])


def _off_books(fact: Fact, currency: str) -> str:
    return _("%(amount)s of principal: %(reason)s.") % {
        "amount": amount(fact.body["outstanding_minor"], currency),
        "reason": word("written_off_for", fact.body["reason"]),
    }


def _intended(fact: Fact, currency: str) -> str:
    return _("%(purpose)s, %(channel)s, due %(due)s.") % {
        "purpose": word("purpose", fact.body["purpose"]),
        "channel": word("channel", fact.body["channel"]),
        "due": shown.moment_text(fact.body["due_at"]),
    }


def _refused(fact: Fact, currency: str) -> str:
    rules = _list([names.title(refusal.rule) for refusal in refusals(fact)])
    text = _("Refused by %(rules)s.") % {"rules": rules}
    if fact.body["not_before"] > 0:
        moment = shown.moment_text(fact.body["not_before"])
        text += " " + _("Not before %(moment)s.") % {"moment": moment}
    return text


def _withdrawn(fact: Fact, currency: str) -> str:
    return _("Reason: %(reason)s.") % {"reason": word("reason", fact.body["reason"])}


def _leaving(fact: Fact, currency: str) -> str:
    return _("%(channel)s, reference %(reference)s.") % {
        "channel": word("channel", fact.body["channel"]),
        "reference": fact.body.get("reference", shown.NONE),
    }


def _sent(fact: Fact, currency: str) -> str:
    return word("outcome", fact.body["outcome"]) if "outcome" in fact.body else ""


def _promised(fact: Fact, currency: str) -> str:
    sum_ = amount(fact.body["amount_minor"], fact.body["currency"])
    return _("%(amount)s by %(day)s.") % {"amount": sum_, "day": shown.day_text(_by(fact))}


def _by(fact: Fact) -> date:
    return date.fromisoformat(fact.body["by"])


def _prior(fact: Fact, currency: str) -> str:
    return _("%(channel)s before the takeover, %(moment)s.") % {
        "channel": word("channel", fact.body["channel"]),
        "moment": shown.moment_text(fact.body["at"]),
    }


def _until(fact: Fact, currency: str) -> str:
    parts = []
    if "state" in fact.body:
        parts.append(word("state", fact.body["state"]))
    if "channel" in fact.body:
        parts.append(word("channel", fact.body["channel"]))
    if fact.body.get("until"):
        parts.append(_("until %(moment)s") % {"moment": shown.moment_text(fact.body["until"])})
    if "told_by" in fact.body:
        parts.append(word("told_by", fact.body["told_by"]))
    return _list(parts)


def _over(fact: Fact, currency: str) -> str:
    """Why a circumstance ended before its day."""
    return word("ended_for", fact.body["reason"]) if "proposal" in fact.body else ""


def _list(words: Sequence[str]) -> str:
    return _(", ").join(words)


def _complained(fact: Fact, currency: str) -> str:
    """What it is about; of a sum what is wrong, and with which figure."""
    body, parts = fact.body, []
    if "says" in body:
        parts.append(word("dispute_says", body["says"]))
    elif "ground" in body:
        parts.append(word("ground", body["ground"]))
    if "figure" in body:
        parts.append(heading(body["figure"]))
    return _list([*parts, more] if (more := _until(fact, currency)) else parts)


def _explained(fact: Fact, currency: str) -> str:
    return word("dispute_end", fact.body["outcome"]) if "outcome" in fact.body else ""


def _failed(fact: Fact, currency: str) -> str:
    return _("The provider could not deliver it.")


def _reported(fact: Fact, currency: str) -> str:
    return word("outcome", fact.body["fate"])


def _unknown(fact: Fact, currency: str) -> str:
    return _("The provider does not know whether it arrived. It counts and is not repeated.")


TELLERS: Mapping[str, Teller] = {
    "loan.signed": _agreed,
    "loan.imported": _agreed,
    "loan.disbursed": _paid_out,
    "payment.received": _paid,
    "payment.reversed": _reversed,
    "charge.waived": _waived,
    "loan.terms_changed": _changed,
    "relief.asked": _changed,
    "relief.offered": _changed,
    "relief.granted": _changed,
    "relief.declined": _relief_declined,
    "loan.written_off": _off_books,
    "contact.intended": _intended,
    "contact.refused": _refused,
    "contact.withdrawn": _withdrawn,
    "contact.leaving": _leaving,
    "contact.failed": _failed,
    "contact.unknown": _unknown,
    "contact.sent": _sent,
    "promise.made": _promised,
    "contact.reported": _reported,
    "contact.prior": _prior,
    "state.ended": _over,
    "complaint.opened": _complained,
    "dispute.answered": _explained,
    **dict.fromkeys(("wish.opt_out", "wish.hours", "state.began", "plan.agreed"), _until),
}
