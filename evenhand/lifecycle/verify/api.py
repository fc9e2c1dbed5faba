"""The same answer for programs: `GET /api/real/<code>`, no login, no session read."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from evenhand.lifecycle.verify import asking, rules
from evenhand.outbound.contact import verify


@require_GET
@never_cache
def real(request: HttpRequest, code: str) -> HttpResponse:
    """{"ours": false}, or true with channel, day, hour, last two digits; 429 for too many."""
    if not rules.may_ask(request, "network", code):
        return JsonResponse({"error": "too_many"}, status=429, headers={"Retry-After": "900"})
    at = request.clock.now()  # type: ignore[attr-defined]
    return JsonResponse(asking.as_json(asking.ask(verify.typed(code), at=at)))
