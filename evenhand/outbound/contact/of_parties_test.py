"""Whoever is asked as one who answers, and of whom nothing says so, is refused."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.core.words import RECIPIENTS, STATE_KINDS, code
from evenhand.outbound.contact import of_parties
from evenhand.outbound.contact.of_parties import Asked
from evenhand.outbound.contact.wanted import Wanted

ONE = np.ones(1, dtype=np.int64)
CODE = np.ones(1, dtype=np.int8)


def wanted(to: str, person: int = 7) -> Wanted:
    return Wanted(
        ONE * person, CODE, CODE, CODE * code(to, RECIPIENTS), CODE, ONE, ONE.astype(np.uint64),
        CODE, ONE, ONE,
    )  # fmt: skip


@pytest.mark.parametrize("to", sorted(set(of_parties.TO.values())))
def test_asked_as_one_who_answers_without_a_promise_is_refused(to: str) -> None:
    (found,) = of_parties.unanswering(wanted(to), [])
    assert (found["borrower"], STATE_KINDS[found["kind"]]) == (7, "not_answering")
    assert not len(of_parties.unanswering(wanted(to), [Asked(7, None, None, ())]))


@pytest.mark.parametrize("to", ["debtor", "attorney"])
def test_the_debtor_and_a_lawyer_promise_nothing(to: str) -> None:
    assert not len(of_parties.unanswering(wanted(to), []))


def test_every_role_is_asked_as_something_the_packs_know() -> None:
    assert set(of_parties.TO.values()) <= set(RECIPIENTS)
    assert set(of_parties.OF_THE_DEBT) <= set(STATE_KINDS)
