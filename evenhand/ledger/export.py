"""A stream as JSON, for anyone to verify without this house (`docs/verify_stream.py`)."""

import json
from typing import Any, Final

from evenhand.ledger import roots
from evenhand.ledger.streams import heads, stream

FORMAT: Final = "evenhand 1"


def export_stream(borrower: int) -> str:
    """One borrower's stream: a fact a line, its fields in the order they are linked, then the link.

    Moments are microseconds UTC, amounts minor units, links hexadecimal. `root` is the newest daily
    root where it is over this head too: whoever holds another day's or another person's export can
    compare. LookupError where nobody ever wrote to the stream.
    """
    stood = heads([borrower])[borrower]
    facts = stream(borrower)[: stood.seq]
    if not facts:
        raise LookupError(f"no stream {borrower}")
    head = {"seq": stood.seq, "link": stood.link.hex()}
    rooted = roots.newest()
    over = rooted is not None and rooted.body["cut"] > stood.at
    root = f'"root":{_json(rooted.body)},' if rooted is not None and over else ""
    lines = ",\n".join(
        _json([*fact[:3], fact.day.isoformat(), *fact[4:10], fact.link.hex()]) for fact in facts
    )
    start = f'{{"format":"{FORMAT}","borrower":{borrower},"head":{_json(head)},{root}"facts":['
    return f"{start}\n{lines}\n]}}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
