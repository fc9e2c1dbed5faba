"""What a bank posts to us: how orders ended and what came in, proved by the bank's signature.

The address holds a token and exists only while the settings name a bank that calls back; what is
posted there is believed for its signature only.
"""

import hmac

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from evenhand.ledger.streams import Moved
from evenhand.providers.bank import registry
from evenhand.providers.bank.message import Bank, CallsBack
from evenhand.site import bank, clock


@csrf_exempt  # the signature is the proof; a bank has no session
@require_POST
def told(request: HttpRequest, token: str) -> HttpResponse:
    """200 once it is written; 400 where nothing proves it; 503 where it is to be told again."""
    operator = _operator(token)
    try:
        heard = bank.receive(operator, clock.now(), request.headers, request.body)
    except ValueError:
        return HttpResponse(status=400)
    except Moved:
        return HttpResponse(status=503)
    if heard.set_aside:
        return HttpResponse(status=503)
    return HttpResponse("ok", content_type="text/plain")


def _operator(token: str) -> Bank:
    operator = registry.bank()
    # As bytes: words that are not ASCII are not compared as words.
    given = token.encode()
    if isinstance(operator, CallsBack) and hmac.compare_digest(operator.token.encode(), given):
        return operator
    raise Http404
