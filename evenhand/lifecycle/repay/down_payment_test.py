"""A loan with a down-payment: every list and every sum of it adds up, however it was paid."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger import changes, promises, standing
from evenhand.ledger import made_up as facts
from evenhand.ledger.facts import Fact, supposed
from evenhand.ledger.house import day_number
from evenhand.ledger.products import DEMO
from evenhand.lifecycle.repay.book import book_of, total
from evenhand.lifecycle.repay.book_test import LOAN, D, fact, payments
from evenhand.lifecycle.repay.figures import FIGURES, sum_of
from evenhand.lifecycle.repay.figures_agreed import OF_EACH
from evenhand.lifecycle.repay.figures_test import by_hand, figure_of, stands
from evenhand.lifecycle.repay.made_up import PRINCIPAL, signed
from evenhand.lifecycle.repay.sum_lines import MONEY

steady = settings(derandomize=True, deadline=None, max_examples=25)
NAMES = (*FIGURES, *(f"{word}-{n}" for word in OF_EACH for n in (1, 2, 3, 13)))
DOWN = PRINCIPAL // 4


def happened(paid: list[tuple[int, int]], **terms: Any) -> list[Fact]:
    """A quarter down, twelve months for the rest, and what was paid (days after, minor units)."""
    product = DEMO._replace(terms={**DEMO.terms, "down_payment_ppm": 250_000, **terms})
    body = promises.promised(product, PRINCIPAL, 12, D)
    drafts = [signed(LOAN, D)._replace(body=body)]
    drafts += [facts.paid(LOAN, D + timedelta(days=day), minor) for day, minor in sorted(paid)]
    return [fact(seq, draft) for seq, draft in enumerate(drafts, start=1)]


@steady
@given(payments, st.integers(0, 500))
def test_every_list_and_every_sum_adds_up(paid: list[tuple[int, int]], later: int) -> None:
    known = happened(paid)
    stood = standing.stand_by(known, day_number(D) + later)
    book, position = book_of(stood, 0), stood.position
    assert total(book.past_due) == position.past_due_minor[0]
    assert total(book.coming) == position.next_due_minor[0]
    assert sum(one.amount_minor for one in book.payments) == position.paid_minor[0]
    one = stands(known, later)
    for name in NAMES:
        found = sum_of(one, name)
        if found is None or name == "yearly-cost":
            continue
        assert found.total == figure_of(one, name)
        if found.of == MONEY:
            assert by_hand(found.lines) == found.total, name


def test_the_down_payment_is_due_today_and_explained_by_the_contract() -> None:
    one = stands(happened([]), 0)
    assert (one.state, one.due_minor, one.past_due_minor) == ("due", DOWN, 0)
    principal = sum_of(one, "principal-1")
    assert principal and [line.code for line in principal.lines] == ["by_table"]
    assert by_hand(principal.lines) == DOWN
    second = sum_of(one, "interest-2")
    assert second is not None
    (line,) = second.lines
    assert (line.code, line.values["balance_minor"]) == ("by_rate", PRINCIPAL - DOWN)


@pytest.mark.parametrize("word", ["longer_term", "holiday", "re_age"])
def test_after_a_change_of_terms_every_sum_adds_up_too(word: str) -> None:
    numbers: dict[str, dict[str, Any]] = {
        "longer_term": {"count": 15},
        "holiday": {"count": 1, "interest": "runs"},
    }
    known = happened([(0, DOWN), (40, 50_000)])
    on = D + timedelta(days=50)
    body = {"change": word, **numbers.get(word, {})}
    known.append(supposed(known, changes.draft(known, LOAN, body, on, "staff:2", 1)))
    for later in (50, 80, 200):
        one = stands(known, later)
        for name in NAMES:
            found = sum_of(one, name)
            if found and found.of == MONEY:
                assert by_hand(found.lines) == found.total, (name, later)
