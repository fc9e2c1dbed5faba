"""Late interest does not run for days by which our answer is late.

The first day after the last one for an answer stops it on every loan the complaint is about, the
answer lets it go on: facts that the position counts (`ledger.late_stops`). Where several complaints
are late at once it goes on when the last of them is answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evenhand.ledger import late_stops, loans
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.redress.complaints import Complaint, complaints_of


def stops(facts: Sequence[Fact], on: date) -> list[Draft]:
    """What stops on `on`: the loans of complaints whose last day is over, once each."""
    stopped = set(late_stops.standing(facts))
    drafts = []
    for one in sorted(_late(facts, on), key=lambda complaint: complaint.now.due_on):
        for loan in _loans(facts, one):
            if loan not in stopped:
                day = max([one.now.due_on, *_begun(facts, loan), *_resumed(facts, loan)])
                drafts.append(Draft(late_stops.STOPPED, day, "house", loan, cause=one.now.seq))
                stopped.add(loan)
    return drafts


def ends(facts: Sequence[Fact], answered: int, on: date) -> list[Draft]:
    """What goes on when the round of that seq is answered on `on`; written after the answer.

    The answer is the fact after `facts`. What had not been stopped yet is stopped first.
    """
    drafts = stops(facts, on)
    seq = facts[-1].seq + 2
    standing = {loan: fact.seq for loan, fact in late_stops.standing(facts).items()}
    standing |= {draft.loan: seq + n for n, draft in enumerate(drafts)}
    others = [one for one in _late(facts, on) if one.now.seq != answered]
    still = {loan for one in others for loan in _loans(facts, one)}
    return drafts + [
        Draft(late_stops.RESUMED, on, "house", loan, cause=stop)
        for loan, stop in sorted(standing.items())
        if loan not in still
    ]


def concerns(facts: Sequence[Fact], loan: int) -> bool:
    """Does a complaint about this loan, or all (0), concern one whose late interest can stop: their
    own, and none of another's that they answer for?"""
    return bool(_of(facts, loan))


def _late(facts: Sequence[Fact], on: date) -> list[Complaint]:
    return [one for one in complaints_of(facts) if one.now.is_late(on)]


def _loans(facts: Sequence[Fact], one: Complaint) -> list[int]:
    """The loans in this stream that the complaint is about."""
    return _of(facts, one.loan)


def _of(facts: Sequence[Fact], loan: int) -> list[int]:
    ended = {fact.loan for fact in facts if fact.kind == "loan.withdrawn"}
    begun = {fact.loan for fact in facts if loans.begins(fact)} - ended
    return sorted(begun if not loan else begun & {loan})


def _begun(facts: Sequence[Fact], loan: int) -> list[date]:
    return [fact.day for fact in facts if fact.loan == loan and loans.begins(fact)]


def _resumed(facts: Sequence[Fact], loan: int) -> list[date]:
    return [f.day for f in facts if f.kind == late_stops.RESUMED and f.loan == loan]
