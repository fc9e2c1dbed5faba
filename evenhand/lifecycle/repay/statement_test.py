"""A statement on the borrower's page, in staff's file, on paper and on the command line."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from evenhand.ledger import made_up as facts
from evenhand.ledger import statement, statement_views, streams
from evenhand.lifecycle.repay import made_up
from evenhand.outbound.payments.made_up import Someone
from evenhand.people.made_up import sign_in
from evenhand.web.documents.words import words
from evenhand.web.words import WORDS

pytestmark = pytest.mark.django_db

D = date(2026, 3, 2)
DUE = date(2026, 4, 2)
PAID = DUE + timedelta(days=1)
TODAY = DUE + timedelta(days=10)
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def them(client: Client, move_clock: Callable[[int], None]) -> Someone:
    """Somebody whose payment of the day after the due day reached us eight days later."""
    them = made_up.borrower(D)
    late = DUE + timedelta(days=9)
    payment = facts.paid(them.loan, PAID, 88_288)
    made_up.learn(them.borrower, payment, at=facts.noon(late))
    move_clock(facts.noon(TODAY))
    sign_in(client, them.borrower)
    return them


def read(client: Client, them: Someone, **asked: str) -> str:
    page: Any = client.get(f"/my/statement/{them.loan}/", asked, headers=ENGLISH)
    assert page.status_code == (400 if asked.get("on") in WRONG else 200)
    return " ".join(page.content.decode().split())


WRONG = ("2026-03-01", "2026-04-13", "yesterday", "2026-02-30")


def test_what_came_later_is_told_with_its_reason(client: Client, them: Someone) -> None:
    page = read(client, them, on="2026-04-05")
    # 30 days' instalment and three days of late interest on its principal; as known now one day's.
    assert "was due and unpaid. As we know it now, it was" in page
    assert "reached us on" in page and "but counts from" in page
    assert "As known then" in page and "known to us since" in page
    then = read(client, them, on="2026-04-05", known="then")
    assert "As it was known that evening." in then and "known to us since" not in then


def test_where_nothing_came_later_it_says_so(client: Client, them: Someone) -> None:
    for on in ("2026-03-20", "2026-04-12", ""):
        assert "What we knew that evening is what counts today" in read(client, them, on=on)


@pytest.mark.parametrize("on", WRONG)
def test_no_day_of_the_loan_is_asked_again(client: Client, them: Someone, on: str) -> None:
    page = read(client, them, on=on)
    assert "Choose a day from the day the loan began to today." in page
    assert f'value="{on}"' in page and 'aria-invalid="true"' in page


def test_nobody_elses_loan_has_a_statement(client: Client, them: Someone) -> None:
    assert client.get("/my/statement/1/").status_code == 404
    assert client.get("/my/statement/1/paper/").status_code == 404
    assert client.get(f"/my/statement/{them.loan}/paper/?on=yesterday").status_code == 404


def test_on_paper_it_is_made_once_and_again_where_something_moved(
    client: Client, them: Someone
) -> None:
    def paper(lang: str = "en", **asked: str) -> bytes:
        address = f"/my/statement/{them.loan}/paper/"
        answer: Any = client.get(address, asked, headers={"accept-language": lang})
        assert answer.headers["Content-Type"] == "application/pdf"
        return bytes(answer.content)

    def printed() -> int:
        kinds = [fact.kind for fact in streams.stream(them.borrower)]
        return kinds.count("certificate.issued")

    now, then = paper(on="2026-04-05"), paper(on="2026-04-05", known="then")
    assert now.startswith(b"%PDF-") and now != then and printed() == 2
    assert (paper(on="2026-04-05"), paper(on="2026-04-05", known="then")) == (now, then)
    made_up.pays(them, TODAY, 1_000)
    assert paper(on="2026-04-05") != now and paper(on="2026-04-05", known="then") == then
    assert printed() == 3
    other = next(code for code, _name in settings.LANGUAGES if code != "en")
    assert paper(other, on="2026-04-05") not in (now, then)


@pytest.mark.parametrize("lang", [code for code, _name in settings.LANGUAGES])
def test_it_speaks_every_language(client: Client, them: Someone, lang: str) -> None:
    made_up.pays(them, TODAY, 2_000_000)
    for day in ("2026-04-05", "2026-04-12"):
        address = f"/my/statement/{them.loan}/?on={day}"
        assert client.get(address, headers={"accept-language": lang}).status_code == 200


@pytest.mark.parametrize("lang", [code for code, _name in settings.LANGUAGES])
def test_paper_has_words_for_whatever_moves_and_for_its_figures(lang: str) -> None:
    said = words(lang)["statement"]
    assert said["what"].keys() == WORDS["statement"].keys()
    assert set(statement_views.ROWS) <= said["figure"].keys()
    moves = {*statement.MOVES.values(), *statement.FIRST, "reversed", "all_due", "waived"}
    assert moves == set(WORDS["statement"])
