"""Figures for a bar chart drawn as SVG on the server: no script, no style attribute."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH = 1000


class Bar(NamedTuple):
    """One bar: its key (for a link and a colour), label, the figure shown and its width."""

    key: str
    label: str
    value: int
    shown: str
    width: int
    chosen: bool = False


def bars(rows: Sequence[tuple[str, str, int, str]], chosen: str = "") -> list[Bar]:
    """Bars from (key, label, value, shown); the largest is WIDTH wide, a small one still seen."""
    most = max((value for _, _, value, _ in rows), default=0)
    return [
        Bar(key, label, value, text, _width(value, most), key == chosen)
        for key, label, value, text in rows
    ]


def _width(value: int, most: int) -> int:
    if value <= 0 or most <= 0:
        return 0
    return max(value * WIDTH // most, 6)
