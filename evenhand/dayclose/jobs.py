"""The end of day's tasks, by name. `at` is the moment of the house clock when the job runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from evenhand.dayclose import close


def close_part(day: str, part: int, *, at: int) -> None:
    """Close one part of one day (ISO); nothing where it is closed. The last part closes the day."""
    close.close(date.fromisoformat(day), at, parts=[part])


TASKS: Final[Mapping[str, Callable[..., None]]] = {"dayclose.close_part": close_part}
