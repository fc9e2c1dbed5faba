"""Databases for tests: a template for each state of the migrations, clones that share nothing."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

from dev import catalogues, testbases

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "a"\nmsgstr "甲"\n'


def test_a_changed_migration_is_another_fingerprint(tmp_path: Path) -> None:
    migration = tmp_path / "evenhand/ledger/migrations/0001_x.py"
    migration.parent.mkdir(parents=True)
    migration.write_text("x = 1")
    (tmp_path / "requirements.txt").write_text("")
    first = testbases.fingerprint(tmp_path)
    assert testbases.fingerprint(tmp_path) == first
    migration.write_text("x = 2")
    assert testbases.fingerprint(tmp_path) != first


def test_a_test_runs_as_the_serving_role(own_database: str) -> None:
    code = (
        "import django; django.setup(); from django.db import connection as c;"
        "print(c.cursor().execute('select current_user').fetchone()[0])"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "evenhand.site.settings"}
    for owner, role in (("0", "evenhand_serving"), ("1", "evenhand")):
        environment |= {"DATABASE_URL": own_database, "EVENHAND_AS_OWNER": owner}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True
        )
        assert done.stdout.strip() == role, done.stderr


def test_clones_share_nothing(own_database: str) -> None:
    bases = testbases.Bases(own_database, worker="other")
    bases.clone(bases.own)
    try:
        with psycopg.connect(own_database, autocommit=True) as connection:
            connection.execute("CREATE TABLE only_here (n int)")
        with psycopg.connect(bases.url(bases.own)) as connection:
            found = connection.execute("SELECT to_regclass('only_here')").fetchone()
        assert found == (None,)
    finally:
        bases.drop(bases.own)


def test_clones_of_a_killed_run_are_swept(own_database: str) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    bases = testbases.Bases(own_database, worker="sweeper")
    left = f"{testbases.CLONE}{gone.pid}_main"
    bases.clone(left)
    bases.template()
    with psycopg.connect(own_database) as connection:
        rows = connection.execute("SELECT datname FROM pg_database").fetchall()
    assert (left,) not in rows


def test_a_catalogue_is_compiled_when_its_words_are_newer(tmp_path: Path) -> None:
    source = tmp_path / "locale/zh_Hant/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO)
    assert catalogues.compile_all(tmp_path) == [source]
    assert source.with_suffix(".mo").stat().st_size > 0
    assert catalogues.compile_all(tmp_path) == []
    os.utime(source, ns=(2**62, 2**62))
    assert catalogues.compile_all(tmp_path) == [source]
