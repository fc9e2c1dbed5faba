"""The slope of imports holds, and each contract breaks on a seeded violation of its own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tidy.house import CHECKOUT


class Seed(NamedTuple):
    """Files written into a copy of the house, and the contract that must break."""

    files: dict[str, str]
    contract: str


SLOPE = "Rooms are stacked; imports only go down"
STAGES = "Stages of a loan's life do not import each other"
OUTBOUND = "Outbound rooms do not import each other"
PROVIDERS = "Providers do not import each other"
APART = "Providers know no facts, no people and no arithmetic of ours"
CORE = "The core is arithmetic: no framework, no files, no clock, no chance"
LAW = "The law is data: no framework, no database"
PLAIN = "Questions of arithmetic and law are answered without Django"
GATED = "Only outbound reaches providers: no word, coin or look-up leaves ungated"
TABLES = "Only the ledger touches its tables"
VAULT = "What names or reaches a person stays in the vault"
CONSOLE = "The console looks; it does not act"
CIRCLES = "No circles at any depth"

SEEDS = {
    "a stage imports a stage": Seed(
        {"lifecycle/seeded/__init__.py": "from evenhand.lifecycle import remind\n"}, STAGES
    ),
    "an outbound room imports another": Seed(
        {"outbound/seeded/__init__.py": "from evenhand.outbound.contact import ask\n"}, OUTBOUND
    ),
    "a provider imports another": Seed(
        {"providers/seeded/__init__.py": "from evenhand.providers.sms import message\n"}, PROVIDERS
    ),
    "a provider does our arithmetic": Seed(
        {"providers/sms/seeded.py": "from evenhand.core import money\n"}, APART
    ),
    "a provider is reached past outbound": Seed(
        {"dayclose/seeded.py": "from evenhand.providers.sms import registry\n"}, GATED
    ),
    "a page of the site reaches a provider": Seed(
        {"site/seeded.py": "from evenhand.providers.sms import registry\n"}, GATED
    ),
    "a command reaches a provider": Seed(
        {"site/commands/seeded.py": "from evenhand.providers.sms import simulator\n"}, GATED
    ),
    "a stage reaches a provider": Seed(
        {"lifecycle/remind/seeded.py": "from evenhand.providers.sms import message\n"}, GATED
    ),
    "the console reaches a provider": Seed(
        {"console/seeded.py": "from evenhand.providers.bank import registry\n"}, GATED
    ),
    "the clock in core": Seed({"core/seeded.py": "import time\n"}, CORE),
    "a calendar in core": Seed({"core/seeded.py": "from datetime import date\n"}, CORE),
    "chance in core": Seed({"core/seeded.py": "import random\n"}, CORE),
    "Django in core": Seed({"core/seeded.py": "from django.db import connection\n"}, CORE),
    "Django in law": Seed({"law/seeded.py": "from django.conf import settings\n"}, LAW),
    "a plain command opens the house": Seed(
        {"site/commands/schedule.py": "from evenhand.site import clock\n"}, PLAIN
    ),
    "another room takes the ledger's SQL": Seed(
        {"dayclose/seeded.py": "from evenhand.ledger import queries\n"}, TABLES
    ),
    "the vault from console": Seed(
        {"console/seeded.py": "from evenhand.people import vault\n"}, VAULT
    ),
    "the vault from outbound": Seed(
        {"outbound/contact/seeded.py": "from evenhand.people.vault import seal\n"}, VAULT
    ),
    "the console acts": Seed(
        {"console/seeded.py": "from evenhand.outbound.contact import ask\n"}, CONSOLE
    ),
    "a hidden import inside a function": Seed(
        {"web/seeded.py": "def f() -> None:\n    from evenhand.ledger import streams\n"}, SLOPE
    ),
    "the ledger imports people": Seed(
        {"ledger/seeded.py": "from evenhand.people import persons\n"}, SLOPE
    ),
    "the end of day imports the console": Seed(
        {"dayclose/seeded.py": "from evenhand import console\n"}, SLOPE
    ),
    "somebody imports the site": Seed(
        {"console/seeded.py": "from evenhand.site import clock\n"}, SLOPE
    ),
    "a test climbs the slope": Seed(
        {"core/seeded_test.py": "from evenhand.law import loader\n"}, SLOPE
    ),
    "a room that is in no plan": Seed({"seeded/__init__.py": ""}, SLOPE),
    "a circle of two": Seed(
        {
            "core/seeded_a.py": "from evenhand.core import seeded_b\n",
            "core/seeded_b.py": "from evenhand.core import seeded_a\n",
        },
        CIRCLES,
    ),
}

ALLOWED = {
    "the console asks what is allowed": {
        "console/seeded.py": "from evenhand.outbound.contact import may\n"
    },
    "a test in core reads a file": {"core/seeded_test.py": "import json, pathlib\n"},
    "a test in dayclose asks the simulator": {
        "dayclose/seeded_test.py": "from evenhand.providers.sms import simulator\n"
    },
    "the site wires a provider": {"site/demo.py": "from evenhand.providers.sms import registry\n"},
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package, the contracts and nothing else."""
    for folder in ("evenhand", "tidy"):
        for source in sorted((CHECKOUT / folder).rglob("*.py")):
            target = tmp_path / source.relative_to(CHECKOUT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    shutil.copy2(CHECKOUT / "pyproject.toml", tmp_path)
    return tmp_path


def broken(place: Path, files: dict[str, str], cache: Path) -> set[str]:
    """The contracts that do not hold once the files are there."""
    for path, text in files.items():
        target = place / "evenhand" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    program = [str(Path(sys.executable).with_name("lint-imports")), "--cache-dir", str(cache)]
    environment = {**os.environ, "PYTHONPATH": str(place), "COLUMNS": "200"}
    done = subprocess.run(program, cwd=place, env=environment, capture_output=True, text=True)
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    found = set(re.findall(r"^(.+?) BROKEN(?: \(.*\))?$", done.stdout, re.MULTILINE))
    assert bool(found) == bool(done.returncode)
    return found


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("imports")


def test_the_house_keeps_every_contract(copy: Path, cache: Path) -> None:
    assert broken(copy, {}, cache) == set()


@pytest.mark.parametrize("name", SEEDS)
def test_a_seeded_violation_breaks_its_contract(name: str, copy: Path, cache: Path) -> None:
    seed = SEEDS[name]
    assert seed.contract in broken(copy, seed.files, cache)


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_breaks_none(name: str, copy: Path, cache: Path) -> None:
    assert broken(copy, ALLOWED[name], cache) == set()
