"""Signing in the browser, without a script: what is asked, refused and shown."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import streams
from evenhand.ledger.made_up import noon
from evenhand.lifecycle.sign import made_up, reading
from evenhand.outbound.contact import made_up as people
from evenhand.people import naming
from evenhand.people.made_up import sign_in
from evenhand.web.documents.words import words

pytestmark = pytest.mark.django_db

D = date(2026, 11, 24)
AT = noon(D)
LANGS = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans", "en": "en"}


@pytest.fixture
def loan(client: Client, move_clock: Callable[[int], None]) -> int:
    """An approved loan of the signed-in borrower, on a day on which there is where to pay."""
    move_clock(AT)
    made_up.where_to_pay(D)
    (borrower,) = people.enrol(1, D)
    found = made_up.approve(borrower, at=AT)
    sign_in(client, borrower)
    client.cookies["django_language"] = "en"
    return found


def at(client: Client, loan: int, page: str = "", **form: str) -> Any:
    address = f"/sign/{loan}/{page}"
    return client.post(address, form, follow=True) if form else client.get(address, follow=True)


def long_ago(client: Client) -> None:
    """The borrower has had the page before them for a minute."""
    session = client.session
    shown, since = session[reading.KEY]
    session[reading.KEY] = [shown, since - 60]
    session.save()


def borrower_of(client: Client) -> int:
    return int(client.session["person"])


def document(answer: Any) -> str:
    """The digest in the page's form."""
    text = answer.content.decode()
    return str(text.split('name="document" value="')[1].split('"')[0])


def test_from_approval_to_signature(client: Client, loan: int) -> None:
    table = at(client, loan)
    assert table.redirect_chain[-1][0].endswith("/cost/")
    assert "10.80%" in table.content.decode()
    long_ago(client)
    contract = at(client, loan, "cost/", document=document(table))
    assert contract.redirect_chain[-1][0].endswith("/contract/")
    pdf = at(client, loan, "contract/document/")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"] == f'inline; filename="contract-{loan}.pdf"'
    measures = at(client, loan, "contract/", go="on")
    assert measures.redirect_chain[-1][0].endswith("/measures/")
    assent = at(client, loan, "measures/", document=document(measures), read="yes")
    assert assent.redirect_chain[-1][0].endswith("/assent/")
    signed = at(client, loan, "assent/", document=document(assent))
    assert "on its way" in signed.content.decode()
    kinds = [fact.kind for fact in streams.stream(borrower_of(client))]
    assert kinds[-1] == "loan.signed"


def test_the_table_is_not_confirmed_too_soon_not_even_without_a_script(
    client: Client, loan: int
) -> None:
    table = at(client, loan, "cost/")
    again = at(client, loan, "cost/", document=document(table))
    assert again.status_code == 400
    assert 'id="table-error"' in again.content.decode()
    long_ago(client)
    assert at(client, loan, "cost/", document=document(again)).status_code == 200


def test_a_table_that_was_not_shown_here_is_shown_first(client: Client, loan: int) -> None:
    at(client, loan, "cost/")
    again = at(client, loan, "cost/", document="ab" * 32)
    assert again.status_code == 400 and "newer table" in again.content.decode()


def test_a_contract_that_was_not_opened_leads_nowhere(client: Client, loan: int) -> None:
    made_up.read_table(borrower_of(client), loan, "en", at=AT)
    again = at(client, loan, "contract/", go="on")
    assert again.status_code == 400 and "open the contract first" in again.content.decode()


def test_measures_not_ticked_are_asked_again(client: Client, loan: int) -> None:
    made_up.read_table(borrower_of(client), loan, "en", at=AT)
    at(client, loan, "contract/")
    at(client, loan, "contract/document/")
    measures = at(client, loan, "measures/")
    text = measures.content.decode()
    assert "Text message" in text and "Phone call" in text and "Letter" in text
    assert text.index("Text message") < text.index("Phone call") < text.index("Letter")
    again = at(client, loan, "measures/", document=document(measures))
    assert again.status_code == 400 and 'aria-invalid="true"' in again.content.decode()


def test_another_digest_is_not_signed(client: Client, loan: int) -> None:
    borrower = borrower_of(client)
    made_up.read_table(borrower, loan, "en", at=AT)
    made_up.read_contract(borrower, loan, "en", at=AT)
    again = at(client, loan, "assent/", document="ab" * 32)
    assert "made anew" in again.content.decode()
    assert streams.stream(borrower)[-1].kind != "loan.signed"


def test_the_next_day_says_that_the_contract_was_made_anew(
    client: Client, loan: int, move_clock: Callable[[int], None]
) -> None:
    borrower = borrower_of(client)
    made_up.read_table(borrower, loan, "en", at=AT)
    made_up.read_contract(borrower, loan, "en", at=AT)
    move_clock(made_up.NEXT_DAY)
    page = at(client, loan)
    assert page.redirect_chain[-1][0].endswith("/contract/")
    assert "made anew for today" in page.content.decode()
    assert "made anew for today" not in at(client, loan).content.decode()


def test_another_language_has_another_contract(client: Client, loan: int) -> None:
    borrower = borrower_of(client)
    made_up.read_table(borrower, loan, "en", at=AT)
    made_up.read_contract(borrower, loan, "en", at=AT)
    client.cookies["django_language"] = "zh-hans"
    at(client, loan, "contract/")
    offered = [f.body["lang"] for f in streams.stream(borrower) if f.kind == "contract.offered"]
    assert offered == ["en", "zh-hans"]


def test_withdrawing_is_asked_once_and_done(client: Client, loan: int) -> None:
    made_up.sign(borrower_of(client), loan, "en", at=AT)
    asked = at(client, loan, "withdraw/")
    assert "costs nothing" in asked.content.decode()
    done = at(client, loan, "withdraw/", yes="1")
    assert "You have withdrawn" in done.content.decode()


def test_documents_are_listed_shown_and_downloaded(client: Client, loan: int) -> None:
    made_up.sign(borrower_of(client), loan, "en", at=AT)
    signed = streams.stream(borrower_of(client))[-1]
    listed = client.get("/my/documents/").content.decode()
    assert signed.body["contract"] in listed and signed.body["cost_table"] in listed
    item = next(f for f in streams.stream(borrower_of(client)) if f.kind == "contract.offered")
    kept = client.get(f"/my/documents/{item.body['item']}/?download")
    assert kept["Content-Disposition"].startswith("attachment")
    assert kept.content.startswith(b"%PDF-")


def test_anothers_loan_and_documents_are_no_pages(client: Client, loan: int) -> None:
    made_up.sign(borrower_of(client), loan, "en", at=AT)
    item = [f for f in streams.stream(borrower_of(client)) if f.kind == "contract.offered"][-1]
    (other,) = people.enrol(1, D, ending="77")
    sign_in(client, other)
    pages = ("", "cost/", "contract/", "contract/document/", "measures/", "assent/", "withdraw/")
    assert {client.get(f"/sign/{loan}/{page}").status_code for page in pages} == {404}
    assert client.get(f"/my/documents/{item.body['item']}/").status_code == 404


def test_who_is_not_signed_in_is_asked_to(client: Client, loan: int) -> None:
    client.session.flush()
    client.cookies.pop("sessionid")
    for page in (f"/sign/{loan}/", "/my/documents/"):
        assert client.get(page)["Location"].startswith("/in/")


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_in_every_language(client: Client, loan: int, lang: str) -> None:
    borrower = borrower_of(client)
    client.cookies["django_language"] = lang
    said = words(lang)
    assert said["cost_table"]["nothing_else"] in at(client, loan).content.decode()
    made_up.read_table(borrower, loan, lang, at=AT)
    assert at(client, loan).status_code == 200
    at(client, loan, "contract/document/")
    assert said["contract"]["measures_lead"] in at(client, loan).content.decode()
    made_up.read_contract(borrower, loan, lang, at=AT)
    assert f'lang="{LANGS[lang].lower()}"' in at(client, loan).content.decode().lower()


def test_a_name_that_no_font_can_print_is_said_and_not_logged(
    client: Client, loan: int, caplog: pytest.LogCaptureFixture
) -> None:
    made_up.read_table(borrower_of(client), loan, "en", at=AT)
    naming.name_person(borrower_of(client), "\U0001f9ff甲", "110101196001010003")
    answer = at(client, loan)
    assert answer.status_code == 503
    assert "cannot be made at the moment" in answer.content.decode()
    assert "\U0001f9ff" not in caplog.text and "甲" not in caplog.text
