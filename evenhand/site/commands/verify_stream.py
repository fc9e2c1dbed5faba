"""`evenhand verify-stream BORROWER | --all`: every link worked out again, up to the head.

With --all the signed daily roots are proved too: that every stream still is what it was that day.
"""

from collections.abc import Sequence

from evenhand.ledger import roots, verify
from evenhand.site.commands.parser import Parser


def main(argv: Sequence[str]) -> int:
    """0 where every link holds, 1 where one does not."""
    parser = Parser(prog="evenhand verify-stream", description=__doc__)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("borrower", type=int, nargs="?", help="a borrower's id, or a house stream's")
    which.add_argument("--all", action="store_true", help="every stream there is")
    parser.add_argument(
        "--roots", type=int, metavar="N", help="with --all: the newest N roots only"
    )
    chosen = parser.parse_args(argv)
    if chosen.all:
        return max(_all(), _roots(chosen.roots))
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


def _roots(newest: int | None) -> int:
    """Prove the daily roots, the newest so many or all; says under which keys they were signed."""
    every = roots.every()
    chosen = every if newest is None else every[len(every) - min(newest, len(every)) :]
    faults = [(rooted, what) for rooted in chosen if (what := roots.verify_root(rooted))]
    for rooted, what in faults:
        print(f"root of {rooted.body['day']}: {what}")
    if chosen:
        verdict = f"{len(faults)} do not hold" if faults else "each holds"
        keys = " ".join(sorted({rooted.body["key"] or "no key" for rooted in chosen}))
        print(f"{len(chosen)} daily roots: {verdict}; signed with {keys}")
    return 1 if faults else 0


def _say(faults: Sequence[verify.Fault]) -> None:
    for fault in faults:
        where = f"fact {fault.seq} " if fault.seq else ""
        print(f"stream {fault.borrower}: {where}{fault.what}")
