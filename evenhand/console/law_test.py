"""The law's pages for staff: in force and to be reviewed, a change of law, what if a draft."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evenhand.console import law_draft
from evenhand.law import loader
from evenhand.ledger import made_up, streams
from evenhand.people import staff

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
LATE = DAY + timedelta(days=31)
CONTACT = (loader.HOME / "cn" / "contact.toml").read_text("utf-8")
AT_ONE = CONTACT.replace('from = "08:00"', 'from = "13:00"').replace("max = 3\n", "max = 2\n")
DAYS = {"first": "2026-03-01", "last": "2026-12-31"}


@pytest.fixture
def compliance(client: Client) -> Client:
    staff.enlist("chen", "correct horse battery", role="compliance", number="T1")
    client.login(username="chen", password="correct horse battery")
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def reminded() -> int:
    """A borrower to whom a reminder left at noon."""
    drafts = [made_up.enrolled(DAY), made_up.signed(7000, DAY)]
    streams.append(7, drafts, at=made_up.noon(DAY), expected_seq=0)
    more = [made_up.intended(LATE, {7000: 1}, LATE, 2), made_up.leaving(LATE, 3)]
    streams.append(7, more, at=made_up.noon(LATE), expected_seq=2)
    return 7


def file(text: str, name: str = "contact.toml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def asked(client: Client, status: int = 200, **said: Any) -> str:
    answer = client.post("/law/draft/", {**DAYS, "pack": "cn", **said})
    assert answer.status_code == status
    return unescape(re.sub(r"\s+", " ", answer.text))


def test_a_pack_says_what_is_in_force_what_comes_and_what_is_to_be_reviewed(
    compliance: Client,
) -> None:
    text = compliance.get("/law/cn/?on=2025-12-31").text
    coming = text[text.index("Announced or coming") : text.index('id="cn.hours"')]
    assert "Unanswered dials a day" in coming and "At most 6" in coming
    assert "first day not verified" in text and "the text itself: forbids" in text
    assert 'badge stop">overdue' not in text
    assert 'badge stop">overdue' in compliance.get("/law/cn/?on=2027-02-23").text
    assert "announced only" in compliance.get("/law/in/").text


def test_a_change_of_law_reads_rule_by_rule_with_sources(compliance: Client) -> None:
    text = compliance.get("/law/diff/?before=cn&on=2025-03-01&after=cn&and=2026-11-24").text
    assert "Unanswered dials a day" in text and "is new" in text
    assert "says the same, on other sources" in text and "Sources before" in text
    assert "Nothing changes." in compliance.get("/law/diff/?on=2026-11-24&and=2026-11-24").text
    two = compliance.get("/law/diff/?before=cn&on=2026-11-24&after=us&and=2026-11-24").text
    assert "<del>" in two and "<ins>" in two and "cn.hours → us.hours" in two


def test_a_drafts_file_says_what_would_have_been_refused_and_what_it_changes(
    compliance: Client, reminded: int
) -> None:
    text = asked(compliance, files=[file(AT_ONE)])
    assert "Contacts judged again</dt><dd>1</dd>" in text
    assert "would have been refused" in text and "GB/T 45251-2025 5.3" in text
    assert f"/borrowers/{reminded}/" in text and "13:00" in text
    assert "policy.freq.notice_call is looser than cn.freq.notice_call" in text
    changed = text[text.index("What the draft changes") :]
    assert "Hours of contact" in changed and "13:00" in changed


def test_the_pack_in_force_finds_nothing_and_another_is_judged_by_its_name(
    compliance: Client, reminded: int
) -> None:
    assert "Nothing would have been judged otherwise." in asked(compliance)
    assert "What the draft changes" not in asked(compliance, pack="uk")


def test_nothing_of_it_is_kept(compliance: Client, reminded: int) -> None:
    before = streams.stream(reminded)
    asked(compliance, files=[file(AT_ONE)])
    assert streams.stream(reminded) == before
    assert loader.load("cn").rules[0].values[-1].says["allow"][0]["from"] == "08:00"


@pytest.mark.parametrize("page", ["/law/cn/", "/law/", "/law/diff/"])
@pytest.mark.parametrize("typed", ["20261109", "2026-W46-1", "soon"])
def test_what_is_no_day_is_said_and_another_shown(
    compliance: Client, page: str, typed: str
) -> None:
    text = compliance.get(f"{page}?on={typed}").text
    assert f"As of: “{typed}” is no day such as 2026-11-09; this is as of" in text
    assert "is no day" not in compliance.get(f"{page}?on=2026-11-09").text
    assert "is no day" not in compliance.get(f"{page}?on=").text


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"files": [file(AT_ONE + "\n[[")]}, "draft/contact.toml:"),
        ({"files": [file("# nothing")]}, "there is no pack.toml"),
        ({"files": [file(CONTACT, "contact.exe")]}, "contact.exe is no TOML file"),
        ({"files": [file(CONTACT, f"{n}.toml") for n in range(21)]}, "more than 20 files"),
        ({"files": [file(CONTACT.replace("max = 6\n", ""))]}, "cn.freq.dial"),
        ({"pack": "atlantis"}, "There is no such pack."),
        ({"first": "2026-05-01", "last": "2026-04-01"}, "The last day is before the first."),
        ({"first": "soon"}, "Contacts from: this is no day such as 2026-11-09."),
        ({"first": "20260501"}, "Contacts from: this is no day such as 2026-11-09."),
        ({"last": "2026-W46-1"}, "Contacts until: this is no day such as 2026-11-09."),
        ({"last": "9999-12-31"}, "Contacts until: this is no day such as 2026-11-09."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    compliance: Client, said: dict[str, Any], why: str
) -> None:
    text = asked(compliance, 400, **said)
    assert why in text and 'aria-invalid="true"' in text
    assert f'value="{said.get("first", DAYS["first"])}"' in text


def test_too_many_contacts_are_left_to_the_command() -> None:
    assert law_draft.beyond(law_draft.CONTACTS_MAX) == ""
    assert "10,001 contacts" in law_draft.beyond(law_draft.CONTACTS_MAX + 1)
