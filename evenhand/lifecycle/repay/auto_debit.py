"""Auto-debit (代扣): the borrower's own authorisation, and the tries it allows, told before."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from django.utils.translation import gettext

from evenhand.ledger import columns, house, streams
from evenhand.ledger.facts import Fact
from evenhand.lifecycle.repay import owing, queries
from evenhand.lifecycle.repay.owing import Owing
from evenhand.outbound.contact import tell
from evenhand.outbound.payments import debits, known
from evenhand.outbound.payments.limits import limits
from evenhand.people import persons
from evenhand.web import shown

HOUR: Final = 3_600_000_000


class Authorised(NamedTuple):
    """The authorisation that stands: the account's number in the vault, the most a time."""

    account: int
    max_minor: int
    at: int


def standing(facts: Sequence[Fact], loan: int) -> Authorised | None:
    """The authorisation that stands, if any."""
    given = debits.mandate(facts, loan)
    if given is None:
        return None
    return Authorised(given.body["account"], given.body["max_minor"], given.at)


def most(one: Owing) -> int:
    """The most a time that is asked for: the largest instalment as it was agreed, with its fee.
    Where an instalment paid early leaves what its days cost to the next one, with as much more."""
    agreed = [part for part in one.book.agreed if part.agreed_minor]
    most = max(part.agreed_minor for part in agreed)
    if not one.lowers_at_once or len(agreed) < 2:
        return most
    return most + max(part.interest_minor + part.fee_minor for part in agreed)


def words(one: Owing, account: str) -> list[str]:
    """What the borrower agrees to, sentence by sentence, in the language of the page."""
    amount = f"{one.currency} {shown.amount(most(one), one.currency)}"
    return [
        gettext("You may take what is due on loan %(loan)s from my own account %(account)s.")
        % {"loan": one.loan, "account": account},
        when(),
        gettext("At most %(amount)s a time, and never more than is due.") % {"amount": amount},
        gettext("You tell me the day before. A try that fails costs me nothing."),
        gettext("I can stop it here at any moment, at one tap."),
    ]


def when() -> str:
    """When it is taken, as a sentence."""
    first, second = (f"{hour}:00" for hour in limits().debit.hours)
    told = gettext("On the due day at %(first)s, and if that fails at %(second)s.")
    return told % {"first": first, "second": second}


def authorise(person: int, one: Owing, account: int, said: Sequence[str], *, at: int) -> int:
    """The borrower gives the authorisation in the words shown; the fact's seq."""
    text = persons.seal_text(person, "\n".join(said)).hex()
    return debits.authorise(person, one.loan, account, most(one), text, at)


def plan(due_on: date, at: int) -> int:
    """The day before: tell everyone whose instalment falls due on `due_on` and is to be debited,
    and order the first try. Returns how many; done again it adds nothing.
    """
    asked = {"due_on": due_on}
    found = columns.rows(queries.MANDATES_DUE, asked)
    return sum(plan_one(borrower, loan, due_on, at) for borrower, loan in found)


def plan_one(borrower: int, loan: int, due_on: date, at: int) -> bool:
    """The same for one loan; False where there is no authorisation or nothing falls due."""
    facts = streams.stream(borrower)
    one = owing.on_facts(facts, loan, house.day_number(due_on))
    if one is None or not one.due_minor or known.stopped(facts, loan, _stops(), at):
        return False
    due_at = house.midnight(due_on) + limits().debit.hours[0] * HOUR
    if not _intended(facts, loan, due_on) and not _order(facts, loan, due_on, due_at, at):
        return False
    first = _intended(streams.stream(borrower), loan, due_on)[0]
    values = {"amount_minor": first.amount, "currency": one.currency, "day": due_on.isoformat()}
    tell.tell(borrower, "debit_tomorrow", at=at, cause=first.seq, loan=loan, values=values)
    return True


def again(borrower: int, seq: int, *, at: int) -> bool:
    """A try has failed (fact `seq`): order the next one of the instalment, where one is allowed."""
    facts = streams.stream(borrower)
    intention = facts[facts[facts[seq - 1].cause - 1].cause - 1]
    if intention.body["mode"] != "auto":
        return False
    due_on = date.fromisoformat(intention.body["due_on"])
    due_at = _next_try(intention, at)
    return _order(facts, intention.loan, due_on, due_at, at)


def _order(facts: Sequence[Fact], loan: int, due_on: date, due_at: int, at: int) -> bool:
    given = debits.mandate(facts, loan)
    one = owing.on_facts(facts, loan, house.day_number(house.day_of(due_at)))
    if given is None or one is None or not one.due_minor:
        return False
    amount, account = min(one.due_minor, given.body["max_minor"]), given.body["account"]
    borrower = facts[0].borrower
    ordered = debits.order(
        borrower, loan, amount, account, "auto", due_on, due_at, at, hand="house"
    )
    return not ordered.refusals


def _next_try(intention: Fact, at: int) -> int:
    """The next of the hours of trying after the try that failed, and not before now."""
    tried = max(intention.body["due_at"], at)
    midnight = house.midnight(house.day_of(tried))
    hours = [midnight + hour * HOUR for hour in limits().debit.hours]
    later = [moment for moment in hours if moment > tried]
    following = house.midnight(house.day_of(midnight + 36 * HOUR))
    return later[0] if later else following + limits().debit.hours[0] * HOUR


def _intended(facts: Sequence[Fact], loan: int, due_on: date) -> list[Fact]:
    """The orders so far to debit the instalment of a day."""
    return [
        fact
        for fact in facts
        if fact.kind == "debit.intended" and fact.loan == loan and fact.body["mode"] == "auto"
        if fact.body["due_on"] == due_on.isoformat()
    ]


def _stops() -> tuple[str, ...]:
    return limits().debit.stopped_by
