"""Paying more than is due at the pages and counter: both ways before, and what it did after."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from evenhand.ledger import hands, house, streams
from evenhand.ledger import made_up as facts
from evenhand.lifecycle.repay import certificate, figures, made_up, overpaid, owing, prepaying
from evenhand.lifecycle.repay.figures_agreed import OF_EACH
from evenhand.lifecycle.repay.prepaying_test import (
    BETWEEN,
    EXTRA,
    FIRST_DUE,
    INSTALMENT,
    D,
    by,
    changes,
    chooses,
    debited,
    pays,
    seen,
)
from evenhand.lifecycle.repay.sum_lines import MONEY, added
from evenhand.outbound.payments import made_up as money
from evenhand.outbound.payments.made_up import Someone
from evenhand.people.made_up import sign_in
from evenhand.web import shown

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def them(client: Client, move_clock: Callable[[int], None]) -> Someone:
    """Somebody whose contract leaves both ways open, signed in on their first due day."""
    who = made_up.borrower(D, prepay=["lower", "shorter"])
    sign_in(client, who.borrower)
    move_clock(facts.noon(FIRST_DUE))
    return who


def sent(them: Someone, amount: str, way: str = "", **more: str) -> dict[str, str]:
    on = house.day_number(FIRST_DUE)
    owed = owing.loan_of(them.borrower, them.loan, on).owed_minor
    form = {"choice": "other", "amount": amount, "account": str(them.account), "on": str(on)}
    return form | {"owed": str(owed), "way": way, "by": "debit"} | more


def text(page: Any) -> str:
    return " ".join(strip_tags(page.content.decode().replace("</", " </")).split())


def test_at_the_page_both_ways_stand_before_anything_is_paid(client: Client, them: Someone) -> None:
    page = client.post(f"/my/pay/{them.loan}/", sent(them, "3882.88"), headers=ENGLISH)
    assert page.status_code == 200
    said, found = text(page), seen(them, FIRST_DUE, INSTALMENT + EXTRA)
    for outlook in found.ways:
        assert f"{shown.amount(outlook.saved_minor, 'CNY')}" in said
        assert f"{shown.amount(outlook.interest_minor, 'CNY')}" in said
    assert "2 Mar 2027" in said and "it is worked out for that day" in said
    assert not {"debit.intended", prepaying.CHOSEN} & set(made_up.kinds(them.borrower))
    one = client.post(f"/my/pay/{them.loan}/ahead/", sent(them, "3882.88"), headers=ENGLISH)
    assert one.status_code == 400 and "Choose what it does." in text(one)
    old = sent(them, "3882.88", "lower", owed="7")
    assert "have changed since" in text(
        client.post(f"/my/pay/{them.loan}/ahead/", old, headers=ENGLISH)
    )
    assert prepaying.CHOSEN not in made_up.kinds(them.borrower)


def test_chosen_and_debited_the_receipt_and_the_loan_say_what_it_did(
    client: Client, them: Someone
) -> None:
    outlook = by(seen(them, FIRST_DUE, INSTALMENT + EXTRA), "shorter")
    answer = client.post(f"/my/pay/{them.loan}/ahead/", sent(them, "3882.88", "shorter"))
    assert answer.headers["Location"] == f"/my/pay/{them.loan}/on-its-way/"
    order = money.last(them.borrower, "debit.intended")
    choice = money.last(them.borrower, prepaying.CHOSEN)
    assert (choice.cause, choice.hand, choice.amount) == (order.seq, "borrower", order.amount)
    assert "A shorter term" in text(client.get(answer.headers["Location"], headers=ENGLISH))
    seq = debited(them, order.seq)
    saved = f"Interest saved CNY {shown.amount(outlook.saved_minor, 'CNY')}"
    for page in ("receipts/", f"loan/{them.loan}/", f"pay/{them.loan}/on-its-way/"):
        said = text(client.get(f"/my/{page}", headers=ENGLISH))
        assert "A shorter term" in said and saved in said, page
    stream = streams.stream(them.borrower)
    paper = certificate.receipt_of(stream, stream[seq - 1])
    assert paper["ahead"]["way"] == "shorter" and paper["ahead"]["count"] == outlook.left
    assert paper["next_due_minor"] == outlook.runs[0].minor


def test_by_transfer_the_page_says_how_much_with_which_note_and_until_when(
    client: Client, them: Someone
) -> None:
    form = sent(them, "3882.88", "lower", by="transfer")
    answer = client.post(f"/my/pay/{them.loan}/ahead/", form)
    address = f"/my/pay/{them.loan}/chosen/"
    assert answer.headers["Location"] == address
    said = text(client.get(address, headers=ENGLISH))
    assert "3,882.88" in said and "16 Apr 2026" in said and "Smaller instalments" in said
    assert address in client.get(f"/my/pay/{them.loan}/").content.decode()
    client.post(address)
    assert client.get(address).headers["Location"] == f"/my/pay/{them.loan}/"
    assert "debit.intended" not in made_up.kinds(them.borrower)


def test_every_figure_of_a_changed_loan_is_what_its_lines_come_to(them: Someone) -> None:
    """Before the change late interest and an instalment were paid, and after it something more."""
    late = FIRST_DUE + timedelta(days=10)
    chooses(them, late, 88_645 + EXTRA, "shorter")
    pays(them, late, 88_645 + EXTRA)
    made_up.pays(them, late + timedelta(days=1), 1_000)
    one = owing.loan_of(them.borrower, them.loan, house.day_number(late) + 60)
    assert one.past_due_minor and one.book.agreed[0].total_minor == INSTALMENT
    every = [f"{word}-{n + 1}" for word in OF_EACH for n in range(len(one.book.agreed))]
    for name in (*figures.FIGURES, *every):
        found = figures.sum_of(one, name)
        if found and found.of == MONEY:
            assert added(found.lines) == found.total, name
            for line in found.lines:
                under = [each for each in line.under if each.minor is not None]
                assert not under or added(under) == line.minor, name
    assert one.book.is_remade(2) and not one.book.is_remade(1)


def test_what_is_overpaid_on_a_changed_loan_is_given_back_to_the_cent(them: Someone) -> None:
    day, amount, left, *_rest = BETWEEN
    chooses(them, day, amount, "shorter")
    pays(them, day, amount)
    later = day + timedelta(days=7)
    off = owing.loan_of(them.borrower, them.loan, house.day_number(later)).pay_off.total_minor
    assert left < off
    pays(them, later, off + 777)
    one = owing.loan_of(them.borrower, them.loan, house.day_number(later))
    assert one.paid_off and one.overpaid_minor == 777
    overpaid.give_back(them.borrower, them.loan, them.account, at=facts.noon(later))
    assert money.last(them.borrower, "transfer.intended").amount == 777


def test_served_at_the_counter_it_is_chosen_by_both_hands(them: Someone) -> None:
    with hands.served_by(7):
        chooses(them, FIRST_DUE, INSTALMENT + EXTRA, "lower")
    assert money.last(them.borrower, prepaying.CHOSEN).hand == "borrower:staff.7"
    pays(them, FIRST_DUE, INSTALMENT + EXTRA)
    assert len(changes(them)) == 1
