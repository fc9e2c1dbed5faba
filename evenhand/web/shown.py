"""Amounts, days and moments as people read them, in the language of the page.

>>> amount(1234560, "CNY"), amount(-5, "CNY"), amount(1200, "JPY")
('12,345.60', '-0.05', '1,200')
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language

EPOCH = date(1970, 1, 1)
EPOCH_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
NEVER = 2_932_896
NONE = "–"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
# Digits after the point (ISO 4217); every currency not named here has two.
PLACES = {"JPY": 0, "KRW": 0, "VND": 0}


def amount(minor: int, currency: str) -> str:
    """Minor units as a plain figure with thousands marked."""
    places = PLACES.get(currency, 2)
    whole, rest = divmod(abs(int(minor)), 10**places)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole:,}.{rest:0{places}d}" if places else f"{sign}{whole:,}"


def as_date(value: object) -> date | None:
    """A date from a date, from days since 1970 or from "2026-09-30"; NEVER and nothing are None."""
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return date.fromisoformat(value) if value else None
    if value is None or int(value) >= NEVER:  # type: ignore[call-overload]
        return None
    return EPOCH + timedelta(days=int(value))  # type: ignore[call-overload]


def day_text(day: date) -> str:
    """30 Sep 2026 or 2026年9月30日."""
    if (get_language() or "en").startswith("zh"):
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def at_house(moment: int) -> datetime:
    """A moment (microseconds UTC) on the wall clock of the lender's zone."""
    utc = EPOCH_MOMENT + timedelta(microseconds=int(moment))
    return utc.astimezone(ZoneInfo(settings.EVENHAND_ZONE))


def moment_text(moment: int) -> str:
    """Day and minute on the lender's wall clock."""
    local = at_house(moment)
    return f"{day_text(local.date())} {local:%H:%M}"


def hundredths(number: int) -> str:
    """Hundredths of a per cent, with both digits.

    >>> hundredths(1080), hundredths(5)
    ('10.80%', '0.05%')
    """
    whole, rest = divmod(int(number), 100)
    return f"{whole}.{rest:02d}%"


def percent(ppm: int) -> str:
    """Parts per million as a percentage, without needless zeros.

    >>> percent(108000), percent(120000), percent(500)
    ('10.8%', '12%', '0.05%')
    """
    whole, rest = divmod(int(ppm), 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".") + "%"
