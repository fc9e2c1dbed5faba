"""A house for one journey: a small demo book, served from this process until its input ends.

Run as `python -m journeys.house DAYS LIVES`; prints the port once it listens. LIVES is `demo` for
the demo's own, `late` where the journeys' late ones live too. A line of its input, as `days 3` or
`minutes 2`, lets time pass; a line comes back when it has.
"""

import os
import sys
import threading
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import timedelta
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

if TYPE_CHECKING:
    from evenhand.site.demo_lives import Life

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.site.settings")


PRODUCTS = {"demo": "demo", "late": "demo_both"}
"""The products of each; where there are two, who applies is asked which."""


class Server(ThreadingMixIn, WSGIServer):
    """Answers several requests at once, as a browser makes them."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing about single requests."""

    def log_message(self, format: str, *arguments: object) -> None:
        return


def lives_of(name: str) -> "Sequence[Life]":
    """The lives that go by this name."""
    from evenhand.site import demo_lives
    from journeys import late

    return {"demo": demo_lives.LIVES, "late": late.EVERYBODY}[name]


def make_book(days: int, lives: str = "demo") -> None:
    """Lives through the demo's first days and leaves the clock on the morning after."""
    from evenhand.ledger import products
    from evenhand.site import clock, demo_book, demo_lives, demo_staff
    from evenhand.site.demo_people import FIRST_DAY

    products.seed(PRODUCTS[lives])
    clock.set_demo(clock.moment_of(FIRST_DAY, 0, 1))
    demo_lives.open_house(FIRST_DAY)
    demo_book.advance(FIRST_DAY, FIRST_DAY + timedelta(days=days), lives_of(lives))
    demo_staff.enlist_all()


def serve(lives: str) -> None:
    """Serves until standard input ends, and lets time pass as it asks."""
    from evenhand.site.wsgi import application
    from journeys.passing import UNITS

    server = make_server("127.0.0.1", 0, application, Server, Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    for line in sys.stdin:
        unit, count = line.split()
        with redirect_stdout(sys.stderr):  # the worker talks
            UNITS[unit](int(count), lives)
        print("passed", flush=True)
    server.shutdown()


if __name__ == "__main__":
    import django

    django.setup()
    make_book(int(sys.argv[1]), sys.argv[2])
    serve(sys.argv[2])
