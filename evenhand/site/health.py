"""`/healthz`: does the database answer, does a worker live, which day was closed last?"""

from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from evenhand.dayclose import progress
from evenhand.ledger.parts import PARTS

WORKER_SILENT_SECONDS = 60
HEARTBEAT = """
    select extract(epoch from current_timestamp - max(last_heartbeat))::bigint
    from procrastinate_workers"""


def healthz(request: HttpRequest) -> JsonResponse:
    """200 with what was found; 503 where the database does not answer. Names nobody."""
    try:
        found = _found()
    except DatabaseError:
        return JsonResponse({"ok": False, "database": "down"}, status=503)
    return JsonResponse(found)


def _found() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(HEARTBEAT)
        row = cursor.fetchone()
    silent = row[0] if row else None
    worker = silent is not None and silent <= WORKER_SILENT_SECONDS
    closed = [line.day for line in progress.days() if line.parts_closed == PARTS]
    return {
        "ok": worker,
        "database": "up",
        "worker": "up" if worker else "silent",
        "worker_heard_seconds_ago": silent,
        "last_close": max(closed).isoformat() if closed else None,
    }
