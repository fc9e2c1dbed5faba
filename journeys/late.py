"""Who has fallen behind in the house of some journeys, and whom a collector calls there.

On the morning of day DAYS the first instalment of most is due, and falls behind the day after; two
are behind long enough to be called. One pays, a loan of which what is paid ahead may be chosen.
"""

from typing import Final

from evenhand.site.demo_lives import FIRST_NUMBER, LIVES, Life
from journeys import lives
from journeys.lives import Someone

DAYS: Final = 55
JOINED: Final = DAYS - 31
JOINED_LONG_AGO: Final = DAYS - 53

LATE: Final = (
    Life("何雨晴", "zh-hans", "past_due", JOINED, "6000", 12, stops=0),
    Life("罗大川", "zh-hans", "past_due", JOINED, "6000", 12, stops=0),
    Life("马小满", "zh-hans", "past_due", JOINED, "6000", 12, stops=0),
    Life("丁山", "zh-hant", "past_due", JOINED, "6000", 12, stops=0),
    Life("白露", "zh-hans", "past_due", JOINED_LONG_AGO, "6000", 12, stops=0),
    Life(
        "石磊",
        "zh-hans",
        "past_due",
        JOINED_LONG_AGO,
        "6000",
        12,
        stops=0,
        wishes=({"day": JOINED, "sort": "no_calls"},),
    ),
    Life("江月", "zh-hans", "claims", JOINED, "5000", 6, claims_after=DAYS - 2),
    Life(
        "秦岭",
        "zh-hans",
        "decision",
        DAYS - 1,
        "30000",
        24,
        signs=False,
        said={"income": "5200", "housing": "2300", "savings": "none"},
    ),
    Life("沈星", "zh-hans", "current", JOINED, "6000", 12, product="steady"),
)
EVERYBODY: Final = (*LIVES, *LATE)


def of(name: str) -> Someone:
    """Somebody of them, with phone, card and PIN."""
    place = next(place for place, life in enumerate(EVERYBODY) if life.name == name)
    return lives.someone(FIRST_NUMBER + place, name)
