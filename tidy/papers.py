"""Pinned requirements, dated papers, and places that are where papers say."""

import re
from collections.abc import Mapping
from pathlib import Path

FOLDERS = ("evenhand", "journeys", "dev", "benchmarks", "tidy")
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(\[[\w,-]+\])?==(\S+)")
_ADDRESS = re.compile(r"://|--(extra-)?index-url|--find-links|--trusted-host|^\s*-[if]\s")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def requirements(name: str, text: str) -> list[str]:
    """A compiled requirements file: every line pinned and hashed, no address of a registry."""
    found = [
        f"{name}:{number} an address; a machine's own configuration says where packages are"
        for number, line in enumerate(text.splitlines(), 1)
        if _ADDRESS.search(line)
    ]
    bare = re.sub(r"#[^\n]*", "", text)
    for entry in re.sub(r"\\\n", " ", bare).splitlines():
        if not entry.strip() or entry.startswith(" "):
            continue
        if not _PIN.match(entry):
            found.append(f"{name} `{entry.split()[0]}` is not pinned to one version")
        elif not _HASH.search(entry):
            found.append(f"{name} `{entry.split()[0]}` has no hash")
    return found


def same_versions(name: str, asked: str, compiled: str) -> list[str]:
    """What was asked for (.in) is what was compiled (.txt)."""
    held = pins(compiled)
    return [
        f"{name} asks for {package} {version}, the compiled file holds {held.get(package)}"
        for package, version in pins(asked).items()
        if held.get(package) != version
    ]


def pins(text: str) -> Mapping[str, str]:
    """Package and version of each pinned line.

    >>> dict(pins("Django[argon2]==5.2 ; python_version > '3'"))
    {'django': '5.2'}
    """
    matches = map(_PIN.match, text.splitlines())
    return {m[1].lower().replace("_", "-"): m[3] for m in matches if m}


def dated(name: str, text: str) -> list[str]:
    """A paper whose every section (`## `) carries a day, newest first."""
    titles = [line for line in text.splitlines() if line.startswith("## ")]
    if not titles:
        return [f"{name} has no section"]
    days = [re.search(r"\b\d{4}-\d{2}-\d{2}\b", title) for title in titles]
    found = [
        f"{name} `{title}` has no day (YYYY-MM-DD)"
        for title, day in zip(titles, days, strict=True)
        if not day
    ]
    known = [day[0] for day in days if day]
    if known != sorted(known, reverse=True):
        found.append(f"{name} is not in order: newest first")
    return found


def places(name: str, text: str, checkout: Path) -> list[str]:
    """Every path a paper names in backquotes is there, from the checkout or from the package; a
    bare file name, which goes with a path before it, is that of a file somewhere."""
    found = []
    for path in re.findall(r"`([a-z_]+/[\w/.*-]+)`?(?=[`:])", text):
        if not any(list(root.glob(path)) for root in (checkout, checkout / "evenhand")):
            found.append(f"{name} names `{path}`, which is not there")
    for bare in re.findall(r"`(\w+\.(?:py|toml|sql))(?=[`:])", text):
        if not any(any((checkout / folder).rglob(bare)) for folder in FOLDERS):
            found.append(f"{name} names `{bare}`, which is nowhere")
    return found
