"""Made-up circumstances, for tests and seeds."""

from datetime import date

from evenhand.ledger import house
from evenhand.lifecycle.circumstances import acts
from evenhand.lifecycle.circumstances.acts import Said


def learn_of(
    borrower: int,
    word: str,
    told_by: str,
    by: int,
    *,
    at: int,
    until: date | None = None,
    text: str = "",
    note: str = "",
) -> int:
    """Staff `by` record at `at` what was told, of all loans and since that day; its seq."""
    said = Said(word, told_by, house.day_of(at), until, text=text, note=note)
    return acts.record(borrower, said, f"staff:{by}", at=at)


def end(borrower: int, seq: int, by: int, approver: int, *, at: int, reason: str = "wrong") -> None:
    """Two of staff end it at `at`."""
    proposal = acts.propose(borrower, seq, reason, "seen", f"staff:{by}", at=at)
    acts.approve(proposal, f"staff:{approver}", at=at)
