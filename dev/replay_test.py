"""The replay's own database: made anew, beside the house's, which stays as it is."""

from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from dev import postgres, replay
from dev.cluster import OWNER


def test_data_lie_where_the_environment_says(tmp_path: Path) -> None:
    assert replay.data_folder({"EVENHAND_DATA": str(tmp_path)}) == tmp_path
    assert replay.data_folder({}) == postgres.CHECKOUT.parent / "shared/data"


def test_options_of_the_url_are_kept() -> None:
    own = replay.replay_url("postgresql://app@db/house?sslmode=require&options=-c%20jit%3Doff")
    assert own.startswith("postgresql://app@db/house_replay?sslmode=require&options=")
    assert psycopg.conninfo.conninfo_to_dict(own)["options"] == (
        "-c jit=off -c synchronous_commit=off"
    )


def test_a_missing_file_is_named_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@nowhere.invalid/house")
    monkeypatch.setenv("EVENHAND_DATA", str(tmp_path))
    assert replay.main([]) == 2
    assert capsys.readouterr().err == (
        f"replay: {tmp_path / replay.FILE} is missing; put it there or set EVENHAND_DATA\n"
    )


def test_only_the_database_of_replays_is_made_anew() -> None:
    with postgres.using(postgres.server(fast=True)) as server:
        own = replay.make_anew(server)
        try:
            with psycopg.connect(own, autocommit=True) as connection:
                connection.execute("create table left_over ()")
            assert replay.make_anew(server) == own
            with psycopg.connect(own) as connection:
                found = connection.execute("select to_regclass('left_over')").fetchone()
            assert found == (None,)
        finally:
            name = sql.Identifier(f"{OWNER}_replay")
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(sql.SQL("drop database {} with (force)").format(name))
