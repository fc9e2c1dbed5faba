"""What was given up of a loan is read from its own facts alone."""

from datetime import date

from evenhand.ledger import made_up, waivers
from evenhand.ledger.facts import Draft

D = date(2026, 3, 1)


def waived(loan: int, part: str, minor: int, reason: str = "illness") -> Draft:
    body = {"part": part, "reason": reason}
    return Draft("charge.waived", D, "staff:7", loan, -minor, body=body)


def test_each_waiver_of_the_loan_and_none_of_another() -> None:
    facts = made_up.stream(
        made_up.enrolled(D),
        made_up.signed(41, D),
        waived(41, "late", 500),
        waived(42, "late", 700),
        waived(41, "interest", 300, "our_mistake"),
    )
    assert waivers.of_loan(facts, 41) == [
        waivers.Waived(3, D, made_up.noon(D), "late", 500, "illness", "staff:7"),
        waivers.Waived(5, D, made_up.noon(D), "interest", 300, "our_mistake", "staff:7"),
    ]
    assert waivers.of_loan(facts, 43) == []
