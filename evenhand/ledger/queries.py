"""The room's SQL, by name: in `sql/`, each statement under a line `-- name: its_name`."""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "sql"
_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


def query(name: str) -> str:
    """The statement of that name, without a closing semicolon. KeyError where there is none."""
    return _all()[name]


@cache
def _all() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(_FOLDER.glob("*.sql")):
        _, *parts = _NAME.split(path.read_text())
        for name, text in zip(parts[::2], parts[1::2], strict=True):
            assert name not in found, f"two statements are called {name}"
            found[name] = text.strip().rstrip(";")
    return found
