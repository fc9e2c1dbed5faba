"""What stands behind a command's name: what is wrong with it is said in one line, exit status 2."""

import argparse
from datetime import date
from typing import NoReturn

from evenhand.law import written


class Parser(argparse.ArgumentParser):
    """As argparse's own, without its paragraph on usage before each error; `--help` has it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def a_day(text: str) -> date:
    """The type of an argument that is a day: 2026-11-09, no other way to write one.

    >>> a_day("2026-W46-1")
    Traceback (most recent call last):
    argparse.ArgumentTypeError: not a day such as 2026-11-09
    """
    try:
        return written.day(text)
    except ValueError:
        raise argparse.ArgumentTypeError("not a day such as 2026-11-09") from None
