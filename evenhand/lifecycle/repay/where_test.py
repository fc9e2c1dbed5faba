"""Where to pay and "is this account yours?": open to all, nothing kept; two hands for a change."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from evenhand.ledger import made_up as facts
from evenhand.lifecycle.repay import where, where_pages
from evenhand.outbound.payments import register
from evenhand.people import staff, throttle

pytestmark = pytest.mark.django_db

D = date(2026, 3, 2)
NEXT = D + timedelta(days=1)
NUMBER = "6225880100000018"
ACCOUNT = {"kind": "account", "payee": "持平示范公司", "bank": "示范银行", "number": NUMBER}
ENGLISH = {"accept-language": "en"}
PASSWORD = "correct horse battery"
Move = Callable[[int], None]


@pytest.fixture
def ours(move_clock: Move) -> None:
    """One account and one site of ours, in force on NEXT."""
    for entry in (ACCOUNT, {"kind": "site", "address": "loan.example.cn"}):
        seq = register.propose(entry, D, "staff:1", facts.noon(D))
        register.approve(seq, "staff:2", facts.noon(D))
    move_clock(facts.noon(NEXT))


def ask(client: Client, text: str) -> str:
    page = client.post("/ours/", {"text": text}, headers=ENGLISH)
    return " ".join(page.content.decode().split())


def member(role: str) -> Client:
    staff.enlist(role, PASSWORD, role=role, number=role)
    client = Client()
    assert client.login(username=role, password=PASSWORD)
    return client


@pytest.mark.parametrize(
    "text", [NUMBER, "6225 8801-0000 0018", "持平示范公司", "https://loan.example.cn/pay?x=1"]
)
def test_what_is_ours_is_said_to_be(client: Client, ours: None, text: str) -> None:
    assert "Yes, this is ours." in ask(client, text)


@pytest.mark.parametrize("text", ["6222000011112222", "持平", "loan.example.cn.evil.top", "hello"])
def test_what_is_not_is_said_not_to_be_and_whom_to_call(
    client: Client, ours: None, text: str
) -> None:
    page = ask(client, text)
    assert "No, this is not ours." in page
    assert "96110" in page and "tel:110" in page and "95000" in page


def test_an_empty_or_endless_question_is_sent_back(client: Client, ours: None) -> None:
    assert client.post("/ours/", {"text": " "}).status_code == 400
    assert client.post("/ours/", {"text": "x" * 201}).status_code == 400


def test_a_village_may_ask_but_not_by_the_thousand(client: Client, ours: None) -> None:
    assert where_pages.ASKED_MOST >= 500
    for _ in range(where_pages.ASKED_MOST - 1):
        throttle.count(where_pages.ASKED, "127.0.0.1")
    assert "Yes" in ask(client, NUMBER)
    assert "Too many questions" in ask(client, NUMBER)


def test_a_question_is_kept_nowhere(client: Client, ours: None) -> None:
    before = _rows()
    ask(client, "6222000011112222")
    assert _rows() == before


def test_the_page_lists_what_counts_and_what_will_change(client: Client, ours: None) -> None:
    (account, _site) = register.channels(NEXT)
    closing = register.propose_closing(account.seq, NEXT, "staff:1", facts.noon(NEXT))
    register.approve(closing, "staff:2", facts.noon(NEXT))
    page = client.get("/where-to-pay/", headers=ENGLISH).content.decode()
    assert NUMBER in page and "loan.example.cn" in page
    assert "Not ours any more from" in page and "No message of ours has an account number" in page


@pytest.mark.parametrize("lang", [code for code, _name in settings.LANGUAGES])
def test_both_speak_every_language(client: Client, ours: None, lang: str) -> None:
    for page in ("/where-to-pay/", "/ours/"):
        assert client.get(page, headers={"accept-language": lang}).status_code == 200
    assert all(line.name and line.says for line in where.fraud_lines(lang))


def test_one_proposes_another_approves_and_it_counts_tomorrow(move_clock: Move) -> None:
    move_clock(facts.noon(D))
    finance, compliance = member("finance"), member("compliance")
    entry = {**ACCOUNT, "from_day": NEXT.isoformat()}
    assert finance.post("/staff/accounts/propose/", entry).status_code == 302
    (proposal,) = register.proposals()
    decide = f"/staff/accounts/{proposal.seq}/decide/"
    finance.post(decide, {"act": "approve"})
    assert register.proposals()
    assert compliance.post("/staff/accounts/propose/", entry).status_code == 403
    compliance.post(decide, {"act": "approve"})
    assert not register.channels(D) and [c.number for c in register.channels(NEXT)] == [NUMBER]
    page = compliance.get("/staff/accounts/", headers=ENGLISH).content.decode()
    assert "Approved" in page and "does not count yet" in page and "finance" in page
    finance.post(f"/staff/accounts/{proposal.seq}/close/")
    assert [one.closes for one in register.proposals()] == [True]


def test_a_wrong_proposal_comes_back_with_what_was_typed(move_clock: Move) -> None:
    move_clock(facts.noon(D))
    finance = member("finance")
    entry = {**ACCOUNT, "number": "", "from_day": NEXT.isoformat()}
    page = finance.post("/staff/accounts/propose/", entry)
    assert page.status_code == 400 and "持平示范公司" in page.content.decode()
    today = {**ACCOUNT, "from_day": D.isoformat()}
    assert finance.post("/staff/accounts/propose/", today).status_code == 400


def _rows() -> dict[str, int]:
    """How many rows each table has, but the one that counts tries by a digest of the address."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        counts = {}
        for table in set(names) - {"people_failed_login"}:
            cursor.execute(f'select count(*) from "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts
