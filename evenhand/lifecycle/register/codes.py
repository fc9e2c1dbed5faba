"""One-time codes of this stage: sent and checked by `outbound.contact`, counted by who asks.

A code goes to any number that is asked for, known here or not: so nobody learns by asking whose
number is known. What holds that back is the count for the number and for the network address.
"""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from evenhand.outbound.contact import security_code
from evenhand.people import throttle
from evenhand.people.access import Clock

WRONG = "wrong codes"
A_MINUTE = 60


class Sending(NamedTuple):
    """What became of asking for a code: is one on its way, and what to tell of it."""

    on_its_way: bool
    told: str = ""


def send(request: HttpRequest, number: str, what_for: str) -> Sending:
    """Sends a code, unless one was sent a little while ago: that one still holds."""
    clock: Clock = request.clock  # type: ignore[attr-defined]
    sent = security_code.send(
        number,
        get_language() or "zh-hant",
        what_for,
        at=clock.now(),
        network=address_of(request),
    )
    if sent.state == "sent":
        return Sending(True)
    if sent.state == "wait":
        return Sending(True, _wait(sent.seconds))
    told = gettext("The code could not be sent just now. Please try again in a few minutes.")
    return Sending(False, told)


def is_right(request: HttpRequest, number: str, what_for: str, code: str) -> bool:
    """Is this the code that was sent there for this? Wrong ones count against who asks."""
    address = address_of(request)
    if not throttle.is_below(WRONG, address, throttle.ADDRESS_LIMIT):
        return False
    if security_code.check(number, what_for, code):
        return True
    throttle.count(WRONG, address)
    return False


def address_of(request: HttpRequest) -> str:
    """The network address a request comes from."""
    return throttle.address_of(request.META, behind_proxy=settings.EVENHAND_PROXY)


def too_many() -> str:
    """Why nothing is tried now."""
    return gettext("Too many tries. Please wait a quarter of an hour.")


def _wait(seconds: int) -> str:
    if seconds <= 2 * A_MINUTE:
        return gettext("You can ask for another code in %(n)d seconds.") % {"n": seconds}
    minutes = -(-seconds // A_MINUTE)
    return gettext("You can ask for another code in %(n)d minutes.") % {"n": minutes}
