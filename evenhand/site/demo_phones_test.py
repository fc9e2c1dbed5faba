"""The demo's phones: who plays a borrower reads the code there; whose it is stays masked."""

import re

import pytest
from django.test import Client

from evenhand.outbound.contact import security_code
from evenhand.providers.sms import simulator

pytestmark = pytest.mark.django_db
PHONES = "/demo/phones/"
AT = 1_767_225_600_000_000


def page(client: Client) -> str:
    response = client.get(PHONES, headers={"Accept-Language": "en"})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    return response.content.decode()


def test_the_newest_code_is_read_by_who_is_not_signed_in(client: Client) -> None:
    for phone in ("13800000001", "13800000002"):
        assert security_code.send(phone, "zh-hans", "register", at=AT).state == "sent"
    (newest,) = re.findall(r'newest-code"><strong>(\d{6})<', page(client))
    assert security_code.check("13800000002", "register", newest)


def test_numbers_are_masked(client: Client) -> None:
    security_code.send("13800000001", "en", "sign_in", at=AT)
    shown = page(client)
    assert "138****0001" in shown
    assert "13800000001" not in shown


def test_before_the_first_message_it_says_so(client: Client) -> None:
    assert simulator.count() == 0
    shown = page(client)
    assert "Nothing yet." in shown
    assert "newest-code" not in shown


def test_every_page_of_the_demo_leads_to_the_phones(client: Client) -> None:
    assert f'href="{PHONES}"' in client.get("/sign-in/").content.decode()
