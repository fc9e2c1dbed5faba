"""Is a stream what was written? Every link worked out again, from the first fact to the head."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from evenhand.ledger.facts import Fact, Head, first_link, link_of
from evenhand.ledger.streams import PARTS, borrowers_of, heads, stream, streams

BATCH: Final = 1_000


class Fault(NamedTuple):
    """What is wrong with a stream, at its fact `seq` (0: at the head)."""

    borrower: int
    seq: int
    what: str


def verify_stream(borrower: int) -> list[Fault]:
    """The faults of one stream; none where every link holds and the head is the last fact."""
    stood = heads([borrower])[borrower]
    return _faults(borrower, stream(borrower), stood)


def verify_part(part: int) -> Iterator[tuple[int, int, list[Fault]]]:
    """(streams, facts, faults) of each batch of a part's streams."""
    borrowers = borrowers_of(part)
    for start in range(0, len(borrowers), BATCH):
        batch = borrowers[start : start + BATCH]
        # The heads first: a stream that grows meanwhile is read further than its head, no fault.
        standing = heads(batch)
        facts = streams(batch)
        chains = {b: list(chain) for b, chain in groupby(facts, lambda fact: fact.borrower)}
        faults = [
            fault
            for borrower, stood in standing.items()
            for fault in _faults(borrower, chains.get(borrower, []), stood)
        ]
        yield len(batch), len(facts), faults


def verify_all() -> Iterator[tuple[int, int, list[Fault]]]:
    """The same of every part, in order."""
    for part in range(PARTS):
        yield from verify_part(part)


def _faults(borrower: int, facts: Sequence[Fact], stood: Head) -> list[Fault]:
    faults: list[Fault] = []
    link, at = first_link(borrower), 0
    for expected, fact in enumerate(facts, start=1):
        if fact.seq != expected:
            return [*faults, Fault(borrower, expected, "is missing")]
        if fact.at < at:
            faults.append(Fault(borrower, fact.seq, "was learnt before the fact before it"))
        if link_of(link, fact) != fact.link:
            return [*faults, Fault(borrower, fact.seq, "is not what was written")]
        link, at = fact.link, fact.at
    return faults + _head_faults(borrower, facts, stood)


def _head_faults(borrower: int, facts: Sequence[Fact], stood: Head) -> list[Fault]:
    """A head is the link of the last fact; one that lay behind is looked at again: it may move."""
    if stood.seq < len(facts):
        stood = heads([borrower])[borrower]
        if stood.seq < len(facts):
            return [Fault(borrower, stood.seq + 1, "lies behind the head")]
        return []
    if stood.seq > len(facts):
        return [Fault(borrower, len(facts) + 1, "is missing: the head stands behind it")]
    if facts and (facts[-1].link, facts[-1].at) != (stood.link, stood.at):
        return [Fault(borrower, 0, "the head is not the link of its fact")]
    return []
