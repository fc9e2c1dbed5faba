"""What a text message provider calls back: delivery reports and replies, turned into facts.

The address holds the provider's secret token and exists only while the settings name a provider
that calls back. No phone number is in an address: addresses are logged by whoever passes them on.
"""

import hmac
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger.streams import Moved
from evenhand.outbound.contact import heard
from evenhand.providers.sms import registry
from evenhand.providers.sms.message import CallsBack, Reply, Report
from evenhand.site import clock


@require_GET
def report(request: HttpRequest, token: str) -> HttpResponse:
    """A message was delivered or was not."""
    try:
        told = _operator(token).report(request.GET)
    except ValueError:
        return HttpResponse(status=400)
    return _hear([] if told is None else [told], [])


@csrf_exempt  # the token in the address is the proof; a gateway has no session
@require_POST
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """A person answered."""
    try:
        told = _operator(token).reply(request.headers, request.body)
    except ValueError:
        return HttpResponse(status=400)
    return _hear([], [told])


def _operator(token: str) -> CallsBack:
    """The provider whose token this is; else there is no such page."""
    operator = registry.provider()
    # As bytes: words that are not ASCII are not compared as words.
    given = token.encode()
    if isinstance(operator, CallsBack) and hmac.compare_digest(operator.token.encode(), given):
        return operator
    raise Http404


def _hear(reports: Sequence[Report], replies: Sequence[Reply]) -> HttpResponse:
    """200 and no words once it is written; 503 where it is to be told again."""
    try:
        heard.hear(clock.now(), reports, replies)
    except Moved:
        return HttpResponse(status=503)
    return HttpResponse(content_type="text/plain")
