"""What a borrower takes away proves itself, and no longer once anything in it is changed."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import translation

from evenhand.ledger import house, streams
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.evidence import pack, paper, verify_evidence
from evenhand.outbound.contact import made_up
from evenhand.people import made_up as people
from evenhand.people import persons

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
AT = made_up.moment(DAY, 12)
SAID = "They rang my brother. <script>alert(1)</script>"


@pytest.fixture
def borrower() -> int:
    """Somebody with a loan who has complained in words of their own."""
    (person,) = made_up.enrol(1, DAY)
    made_up.lend([person], DAY, count=3)
    text = persons.seal_text(person, SAID).hex()
    made_up.learn(person, Draft("complaint.opened", DAY, "borrower", body={"text": text}), at=AT)
    return person


def made(person: int) -> dict[str, Any]:
    with translation.override("en"):
        found: dict[str, Any] = json.loads(pack.as_json(pack.pack(person, at=AT)))
    return found


def test_the_pack_holds_and_says_so(borrower: int, tmp_path: Path) -> None:
    found = made(borrower)
    assert verify_evidence.faults(found) == []
    assert [text["text"] for text in found["texts"]] == [SAID]
    assert found["sums"][0]["outstanding_minor"] == 300_000
    assert len(found["stream"]["facts"]) == streams.head(borrower).seq
    file = tmp_path / "evidence.json"
    file.write_text(json.dumps(found), "utf-8")
    program = [sys.executable, verify_evidence.__file__, str(file)]
    done = subprocess.run(program, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()[-16:]) == (0, "everything holds")


def test_what_is_taken_from_practice_says_so_and_still_holds(borrower: int) -> None:
    assert "practice" not in made(borrower)
    with override_settings(EVENHAND_PRACTICE=True), translation.override("en"):
        found = json.loads(pack.as_json(pack.pack(borrower, at=AT)))
        page = paper.paper(found)
    assert found["practice"] == pack.PRACTICE and verify_evidence.faults(found) == []
    assert page.count("Nothing here counts") == 1


def test_what_happened_stands_in_plain_words_and_what_staff_noted_does_not(borrower: int) -> None:
    note = persons.seal_text(borrower, "his sister told").hex()
    ill = {"state": "hospital", "told_by": "relative", "note": note}
    made_up.learn(borrower, Draft("state.began", DAY, "staff:7", body=ill), at=AT)
    found = made(borrower)
    assert verify_evidence.faults(found) == []
    with translation.override("en"):
        page = paper.paper(found)
    assert "Ill or in hospital" in page and "his sister" not in page


def test_a_dispute_stands_in_plain_words_with_what_is_disputed_and_how_it_ended(
    borrower: int,
) -> None:
    body = {"ground": "sum", "via": "app", "figure": "late-interest", "says": "paid"}
    made_up.learn(borrower, Draft("complaint.opened", DAY, "borrower", body=body), at=AT)
    seq = streams.head(borrower).seq
    made_up.learn(borrower, Draft("dispute.opened", DAY, "borrower", cause=seq), at=AT)
    ended = Draft("dispute.answered", DAY, "staff:7", cause=seq + 1, body={"outcome": "explained"})
    made_up.learn(borrower, ended, at=AT)
    found = made(borrower)
    assert verify_evidence.faults(found) == []
    with translation.override("en"):
        page = paper.paper(found)
    assert "I have paid this · Late interest" in page and "The sum was explained" in page


CHANGED = {
    "an amount": lambda p: p["stream"]["facts"][1].__setitem__(6, 1),
    "a day": lambda p: p["stream"]["facts"][0].__setitem__(3, "2026-03-02"),
    "a fact left out": lambda p: p["stream"]["facts"].pop(1),
    "the last fact left out": lambda p: p["stream"]["facts"].pop(),
    "a text": lambda p: p["texts"][0].__setitem__("text", "They were kind."),
    "a text of another fact": lambda p: p["texts"][0].__setitem__("seq", 1),
    "a document nobody issued": lambda p: p["documents"].append(
        {"name": "contract", "loan": 1, "digest": "00" * 32, "pdf": "AA=="}
    ),
}


@pytest.mark.parametrize("what", CHANGED)
def test_what_was_changed_is_found(borrower: int, what: str) -> None:
    found = made(borrower)
    CHANGED[what](found)
    assert verify_evidence.faults(found) != []


def test_nothing_of_it_reaches_the_person_or_anybody_else(borrower: int) -> None:
    found = pack.as_json(made(borrower))
    phone = persons.addresses_for_sending(p.point for p in persons.points([borrower]))
    assert all(number.removeprefix("+86") not in found for number in phone.values())


def test_the_page_cannot_be_broken_by_what_somebody_wrote(borrower: int) -> None:
    with translation.override("en"):
        text = paper.paper(pack.pack(borrower, at=AT))
    assert "<script>alert" not in text
    assert text.count("</script>") == 2


@pytest.mark.parametrize("lang", ["zh-hant", "zh-hans", "en"])
def test_it_is_taken_away_after_pin_and_code(client: Client, borrower: int, lang: str) -> None:
    client.cookies["django_language"] = lang
    assert client.get("/my/evidence/").status_code == 302
    people.sign_in(client, borrower)
    assert client.get("/my/evidence/").status_code == 200
    for place in ("page", "data", "verifier"):
        answer = client.get(f"/my/evidence/{place}/")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_root_is_the_days(borrower: int) -> None:
    assert made(borrower)["made_on"] == house.day_of(AT).isoformat()
