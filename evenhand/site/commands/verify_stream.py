"""`evenhand verify-stream BORROWER | --all`: every link worked out again, up to the head."""

import argparse
from collections.abc import Sequence

from evenhand.ledger import verify


def main(argv: Sequence[str]) -> int:
    """0 where every link holds, 1 where one does not."""
    parser = argparse.ArgumentParser(prog="evenhand verify-stream", description=__doc__)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("borrower", type=int, nargs="?", help="a borrower's id, or a house stream's")
    which.add_argument("--all", action="store_true", help="every stream there is")
    chosen = parser.parse_args(argv)
    if chosen.all:
        return _all()
    faults = verify.verify_stream(chosen.borrower)
    _say(faults)
    if not faults:
        print(f"stream {chosen.borrower}: every link holds")
    return 1 if faults else 0


def _all() -> int:
    streams = facts = wrong = 0
    for some_streams, some_facts, faults in verify.verify_all():
        streams, facts, wrong = streams + some_streams, facts + some_facts, wrong + len(faults)
        _say(faults)
    verdict = f"{wrong} faults" if wrong else "every link holds"
    print(f"{streams} streams, {facts} facts: {verdict}")
    return 1 if wrong else 0


def _say(faults: Sequence[verify.Fault]) -> None:
    for fault in faults:
        where = f"fact {fault.seq} " if fault.seq else ""
        print(f"stream {fault.borrower}: {where}{fault.what}")
