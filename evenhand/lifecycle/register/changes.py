"""Changes of what a person is reached by and paid to, and of the PIN: facts, told on both channels.

A change of number, of account or of a forgotten PIN holds payouts for a day: who pays out reads the
facts written here (`number.changed`, `account.named` after the first, `pin.renewed`).
"""

from collections.abc import Iterable

from django.db import transaction

from evenhand.ledger import streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_of
from evenhand.lifecycle.register import steps
from evenhand.outbound.contact.tell import tell
from evenhand.people import credentials, holders, persons, points, sessions

HAND = steps.HAND


def change_number(person: int, number: str, *, at: int) -> bool:
    """The person is reached by the number just proved from now on; False where it is another's.

    The old number is told first, while it is still the one that is told.
    """
    with transaction.atomic():
        if holders.holder(number) not in (0, person):
            return False
        tell(person, "number_changed", at=at)
        point = holders.change_number(person, number)
        _write(person, "number.changed", {"address": point}, at)
    return True


def change_account(person: int, number: str, bank: str, *, at: int) -> str:
    """Asks about a further account of the person's; a match takes the place of the one before.

    Returns "match" or why not, as `steps.check_account`. An account that is none is kept no more.
    """
    account = persons.add_account(person, number, bank)
    answer = steps.check_account(person, account, at=at)
    if answer == "match":
        tell(person, "account_changed", at=at, cause=streams.head(person).seq)
    else:
        points.retire(person, account)
    return answer


def renew_pin(person: int, pin: str, how: str, *, at: int, session: int = 0) -> None:
    """A new PIN, "forgotten" or "chosen": every session but this one ends, the person is told."""
    with transaction.atomic():
        first = not credentials.with_pin([person])
        credentials.set_pin(person, pin)
        sessions.end_others(person, session)
        written = _write(person, "pin.renewed", {"how": how}, at)
        if not first:
            tell(person, "pin_renewed", at=at, cause=written.seq)


def choose_safe_contact(
    person: int, confidential: Iterable[int], wish: dict[str, int | str], *, at: int
) -> None:
    """These points are out of sight from now on; messages keep to the channel and hours wished.

    `wish` may hold channel, from_minute, until_minute.
    """
    hidden = sorted(set(confidential))
    with transaction.atomic():
        points.hide_only(person, hidden)
        _write(person, "safe_contact.chosen", {"confidential": hidden, **wish}, at)


def _write(person: int, kind: str, body: dict[str, object], at: int) -> Fact:
    draft = Draft(kind, day_of(at), HAND, body=body)
    return act(person, lambda _facts: [draft], at=at)[0]
