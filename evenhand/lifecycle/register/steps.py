"""The steps of registration, and where a person stands in them: derived from facts and the vault.

Whoever closes the browser goes on where they stopped: nothing confirmed is kept anywhere else.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction

from evenhand.ledger import bank_accounts, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_of
from evenhand.lifecycle.register import consents, rules
from evenhand.outbound.enquiries import identity
from evenhand.people import credentials, holders, naming, persons, points

HAND: Final = "borrower"
ORDER: Final = ("pin", "name", "student", "account", "consents", "check", "done")
STUDENT: Final = "refused_student"
KNOWN: Final = "known"


def begin(number: str, lang: str, *, at: int) -> int:
    """The holder of a number just confirmed by its code; for a new one the stream begins now."""
    with transaction.atomic():
        person, is_new = holders.enrol_holder(number, lang, settings.EVENHAND_ZONE, at=at)
        if is_new:
            body = {"lang": lang, "zone": settings.EVENHAND_ZONE}
            first = Draft("borrower.enrolled", day_of(at), HAND, body=body)
            streams.append(person, [first], at=at, expected_seq=0)
    return person


def step_of(person: int, facts: Sequence[Fact], on: date) -> str:
    """The step to do next, one of ORDER, or why there is none: STUDENT."""
    if not credentials.with_pin([person]):
        return "pin"
    if bank_accounts.named(facts) and consents.needed() <= consents.standing(facts).keys():
        return "done"
    if not naming.is_named(person):
        return "name"
    if is_refused_student(facts, on):
        return STUDENT
    if not declared(facts):
        return "student"
    if not persons.accounts(person):
        return "account"
    if not consents.needed() <= consents.standing(facts).keys():
        return "consents"
    return "check"


def declared(facts: Sequence[Fact]) -> str:
    """What the person said of studying: "yes", "no", or "" where it has not been asked."""
    said = [fact.body["student"] for fact in facts if fact.kind == "person.declared"]
    return said[-1] if said else ""


def is_refused_student(facts: Sequence[Fact], on: date) -> bool:
    """Is the person in full-time higher education, as they or the identity provider say?"""
    if not rules.student(on).refused:
        return False
    answer = identity.answered(facts)
    return declared(facts) == "yes" or (answer is not None and answer.student == "yes")


def declare(person: int, student: str, *, at: int) -> None:
    """The person says whether they study; said once, the same again adds nothing."""

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        if declared(facts) == student:
            return []
        return [Draft("person.declared", day_of(at), HAND, body={"student": student})]

    act(person, decide, at=at)


def put_right(person: int, student: str, text: str, by: str, *, at: int) -> None:
    """Staff (`by`) put a declaration right; `text` is the commitment to what they have seen."""
    body = {"student": student, "text": text}
    draft = Draft("person.declared", day_of(at), by, body=body)
    act(person, lambda _facts: [draft], at=at)


def give_account(person: int, number: str, bank: str) -> int:
    """Keeps the account money shall come to; one not verified before is used no more."""
    with transaction.atomic():
        named = bank_accounts.named(streams.stream(person))
        for known in persons.accounts(person):
            if known.item not in named:
                points.retire(person, known.item)
        return persons.add_account(person, number, bank)


def check(person: int, *, at: int) -> str:
    """Asks the identity provider; a match names the account, and registration is done.

    match, or why not: mismatch, unclear, unknown, no_consent, too_many_tries, STUDENT, KNOWN.
    """
    return check_account(person, persons.accounts(person)[-1].item, at=at)


def check_account(person: int, account: int, *, at: int) -> str:
    """As `check`, for one account of the person; the one named before is removed by a match."""
    try:
        answer = identity.verify(person, account=account, at=at)
    except identity.NotAsked as refused:
        return refused.refusals[0]
    if answer != "match":
        return answer
    if is_refused_student(streams.stream(person), day_of(at)):
        return STUDENT
    if _is_registered_already(person):
        return KNOWN
    _name_account(person, account, at)
    return "match"


def _is_registered_already(person: int) -> bool:
    """Is the same identity number verified for somebody who came before?"""
    others = naming.namesakes(person)
    return any(bank_accounts.named(streams.stream(other)) for other in others)


def _name_account(person: int, account: int, at: int) -> None:
    day = day_of(at)

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        named = bank_accounts.named(facts)
        if account in named:
            return []
        before = [Draft("account.removed", day, HAND, body={"account": other}) for other in named]
        return [*before, Draft("account.named", day, HAND, body={"account": account})]

    with transaction.atomic():
        act(person, decide, at=at)
        for known in persons.accounts(person):
            if known.item != account:
                points.retire(person, known.item)
