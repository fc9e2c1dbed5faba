"""The portfolio: what is out, at which age, how many caught up, what went wrong; no person."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evenhand.console import off_books
from evenhand.ledger import book, portfolio
from evenhand.ledger.book import PAID_OFF, Band
from evenhand.ledger.house import day_number, midnight
from evenhand.ledger.portfolio import Span
from evenhand.people.access import StaffRequest, page
from evenhand.web import charts, shown
from evenhand.web.words import word

CAUGHT_UP_DAYS: Final = 30
RATE_DAYS: Final = 90
MONTHS: Final = 4
"""The running month and those before it."""
NO_BAND: Final = Band(0, "", 0, 0, 0, 0)


class Age(NamedTuple):
    """One age of one currency's loans; `share_ppm` of the principal that is out."""

    key: str
    label: str
    loans: int
    outstanding_minor: int
    share_ppm: int


class Out(NamedTuple):
    """What is out in one currency, by age, youngest first, with its bars."""

    currency: str
    loans: int
    outstanding_minor: int
    past_due_minor: int
    past_due_ppm: int
    ages: list[Age]
    bars: list[charts.Bar]


class Rates(NamedTuple):
    """A span's counts, and how many a 10,000 contacts; a dash where nothing left."""

    span: Span
    complaints: str
    incidents: str


class Month(NamedTuple):
    """A month by the day it begins, up to today."""

    begins: date
    label: str
    rates: Rates


@require_GET
@page("portfolio")
def whole(request: StaffRequest) -> HttpResponse:
    """The whole book as of today, and its last months."""
    on, now = request.clock.today(), request.clock.now() + 1
    since = midnight(on - timedelta(days=RATE_DAYS - 1))
    months = _months(on, now)
    told = {
        "on": day_number(on),
        "outs": outs(book.by_age(on)),
        "off": off_books.off(),
        "caught_up": portfolio.cured(on, CAUGHT_UP_DAYS),
        "caught_up_days": CAUGHT_UP_DAYS,
        "rate_days": RATE_DAYS,
        "rates": rates(portfolio.spans([since, now])[0]),
        "months": months,
        "complaints": _month_bars(months, "complaints"),
        "incidents": _month_bars(months, "incidents"),
    }
    return render(request, "console/portfolio.html", told)


def outs(bands: list[Band]) -> list[Out]:
    """What is out, a currency each; loans paid off are not."""
    owing = [band for band in bands if band.age != PAID_OFF]
    return [
        _out(currency, {band.age: band for band in owing if band.currency == currency})
        for currency in sorted({band.currency for band in owing})
    ]


def rates(span: Span) -> Rates:
    """Complaints and incidents a 10,000 contacts."""
    return Rates(
        span, per_10_000(span.complaints, span.contacts), per_10_000(span.incidents, span.contacts)
    )


def per_10_000(count: int, contacts: int) -> str:
    """How many a 10,000 contacts, to the nearest tenth, halves up.

    >>> per_10_000(3, 20_000), per_10_000(1, 3), per_10_000(0, 0)
    ('1.5', '3,333.3', '–')
    """
    if not contacts:
        return shown.NONE
    whole, tenth = divmod(_tenths(count, contacts), 10)
    return f"{whole:,}.{tenth}"


def _tenths(count: int, contacts: int) -> int:
    return (count * 200_000 + contacts) // (2 * contacts) if contacts else 0


def _out(currency: str, bands: dict[int, Band]) -> Out:
    whole = sum(band.outstanding_minor for band in bands.values())
    behind = [band for age, band in bands.items() if age > 0]
    ages = [_age(edge, bands.get(edge, NO_BAND), whole) for edge in book.EDGES]
    rows = [
        (age.key, age.label, age.outstanding_minor, shown.percent(age.share_ppm)) for age in ages
    ]
    return Out(
        currency,
        sum(band.loans for band in bands.values()),
        whole,
        sum(band.past_due_minor for band in behind),
        _share(sum(band.outstanding_minor for band in behind), whole),
        ages,
        charts.bars(rows),
    )


def _age(edge: int, band: Band, whole: int) -> Age:
    key = str(edge)
    out = band.outstanding_minor
    return Age(key, word("age", key), band.loans, out, _share(out, whole))


def _share(part: int, whole: int) -> int:
    """Parts per million, to the nearest tenth of a per cent."""
    return (part * 2_000 + whole) // (2 * whole) * 1_000 if whole else 0


def _months(on: date, now: int) -> list[Month]:
    """The newest first."""
    begins = [_month_before(on, back) for back in range(MONTHS - 1, -1, -1)]
    found = portfolio.spans([*map(midnight, begins), now])
    months = [
        Month(day, f"{day:%Y-%m}", rates(span)) for day, span in zip(begins, found, strict=True)
    ]
    return months[::-1]


def _month_before(on: date, back: int) -> date:
    """The first day of a month so many before that of `on`."""
    year, month = divmod(on.year * 12 + on.month - 1 - back, 12)
    return date(year, month + 1, 1)


def _month_bars(months: list[Month], what: str) -> list[charts.Bar]:
    rows = [
        (
            month.begins.isoformat(),
            month.label,
            _tenths(getattr(month.rates.span, what), month.rates.span.contacts),
            getattr(month.rates, what),
        )
        for month in months
    ]
    return charts.bars(rows)
