"""The first page: what is due, by when, where to pay, what may happen, how to stop it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from evenhand.ledger import answering, house, parties, reliefs, streams
from evenhand.ledger.answering import Answered
from evenhand.ledger.facts import Fact
from evenhand.lifecycle.repay import measures, overpaid, owing, under_plan, words
from evenhand.lifecycle.repay.measures import Measure
from evenhand.lifecycle.repay.on_the_way import on_the_way
from evenhand.lifecycle.repay.owing import Owing
from evenhand.outbound.payments import debits, known, reference
from evenhand.people import borrowers
from evenhand.people.borrowers import BorrowerRequest
from evenhand.web import shown
from evenhand.web.words import word


@borrowers.page
@require_GET
def home(request: BorrowerRequest) -> HttpResponse:
    """The loan that most needs looking at, the others below it; or the way to one."""
    facts, at = streams.stream(request.person), request.clock.now()
    loans = owing.all_by(facts, house.day_number(house.day_of(at)))
    coming = on_the_way(facts, house.day_of(at))
    told: dict[str, Any] = {"lender": settings.EVENHAND_LENDER}
    if loans and (loans[0].state != "paid_off" or not coming):
        told |= _about(loans[0], facts, at) | {"others": loans[1:], "beside": coming}
    else:
        told |= {"others": loans, "coming": coming}
    told["answers"] = _answers(facts, house.day_of(at))
    told["surplus"] = [one for one in loans if overpaid.is_open(one, facts)]
    return render(request, "repay/home.html", told)


@borrowers.page
@require_GET
def offline(request: BorrowerRequest) -> JsonResponse:
    """What a phone may keep where its owner wants it to: the next amount and its day, how to reach
    us. Nothing in it says whose it is."""
    loans = owing.loans_of(request.person, house.day_number(request.clock.today()))
    today = shown.day_text(request.clock.today())
    lines = [_line(one) for one in loans if not one.paid_off] or [_("Nothing is to be paid.")]
    lines.append(_("Call us: %(number)s") % {"number": settings.EVENHAND_LENDER["hotline"]})
    return JsonResponse({"as_of": _("As of %(day)s.") % {"day": today}, "lines": lines})


def _answers(facts: Sequence[Fact], on: date) -> list[Answered]:
    """What the person answers for of others' loans that run, as they stand."""
    standing = [one for one in parties.promises(facts) if not one.ended]
    found = [answering.answered(streams.stream(one.borrower), one, on) for one in standing]
    return [one for one in found if one is not None and not one.paid_off]


def _about(one: Owing, facts: Sequence[Fact], at: int) -> dict[str, Any]:
    """What the page says of one loan."""
    moving = known.open_of(facts, one.loan, "debit")
    return {
        "loan": one,
        "reference": reference.of(one.loan),
        "measures": _in_order(measures.measures(one, facts), one),
        "stopped_words": words.stopped(measures.stopped_by(facts, one.loan, at)),
        "moving": next((fact for fact in reversed(moving) if fact.body["mode"] == "once"), None),
        "mandate": debits.mandate(facts, one.loan),
        "ended": under_plan.just_ended(facts[0].borrower, facts, one.loan, at),
        "barred": measures.is_time_barred(facts, one.loan, at),
        "relief": reliefs.waiting(facts, one.loan, house.day_of(at)),
        "late_answer": one.plan is not None and one.plan.is_late(house.day_of(at)),
    }


def _in_order(named: Sequence[Measure], one: Owing) -> SafeString:
    """The measures in their order; of a loan past due the next one stands out."""
    past_due = one.state == "past_due"
    shapes = ["<strong>{}</strong>" if past_due and each.next else "{}" for each in named]
    said = [
        format_html(shape, word("channel", each.code))
        for shape, each in zip(shapes, named, strict=True)
    ]
    return format_html_join(" → ", "{}", [(one_said,) for one_said in said])


def _line(one: Owing) -> str:
    if one.plan and one.state == "countered":
        by = shown.day_text(one.plan.accept_by)
        return _("We offer you another plan. You may accept it until %(day)s.") % {"day": by}
    if one.under and not one.under.coming:
        return words.stopped("plan_asked" if one.plan else under_plan.HOLDS)
    amount = f"{one.currency} {shown.amount(one.asked_minor, one.currency)}"
    day = one.asked_on
    if day is None:
        return _("%(amount)s can be paid any day.") % {"amount": amount}
    return _("%(amount)s by %(day)s.") % {"amount": amount, "day": shown.day_text(day)}
