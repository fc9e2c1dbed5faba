"""A borrower's file: where the loans stand and why, contacts with verdicts, the facts in words."""

from typing import Any, NamedTuple

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from evenhand.console import telling
from evenhand.core.days import NEVER
from evenhand.ledger import book, looks, streams
from evenhand.ledger.contact_story import contacts
from evenhand.ledger.facts import Fact, first_link, link_of
from evenhand.ledger.house import day_number
from evenhand.lifecycle.repay import closing, figures, owing, sum_words
from evenhand.lifecycle.repay.closing import Closing
from evenhand.lifecycle.repay.owing import Owing
from evenhand.lifecycle.repay.sum_words import Told
from evenhand.people import look, persons, staff
from evenhand.people.access import StaffRequest, page

FACTS_SHOWN = 30
SHOWN = (
    "past-due", "late-interest", "late-a-day", "outstanding", "next", "owed", "paid", "overpaid",
    "yearly-cost",
)  # fmt: skip


class Shown(NamedTuple):
    """A loan, the sums of its figures in words, and what pays it off on the day asked for."""

    loan: Owing
    sums: list[Told]
    closing: Closing | None


class Proof(NamedTuple):
    """What verifying a stream found: how many facts, and the first seq whose link is wrong (0)."""

    facts: int
    broken_at: int


@require_GET
@page("file")
def file(request: StaffRequest, borrower: int) -> HttpResponse:
    """The file; `?verify=1` proves the stream link by link, `?facts=all` shows every fact."""
    return render(request, "console/file.html", _shown(request, borrower))


@require_GET
@page("file")
def sum_of(request: StaffRequest, borrower: int, loan: int, figure: str) -> HttpResponse:
    """One figure of a loan and how it comes about, as the borrower may read it too."""
    one = owing.loan_of(borrower, loan, day_number(request.clock.today()))
    found = figures.sum_of(one, figure)
    if found is None:
        raise Http404
    shown = {
        "borrower": borrower,
        "loan": one,
        "figure": figure,
        "sum": sum_words.told(found, one.currency),
        "may_complain": staff.may_see(request.member.role, "complaint_record"),
    }
    return render(request, "console/sum.html", shown)


@require_POST
@page("reveal")
@sensitive_variables("value", "shown")
def reveal(request: StaffRequest, borrower: int) -> HttpResponse:
    """One field in clear for a stated purpose, written to the log of looks. Never in an address."""
    wanted, purpose = request.POST.get("field", ""), request.POST.get("purpose", "")
    shown = _shown(request, borrower)
    if wanted not in persons.FIELDS or purpose not in look.PURPOSES:
        return render(request, "console/file.html", shown | {"unstated": True}, status=400)
    try:
        value = persons.reveal(
            borrower, wanted, purpose=purpose, by=request.member.staff, at=request.clock.now()
        )
    except persons.Erased:
        raise Http404 from None
    shown |= {"revealed": value, "revealed_field": wanted, "looks": _looks(request, borrower)}
    return render(request, "console/file.html", shown)


def proof(borrower: int, facts: list[Fact]) -> Proof:
    """Links every fact again from the first."""
    link = first_link(borrower)
    for fact in facts:
        link = link_of(link, fact)
        if link != fact.link:
            return Proof(len(facts), fact.seq)
    return Proof(len(facts), 0)


def _shown(request: StaffRequest, borrower: int) -> dict[str, Any]:
    facts = streams.stream(borrower)
    if not facts:
        raise Http404
    on = day_number(request.clock.today())
    told = telling.tell(facts)
    all_facts = request.GET.get("facts") == "all"
    role = request.member.role
    return {
        "borrower": borrower,
        "person": persons.masked([borrower]).get(borrower),
        "on": on,
        "loans": _loans(request.GET, facts, on),
        "states": book.states_of([borrower], at=request.clock.now()).get(borrower, []),
        "look_on": (look_on := _look_on(borrower)),
        "looks_again": look_on < NEVER,
        "contacts": contacts(facts),
        "told": told if all_facts else told[:FACTS_SHOWN],
        "facts_hidden": 0 if all_facts else max(len(told) - FACTS_SHOWN, 0),
        "head": facts[-1],
        "proof": proof(borrower, facts) if request.GET.get("verify") == "1" else None,
        "may_reveal": staff.may_see(role, "reveal"),
        "may_complain": staff.may_see(role, "complaint_record"),
        "may_record": staff.may_see(role, "circumstance_record"),
        "may_state": staff.may_see(role, "statement"),
        "may_waive": staff.may_see(role, "waiver_propose"),
        "may_relieve": staff.may_see(role, "relief_answer"),
        "may_correct": staff.may_see(role, "declaration")
        and any(fact.kind == "person.declared" for fact in facts),
        "fields": persons.FIELDS,
        "purposes": look.PURPOSES,
        "looks": _looks(request, borrower),
    }


def _loans(asked: QueryDict, facts: list[Fact], on: int) -> list[Shown]:
    """Every loan with its pay-off of today, or of the day asked for (`?loan=&on=`)."""
    found = []
    for loan in owing.all_by(facts, on):
        typed = asked.get("on", "") if asked.get("loan") == str(loan.loan) else ""
        found.append(Shown(loan, _told(loan), closing.closing(facts, loan, typed)))
    return found


def _told(loan: Owing) -> list[Told]:
    found = figures.sums_of(loan, SHOWN)
    return [sum_words.told(sum_, loan.currency) for sum_ in found if sum_.total or not sum_.rare]


def _look_on(borrower: int) -> int:
    """The next day on which something may change, days since 1970; NEVER where nothing will."""
    found = looks.look_on([borrower])
    return int(found["look_on"][0]) if len(found) else NEVER


def _looks(request: StaffRequest, borrower: int) -> list[tuple[look.Look, str]]:
    if not staff.may_see(request.member.role, "looks"):
        return []
    found = look.looks(borrower)
    numbers = staff.numbers([line.staff for line in found])
    return [(line, numbers.get(line.staff, str(line.staff))) for line in found]
