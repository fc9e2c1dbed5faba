"""Days and moments as they are typed: one way to write each, and no other.

`date.fromisoformat` also takes "20261109" and "2026-W46-1": who types such a thing meant something
else, or the field is not what it seems. What is refused is said by whoever asks, naming the field.
"""

import re
from datetime import date, datetime
from typing import Final

DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII
)


def day(text: str) -> date:
    """A day; ValueError for any other way to write one, and for a day there is not.

    >>> day("2026-11-09")
    datetime.date(2026, 11, 9)
    >>> day("20261109")
    Traceback (most recent call last):
    ValueError: not a day such as 2026-11-09
    """
    if not DAY.fullmatch(text):
        raise ValueError("not a day such as 2026-11-09")
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """A moment, with the offset it names, if any; ValueError as above.

    >>> moment("2026-11-09T10:00:00+08:00").isoformat()
    '2026-11-09T10:00:00+08:00'
    """
    if not MOMENT.fullmatch(text):
        raise ValueError("not a moment such as 2026-11-09T10:00:00+08:00")
    return datetime.fromisoformat(text)
