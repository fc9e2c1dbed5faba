"""Made-up complaints, for tests and seeds."""

from evenhand.lifecycle.redress import acts
from evenhand.lifecycle.redress.acts import Wanted


def complain(
    borrower: int,
    ground: str = "contact",
    text: str = "",
    *,
    at: int,
    loan: int = 0,
    about: int = 0,
) -> int:
    """The borrower complains in the app at `at`; the complaint's seq."""
    return acts.open_complaint(
        borrower, Wanted(ground, "app", text, loan, about), "borrower", at=at
    )


def answer(
    borrower: int,
    seq: int,
    by: int,
    *,
    at: int,
    outcome: str = "upheld",
    text: str = "We are sorry.",
) -> None:
    """Member of staff `by` takes the complaint on and answers it at `at`."""
    acts.take(borrower, seq, by, at=at)
    acts.answer(borrower, seq, outcome, text, by, at=at)
