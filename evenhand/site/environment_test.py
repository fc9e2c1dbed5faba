"""What the environment may say, and what the house answers."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evenhand.site import environment

URL = "postgresql://app:s%20ecret@db.example:5433/house?sslmode=verify-full"
WHOLE = {
    "DATABASE_URL": URL,
    "EVENHAND_SECRET": "x" * 50,
    "EVENHAND_VAULT_KEY": "a2V5",
    "EVENHAND_HOSTS": "pay.example",
    "EVENHAND_LENDER": '{"name": "诚信小贷", "hotline": "4000000000"}',
    "EVENHAND_SMS": '{"provider": "simulator"}',
    "EVENHAND_IDENTITY": '{"provider": "simulator"}',
    "EVENHAND_BANK": '{"provider": "simulator"}',
    "EVENHAND_SIGNING": '{"provider": "simulator"}',
    "EVENHAND_ROOT_KEY": base64.b64encode(bytes(32)).decode(),
}
LOOKING = {"DATABASE_URL", "EVENHAND_SECRET", "EVENHAND_VAULT_KEY"}


def test_a_url_becomes_the_serving_roles_database(tmp_path: Path) -> None:
    found = environment.database({**WHOLE, "EVENHAND_POOL": "3"})
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "house")
    assert (found["USER"], found["PASSWORD"]) == ("app", "s ecret")
    assert found["OPTIONS"]["sslmode"] == "verify-full"
    assert found["OPTIONS"]["options"] == f"-c {environment.PLANS} -c role=evenhand_serving"
    assert found["OPTIONS"]["pool"]["max_size"] == 3


def test_options_of_the_url_are_kept() -> None:
    found = environment.database({"DATABASE_URL": "postgresql:///x?options=-c%20jit%3Doff"})
    assert (
        found["OPTIONS"]["options"] == f"-c jit=off -c {environment.PLANS} -c role=evenhand_serving"
    )


def test_the_owner_takes_his_own_url_and_no_role() -> None:
    owner = {"EVENHAND_AS_OWNER": "1", "DATABASE_OWNER_URL": "postgresql://boss@db/house"}
    found = environment.database({**WHOLE, **owner})
    assert found["USER"] == "boss"
    assert found["OPTIONS"] == {}
    assert environment.database({**WHOLE, "EVENHAND_AS_OWNER": "1"})["USER"] == "app"


def test_without_a_url_there_is_no_database(tmp_path: Path) -> None:
    assert environment.database({"EVENHAND_HOME": str(tmp_path)}) == {}


def test_a_checkouts_running_server_is_found_and_is_a_demo(tmp_path: Path) -> None:
    (tmp_path / "postgres.url").write_text("postgresql://evenhand@127.0.0.1:1/evenhand")
    here = {"EVENHAND_HOME": str(tmp_path)}
    assert environment.database(here)["PORT"] == "1"
    assert environment.demo(here)
    assert not environment.demo({**here, "DATABASE_URL": URL})
    assert not environment.demo({**here, "EVENHAND_DEMO": "0"})


def test_the_demo_keeps_one_secret(tmp_path: Path) -> None:
    demo = {"EVENHAND_HOME": str(tmp_path / "new"), "EVENHAND_DEMO": "1"}
    first = environment.secret(demo)
    assert len(first) >= environment.SECRET_LENGTH_MIN
    assert environment.secret(demo) == first
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["secret"]
    assert (tmp_path / "new/secret").stat().st_mode & 0o077 == 0


def test_outside_the_demo_no_secret_is_made_up(tmp_path: Path) -> None:
    assert environment.secret({"EVENHAND_HOME": str(tmp_path)}) == ""
    assert not any(tmp_path.iterdir())


def test_a_whole_environment_may_serve() -> None:
    assert environment.unfit_for_pages(WHOLE) == []


@pytest.mark.parametrize("missing", sorted(WHOLE))
def test_each_missing_part_is_named(missing: str, tmp_path: Path) -> None:
    rest = {name: value for name, value in WHOLE.items() if name != missing}
    (reason,) = environment.unfit_for_pages({**rest, "EVENHAND_HOME": str(tmp_path)})
    assert reason.startswith(missing)


def test_a_worker_needs_no_host_names() -> None:
    rest = {name: value for name, value in WHOLE.items() if name != "EVENHAND_HOSTS"}
    assert environment.unfit_to_work(rest) == []


@pytest.mark.parametrize("demo", ["0", "1"])
def test_no_house_works_without_its_policy(demo: str) -> None:
    lawful = {**WHOLE, "EVENHAND_PACKS": "cn", "EVENHAND_DEMO": demo}
    (reason,) = environment.unfit_to_work(lawful)
    assert reason.startswith("EVENHAND_PACKS must name policy") and "\n" not in reason
    assert environment.unfit(lawful) == []
    assert environment.unfit_to_work({**lawful, "EVENHAND_PACKS": "policy,cn"}) == []


def test_who_only_looks_needs_no_lender_and_no_provider() -> None:
    assert environment.unfit({name: WHOLE[name] for name in LOOKING}) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EVENHAND_LENDER", '{"name": "诚信小贷"}'),
        ("EVENHAND_LENDER", '["诚信小贷", "400"]'),
        ("EVENHAND_LENDER", "诚信小贷"),
        ("EVENHAND_LENDER_KIND", "pawnshop"),
        ("EVENHAND_PACKS", "cn,polcy"),
        ("EVENHAND_SMS", '{"provider": "pigeon"}'),
        ("EVENHAND_SMS", '{"provider": "kannel"}'),
        ("EVENHAND_SMS", "kannel"),
        ("EVENHAND_IDENTITY", '{"provider": "tencent", "secret_id": ""}'),
        ("EVENHAND_SIGNING", '{"provider": "key", "pkcs12": "/nowhere/lender.p12"}'),
        ("EVENHAND_ROOT_KEY", "c2hvcnQ="),
    ],
)
def test_what_cannot_be_meant_opens_nothing(name: str, value: str) -> None:
    (reason,) = environment.unfit({**WHOLE, name: value})
    assert reason.startswith(f"{name} is not what it must be")


def test_the_lenders_own_settings_are_read() -> None:
    own = {**WHOLE, "EVENHAND_LENDER_KIND": "bank", "EVENHAND_PACKS": "cn"}
    assert environment.lender(own) == {"name": "诚信小贷", "hotline": "4000000000"}
    assert (environment.lender_kind(own), environment.packs(own)) == ("bank", ("cn",))
    assert environment.lender_kind(WHOLE) == "small_loan"
    assert environment.packs(WHOLE) == ("cn", "policy")


def test_the_demos_root_key_comes_from_its_secret(tmp_path: Path) -> None:
    demo = {"EVENHAND_HOME": str(tmp_path), "EVENHAND_DEMO": "1"}
    assert len(base64.b64decode(environment.root_key(demo))) == environment.KEY_BYTES
    assert environment.root_key(demo) == environment.root_key(demo)
    assert environment.root_key({"EVENHAND_DEMO": "0"}) == ""


@pytest.mark.parametrize("command", ["run", "worker", "close"])
def test_no_worker_writes_under_a_made_up_name(command: str, tmp_path: Path) -> None:
    bare = {name: WHOLE[name] for name in LOOKING} | {"EVENHAND_HOME": str(tmp_path)}
    words = [sys.executable, "-m", "evenhand", command]
    done = subprocess.run(
        words, env={**bare, "PATH": os.environ["PATH"]}, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "EVENHAND_LENDER" in done.stderr and "EVENHAND_SMS" in done.stderr


def test_a_house_without_its_secret_does_not_open(tmp_path: Path) -> None:
    bare = {"PATH": os.environ["PATH"], "EVENHAND_HOME": str(tmp_path), "DATABASE_URL": URL}
    command = [sys.executable, "-m", "evenhand", "check"]
    done = subprocess.run(command, env=bare, capture_output=True, text=True)
    assert done.returncode == 2
    assert "EVENHAND_SECRET" in done.stderr and "EVENHAND_VAULT_KEY" in done.stderr


def test_the_demo_needs_only_a_database(tmp_path: Path) -> None:
    demo = {"EVENHAND_DEMO": "1", "EVENHAND_HOME": str(tmp_path)}
    assert environment.unfit({**demo, "DATABASE_URL": URL}) == []
    assert len(environment.unfit(demo)) == 1


HASHES = """
import django
django.setup()
from django.conf import settings
print(settings.PIN_HASH_KIB, *settings.PASSWORD_HASHERS)
"""


@pytest.mark.parametrize(("demo", "kept"), [("1", "64 MD5"), ("0", "19456 Argon2")])
def test_hashes_are_quick_in_a_demo_only(demo: str, kept: str) -> None:
    said = {**os.environ, **WHOLE, "EVENHAND_DEMO": demo, "EVENHAND_HASHES": "quick"}
    said["DJANGO_SETTINGS_MODULE"] = "evenhand.site.settings"
    told = [sys.executable, "-c", HASHES]
    done = subprocess.run(told, env=said, check=True, capture_output=True, text=True)
    kib, word = kept.split()
    assert done.stdout.split() == [kib, f"django.contrib.auth.hashers.{word}PasswordHasher"]
