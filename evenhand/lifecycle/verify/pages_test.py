"""Is this really you, not me, and reports of frauds: as people at the pages live it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evenhand.ledger import house, streams
from evenhand.ledger import made_up as facts
from evenhand.ledger.facts import Fact
from evenhand.lifecycle.verify import fraud, rules
from evenhand.lifecycle.verify.fraud import Report
from evenhand.outbound.contact import made_up, outbox, send, verify, verify_not_me
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.outbound.contact.outbox import Waiting
from evenhand.outbound.contact.tell import tell
from evenhand.outbound.payments import register
from evenhand.people import look, persons, staff, throttle
from evenhand.people import made_up as signed

pytestmark = pytest.mark.django_db
Move = Callable[[int], None]
SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)
LATE = DUE + timedelta(days=1)
AT, NOON = moment(LATE, 8), moment(LATE, 12)
DAY = 86_400_000_000
ENGLISH = {"accept-language": "en"}
PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 10
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _noon(move_clock: Move) -> None:
    move_clock(NOON)


def reminder(borrower: int) -> str:
    """The code of a reminder that left at eight."""
    (loan,) = made_up.lend([borrower], SIGNED)
    (point,) = [p.point for p in persons.points([borrower]) if p.kind == "phone"]
    draft = facts.intended(LATE, {loan: 1}, DUE, 2)
    body = {**draft.body, "address": point, "template": "attention", "due_at": AT}
    learn(borrower, draft._replace(body=body), at=moment(LATE, 0, 5))
    outbox.put([Waiting(borrower, streams.head(borrower).seq)], [AT])
    send.send_due(AT)
    return str(leavings(borrower)[-1].body["reference"])


def told(borrower: int, template: str) -> str:
    """The code of a message about something else that left at eight."""
    made_up.go_online([borrower], SIGNED)
    tell(borrower, template, at=AT)
    send.send_due(AT)
    (fact,) = [fact for fact in leavings(borrower) if fact.body["channel"] == "sms"]
    return str(fact.body["reference"])


def leavings(borrower: int) -> list[Fact]:
    return [fact for fact in streams.stream(borrower) if fact.kind == "contact.leaving"]


def read(client: Client, code: str) -> str:
    page = client.get(f"/real/{code}/", headers=ENGLISH)
    return " ".join(page.content.decode().replace(code, "CODE").split())


def member(role: str) -> Client:
    staff.enlist(role, PASSWORD, role=role, number=role)
    client = Client()
    assert client.login(username=role, password=PASSWORD)
    return client


def test_a_reminder_a_receipt_and_news_answer_with_the_same_page_and_json(client: Client) -> None:
    late, paid, asked = made_up.enrol(3, SIGNED, ending="42")
    codes = [reminder(late), told(paid, "receipt"), told(asked, "decision_made")]
    pages = [_but_token(read(client, code)) for code in codes]
    assert pages[0] == pages[1] == pages[2] and "Yes, this is from us." in pages[0]
    said = [client.get(f"/api/real/{code}").json() for code in codes]
    same = {"ours": True, "channel": "sms", "day": "2026-04-01", "hour": 8, "ends_with": "42"}
    assert said == [{**same, "zone": "Asia/Shanghai"}] * 3


def _but_token(page: str) -> str:
    parts = page.split("csrfmiddlewaretoken")
    return "".join(part.partition(">")[2] or part for part in parts)


def test_the_code_is_typed_in_groups_or_pasted_with_the_message(client: Client) -> None:
    code = reminder(made_up.enrol(1, SIGNED)[0])
    for typed in (f"{code[:4]} {code[4:8]} {code[8:]}".upper(), f"编号{code}。"):
        answer = client.post("/real/", {"code": typed})
        assert answer.headers["Location"] == f"/real/{code}/"
    wrong = client.post("/real/", {"code": "hello"}, headers=ENGLISH)
    assert wrong.status_code == 400 and "12 characters" in wrong.text and "hello" in wrong.text
    empty = client.post("/real/", {"code": " "}, headers=ENGLISH).text
    assert "Type the code." in empty and "no code of ours" not in empty


def test_a_copied_code_is_told_by_day_hour_and_digits(client: Client) -> None:
    page = read(client, reminder(made_up.enrol(1, SIGNED, ending="42")[0]))
    assert "1 Apr 2026" in page and "between 8:00 and 9:00" in page and ">42<" in page
    assert "somebody has copied the code" in page


def test_an_old_code_is_not_ours_but_to_whom_it_went(client: Client, move_clock: Move) -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    code = reminder(borrower)
    move_clock(AT + verify.valid_days() * DAY)
    assert "No, this is not ours." in read(client, code)
    assert client.get(f"/api/real/{code}").json() == {"ours": False}
    signed.sign_in(client, borrower)
    page = read(client, code)
    assert "Yes, this is from us." in page and "this went to you" in page
    assert client.get(f"/api/real/{code}").json() == {"ours": False}, "the API knows nobody"


def test_a_village_may_ask_but_not_by_the_thousand(client: Client) -> None:
    most = rules.number("most", "network")
    assert most >= 500
    for _ in range(most):
        throttle.count("verify network", "127.0.0.1")
    page = client.get(f"/real/{'0' * 12}/", headers=ENGLISH)
    assert page.status_code == 429 and "Too many questions" in page.text
    assert client.get(f"/api/real/{'0' * 12}").status_code == 429


def test_one_tap_says_not_me_and_the_inbox_goes_on(client: Client) -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    code = reminder(borrower)
    made_up.go_online([borrower], SIGNED)
    assert "This was not meant for me" in read(client, code)
    answer = client.post("/not-me/", {"code": code})
    assert answer.headers["Location"] == "/not-me/done/"
    assert "nothing comes to your number" in client.get("/not-me/done/", headers=ENGLISH).text
    tell(borrower, "receipt", at=NOON)
    send.send_due(NOON)
    after = [fact.body["channel"] for fact in leavings(borrower) if fact.at >= NOON]
    assert after == ["in_app", "in_app"]
    assert client.post("/not-me/", {"code": "0" * 12}).status_code == 400


def test_who_is_the_borrower_is_led_to_the_own_number_and_says_yes(client: Client) -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    code = reminder(borrower)
    made_up.go_online([borrower], SIGNED)
    Client().post("/not-me/", {"code": code})
    signed.sign_in(client, borrower)
    assert client.post("/not-me/", {"code": code}).headers["Location"] == "/my/number/"
    assert "Confirm or change it" in client.get("/my/me/", headers=ENGLISH).text
    assert "reach them and not you" in client.get("/my/number/", headers=ENGLISH).text
    assert "at hand" in client.get("/my/number/confirm/", headers=ENGLISH).text
    client.post("/my/number/confirm/")
    assert not verify_not_me.doubted(borrower, NOON + 1)


def test_our_number_and_whether_we_were_calling(client: Client) -> None:
    entry = {"kind": "number", "number": "021-5555 0100"}
    before = LATE - timedelta(days=2)
    register.approve(
        register.propose(entry, before, "staff:1", facts.noon(before)),
        "staff:2",
        facts.noon(before),
    )
    asked = {"number": "+86 21 5555 0100", "day": LATE.isoformat(), "hour": "10"}
    page = client.post("/real/number/", {**asked, "number": "13900001111"}, headers=ENGLISH)
    assert "No, this is not ours." in page.text
    asked["number"] = "02155550100"
    page = client.post("/real/number/", asked, headers=ENGLISH)
    assert "we called nobody in that hour" in page.text
    called((LATE, 10))
    page = client.post("/real/number/", asked, headers=ENGLISH)
    assert "we were calling in that hour" in page.text
    assert not register.channels(LATE), "nobody pays to a number we call from"
    assert (
        "We call from this number"
        in client.post("/ours/", {"text": "02155550100"}, headers=ENGLISH).text
    )
    wrong = client.post("/real/number/", {"number": "", "day": "2020-01-01", "hour": "77"})
    assert wrong.status_code == 400 and wrong.text.count("aria-invalid") == 3


def called(when: tuple[date, int]) -> None:
    """A call of ours at that hour."""
    (borrower,) = made_up.enrol(1, SIGNED)
    (loan,) = made_up.lend([borrower], SIGNED)
    draft = facts.intended(LATE, {loan: 1}, DUE, 2)
    body = {**draft.body, "channel": "call", "due_at": moment(*when)}
    learn(borrower, draft._replace(body=body), at=moment(*when))
    seq = streams.head(borrower).seq
    left = facts.leaving(LATE, seq)
    learn(borrower, left._replace(body={**left.body, "channel": "call"}), at=moment(*when))


def report(client: Client, **said: Any) -> Any:
    return client.post("/report-fraud/", {"what": "money", **said}, headers=ENGLISH)


def test_three_reports_of_one_account_are_told_to_compliance_once(client: Client) -> None:
    for spelt in (
        "6222 0000 1111 2222",
        "6222000011112222",
        "6222-0000-1111-2222",
        "6222000011112222",
    ):
        assert report(client, claimed=spelt).headers["Location"] == "/report-fraud/done/"
    told = [fact for fact in fraud.latest() if fact.kind == "fraud.clustered"]
    assert [(fact.body["count"], fact.body["sort"]) for fact in told] == [(3, "account")]
    page = member("compliance").get("/staff/fraud/", headers=ENGLISH)
    assert "3 reports" in page.text and "6222" not in page.text
    assert fraud.alerts(NOON) == 1 and "1 unread" in page.text


def test_reports_days_apart_or_of_different_frauds_are_no_cluster() -> None:
    for n in range(3):
        fraud.report(Report("call", f"1390000000{n}"), at=NOON)
        fraud.report(Report("call", "13900009999"), at=NOON + n * DAY)
        fraud.report(Report("other"), at=NOON)
    assert {fact.kind for fact in fraud.latest()} == {"fraud.reported"}


def test_words_picture_and_number_are_sealed_and_each_opening_is_written_down(
    client: Client,
) -> None:
    picture = SimpleUploadedFile("a.png", PNG, "image/png")
    report(
        client,
        text="他说不还就上门",
        call_back="13700001234",
        picture=picture,
        claimed="13900001111",
    )
    (fact,) = fraud.latest()
    assert "13700001234" not in str(fact.body) and "1390000" not in str(fact.body)
    auditor, compliance = member("auditor"), member("compliance")
    assert auditor.post(f"/staff/fraud/{fact.seq}/").status_code == 403
    assert "他说" not in compliance.get(f"/staff/fraud/{fact.seq}/").text
    page = compliance.post(f"/staff/fraud/{fact.seq}/").text
    assert "他说不还就上门" in page and "13700001234" in page and "13900001111" in page
    sent = compliance.post(f"/staff/fraud/{fact.seq}/picture/")
    assert sent.content == PNG and sent.headers["Content-Type"] == "image/png"
    assert len(look.looks(house.FRAUD)) == 4


def test_what_cannot_be_kept_is_said_beside_its_field(client: Client) -> None:
    big = SimpleUploadedFile("b.png", PNG + b"x" * rules.number("picture", "bytes"), "image/png")
    page = client.post(
        "/report-fraud/", {"what": "", "picture": big, "text": "kept"}, headers=ENGLISH
    )
    assert page.status_code == 400 and "at most 5 MB" in page.text and "kept" in page.text
    assert "Choose what happened." in page.text
    wrong = report(client, picture=SimpleUploadedFile("c.png", b"<svg>", "image/png"))
    assert "no picture that we can keep" in wrong.text and not fraud.latest()


def test_the_hotline_reads_the_same_and_says_not_me_for_the_caller(client: Client) -> None:
    (borrower,) = made_up.enrol(1, SIGNED, ending="42")
    code = reminder(borrower)
    hotline = member("collector")
    page = hotline.post("/staff/real/", {"code": code}, headers=ENGLISH).text
    assert "Yes, this is from us." in page and ">42<" in page and str(borrower) not in page
    hotline.post("/staff/real/", {"code": code, "act": "not_me"})
    assert verify_not_me.doubted(borrower, NOON)
    assert member("underwriter").get("/staff/real/").status_code == 403


@pytest.mark.parametrize("lang", [code for code, _name in settings.LANGUAGES])
def test_every_page_speaks_every_language(client: Client, lang: str) -> None:
    texts = [
        client.get(page, headers={"accept-language": lang}).status_code
        for page in ("/real/", "/real/number/", "/not-me/", "/not-me/done/", "/report-fraud/")
    ]
    assert set(texts) == {200}
