"""Hangs the house clock on every request: rooms below the site may not reach for it themselves."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from evenhand.site import clock


def house_clock(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """`request.clock.now()` and `request.clock.today()` are the house's, in demo and in earnest."""

    def with_clock(request: HttpRequest) -> HttpResponse:
        request.clock = clock  # type: ignore[attr-defined]
        return answer(request)

    return with_clock
