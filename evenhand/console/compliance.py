"""The compliance desk: what the law refused, what went wrong, which packs and clocks are due."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET

from evenhand.law import loader
from evenhand.law.loader import Pack, Rule, Value
from evenhand.ledger import house, portfolio
from evenhand.ledger.portfolio import Refused
from evenhand.lifecycle.arrange import steps as arrange
from evenhand.lifecycle.redress import steps
from evenhand.lifecycle.wording import counts
from evenhand.people import staff
from evenhand.people.access import StaffRequest, page
from evenhand.web import rules

DAYS: Final = 30
INCIDENTS_SHOWN: Final = 20
SOON: Final = 3
"""Days before the last one from which an answer is due soon."""
OWN: Final = {"house.no_phone": _("No number of the person's is known")}
"""What planning refuses of itself, beside the packs."""


class Refusal(NamedTuple):
    """A rule that refused. `pack` and `cites` are empty where it stands in no pack."""

    rule: str
    title: str
    pack: str
    cites: list[str]
    planning: int
    contacts: int


class Review(NamedTuple):
    """A pack that ships, as of a day."""

    pack: Pack
    title: str
    in_force: int
    overdue: bool
    ours: bool
    """The house works under it."""


class Point(NamedTuple):
    """A value of a rule to be looked after: announced, coming, or its first day not verified."""

    pack: str
    rule: str
    title: str
    since: date
    expected: bool
    """Announced only: it binds nobody until its text is read."""
    says: str
    cites: list[str]


class PlanClock(NamedTuple):
    """Plans proposed that wait for our answer; `late` longer than we promised."""

    late: int
    in_time: int


class Clock(NamedTuple):
    """Complaints that wait for an answer, by how long their clock still runs."""

    overdue: int
    soon: int
    in_time: int
    decide: int
    """Repeats on the same ground that wait for compliance's word within a working day."""


@require_GET
@page("compliance_desk")
def desk(request: StaffRequest) -> HttpResponse:
    """The last thirty days of refusals and incidents; packs and clocks as of today."""
    on, now = request.clock.today(), request.clock.now()
    since = house.midnight(on - timedelta(days=DAYS - 1))
    packs = [loader.load(name) for name in loader.names()]
    ours = [pack for pack in packs if pack.name in settings.EVENHAND_PACKS]
    told = {
        "on": house.day_number(on),
        "days": DAYS,
        "refusals": [_refusal(one, on) for one in portfolio.refused(on, DAYS)],
        "span": portfolio.spans([since, now + 1])[0],
        "clusters": portfolio.clusters(since, now + 1),
        "incidents": portfolio.incidents(since, INCIDENTS_SHOWN),
        "may_fraud": staff.may_see(request.member.role, "fraud"),
        "may_draft": staff.may_see(request.member.role, "law_draft"),
        "reviews": reviews(packs, on),
        "coming": coming(packs, on),
        "unverified": unverified(ours, on),
        "words": counts.counts(since),
        "clock": clock(request.member.staff, on, at=now),
        "plans": plan_clock(on, at=now),
    }
    return render(request, "console/compliance.html", told)


def reviews(packs: list[Pack], on: date) -> list[Review]:
    """The packs that ship: first those the house works under, then those whose review is due."""
    found = [
        Review(
            pack,
            rules.pack_title(pack.name),
            sum(rule.on(on) is not None for rule in pack.rules),
            on >= pack.review_again_on,
            pack.name in settings.EVENHAND_PACKS,
        )
        for pack in packs
    ]
    return sorted(found, key=lambda one: (not one.ours, not one.overdue, one.pack.name))


def coming(packs: list[Pack], on: date) -> list[Point]:
    """What was announced and binds nobody yet, and what is in the packs for a later day."""
    return [
        _point(pack, rule, value)
        for pack in packs
        for rule in pack.rules
        for value in rule.values
        if value.expected or value.since > on
    ]


def unverified(packs: list[Pack], on: date) -> list[Point]:
    """What is in force though its first day was not read; it binds, and is listed for review."""
    found = [(pack, rule, rule.on(on)) for pack in packs for rule in pack.rules]
    return [
        _point(pack, rule, value)
        for pack, rule, value in found
        if value and (value.start_unverified or _from_unverified(value))
    ]


def clock(by: int, on: date, *, at: int) -> Clock:
    """The complaints that wait; none about the reader, as in the queue."""
    waiting = [one for one in steps.open_ones(at) if one.about != by]
    left = [(one.now.due_on - on).days for one in waiting]
    decide = [one.decide_by for one in waiting]
    return Clock(
        overdue=sum(days < 0 for days in left),
        soon=sum(0 <= days <= SOON for days in left),
        in_time=sum(days > SOON for days in left),
        decide=sum(day is not None and on <= day for day in decide),
    )


def plan_clock(on: date, *, at: int) -> PlanClock:
    """The plans proposed that wait for our answer."""
    asked = [plan for plan in arrange.waiting(at) if plan.state == "asked"]
    late = sum(plan.is_late(on) for plan in asked)
    return PlanClock(late, len(asked) - late)


def _refusal(one: Refused, on: date) -> Refusal:
    pack = one.rule.partition(".")[0]
    rule = _rule(pack, one.rule)
    value = rule.on(on) if rule else None
    title = gettext(OWN[one.rule]) if one.rule in OWN else rules.title(one.rule)
    return Refusal(
        one.rule,
        title,
        pack if rule else "",
        _cites(value) if value else [],
        one.planning,
        one.contacts,
    )


def _rule(pack: str, rule_id: str) -> Rule | None:
    found = loader.load(pack).rules if pack in loader.names() else ()
    return next((rule for rule in found if rule.id == rule_id), None)


def _point(pack: Pack, rule: Rule, value: Value) -> Point:
    says = "" if value.ends else rule.plain(value, rules.tag())
    title = rules.title(rule.id)
    return Point(pack.name, rule.id, title, value.since, value.expected, says, _cites(value))


def _cites(value: Value) -> list[str]:
    return [ref.cite for ref in value.refs]


def _from_unverified(value: Value) -> bool:
    return any(ref.instrument.start_unverified for ref in value.refs)
