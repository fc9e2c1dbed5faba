"""Portfolio and compliance desk: the figures, nobody's name, and where each rule stands."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.console import compliance, portfolio
from evenhand.law import loader
from evenhand.ledger import made_up as facts
from evenhand.ledger import standing, streams
from evenhand.ledger.book import Band
from evenhand.ledger.facts import Draft
from evenhand.ledger.house import day_number
from evenhand.ledger.portfolio import Span
from evenhand.lifecycle.arrange import made_up as planning
from evenhand.lifecycle.redress import made_up as complaining
from evenhand.people import persons, staff

pytestmark = pytest.mark.django_db

SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)
TODAY = date(2026, 4, 20)
HOUR = 3_600_000_000
PASSWORD = "correct horse battery"


@pytest.fixture
def reader(client: Client, move_clock: Callable[[int], None]) -> Client:
    """Somebody of compliance, reading English on TODAY."""
    staff.enlist("gao", PASSWORD, role="compliance", number="E0001", lang="en")
    assert client.login(username="gao", password=PASSWORD)
    client.cookies["django_language"] = "en"
    move_clock(moment(TODAY, 12))
    return client


def read(client: Client, name: str) -> str:
    answer = client.get(reverse(name), headers={"accept-language": "en"})
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def moment(day: date, hour: int) -> int:
    """A full hour in Shanghai, microseconds UTC."""
    return facts.noon(day) + (hour - 12) * HOUR


def learn(borrower: int, *drafts: Draft, at: int) -> None:
    streams.append(borrower, drafts, at=at, expected_seq=streams.heads([borrower])[borrower].seq)


def a_book() -> list[int]:
    """Three borrowers: one past due, one who caught up, one who never was late."""
    people = [persons.Person(name=f"甲{n}", phone=f"1380000000{n}") for n in range(3)]
    borrowers = persons.enrol(people, at=moment(SIGNED, 1))
    loans = streams.new_loans(3).tolist()
    for borrower, loan in zip(borrowers, loans, strict=True):
        began = (facts.enrolled(SIGNED), facts.signed(loan, SIGNED))
        learn(borrower, *began, at=moment(SIGNED, 2))
    late = DUE + timedelta(days=9)
    learn(borrowers[1], facts.paid(loans[1], late, 102_000), at=moment(late, 9))
    learn(borrowers[2], facts.paid(loans[2], DUE, 101_000), at=moment(DUE, 9))
    standing.restand(borrowers, day_number(TODAY))
    return borrowers


def test_the_portfolio_shows_what_is_out_and_who_caught_up_but_nobody(reader: Client) -> None:
    borrowers = a_book()
    text = read(reader, "portfolio")
    assert "12,000.00" in text and "1–30 days" in text
    assert 'Caught up in the last 30 days</h2> <p class="lead">1 loan</p>' in text
    for borrower in borrowers:
        assert f"/borrowers/{borrower}/" not in text
    assert "甲" not in text


def test_an_empty_book_has_a_portfolio_too(reader: Client) -> None:
    assert "There is no loan in the book yet." in read(reader, "portfolio")


def test_shares_are_of_the_principal_that_is_out() -> None:
    bands = [
        Band(-1, "CNY", 9, 9, 0, 0),
        Band(0, "CNY", 2, 2, 200_000, 0),
        Band(31, "CNY", 1, 1, 100_000, 20_000),
    ]
    (out,) = portfolio.outs(bands)
    assert (out.loans, out.outstanding_minor, out.past_due_minor) == (3, 300_000, 20_000)
    assert out.past_due_ppm == 333_000
    assert [age.share_ppm for age in out.ages] == [667_000, 0, 333_000, 0, 0]
    assert [bar.width for bar in out.bars] == [1000, 0, 500, 0, 0]


def test_each_currency_stands_for_itself() -> None:
    bands = [Band(0, "CNY", 1, 1, 100, 0), Band(0, "HKD", 1, 1, 900, 0)]
    assert [(out.currency, out.outstanding_minor) for out in portfolio.outs(bands)] == [
        ("CNY", 100),
        ("HKD", 900),
    ]


def test_rates_are_per_ten_thousand_contacts() -> None:
    assert portfolio.rates(Span(20_000, 3, 1, 1))[1:] == ("1.5", "1.0")
    assert portfolio.rates(Span(0, 3))[1:] == ("–", "–")


def test_the_desk_counts_refusals_and_says_where_the_rule_stands(reader: Client) -> None:
    (borrower, *_) = a_book()
    rule = {"rule": "cn.hours", "cite": "GB/T 45251 5.3"}
    body = {"rules": [rule], "not_before": 0}
    learn(borrower, Draft("contact.refused", TODAY, "staff:1", body=body), at=moment(TODAY, 10))
    text = read(reader, "compliance-desk")
    title = loader.load("cn").rules[0].title["en"]
    assert f'<a href="/law/cn/#cn.hours">{title}</a>' in text
    assert "<cite>GB/T 45251-2025 5.3 · CBA 2026 ch. 3</cite>" in text


def test_incidents_lead_to_the_file(reader: Client) -> None:
    (borrower, *_) = a_book()
    said = Draft("contact.disowned", TODAY, "house", body={"address": 1, "via": "page"})
    learn(borrower, said, at=moment(TODAY, 10))
    text = read(reader, "compliance-desk")
    assert f'href="/borrowers/{borrower}/"' in text
    assert "Reached somebody else</dt><dd>1</dd>" in text


def test_clocks_of_complaints(reader: Client) -> None:
    (borrower, other, _) = a_book()
    complaining.complain(borrower, "sum", "", at=moment(SIGNED + timedelta(days=5), 11))
    complaining.complain(other, "contact", "", at=moment(TODAY, 11))
    assert compliance.clock(99, TODAY, at=moment(TODAY, 12)) == compliance.Clock(1, 0, 1, 0)
    assert "Answer overdue</dt><dd>1" in read(reader, "compliance-desk")


def test_plans_whose_answer_is_later_than_promised_stand_out_in_red(
    reader: Client, move_clock: Callable[[int], None]
) -> None:
    """Asked for on a Monday, to be answered within five working days."""
    them = planning.behind()
    move_clock(moment(date(2026, 5, 18), 12))
    planning.asked(them.borrower, them.loan, date(2026, 5, 11))
    assert compliance.plan_clock(date(2026, 5, 18), at=moment(date(2026, 5, 18), 12)) == (0, 1)
    assert "answer is late" not in read(reader, "compliance-desk")
    move_clock(moment(date(2026, 5, 19), 12))
    assert "1 answer is late: give it first." in read(reader, "compliance-desk")


def test_overdue_reviews_and_what_is_to_be_looked_after() -> None:
    packs = [loader.load(name) for name in loader.names()]
    found = compliance.reviews(packs, date(2027, 2, 23))
    assert all(one.overdue for one in found) and [one.ours for one in found[:3]] == [1, 1, 0]
    assert not any(one.overdue for one in compliance.reviews(packs, date(2026, 11, 24)))
    assert "in.hours" in {one.rule for one in compliance.coming(packs, date(2026, 11, 24))}
    unsure = compliance.unverified([loader.load("cn")], date(2026, 11, 24))
    assert "cn.freq.notice_call" in {one.rule for one in unsure}
