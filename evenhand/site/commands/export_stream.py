"""`evenhand export-stream BORROWER [FILE]`: a stream as JSON, for docs/verify_stream.py."""

import sys
from collections.abc import Sequence
from pathlib import Path

from evenhand.ledger.export import export_stream
from evenhand.site.commands.parser import Parser


def main(argv: Sequence[str]) -> int:
    """0 where the stream was written out, 1 where there is none."""
    parser = Parser(prog="evenhand export-stream", description=__doc__)
    parser.add_argument("borrower", type=int)
    parser.add_argument("file", type=Path, nargs="?", help="else it goes to standard output")
    chosen = parser.parse_args(argv)
    try:
        text = export_stream(chosen.borrower)
    except LookupError as none:
        print(f"evenhand: {none}", file=sys.stderr)
        return 1
    if chosen.file:
        chosen.file.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0
