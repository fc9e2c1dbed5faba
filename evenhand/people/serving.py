"""Assisted service: staff do a borrower's step for them, once they have checked who it is.

The check tells whoever stands there or calls nothing: it fits, or it does not, in the same words
for a stranger, a wrong word and too many tries. At the counter the identity document is seen; on
the telephone more is asked, and less can be done. Some pages stay in the borrower's own hands.
"""

from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Final

from evenhand.people import accounts, finding, naming, points, throttle
from evenhand.people.credentials import clean
from evenhand.people.spelling import normal

COUNTER: Final = "counter"
HOTLINE: Final = "hotline"
WAYS: Final = (COUNTER, HOTLINE)
TAIL: Final = 4
"""How many of an account's last digits are asked for on the telephone."""
TRIES: Final = 5
"""For one identity number in a quarter of an hour."""
TRIES_OF_STAFF: Final = 20
"""By one member of staff in a quarter of an hour: nobody tries out a list of people."""

OWN_HANDS: Final = frozenset({
    # The PIN and the codes are the borrower's alone: nobody of ours ever asks for them.
    "me-pin", "be-sure", "be-sure-code",
    # Safe contact is shown to nobody and chosen by nobody else.
    "me-safe", "me-safe-now",
    # What a phone keeps stays off the lender's machines.
    "my-offline",
    # That somebody's own number is theirs, only who holds it can say.
    "number-doubted", "number-confirm",
})  # fmt: skip
AT_COUNTER: Final = frozenset({
    # What binds, and whatever says where money goes: the identity document has been seen.
    "apply-check", "sign-assent", "join-invite", "payout-account", "auto-debit-give", "surplus",
    "pay-ahead", "me-check",
    # The whole file in one hand.
    "evidence-page", "evidence-data", "sign-document", "document", "certificate",
})  # fmt: skip
"""Besides every page for which a borrower gives PIN and code once more."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a caller says, or what their document shows."""

    phone: str = field(repr=False)
    name: str = field(repr=False)
    identity: str = field(repr=False)
    account: str = field(repr=False, default="")


def may(page: str, via: str) -> bool:
    """May this page of a borrower's be opened for them, in this way?

    >>> may("my-home", "hotline"), may("sign-assent", "hotline"), may("me-pin", "counter")
    (True, False, False)
    """
    return page not in OWN_HANDS and (via == COUNTER or page not in AT_COUNTER)


def find(said: Said, via: str, *, by: int) -> int:
    """The one person of whom all of this is true; 0 for anything else, and after too many tries.

    On the telephone the last digits of an account are asked for too, and who keeps a number out of
    sight is served at the counter only: a caller who knows everything may live in the same house.
    """
    number = normal("identity", said.identity)
    keys = (("serve", number, TRIES), ("serve by", str(by), TRIES_OF_STAFF))
    if not all(throttle.is_below(*key) for key in keys):
        return 0
    hits = {hit.person for hit in finding.find("phone", said.phone)} if said.phone else set()
    fits = [person for person in sorted(hits) if _fits(person, said, via)]
    if len(fits) == 1:
        return fits[0]
    for what, key, _limit in keys:
        throttle.count(what, key)
    return 0


def _fits(person: int, said: Said, via: str) -> bool:
    if not naming.is_called(person, said.name, said.identity):
        return False
    return via == COUNTER or (_knows_account(person, said.account) and not _hides(person))


def _knows_account(person: int, tail: str) -> bool:
    typed = clean(tail).encode()
    known = [each.number[-TAIL:].encode() for each in accounts.accounts(person)]
    return len(typed) == TAIL and any(compare_digest(typed, each) for each in known)


def _hides(person: int) -> bool:
    return any(each.hidden for each in points.shown(person))
