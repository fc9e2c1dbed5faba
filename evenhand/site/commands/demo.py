"""`evenhand demo seed`: the demo book where there is none. `evenhand demo reset`: start it over.

A house of practice has the same book.
"""

import subprocess
import sys
from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.progress import Progress

from evenhand.site import demo_book, demo_lives, demo_staff, mark
from evenhand.site.commands.parser import Parser
from evenhand.site.demo_people import DAYS, PEOPLE

SEALED: Final = (
    "this book was made under another secret; `make demo-reset` (of practice `make practice-reset`)"
    " makes it anew"
)
"""Its people can be neither read nor signed in as: a checkout made anew where one was, say."""


def main(argv: Sequence[str]) -> int:
    """0 where the book stands; 2 outside demo mode."""
    parser = Parser(prog="evenhand demo", allow_abbrev=False)
    parser.add_argument("what", choices=("seed", "reset"))
    words = parser.parse_args(argv)
    try:
        stands = demo_book.state()
        if words.what == "reset" or stands == "cut short":
            _start_over()
            stands = "none"
        if stands == "none":
            _seed()
        elif not demo_lives.found():
            print(f"demo: {SEALED}", file=sys.stderr)
            return 2
    except demo_book.NotDemo:
        print("demo: this house is not in demo mode (EVENHAND_DEMO=1)", file=sys.stderr)
        return 2
    except mark.OtherHouse as other:
        print(f"demo: {other}", file=sys.stderr)
        return 2
    return 0


def _start_over() -> None:
    demo_book.wipe()
    subprocess.run([sys.executable, "-m", "evenhand", "migrate"], check=True)


def _seed() -> None:
    with Progress(console=Console(stderr=True)) as shown:
        task = shown.add_task(f"demo book: {PEOPLE} borrowers, {DAYS} days", total=DAYS)
        demo_book.seed(lambda _day: shown.advance(task))
    print(f"Sign in with the password {demo_staff.PASSWORD!r} as:")
    for name, role in demo_staff.ROLL:
        print(f"  {name:6} {role}")
    print(f"Borrowers sign in at /in/ with the PIN {demo_lives.PIN} and the code on /demo/phones/:")
    for phone, tells in demo_lives.signs_in():
        print(f"  {phone}  {tells}")
