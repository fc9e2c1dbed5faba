"""A fresh machine: what is missing is installed, or named in one line to type."""

import shutil
import subprocess
from pathlib import Path

import pytest

from dev.postgres import CHECKOUT

TOOLS = ("sh", "env", "find", "grep", "true")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs: no Python, no browser, no sudo; apt-get writes down what it is told."""
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        (tmp_path / tool).symlink_to(found)
    program(tmp_path, "apt-get", f'echo "$@" >> {tmp_path}/installed')
    program(tmp_path, "id", "echo 1000")
    return tmp_path


def program(machine: Path, name: str, does: str) -> None:
    path = machine / name
    path.write_text(f"#!{shutil.which('sh')}\n{does}\n")
    path.chmod(0o755)


def prepared(machine: Path, what: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["sh", str(CHECKOUT / "dev/prepare"), what],
        env={"PATH": str(machine), "HOME": str(machine)},
        capture_output=True,
        text=True,
    )


def installed(machine: Path) -> list[str]:
    log = machine / "installed"
    return log.read_text().splitlines() if log.exists() else []


def with_python(machine: Path, version_is_enough: bool = True) -> None:
    """A Python that can make virtual environments."""
    status = 0 if version_is_enough else 1
    program(machine, "python3", f'case "$2" in *version*) exit {status};; esac')


def test_an_ordinary_user_is_told_what_to_type(machine: Path) -> None:
    done = prepared(machine, "python")
    assert done.returncode == 1
    assert "sudo apt-get install -y python3 python3-venv" in done.stderr
    assert installed(machine) == []


def test_root_has_it_installed(machine: Path) -> None:
    program(machine, "id", "echo 0")
    with_python(machine)
    assert prepared(machine, "browser").returncode == 0
    assert any("install" in line and "chromium" in line for line in installed(machine))


def test_sudo_without_a_password_will_do(machine: Path) -> None:
    program(machine, "sudo", 'shift; exec "$@"')
    with_python(machine)
    assert prepared(machine, "browser").returncode == 0
    assert any("chromium" in line for line in installed(machine))


@pytest.mark.parametrize("browser", ["chromium", "chromium-headless-shell"])
def test_nothing_is_installed_where_nothing_is_missing(machine: Path, browser: str) -> None:
    program(machine, "id", "echo 0")
    program(machine, browser, "true")
    with_python(machine)
    (machine / ".local/share/fonts").mkdir(parents=True)
    (machine / ".local/share/fonts/NotoSansCJK-Regular.ttc").touch()
    assert prepared(machine, "python").returncode == 0
    assert prepared(machine, "browser").returncode == 0
    assert installed(machine) == []


def test_an_old_python_stops_it(machine: Path) -> None:
    with_python(machine, version_is_enough=False)
    done = prepared(machine, "python")
    assert done.returncode == 1
    assert "Python 3.11 or later" in done.stderr


def test_a_machine_without_apt_is_told_the_names(machine: Path) -> None:
    (machine / "apt-get").unlink()
    done = prepared(machine, "python")
    assert done.returncode == 1
    assert "python3-venv" in done.stderr
