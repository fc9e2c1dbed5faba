"""`evenhand take-back IMPORT`: withdraw an import's loans, until a close has begun upon it."""

import sys
from collections.abc import Sequence

from evenhand.lifecycle.takeover.steps import Refused
from evenhand.lifecycle.takeover.take_back import take_back
from evenhand.site import clock
from evenhand.site.commands.parser import Parser


def main(argv: Sequence[str]) -> int:
    """0 where the import was taken back, 2 where it was refused."""
    parser = Parser(prog="evenhand take-back", allow_abbrev=False)
    parser.add_argument("number", type=int, metavar="IMPORT", help="as import-book printed it")
    words = parser.parse_args(argv)
    try:
        taken = take_back(words.number, at=clock.now())
    except Refused as reason:
        print(f"take-back: {reason}", file=sys.stderr)
        return 2
    print(f"import {words.number} taken back: {taken.loans} loans, {taken.borrowers} borrowers")
    return 0
