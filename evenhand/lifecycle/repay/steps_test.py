"""What follows from money that came: told at once, once; interest given back; the certificate."""

from datetime import date, timedelta

import pytest
from django.test import Client

from evenhand.ledger import house, standing, streams
from evenhand.ledger import made_up as facts
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.repay import made_up, owing, steps, where
from evenhand.outbound.payments import made_up as money
from evenhand.outbound.payments import register
from evenhand.outbound.payments.made_up import Someone
from evenhand.people.made_up import sign_in

pytestmark = pytest.mark.django_db

D = date(2026, 3, 2)
FIRST_DUE = date(2026, 4, 2)
TENTH = D + timedelta(days=10)
INSTALMENT = 88_288


@pytest.fixture
def them() -> Someone:
    return made_up.borrower(D)


def hear(them: Someone, seq: int, day: date) -> None:
    steps.received([(them.borrower, seq)], at=facts.noon(day))


def told(them: Someone, template: str) -> list[Fact]:
    """What was said in the inbox."""
    stream = streams.stream(them.borrower)
    said = [fact for fact in stream if fact.kind == "contact.intended"]
    inbox = [fact for fact in said if fact.body["channel"] == "in_app"]
    return [fact for fact in inbox if fact.body["template"] == template]


def stands(them: Someone, day: date) -> owing.Owing:
    return owing.loan_of(them.borrower, them.loan, house.day_number(day))


def test_a_payment_is_told_at_once_and_only_once(them: Someone) -> None:
    seq = made_up.pays(them, FIRST_DUE, INSTALMENT)
    hear(them, seq, FIRST_DUE)
    hear(them, seq, FIRST_DUE)
    (notice,) = told(them, "receipt")
    assert notice.cause == seq and notice.at == facts.noon(FIRST_DUE)
    values = notice.body["values"]
    assert values == {"amount_minor": INSTALMENT, "currency": "CNY", "day": "2026-04-02"}
    assert "interest.waived" not in made_up.kinds(them.borrower)


def test_the_pay_off_of_the_day_closes_the_loan_and_the_certificate_comes_unasked(
    them: Someone,
) -> None:
    off = stands(them, TENTH).pay_off
    seq = made_up.pays(them, TENTH, off.total_minor)
    hear(them, seq, TENTH)
    hear(them, seq, TENTH)
    one = stands(them, TENTH)
    assert one.paid_off and not one.overpaid_minor
    assert made_up.kinds(them.borrower).count("interest.waived") == 1
    (certificate,) = [
        fact for fact in streams.stream(them.borrower) if fact.kind == "certificate.issued"
    ]
    assert certificate.body["about"] == "paid_off" and certificate.loan == them.loan
    assert [notice.cause for notice in told(them, "paid_off")] == [certificate.seq]


def test_the_last_instalment_paid_early_gives_its_unused_days_back(them: Someone) -> None:
    """Nobody has to press the right button: paid by transfer in full, two days are given back."""
    early = date(2027, 2, 28)
    made_up.pays(them, FIRST_DUE, INSTALMENT * 11)
    rest = stands(them, early)
    whole = rest.next_due_minor
    hear(them, made_up.pays(them, early, whole), early)
    one = stands(them, early)
    assert one.paid_off
    assert one.overpaid_minor == whole - rest.pay_off.total_minor > 0


def test_a_bounced_pay_off_is_owed_again_with_its_interest(them: Someone) -> None:
    before = stands(them, TENTH)
    off = before.pay_off.total_minor
    seq = made_up.pays(them, TENTH, off)
    hear(them, seq, TENTH)
    draft = facts.reversed_(them.loan, TENTH, off, seq)
    made_up.learn(them.borrower, draft, at=facts.noon(TENTH))
    assert stands(them, TENTH).pay_off == before.pay_off
    hear(them, made_up.pays(them, TENTH, off), TENTH)
    assert stands(them, TENTH).paid_off
    assert made_up.kinds(them.borrower).count("certificate.issued") == 2


def test_a_debit_counts_from_the_day_it_left(them: Someone) -> None:
    """Ordered and left on the tenth day, booked by the bank a day later: no interest for that."""
    off = stands(them, TENTH).pay_off.total_minor
    body = {"account": them.account, "mode": "once", "due_on": f"{TENTH}", "due_at": 0}
    after = TENTH + timedelta(days=1)
    person, loan = them.borrower, them.loan
    ordered = Draft("debit.intended", TENTH, "borrower", loan, off, body=body)
    seq = made_up.learn(person, ordered, at=facts.noon(TENTH))
    left = Draft("debit.leaving", TENTH, "house", loan, off, seq, {"provider": "simulator"})
    seq = made_up.learn(person, left, at=facts.noon(TENTH))
    came = facts.paid(loan, after, off)._replace(cause=seq)
    hear(them, made_up.learn(person, came, at=facts.noon(after)), after)
    assert stands(them, after).paid_off
    assert money.last(person, "interest.waived").day == TENTH


def test_who_has_no_account_here_is_told_nothing_but_owes_nothing_either() -> None:
    them = made_up.borrower(D, online=False)
    off = stands(them, TENTH).pay_off.total_minor
    hear(them, made_up.pays(them, TENTH, off), TENTH)
    assert stands(them, TENTH).paid_off
    assert not {"certificate.issued", "contact.intended"} & set(made_up.kinds(them.borrower))


def test_of_who_chose_nothing_no_stream_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    them = [made_up.borrower(D, online=False) for _ in range(3)]
    paid = [(one.borrower, made_up.pays(one, FIRST_DUE, INSTALMENT)) for one in them]
    monkeypatch.delattr(streams, "stream")  # read once a payment, it would be most of a big day
    steps.received(paid, at=facts.noon(FIRST_DUE))


def test_what_was_imported_is_told_to_nobody(them: Someone) -> None:
    draft = facts.paid(them.loan, FIRST_DUE, INSTALMENT)._replace(hand="import")
    hear(them, made_up.learn(them.borrower, draft, at=facts.noon(FIRST_DUE)), FIRST_DUE)
    assert not told(them, "receipt")


def test_facts_alone_stand_where_the_tables_do_after_a_pay_off(them: Someone) -> None:
    off = stands(them, TENTH).pay_off.total_minor
    hear(them, made_up.pays(them, TENTH, off + 7), TENTH)
    on = house.day_number(TENTH)
    by_facts = standing.stand_by(streams.stream(them.borrower), on).position
    assert by_facts.overpaid_minor.tolist() == [7]
    assert stands(them, TENTH).overpaid_minor == 7


def test_receipt_and_certificate_are_paper_and_always_the_same(
    client: Client, them: Someone, move_clock: object
) -> None:
    off = stands(them, TENTH).pay_off.total_minor
    seq = made_up.pays(them, TENTH, off)
    hear(them, seq, TENTH)
    sign_in(client, them.borrower)
    for address in (f"/my/receipts/{seq}/", f"/my/loan/{them.loan}/certificate/"):
        first, again = (client.get(address) for _ in range(2))
        assert first.headers["Content-Type"] == "application/pdf"
        assert first.content[:5] == b"%PDF-" and first.content == again.content
    assert client.get("/my/receipts/1/").status_code == 404
    page = client.get("/my/receipts/", headers={"accept-language": "en"}).content.decode()
    assert f"/my/receipts/{seq}/" in page and "principal" in page


def test_a_change_of_where_to_pay_is_told_to_everybody_who_owes_once(them: Someone) -> None:
    done = made_up.borrower(D, card="6222020200011119999")
    hear(done, made_up.pays(done, D, 1_000_000), D)
    standing.restand([them.borrower, done.borrower], house.day_number(TENTH))
    at = facts.noon(TENTH)
    entry = {"kind": "site", "address": "loan.example.cn"}
    seq = register.propose(entry, TENTH, "staff:1", at)
    day = register.approve(seq, "staff:2", at)
    assert where.tell_changes(TENTH, at=at) == 0
    assert where.tell_changes(day, at=facts.noon(day)) == 1
    assert where.tell_changes(day, at=facts.noon(day)) == 0
    assert len(told(them, "where_to_pay_changed")) == 1 and not told(done, "where_to_pay_changed")
