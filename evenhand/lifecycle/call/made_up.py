"""Made-up calls, for tests and seeds."""

from __future__ import annotations

from evenhand.lifecycle.call import acts
from evenhand.lifecycle.call.acts import Result
from evenhand.outbound.contact.calls import Begun
from evenhand.people.staff import Member


def called(borrower: int, member: Member, result: Result, *, at: int) -> int:
    """A call begun at `at` and recorded five minutes later; the seq of its leaving. The borrower is
    somebody the day's list has and the gate allows."""
    begun = acts.begin(borrower, member, at=at)
    assert isinstance(begun, Begun), "the gate allows this call"
    acts.finish(borrower, begun.leaving.seq, member.staff, result, at=at + 300_000_000)
    return begun.leaving.seq
