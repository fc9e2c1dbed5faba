"""The pages of asking somebody to join: the applicant's, and theirs who is asked."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from evenhand.ledger import parties, streams
from evenhand.ledger.made_up import promised
from evenhand.lifecycle.join import codes, steps
from evenhand.lifecycle.join.made_up import DAY, NOON, apply, learn, somebody
from evenhand.people import persons
from evenhand.people.made_up import sign_in

pytestmark = pytest.mark.django_db

MING, HONG = "王小明", "李红"
NOBODYS = "000000000000"


@pytest.fixture(autouse=True)
def noon(move_clock: Callable[[int], None]) -> None:
    move_clock(NOON)


@pytest.fixture(autouse=True)
def english(client: Any) -> None:
    client.cookies["django_language"] = "en"


def code_of(ming: int, loan: int, role: str = "guarantor") -> str:
    assert steps.invite(ming, loan, role, at=NOON) == ""
    asked = parties.invitations(streams.stream(ming), loan)[-1]
    return codes.shown(ming, asked.item)


def asked_of_hong(
    client: Any, role: str = "guarantor", *, verified: bool = True
) -> tuple[int, int, int]:
    """Hong has typed the code Ming gave her, and is signed in: Ming, Hong and the loan."""
    ming, hong = somebody(MING), somebody(HONG, verified=verified)
    loan = apply(ming)
    sign_in(client, hong)
    client.post("/join/", {"code": code_of(ming, loan, role)})
    return ming, hong, loan


def words(response: Any) -> str:
    """What a page says, without its tags."""
    return plain(html.unescape(re.sub(r"<[^>]+>", "", response.content.decode())))


def plain(text: str) -> str:
    """With one blank wherever there are some."""
    return " ".join(text.split())


def digest_on(response: Any) -> str:
    found = re.search(r'name="read" value="([0-9a-f]{64})"', response.content.decode())
    assert found is not None
    return found[1]


def test_the_applicant_makes_a_code_and_sees_it_again(client: Any) -> None:
    ming = somebody(MING)
    loan = apply(ming)
    sign_in(client, ming)
    assert "Ask somebody to join" in words(client.get(f"/join/invite/{loan}/"))
    response = client.post(f"/join/invite/{loan}/", {"role": "guarantor"})
    assert response.status_code == 302
    for _time in range(2):
        shown = re.search(r"\d{4} \d{4} \d{4}", words(client.get(f"/join/invite/{loan}/")))
        assert shown is not None and codes.find(shown[0]) is not None


def test_who_chooses_no_role_is_told_so(client: Any) -> None:
    ming = somebody(MING)
    loan = apply(ming)
    sign_in(client, ming)
    response = client.post(f"/join/invite/{loan}/", {"role": "friend"})
    assert response.status_code == 400
    assert "Choose what the other person is to be." in words(response)


def test_a_third_is_not_asked_and_one_can_be_taken_back(client: Any) -> None:
    ming = somebody(MING)
    loan = apply(ming)
    sign_in(client, ming)
    for _time in range(2):
        client.post(f"/join/invite/{loan}/", {"role": "guarantor"})
    assert client.post(f"/join/invite/{loan}/", {"role": "guarantor"}).status_code == 409
    seq = streams.head(ming).seq
    assert client.post(f"/join/invite/{loan}/{seq}/recall/").status_code == 302
    assert "Taken back by you" in words(client.get(f"/join/invite/{loan}/"))


def test_another_persons_application_is_no_page(client: Any) -> None:
    ming, hong = somebody(MING), somebody(HONG)
    loan = apply(ming)
    steps.invite(ming, loan, "guarantor", at=NOON)
    sign_in(client, hong)
    seq = streams.head(ming).seq
    assert client.get(f"/join/invite/{loan}/").status_code == 404
    assert client.post(f"/join/invite/{loan}/", {"role": "guarantor"}).status_code == 404
    assert client.post(f"/join/invite/{loan}/{seq}/recall/").status_code == 404
    assert client.post(f"/my/answers-for/{loan}/leave/").status_code == 404


def test_no_page_of_inviting_asks_for_a_number_or_an_address(client: Any) -> None:
    ming = somebody(MING)
    loan = apply(ming)
    sign_in(client, ming)
    page = client.get(f"/join/invite/{loan}/").content.decode()
    form = page[page.index("<main") : page.index("</main>")]
    assert set(re.findall(r'<input[^>]* name="(\w+)"', form)) <= {"role", "csrfmiddlewaretoken"}


def test_a_wrong_code_is_told_and_too_many_close_the_door(client: Any) -> None:
    response = client.post("/join/", {"code": NOBODYS})
    assert response.status_code == 400
    assert "This code is not right." in words(response)
    assert NOBODYS not in response.content.decode()
    for _time in range(5):
        response = client.post("/join/", {"code": NOBODYS})
    assert response.status_code == 429


def test_a_stranger_with_the_code_sees_nothing_until_known(client: Any) -> None:
    ming = somebody(MING)
    code = code_of(ming, apply(ming))
    assert client.post("/join/", {"code": code}).headers["Location"] == "/join/read/"
    page = words(client.get("/join/read/"))
    assert "first tell us who you are" in page
    assert "王" not in page and "12,000" not in page


def test_who_is_known_reads_what_it_means_and_nothing_else_of_the_applicant(client: Any) -> None:
    asked_of_hong(client)
    page = words(client.get("/join/read/"))
    said = (
        "You can be asked only after a court, and only if enforcement against 王** was not enough."
    )
    assert f"王** is to pay. {said}" in page
    assert "at most CNY 12,000.00 in all" in page
    assert "until 2 Oct 2027 at the latest" in page
    assert "Text message, Phone call, Letter" in page
    assert "You may say no." in page
    assert not [word for word in (MING, "13800138001", "8001", "110105") if word in page]


def test_a_co_borrower_reads_that_it_is_the_whole(client: Any) -> None:
    asked_of_hong(client, "co_borrower")
    page = words(client.get("/join/read/"))
    assert "Each of you owes the whole, not half" in page
    assert "paid out to the account of 王**, not to yours" in page


def test_saying_yes_wants_the_box_ticked_and_the_words_as_they_are(client: Any) -> None:
    ming, _hong, loan = asked_of_hong(client)
    page = client.get("/join/confirm/")
    read = digest_on(page)
    response = client.post("/join/confirm/", {"read": read})
    assert response.status_code == 400 and "Tick the box" in words(response)
    response = client.post("/join/confirm/", {"read": "0" * 64, "agree": "1"})
    assert response.status_code == 409 and "have changed" in words(response)
    assert parties.parties(streams.stream(ming), loan) == []


def test_yes_is_kept_with_the_very_words_read(client: Any) -> None:
    ming, hong, loan = asked_of_hong(client)
    page = client.get("/join/confirm/")
    response = client.post("/join/confirm/", {"read": digest_on(page), "agree": "1"})
    assert response.headers["Location"] == "/my/answers-for/"
    assert [party.person for party in parties.parties(streams.stream(ming), loan)] == [hong]
    assent = bytes.fromhex(streams.stream(hong)[-1].body["assent"])
    kept = persons.reveal_text(hong, assent, purpose="audit", by=1, at=NOON)
    assert all(plain(line) in words(page) for line in kept.split("\n"))


def test_who_is_not_verified_reads_and_is_sent_to_finish_registering(client: Any) -> None:
    asked_of_hong(client, verified=False)
    assert "first finish registering" in words(client.get("/join/read/"))
    assert "first finish registering" in words(client.get("/join/confirm/"))


def test_no_is_said_in_one_tap_and_leaves_nothing(client: Any) -> None:
    ming, _hong, loan = asked_of_hong(client, verified=False)
    assert "You answer for nothing" in words(client.post("/join/decline/"))
    assert parties.invitations(streams.stream(ming), loan)[-1].state == "declined"
    assert client.get("/join/read/").headers["Location"] == "/join/"


def test_the_applicant_sees_who_joined_by_a_masked_name(client: Any) -> None:
    ming, _hong, loan = asked_of_hong(client)
    read = digest_on(client.get("/join/confirm/"))
    client.post("/join/confirm/", {"read": read, "agree": "1"})
    sign_in(client, ming)
    page = words(client.get(f"/join/invite/{loan}/"))
    assert "李**" in page and HONG not in page and "Has joined" in page


def test_who_joined_sees_it_and_can_take_it_back_until_it_is_signed(client: Any) -> None:
    ming, _hong, loan = asked_of_hong(client)
    read = digest_on(client.get("/join/confirm/"))
    client.post("/join/confirm/", {"read": read, "agree": "1"})
    page = words(client.get("/my/answers-for/"))
    assert "王**" in page and "Contract not signed yet" in page
    assert client.post(f"/my/answers-for/{loan}/leave/").status_code == 302
    assert "Over: you answer for nothing" in words(client.get("/my/answers-for/"))
    assert parties.parties(streams.stream(ming), loan) == []


def test_once_signed_it_can_no_longer_be_taken_back(client: Any) -> None:
    ming, _hong, loan = asked_of_hong(client)
    read = digest_on(client.get("/join/confirm/"))
    client.post("/join/confirm/", {"read": read, "agree": "1"})
    for draft in promised(loan, DAY, streams.head(ming).seq):
        learn(ming, draft)
    assert "Contract signed" in words(client.get("/my/answers-for/"))
    assert client.post(f"/my/answers-for/{loan}/leave/").status_code == 409


def test_an_invitation_taken_back_meanwhile_is_over(client: Any) -> None:
    ming, _hong, _loan = asked_of_hong(client)
    read = digest_on(client.get("/join/confirm/"))
    steps.recall(codes.Place(ming, streams.head(ming).seq), at=NOON)
    response = client.post("/join/confirm/", {"read": read, "agree": "1"})
    assert "This invitation is over" in words(response)


def test_ones_own_code_is_for_somebody_else(client: Any) -> None:
    ming = somebody(MING)
    code = code_of(ming, apply(ming))
    sign_in(client, ming)
    client.post("/join/", {"code": code})
    assert "This is your own invitation" in words(client.get("/join/read/"))


def test_nobody_answers_for_anything_unasked(client: Any) -> None:
    sign_in(client, somebody(HONG))
    assert "You answer for nobody else" in words(client.get("/my/answers-for/"))


@pytest.mark.parametrize("lang", ["zh-hant", "zh-hans"])
def test_every_sentence_is_in_the_readers_language(client: Any, lang: str) -> None:
    client.cookies["django_language"] = lang
    asked_of_hong(client, "guarantor")
    for path in ("/join/", "/join/read/", "/join/confirm/", "/my/answers-for/"):
        page = client.get(path).content.decode()
        main = re.sub(r"<[^>]+>", "", page[page.index("<main") : page.index("</main>")])
        assert not re.search(r"[A-Za-z]{4,}", main), path
