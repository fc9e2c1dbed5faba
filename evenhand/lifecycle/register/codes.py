"""One-time codes of this stage: sent and checked by `outbound.contact`, counted by who asks.

A code goes to any number that is asked for, known here or not: so nobody learns by asking whose
number is known. What holds that back is the count for the number and for the network address.
"""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from evenhand.people import throttle
from evenhand.people.access import Clock

SENDS = "codes"
WRONG = "wrong codes"
SENDS_LIMIT = 30
"""Codes from one network address in a quarter of an hour: a whole office may share one."""


class Sending(NamedTuple):
    """What became of asking for a code: is one on its way, and what to tell of it."""

    on_its_way: bool
    told: str = ""


def send(request: HttpRequest, number: str, what_for: str) -> Sending:
    """Sends a code, unless one was sent a little while ago: that one still holds."""
    address = address_of(request)
    if not throttle.is_below(SENDS, address, SENDS_LIMIT):
        return Sending(False, too_many())
    from evenhand.outbound.contact import security_code

    throttle.count(SENDS, address)
    clock: Clock = request.clock  # type: ignore[attr-defined]
    sent = security_code.send(number, get_language() or "zh-hant", what_for, at=clock.now())
    if sent.state == "sent":
        return Sending(True)
    if sent.state == "wait":
        told = gettext("You can ask for another code in %(seconds)d s.")
        return Sending(True, told % {"seconds": sent.seconds})
    told = gettext("The code could not be sent just now. Please try again in a few minutes.")
    return Sending(False, told)


def is_right(request: HttpRequest, number: str, what_for: str, code: str) -> bool:
    """Is this the code that was sent there for this? Wrong ones count against who asks."""
    address = address_of(request)
    if not throttle.is_below(WRONG, address, throttle.ADDRESS_LIMIT):
        return False
    from evenhand.outbound.contact import security_code

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
