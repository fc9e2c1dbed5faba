"""`evenhand rebuild`: every projection made again from the facts, and what stood otherwise."""

from collections import Counter
from collections.abc import Sequence

from evenhand.ledger import rebuild
from evenhand.lifecycle.decide import waiting
from evenhand.outbound.contact import outbox, verify_numbers
from evenhand.outbound.payments import outbox as payments
from evenhand.outbound.payments import seen
from evenhand.site.commands.parser import Parser

SHOWN = 20


def main(argv: Sequence[str]) -> int:
    """0 where everything stood as the facts say, 1 where something had to be put right."""
    parser = Parser(prog="evenhand rebuild", description=__doc__)
    parser.parse_args(argv)
    borrowers = 0
    found: list[rebuild.Difference] = []
    for some, differences in rebuild.rebuild():
        borrowers += some
        found += differences
    for room in (outbox, verify_numbers, payments, seen, waiting):
        for differences in room.rebuild():
            found += differences
    _say(found)
    verdict = f"{len(found)} rows put right" if found else "equal to what stood"
    print(f"{borrowers} borrowers: {verdict}")
    return 1 if found else 0


def _say(found: Sequence[rebuild.Difference]) -> None:
    for table, how in sorted({(one.table, one.how) for one in found}):
        count = Counter((one.table, one.how) for one in found)[table, how]
        print(f"{table}: {count} rows were {how}")
    for one in found[:SHOWN]:
        print(f"  {one.table} {', '.join(map(str, one.key))}: {one.how}")
