"""What every answer goes through: the house clock, short static files, no use of the device."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

from evenhand.ledger import hands
from evenhand.people import borrowers
from evenhand.site import clock

Answer = Callable[[HttpRequest], HttpResponse]

# What a page of ours may ask of a device: nothing that sees, hears or locates a person.
DEVICES = ("camera", "microphone", "geolocation", "display-capture", "usb", "payment")
NO_DEVICES = ", ".join(f"{device}=()" for device in DEVICES)


def house_clock(answer: Answer) -> Answer:
    """`request.clock.now()` and `request.clock.today()` are the house's, in demo and in earnest."""

    def with_clock(request: HttpRequest) -> HttpResponse:
        request.clock = clock  # type: ignore[attr-defined]
        return answer(request)

    return with_clock


def both_hands(answer: Answer) -> Answer:
    """What staff write in the name of the borrower they serve is by both their hands."""

    def with_hands(request: HttpRequest) -> HttpResponse:
        service = borrowers.service_of(request)
        with hands.served_by(service.staff if service else 0):
            return answer(request)

    return with_hands


def short_static(answer: Answer) -> Answer:
    """Style and scripts go compressed. Pages do not: beside what a stranger sent, the length of a
    compressed page would tell what else is in it (BREACH)."""
    compressed = GZipMiddleware(answer)

    def shortened(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(settings.STATIC_URL):
            return compressed(request)  # type: ignore[return-value]
        return answer(request)

    return shortened


def no_devices(answer: Answer) -> Answer:
    """No page of ours, nor anything in it, reaches camera, microphone, place or the like."""

    def closed(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers["Permissions-Policy"] = NO_DEVICES
        return response

    return closed
