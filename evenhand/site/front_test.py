"""The doors open to all, the quick exit, and what a phone may keep of the house."""

import json
import re
import struct
from datetime import date
from gzip import decompress as gunzip
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from evenhand.outbound.contact import made_up
from evenhand.people import borrowers
from evenhand.people import made_up as people

pytestmark = pytest.mark.django_db

SIGNED = date(2026, 3, 1)
FIRST_PAGE_MAX = 150_000
LATER_PAGE_MAX = 30_000
SHORT = {"Accept-Encoding": "gzip"}


@pytest.fixture
def borrower(client: Client) -> int:
    """Somebody signed in."""
    (someone,) = made_up.enrol(1, SIGNED)
    people.sign_in(client, someone)
    return someone


def static(client: Client, address: str) -> bytes:
    """A file as the browser gets it."""
    answer: Any = client.get(address, headers=SHORT)
    assert answer.status_code == 200, address
    found = b"".join(answer.streaming_content)
    for close in answer._resource_closers:  # answer.close() would close the test's database too
        close()
    return found


def test_the_first_page_says_who_we_are_and_asks_for_nothing(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert settings.EVENHAND_LENDER["name"] in answer.text
    assert "<input" not in answer.text.split("<main")[1]


def test_who_is_signed_in_begins_at_the_own_first_page(client: Client, borrower: int) -> None:
    assert client.get("/").headers["Location"] == "/my/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_quick_exit_leaves_nothing_behind(client: Client, borrower: int, method: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    gone = getattr(strict, method)("/leave/")
    assert (gone.status_code, gone.headers["Location"]) == (303, settings.EVENHAND_LEAVE_TO)
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert gone.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in gone.headers["Cache-Control"]
    assert gone.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert borrowers.PERSON not in client.session


def test_every_open_page_has_the_exit(client: Client) -> None:
    for address in ("/", "/offline/", "/no-such-page/"):
        text = client.get(address).text
        assert 'href="/leave/"' in text and "data-leave=" in text


def test_the_page_a_phone_keeps_says_nothing_about_who_is_signed_in(
    client: Client, borrower: int
) -> None:
    mine, anybodys = client.get("/offline/"), Client().get("/offline/")
    assert mine.text == anybodys.text
    assert "csrfmiddlewaretoken" not in mine.text


def test_the_service_worker_keeps_that_page_and_the_style(client: Client) -> None:
    script = client.get("/sw.js")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert script.headers["Cache-Control"] == "no-cache"
    kept = re.search(r"FILES = \[(.*), OFFLINE\]", script.text)
    assert kept and 'OFFLINE = "/offline/"' in script.text
    for address in json.loads(f"[{kept.group(1)}]"):
        assert static(client, address)


def test_the_house_is_installed_under_a_neutral_name(client: Client) -> None:
    manifest = json.loads(gunzip(static(client, "/static/web/manifest.webmanifest")))
    assert (manifest["name"], manifest["start_url"], manifest["scope"]) == (
        "Evenhand 持平",
        "/",
        "/",
    )
    for icon in manifest["icons"]:
        image = gunzip(static(client, f"/static/web/{icon['src']}"))
        assert icon["sizes"] == "{}x{}".format(*struct.unpack(">II", image[16:24]))
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_no_page_reaches_camera_microphone_or_place(client: Client) -> None:
    closed = client.get("/").headers["Permissions-Policy"]
    for device in ("camera", "microphone", "geolocation"):
        assert f"{device}=()" in closed


def test_style_and_scripts_go_short_and_pages_do_not(client: Client) -> None:
    assert len(gunzip(static(client, "/static/web/evenhand.css"))) > 10_000
    assert "Content-Encoding" not in client.get("/", headers=SHORT).headers


def test_the_first_page_is_light(client: Client) -> None:
    page = client.get("/").text
    linked = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    files = {each: len(static(client, each)) for each in linked}
    assert files.keys() >= {"/static/web/evenhand.css", "/static/web/app.js"}
    assert len(page.encode()) <= LATER_PAGE_MAX
    assert len(page.encode()) + sum(files.values()) <= FIRST_PAGE_MAX
