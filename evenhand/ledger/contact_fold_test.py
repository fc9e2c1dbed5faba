"""Contacts from facts, worked in at once or as they come."""

from random import Random

import pytest

from evenhand.ledger import contacts
from evenhand.ledger import made_up as m
from evenhand.ledger.contact_fold import STAGES, STEPS, Counting, fold, grouped
from evenhand.ledger.facts import Fact
from evenhand.ledger.kinds import KINDS


def test_what_is_begun_and_left_at_once_changes_nothing_else() -> None:
    life = m.Life(9, 9000)
    facts = [fact for choice in (0, 5) for fact in _lived(life, choice)]
    folded = fold(grouped(facts))
    (row,) = folded.begun.values()
    assert STAGES[row["stage"]] == "unknown" and row["leaving"] == row["seq"] + 1
    assert (folded.leaving, folded.answers, folded.ends) == ([], [], [])


def test_every_kind_that_is_a_step_of_a_contact_is_known() -> None:
    assert set(KINDS) >= STEPS and all(kind.startswith("contact.") for kind in STEPS)


@pytest.mark.parametrize("seed", range(20))
def test_counting_as_facts_come_is_counting_all_of_them(seed: int) -> None:
    """After each step of some lives, the contacts known are those of all facts until then."""
    chance, lives = Random(seed), [m.Life(borrower, borrower * 1000) for borrower in (1, 2, 3)]
    counting, known = Counting(), dict[int, list[Fact]]({1: [], 2: [], 3: []})
    for _turn in range(25):
        new = [fact for life in lives for fact in _lived(life, chance.randrange(1000))]
        for fact in new:
            known[fact.borrower].append(fact)
        counting.learn(new)
        asked = chance.sample([1, 2, 3], 2)
        every = [fact for borrower in sorted(asked) for fact in known[borrower]]
        assert counting.of(asked).tolist() == contacts.contacts_by(every).tolist()


def _lived(life: m.Life, choice: int) -> list[Fact]:
    """What happens next, as facts."""
    first = life.seq + 1
    at, drafts = life.step(choice)
    return [
        Fact(life.borrower, first + place, d.loan, d.day, at, d.kind, d.amount, d.cause, d.hand,
             dict(d.body), b"")
        for place, d in enumerate(drafts)
    ]  # fmt: skip
