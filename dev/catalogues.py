"""Compile the gettext catalogues that are newer than their compiled form."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dev.postgres import CHECKOUT


def compile_all(house: Path = CHECKOUT / "evenhand") -> list[Path]:
    """Write the .mo beside every .po under `house` that needs it; returns those written."""
    stale = [source for source in sorted(house.rglob("*.po")) if _is_stale(source)]
    for source in stale:
        _compile(source)
    return stale


def _is_stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    making = source.with_suffix(".mo.making")
    with making.open("wb") as file:
        write_mo(file, catalogue)
    making.replace(source.with_suffix(".mo"))  # readers see the old one or the new one


if __name__ == "__main__":
    compile_all()
