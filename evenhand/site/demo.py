"""The demo's own pages: the bar that moves the house clock, and what the phones received.

Only in demo mode do their addresses exist.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from evenhand.outbound.contact import security_code
from evenhand.people.access import StaffRequest, page
from evenhand.people.masks import mask_number
from evenhand.people.persons import normal
from evenhand.providers.sms import simulator
from evenhand.providers.sms.message import Message
from evenhand.site import clock, demo_lives, jobs

STEPS = (1, 7)
SHOWN = 60
CODE_KEY = f"{security_code.KEY}."
MOVE = "demo.advance"
MOVING = """
    select args ->> 'since', args ->> 'until' from procrastinate_jobs
    where task_name = %s and status in ('todo', 'doing') order by id limit 1"""


class State(NamedTuple):
    """Where the demo stands: the house's day and moment, and how far a move has come."""

    today: date
    moment: int
    days: int
    done: int

    @property
    def moving(self) -> bool:
        return self.days > 0


class Received(NamedTuple):
    """A message as the phone got it, the number masked."""

    to: str
    text: str
    at: int


def state() -> State:
    """Asked for by every page of the demo."""
    today = clock.today()
    days, done = _move(today)
    return State(today, clock.now(), days, done)


@require_POST
@page("demo")
def advance(request: StaffRequest) -> HttpResponse:
    """Starts the job that lives through a day or a week."""
    days = request.POST.get("days", "")
    if days in {str(step) for step in STEPS} and not state().moving:
        since = clock.today()
        until = since + timedelta(days=int(days))
        jobs.defer_once(MOVE, MOVE, since=since.isoformat(), until=until.isoformat())
    return redirect(_back(request))


@require_GET
@page("demo")
def progress(request: StaffRequest) -> HttpResponse:
    """The bar alone, asked for every second while the clock moves; at the end the page reloads."""
    now = state()
    response = render(request, "site/demo_state.html", {"demo": now})
    if not now.moving:
        response.headers["HX-Refresh"] = "true"
    return response


@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """What the simulated phones received, newest first, and above it the newest one-time code.

    Open to all: who registers as a made-up borrower reads the code here as on the phone.
    """
    messages = simulator.inbox(limit=SHOWN)
    codes = [message for message in messages if message.key.startswith(CODE_KEY)]
    shown = {
        "received": [_received(message) for message in messages],
        "newest": _code(codes[0]) if codes else None,
        "count": simulator.count(),
        "lives": demo_lives.signs_in(),
        "pin": demo_lives.PIN,
    }
    response = render(request, "site/demo_outbox.html", shown)
    response.headers["Cache-Control"] = "no-store"
    return response


def _received(message: Message) -> Received:
    return Received(mask_number(normal("phone", message.to)), message.text, message.at)


def _code(message: Message) -> Received:
    """The digits alone of a one-time code."""
    digits = re.search(rf"(?<!\d)\d{{{security_code.DIGITS}}}(?!\d)", message.text)
    return _received(message)._replace(text=digits[0] if digits else "")


def _move(today: date) -> tuple[int, int]:
    """Days of the move that waits or runs, and how many are lived through; 0 without one."""
    with connection.cursor() as cursor:
        cursor.execute(MOVING, [MOVE])
        found = cursor.fetchone()
    if not found:
        return 0, 0
    since, until = map(date.fromisoformat, found)
    return (until - since).days, min(max((today - since).days, 0), (until - since).days)


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own and wanted.startswith("/") else "/"
