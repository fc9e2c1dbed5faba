"""The settings of a lender's own house are strict; the demo's differ only where they must."""

import os
import subprocess
import sys

import pytest
from django.test import Client

IN_EARNEST = {
    "PATH": os.environ["PATH"],
    "DJANGO_SETTINGS_MODULE": "evenhand.site.settings",
    "DATABASE_URL": "postgresql://app@db.example/house",
    "EVENHAND_SECRET": "abcdefghijklmnopqrstuvwxyz" * 3,
    "EVENHAND_VAULT_KEY": "a2V5",
    "EVENHAND_HOSTS": "pay.example",
    "EVENHAND_LENDER": '{"name": "诚信小贷", "hotline": "4000000000"}',
    "EVENHAND_SMS": '{"provider": "simulator"}',
    "EVENHAND_IDENTITY": '{"provider": "simulator"}',
    "EVENHAND_BANK": '{"provider": "simulator"}',
    "EVENHAND_SIGNING": '{"provider": "simulator"}',
    "EVENHAND_ROOT_KEY": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "EVENHAND_DEMO": "0",
}
FREE = {"PATH", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "EVENHAND_DEMO"}


def test_django_finds_nothing_to_say_about_a_house_in_earnest() -> None:
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=IN_EARNEST, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("missing", sorted(IN_EARNEST.keys() - FREE))
def test_no_pages_are_served_without(missing: str) -> None:
    command = [sys.executable, "-c", "import evenhand.site.wsgi"]
    environment = {**IN_EARNEST, missing: ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert missing in done.stderr


def test_a_page_says_that_it_trusts_only_itself(db: None, client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_settings_start_nothing_and_need_no_database() -> None:
    bare = {"PATH": os.environ["PATH"], "EVENHAND_HOME": "/nonexistent"}
    code = "from evenhand.site import settings; assert settings.DATABASES == {'default': {}}"
    done = subprocess.run([sys.executable, "-c", code], env=bare, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
