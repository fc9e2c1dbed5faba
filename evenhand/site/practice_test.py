"""A house of practice: its own database and no other's, simulators alone, and every page, print and
message says so."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings as house_settings
from django.test import Client

from dev import testbases
from evenhand.people import staff
from evenhand.site import environment, mark

CHECKOUT = Path(__file__).parents[2]
BARE = {"EVENHAND_PRACTICE": "1", "DATABASE_URL": "postgresql:///practice"}
REAL = {
    "EVENHAND_SMS": {"provider": "kannel", "url": "http://127.0.0.1:13013", "username": "u"},
    "EVENHAND_BANK": {"provider": "unionpay"},
    "EVENHAND_IDENTITY": {"provider": "tencent"},
    "EVENHAND_SIGNING": {"provider": "key"},
}


# What it starts with.


def test_it_is_a_demo_with_no_word_more_than_its_database(tmp_path: Path) -> None:
    told = {**BARE, "EVENHAND_HOME": str(tmp_path), "EVENHAND_DEMO": "0"}
    assert environment.practice(told) and environment.demo(told)
    assert environment.unfit_for_pages(told) == []
    assert not environment.practice({"EVENHAND_DEMO": "1"})


@pytest.mark.parametrize("name", REAL)
def test_no_real_provider_is_known_to_it(name: str, tmp_path: Path) -> None:
    told = {**BARE, "EVENHAND_HOME": str(tmp_path)}
    real = environment.unfit({**told, name: json.dumps(REAL[name])})
    assert f"{name} names a provider: practice (EVENHAND_PRACTICE=1) knows simulators only" in real
    assert environment.unfit({**told, name: '{"provider": "simulator"}'}) == []


@pytest.mark.parametrize("name", ["EVENHAND_VAULT_KEY", "EVENHAND_ROOT_KEY"])
def test_no_key_of_the_house_in_earnest_is_given_to_it(name: str, tmp_path: Path) -> None:
    key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
    (reason,) = environment.unfit({**BARE, "EVENHAND_HOME": str(tmp_path), name: key})
    assert reason.startswith(f"{name} is a key of a house in earnest")


# Whose database it is.


def evenhand(url: str, *words: str, practice: bool, **more: str) -> tuple[int, str]:
    """A command on a database, by a house of practice or one in earnest; what it said."""
    told = {**os.environ, **testbases.ENVIRONMENT, "DATABASE_URL": url, **more}
    if practice:
        del told["EVENHAND_VAULT_KEY"]
        told["EVENHAND_PRACTICE"] = "1"
    else:
        told["EVENHAND_DEMO"] = "0"
    command = [sys.executable, "-m", "evenhand", *words]
    done = subprocess.run(command, env=told, cwd=CHECKOUT, text=True, capture_output=True)
    return done.returncode, done.stderr


def run(url: str, *statements: str) -> Any:
    """The last statement's one row, by the owner; nothing where it has none."""
    with psycopg.connect(url, autocommit=True) as owner:
        for statement in statements:
            done = owner.execute(statement)
        return done.fetchone() if done.description else None


@pytest.fixture
def empty_database(own_database: str) -> Any:
    """A database without a table, dropped behind the test."""
    name = urlsplit(own_database).path[1:] + "_empty"
    run(own_database, f"create database {name} template template0")
    yield own_database.rpartition("/")[0] + f"/{name}"
    run(own_database, f"drop database {name} with (force)")


def test_what_practice_has_marked_opens_for_no_house_in_earnest(empty_database: str) -> None:
    assert evenhand(empty_database, "migrate", practice=True) == (0, "")
    assert evenhand(empty_database, "rebuild", practice=True)[0] == 0
    status, said = evenhand(empty_database, "migrate", practice=False)
    assert (status, mark.FOREIGN in said) == (2, True)


def test_what_a_house_in_earnest_has_made_opens_for_no_practice(own_database: str) -> None:
    marks = run(own_database, f"drop table {mark.DEMO}", mark.SEEN)
    for words in (["migrate"], ["demo", "reset"], ["run"]):
        status, said = evenhand(own_database, *words, practice=True)
        assert (status, mark.TAKEN in said) == (2, True), words
    assert marks == run(own_database, mark.SEEN) == (False, False, False)


def test_nothing_is_thrown_away_by_an_owner_whose_database_is_another(
    own_database: str, empty_database: str
) -> None:
    """The serving login opens practice's database, the owner's, by mistake, that of another."""
    run(own_database, f"create table {mark.PRACTICE} ()")
    run(empty_database, "create table theirs ()")
    other = {"DATABASE_OWNER_URL": empty_database}
    status, said = evenhand(own_database, "demo", "reset", practice=True, **other)
    assert (status, mark.UNMARKED in said) == (2, True)
    assert run(empty_database, "select to_regclass('theirs') is not null") == (True,)


def test_pages_are_not_served_over_the_others_database(own_database: str) -> None:
    """The first connection of any process asks, whatever started it."""
    path = "'/where-to-pay/', secure=True"
    page = f"from django.test import Client; print(Client().get({path}).status_code)"
    program = f"import django; django.setup(); {page}"
    told = {**os.environ, **testbases.ENVIRONMENT, "DATABASE_URL": own_database}
    told |= {"EVENHAND_DEMO": "0", "EVENHAND_HOSTS": "testserver"}
    told |= {"DJANGO_SETTINGS_MODULE": "evenhand.site.settings"}
    words = [sys.executable, "-c", program]
    served = subprocess.run(words, env=told, cwd=CHECKOUT, text=True, capture_output=True)
    assert served.stdout == "200\n", served.stderr
    run(own_database, f"create table {mark.PRACTICE} ()")
    refused = subprocess.run(words, env=told, cwd=CHECKOUT, text=True, capture_output=True)
    assert refused.stdout == "" and mark.FOREIGN in refused.stderr


# What it shows, prints and sends.


@pytest.fixture
def practice(settings: Any) -> None:
    settings.EVENHAND_PRACTICE = True


BANNER = {
    "zh-hant": "這裡的一切都不作數",
    "zh-hans": "这里的一切都不作数",
    "en": "Nothing here counts",
}
OPEN_PAGES = ("/", "/sign-in/", "/in/", "/complain/", "/real/", "/where-to-pay/", "/nowhere/")


@pytest.mark.django_db
@pytest.mark.parametrize("lang", BANNER)
def test_every_page_says_so_in_its_language(lang: str, practice: None) -> None:
    client = Client()
    client.cookies[house_settings.LANGUAGE_COOKIE_NAME] = lang
    for path in OPEN_PAGES:
        assert client.get(path).text.count(BANNER[lang]) == 1, path
    staff.enlist("chen", "correct horse battery", role="compliance", number="T1")
    assert client.login(username="chen", password="correct horse battery")
    assert BANNER[lang] in client.get("/law/").text


@pytest.mark.django_db
def test_no_other_house_says_so(client: Client) -> None:
    client.cookies[house_settings.LANGUAGE_COOKIE_NAME] = "en"
    assert BANNER["en"] not in client.get("/").text
