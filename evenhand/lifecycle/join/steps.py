"""Inviting somebody to answer for a loan, and what they say to it.

All functions that may be refused return why, as a code, or nothing where it is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from django.db import transaction

from evenhand.core import days
from evenhand.ledger import bank_accounts, house, parties, products, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.one_loan import is_owed
from evenhand.ledger.parties import Invitation
from evenhand.ledger.products import Product
from evenhand.ledger.quotes import quote
from evenhand.lifecycle.join import codes, identity
from evenhand.lifecycle.join.both import Drafts, Refusal, drafts, whose, write_both
from evenhand.lifecycle.join.codes import Place
from evenhand.people import persons

PARTIES_MAX: Final = 2
VALID_DAYS: Final = 14
"""How long an invitation waits: nobody is to be asked again by a slip of paper found much later."""
UNTIL_PAID_OUT_MONTHS: Final = 1
GUARANTEE_MONTHS: Final = 6
"""How long after the last due day a guarantor can be asked (民法典, article 692)."""


def application(facts: Sequence[Fact], loan: int) -> Fact | None:
    """The application of that number, while others can still join it: not withdrawn, not signed."""
    made = next((f for f in facts if f.kind == "application.made" and f.loan == loan), None)
    over = any(
        (fact.kind == "application.withdrawn" and made is not None and fact.cause == made.seq)
        or (fact.kind == "loan.signed" and fact.loan == loan)
        for fact in facts
    )
    return None if over else made


def is_live(facts: Sequence[Fact], asked: Invitation, on: date) -> bool:
    """Is there anything to answer for: an application others can join, or what staff invite for, a
    loan that is owed and a ground for it on record?"""
    if not asked.by_staff:
        return application(facts, asked.loan) is not None
    return is_owed(facts, asked.loan, on) and parties.has_ground(facts, asked.loan, asked.role, on)


def invite(
    borrower: int, loan: int, role: str, *, at: int, guarantee: str = parties.GENERAL
) -> Refusal:
    """Make an invitation, with a code of its own, to answer for the loan; `guarantee` is of a
    guarantor's."""
    day = house.day_of(at)

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        if may_invite(facts, loan, day):
            return []
        return [_invited(facts, loan, role, guarantee, code, day)]

    refusal = may_invite(streams.stream(borrower), loan, day)
    if refusal:
        return refusal
    with transaction.atomic():
        code = codes.new(borrower)
        written = act(borrower, decide, at=at)
        for fact in written:
            codes.remember(code.digest, Place(borrower, fact.seq))
        transaction.set_rollback(not written)
    return "" if written else "closed"


def may_invite(facts: Sequence[Fact], loan: int, on: date) -> Refusal:
    """Why nobody more can be invited: the application is over, or enough are."""
    if application(facts, loan) is None:
        return "closed"
    asked = parties.invitations(facts, loan)
    standing = [one for one in asked if one.state == "joined" or one.is_open(on)]
    return "enough" if len(standing) >= PARTIES_MAX else ""


def invitation_at(place: Place, facts: Sequence[Fact]) -> Invitation | None:
    """The invitation at a place of the borrower's stream `facts`."""
    asked = next((f for f in facts if f.kind == "party.invited" and f.seq == place.seq), None)
    found = parties.invitations(facts, asked.loan) if asked else []
    return next((one for one in found if one.seq == place.seq), None)


def may_join(
    place: Place, theirs: Sequence[Fact], person: int, own: Sequence[Fact], on: date
) -> Refusal:
    """Why the person cannot join by that invitation on that day."""
    asked = invitation_at(place, theirs)
    if asked is None or not asked.is_open(on) or not is_live(theirs, asked, on):
        return "ended"
    if person == place.borrower:
        return "own"
    if any(party.person == person for party in parties.parties(theirs, asked.loan)):
        return "already"
    # Who has named an account was verified, of age, and no student where students are refused.
    if not bank_accounts.named(own):
        return "not_verified"
    return "" if not asked.who or asked.who == identity.digest_of_person(person) else "not_you"


def join(place: Place, person: int, text: str, *, at: int) -> Refusal:
    """The person promises to answer for the loan, having read `text`, which is kept as read."""
    day = house.day_of(at)

    def decide(theirs: Sequence[Fact], own: Sequence[Fact]) -> Drafts | Refusal:
        refusal = may_join(place, theirs, person, own, day)
        asked = invitation_at(place, theirs)
        if refusal or asked is None:
            return refusal or "ended"
        body = {
            "role": asked.role,
            "assent": assent,
            **_answers_for(asked.limit_minor, asked.until, asked.guarantee),
        }
        return drafts("party.joined", asked, place, person, day, more=body)

    with transaction.atomic():
        assent = persons.seal_text(person, text).hex()
        refusal = write_both(place.borrower, person, decide, at)
        transaction.set_rollback(bool(refusal))
    return refusal


def decline(place: Place, person: int, *, at: int) -> Refusal:
    """The person says no: the invitation is over."""
    day = house.day_of(at)

    def decide(theirs: Sequence[Fact], own: Sequence[Fact]) -> Drafts | Refusal:
        refusal = may_join(place, theirs, person, own, day)
        asked = invitation_at(place, theirs)
        if asked is None or refusal in ("ended", "own", "already", "not_you"):
            return refusal or "ended"
        if asked.by_staff and refusal:
            return refusal
        return drafts("party.declined", asked, place, person, day)

    return write_both(place.borrower, person, decide, at)


def may_leave(asked: Invitation, theirs: Sequence[Fact]) -> bool:
    """Can whoever joined go back: until the contract is signed; who answers by law whenever that
    ends, as by giving up an inheritance, but nobody who has ratified."""
    if asked.by_staff:
        return asked.role != parties.SPOUSE
    return application(theirs, asked.loan) is not None


def leave(person: int, loan: int, *, at: int) -> Refusal:
    """The person takes the promise back, where they can."""
    day = house.day_of(at)
    standing = [one for one in parties.promises(streams.stream(person)) if not one.ended]
    promise = next((one for one in standing if one.loan == loan), None)
    if promise is None:
        return "ended"
    place = Place(promise.borrower, promise.invited)

    def decide(theirs: Sequence[Fact], own: Sequence[Fact]) -> Drafts | Refusal:
        asked = invitation_at(place, theirs)
        if asked is None or asked.state != "joined" or not may_leave(asked, theirs):
            return "ended"
        return drafts("party.left", asked, place, person, day, cause=promise.seq)

    return write_both(place.borrower, person, decide, at)


def recall(place: Place, *, at: int, hand: str = "borrower") -> Refusal:
    """The applicant takes an invitation back, and with it a promise made by it, before signing;
    `hand` is of staff for what staff invited, at any time."""
    day = house.day_of(at)
    asked = invitation_at(place, streams.stream(place.borrower))
    if asked is not None and asked.state == "joined":
        return _recall_joined(place, asked.person, day, hand, at)

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        asked = invitation_at(place, facts)
        if asked is None or asked.state != "open" or not _may_recall(asked, facts, hand):
            return []
        body = whose(place, 0)
        return [Draft("party.recalled", day, hand, asked.loan, cause=place.seq, body=body)]

    return "" if act(place.borrower, decide, at=at) else "ended"


def _may_recall(asked: Invitation, theirs: Sequence[Fact], hand: str) -> bool:
    by_applicant = hand == "borrower"
    if asked.by_staff or not by_applicant:
        return asked.by_staff and not by_applicant
    return application(theirs, asked.loan) is not None


def _recall_joined(place: Place, person: int, day: date, hand: str, at: int) -> Refusal:
    def decide(theirs: Sequence[Fact], own: Sequence[Fact]) -> Drafts | Refusal:
        asked = invitation_at(place, theirs)
        if asked is None or asked.state != "joined" or not _may_recall(asked, theirs, hand):
            return "ended"
        promise = next(
            one
            for one in parties.promises(own)
            if (one.borrower, one.invited) == place and not one.ended
        )
        in_theirs, in_own = drafts("party.recalled", asked, place, person, day, cause=promise.seq)
        return in_theirs._replace(hand=hand), in_own._replace(hand="house")

    return write_both(place.borrower, person, decide, at)


def _invited(
    facts: Sequence[Fact], loan: int, role: str, guarantee: str, code: codes.Code, day: date
) -> Draft:
    made = application(facts, loan)
    assert made is not None, "only for an application is anybody invited"
    product = product_of(made)
    limit, until = 0, None
    if role == parties.GUARANTOR:
        limit, until = made.amount, _last_day(product, made, day)
    body = {
        "role": role,
        "invitation": code.digest,
        "item": code.item,
        "currency": product.terms["currency"],
        "measures": list(product.terms["measures"]),
        "valid_until": (day + timedelta(days=VALID_DAYS)).isoformat(),
        **_answers_for(limit, until, guarantee if role == parties.GUARANTOR else ""),
    }
    return Draft("party.invited", day, "borrower", loan, cause=made.seq, body=body)


def product_of(made: Fact) -> Product:
    """The product that an application is for."""
    product = products.find(made.body["product"], made.body["version"])
    assert product is not None, "an application is for a product"
    return product


def _last_day(product: Product, made: Fact, day: date) -> date:
    """The last day a guarantor can be asked: so long after the last day it can be due."""
    last = quote(product, made.amount, made.body["months"], day).last_due_on
    later = UNTIL_PAID_OUT_MONTHS + GUARANTEE_MONTHS
    return house.day_from(days.add_months(np.array([last]), later)[0])


def _answers_for(limit_minor: int, until: date | None, guarantee: str) -> dict[str, Any]:
    said = {
        "limit_minor": limit_minor,
        "until": until.isoformat() if until else "",
        "guarantee": guarantee,
    }
    return {key: value for key, value in said.items() if value}
