"""The book by age of arrears and by state: bars, totals, and a list with masked names."""

from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import book as ledger_book
from evenhand.ledger.book import PAID_OFF, Band, Line
from evenhand.ledger.house import day_number
from evenhand.ledger.loans import borrower_of
from evenhand.people import persons, staff
from evenhand.people.access import StaffRequest, page
from evenhand.web import charts, shown
from evenhand.web.words import word

PER_PAGE = 25
# What the list can be narrowed to → the states of people that are meant.
STATES: dict[str, tuple[str, ...]] = {
    "complaint": ("complaint_open", "dispute_open"),
    "arrangement": ("agreement_in_force",),
    "opt_out": ("opt_out", "cease_request", "inconvenient"),
    "represented": ("represented",),
}


class Row(NamedTuple):
    """A line of the list: the loan, its masked person and the states that hold."""

    line: Line
    person: persons.Masked | None
    states: list[str]


class Total(NamedTuple):
    """What one currency's bands come to."""

    currency: str
    loans: int
    outstanding_minor: int
    past_due_loans: int
    past_due_minor: int


@require_GET
@page("book")
def book(request: StaffRequest) -> HttpResponse:
    """Bars and totals over the whole book, then one page of loans, oldest arrears first."""
    on, at = request.clock.today(), request.clock.now()
    age = _age(request.GET.get("age", ""))
    state = request.GET.get("state", "")
    number = _number(request.GET.get("page", ""))
    bands = ledger_book.by_age(on)
    lines, count = ledger_book.page(
        on,
        at=at,
        age=age,
        states=STATES.get(state, ()),
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
    )
    shown_age = "" if age is None else str(age)
    return render(
        request,
        "console/book.html",
        {
            "on": day_number(on),
            "bars": charts.bars(_bars(bands), shown_age),
            "totals": _totals(bands),
            "rows": _rows(lines, at),
            "count": count,
            "page": _page(count, number),
            "age": shown_age,
            "age_label": word("age", shown_age) if shown_age else "",
            "state": state if state in STATES else "",
            "states": list(STATES),
            "may_open": staff.may_see(request.member.role, "file"),
            "may_state": staff.may_see(request.member.role, "statement"),
        },
    )


@require_POST
@page("file")
def find(request: StaffRequest) -> HttpResponse:
    """From a phone number, an identity number, or a loan to the borrower's file.

    A form is posted, so that what was looked for never stands in an address. Who was found by a
    phone or an identity number has that in the log of looks.
    """
    wanted = request.POST.get("value", "").strip()
    found = _found(request, wanted) if wanted else []
    if len(found) == 1:
        return redirect("file", borrower=found[0])
    people = persons.masked(found)
    shown_people = [people[borrower] for borrower in found if borrower in people]
    return render(request, "console/found.html", {"people": shown_people})


def _found(request: StaffRequest, wanted: str) -> list[int]:
    borrowers = set(persons.look_up(wanted, by=request.member.staff, at=request.clock.now()))
    borrowers |= {found.person for found in persons.find("loan", wanted)}
    if wanted.isdecimal() and len(wanted) < 18:
        number = int(wanted)
        owner = borrower_of(number)
        borrowers |= {owner} if owner else set(persons.masked([number]))
    return sorted(borrowers)


def _age(given: str) -> int | None:
    known = {str(edge): edge for edge in (*ledger_book.EDGES, PAID_OFF)}
    return known.get(given)


def _number(given: str) -> int:
    return max(int(given), 1) if given.isdecimal() and len(given) < 7 else 1


def _page(count: int, number: int) -> Page[Any]:
    return Paginator(range(count), PER_PAGE).get_page(number)


def _bars(bands: list[Band]) -> list[tuple[str, str, int, str]]:
    rows = []
    for edge in ledger_book.EDGES:
        of_age = [band for band in bands if band.age == edge]
        loans = sum(band.loans for band in of_age)
        amounts = [
            f"{band.currency}\u00a0{shown.amount(band.outstanding_minor, band.currency)}"
            for band in of_age
        ]
        text = ngettext("%(n)s loan", "%(n)s loans", loans) % {"n": f"{loans:,}"}
        rows.append((str(edge), word("age", str(edge)), loans, " · ".join([text, *amounts])))
    return rows


def _totals(bands: list[Band]) -> list[Total]:
    owing = [band for band in bands if band.age != PAID_OFF]
    return [
        Total(
            currency,
            sum(band.loans for band in owing if band.currency == currency),
            sum(band.outstanding_minor for band in owing if band.currency == currency),
            sum(band.loans for band in owing if band.currency == currency and band.age > 0),
            sum(band.past_due_minor for band in owing if band.currency == currency),
        )
        for currency in sorted({band.currency for band in owing})
    ]


def _rows(lines: list[Line], at: int) -> list[Row]:
    borrowers = sorted({line.borrower for line in lines})
    people = persons.masked(borrowers)
    states = ledger_book.states_of(borrowers, at=at)
    return [Row(line, people.get(line.borrower), states.get(line.borrower, [])) for line in lines]
