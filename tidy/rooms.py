"""Every room has a README that starts with its ordinary word, and its tests beside its code."""

import ast
from collections.abc import Collection, Iterable

from tidy.house import HOUSE, Source, code_lines, functions

README_LINES_MAX = 20
TWIN_LINES_MIN = 60
TWIN_ROOMS = ("core", "law", "ledger")
# Rooms of rooms: each folder in them is a room too.
FLOORS = ("lifecycle", "outbound", "providers")


def rooms() -> list[str]:
    """Paths in the checkout of the folders that owe a README."""
    floors = [HOUSE, *(HOUSE / floor for floor in FLOORS)]
    folders = [f for floor in floors if floor.exists() for f in sorted(floor.iterdir())]
    return [str(f.relative_to(HOUSE.parent)) for f in folders if f.is_dir() and any(f.glob("*.py"))]


def readme(room: str, text: str | None) -> list[str]:
    """What is wrong with a room's README; `text` is None where there is none."""
    where = f"{room}/README.md"
    if text is None:
        return [f"{where} is missing: what is this room in an ordinary word?"]
    lines = text.splitlines()
    found = []
    if not lines or not lines[0].startswith("# ") or not lines[0][2:].strip("` "):
        found.append(f"{where} must start with `# ` and the room's ordinary word")
    elif lines[0][2:].strip("` ").lower() == room.rsplit("/", 1)[-1] and len(lines) < 3:
        found.append(f"{where} says no more than the folder's name")
    if len([line for line in lines if line.strip()]) < 3:
        found.append(f"{where} says too little: what lives here, what may not")
    if len(lines) > README_LINES_MAX:
        found.append(f"{where} has {len(lines)} lines; about ten (docs/ has room)")
    return found


def missing_twins(sources: Iterable[Source], paths: Collection[str]) -> list[str]:
    """Modules of the strict rooms with no test beside them.

    `gate_search.py` may be tested by `gate_search_test.py` or by its family's `gate_test.py`.
    """
    return [
        f"{source.path} has no test beside it: write {twins(source.path)[0]}"
        for source in sources
        if owes_twin(source) and not any(twin in paths for twin in twins(source.path))
    ]


def owes_twin(source: Source) -> bool:
    """Whether a module is large enough, and in a room where it counts."""
    room = source.path.split("/")[1]
    data = "/migrations/" in source.path or source.name in {"__init__.py", "apps.py"}
    data = data or source.name.startswith("made_up")
    if room not in TWIN_ROOMS or source.is_test or data:
        return False
    if not functions(ast.parse(source.text)):
        return False  # a table of words or numbers
    return len(code_lines(source.text)) >= TWIN_LINES_MIN


def twins(path: str) -> list[str]:
    """The test files that would do for a module.

    >>> twins("evenhand/core/gate_search.py")
    ['evenhand/core/gate_search_test.py', 'evenhand/core/gate_test.py']
    """
    folder, name = path.removesuffix(".py").rsplit("/", 1)
    family = name.split("_")[0]
    return [f"{folder}/{one}_test.py" for one in dict.fromkeys((name, family))]
