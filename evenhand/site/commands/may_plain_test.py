"""The rules of cn and policy written again, one request at a time, in plain Python.

Nothing is shared with the packs or the core: dates, numbers and words stand here a second time.
"""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from evenhand.core import words
from evenhand.law.calendar import calendar

Request = dict[str, Any]

BEIJING = ZoneInfo("Asia/Shanghai")
ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]
ASKS = {"collect", "due_reminder", "locate", "pass_message"}
CALLS = {"call", "voicebot"}
MESSAGES = {"sms", "push", "email", "im"}
QUIET = {"in_app", "letter"}
HELPERS = {"nominated_contact", "relative"}
STRANGERS = {"employer", "colleague", "neighbour", "stranger"}
OTHERS = {"guarantor", "co_debtor", "spouse"}
ANSWERING = OTHERS | {"debtor", "parent_of_minor", "executor", "attorney"}
REACHED = {"conversation", "connected_notice", "voicemail", "sent"}
NEEDS = {
    "spouse": {"family_debt"},
    "executor": {"debtor_deceased"},
    "parent_of_minor": {"debtor_minor", "no_capacity"},
    "attorney": {"represented"},
}
LOST = {"debtor_unreachable", "debtor_deceased", "debtor_minor", "no_capacity"}
STOPS = {
    "complaint_open": "complaint",
    "dispute_open": "dispute",
    "debtor_deceased": "death",
    "debtor_minor": "capacity",
    "no_capacity": "capacity",
    "hospital": "hardship",
    "disaster": "hardship",
    "bankruptcy": "insolvency",
    "moratorium": "insolvency",
    "identity_theft": "identity_theft",
    "crisis": "crisis",
}


def in_force(at: datetime, since: str) -> bool:
    return at.astimezone(BEIJING).date() >= date.fromisoformat(since)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def concerns(request: Request, fact: Request) -> bool:
    if "channel" in fact and fact["channel"] != request["channel"]:
        return False
    if "debts" in fact and not set(fact["debts"]) & set(request["debts"]):
        return False
    place = "work" if fact["kind"] == "workplace_forbids" else fact.get("place")
    if place is None and "address" not in fact:
        return True
    here = request.get("place", request.get("visit", {}).get("place"))
    return (place is not None and here == place) or fact.get("address") == request["address"]


def at_this_hour(request: Request, fact: Request, at: datetime) -> bool:
    if fact["kind"] != "inconvenient":
        return True
    days = [words.WEEKDAYS.index(day) for day in fact.get("weekdays", words.WEEKDAYS)]
    opens, closes = fact.get("from", "00:00"), fact.get("until", "24:00")
    if (opens, closes, len(days)) == ("00:00", "24:00", 7):
        return True
    for zone in request["zones"]:
        wall = at.astimezone(ZoneInfo(zone))
        clock, day = wall.strftime("%H:%M"), wall.weekday()
        if opens < closes and opens <= clock < closes and day in days:
            return True
        late = clock >= opens and day in days
        early = clock < closes and (day - 1) % 7 in days
        if opens >= closes and (late or early):
            return True
    return False


def in_effect(request: Request, at: datetime) -> set[str]:
    """The kinds of facts that hold at a moment."""
    found = set()
    for fact in request.get("facts", []):
        ends = [fact[key] for key in ("closed_at", "withdrawn_at") if key in fact]
        if fact["kind"] != "inconvenient" and "until" in fact:
            ends.append(fact["until"])
        begins = [fact["at"]]
        if fact["kind"] == "debtor_agreed":
            begins.append(fact["from"])
        if fact["kind"] == "placed_with_agency":
            if "debtor_told_at" not in fact:
                continue
            begins.append(fact["debtor_told_at"])
        begun = all(moment(each) <= at for each in begins)
        over = any(moment(each) <= at for each in ends)
        if begun and not over and concerns(request, fact) and at_this_hour(request, fact, at):
            found.add(fact["kind"])
    return found


def made(
    request: Request, at: datetime, days: int, about_the_same: bool = False, **same: Any
) -> int:
    """Outgoing contacts of the last days with this person; the most in any zone.

    `about_the_same`: only those that share a debt with the request; none named is every debt.
    """
    counts = [0]
    for zone in request["zones"]:
        here = ZoneInfo(zone)
        today = at.astimezone(here).date()
        total = 0
        for entry in request.get("history", []):
            when = moment(entry["at"])
            ago = (today - when.astimezone(here).date()).days
            alike = all(
                entry[key] in value if isinstance(value, set) else entry[key] == value
                for key, value in same.items()
            )
            sent = entry["direction"] == "out" and entry["to"] == request["to"]
            mine, its = set(request["debts"]), set(entry["debts"])
            sent &= not about_the_same or not mine or not its or bool(mine & its)
            total += when <= at and ago < days and alike and sent
        counts.append(total)
    return max(counts)


def by_hours(request: Request, at: datetime, live: set[str]) -> set[str]:
    walls = [at.astimezone(ZoneInfo(zone)) for zone in request["zones"]]

    def shut(opens: int, closes: int) -> bool:
        return any(not time(opens) <= wall.time() < time(closes) for wall in walls)

    found: set[str] = set()
    if "debtor_agreed" in live:
        return found
    if request["channel"] not in QUIET:
        found |= {"cn.hours"} if shut(8, 22) and in_force(at, "2024-05-15") else set()
        found |= {"policy.hours"} if shut(8, 21) and in_force(at, "2025-01-01") else set()
    if request["channel"] == "visit" and in_force(at, "2025-01-01"):
        free = set(calendar("cn").holidays.tolist())
        if shut(9, 19) or any((wall.date() - date(1970, 1, 1)).days in free for wall in walls):
            found.add("policy.visit.holiday")
    return found


def by_counts(request: Request, at: datetime) -> set[str]:
    channel, to = request["channel"], request["to"]
    found = set()
    talks = made(request, at, 1, channel=CALLS, outcome="conversation")
    if channel in CALLS:
        if to == "debtor" and request.get("mode") != "notice_only" and talks >= 3:
            found |= {"cn.freq.talk"} if in_force(at, "2025-02-28") else set()
        if to in OTHERS and talks >= 3:
            found |= {"policy.freq.talk"} if in_force(at, "2025-01-01") else set()
        told = made(request, at, 1, channel=CALLS, outcome="connected_notice")
        if to == "debtor" and request.get("mode") == "notice_only" and told >= 3:
            found |= {"cn.freq.notice_call"} if in_force(at, "2024-05-15") else set()
        if to == "debtor" and told >= 3:
            found |= {"policy.freq.notice_call"} if in_force(at, "2025-01-01") else set()
        number, rang = request["address"], {"unanswered", "busy"}
        dials = made(request, at, 1, channel=CALLS, outcome=rang, address=number)
        if dials >= 6 and in_force(at, "2026-01-30"):
            found.add("cn.freq.dial")
        week = made(request, at, 7, about_the_same=True, channel=CALLS)
        if week >= 7 and request["purpose"] in ASKS and in_force(at, "2025-01-01"):
            found.add("policy.freq.call_week")
    if channel in MESSAGES and request["purpose"] in ASKS and in_force(at, "2025-01-01"):
        for name, days, most in (("day", 1, 1), ("week", 7, 3)):
            if made(request, at, days, channel=channel, outcome="sent") >= most:
                found.add(f"policy.freq.message_{name}")
    return found


def by_party(request: Request, at: datetime, live: set[str]) -> set[str]:
    to, found = request["to"], set()
    helper = to in HELPERS and (
        not live & LOST
        or request["purpose"] not in {"locate", "pass_message"}
        or request["discloses_debt"]
        or bool(live & {"refusal_by_contact", "cease_request"})
    )
    unanswerable = to in NEEDS and not live & NEEDS[to]
    taken = request.get("address_source") == "address_book"
    if in_force(at, "2025-02-28") and (to in STRANGERS or helper or unanswerable or taken):
        found.add("cn.party.debtor_only")
    if in_force(at, "2025-01-01") and to in HELPERS:
        found.add("policy.party.third_person")
    if request["by"] == "agency" and "placed_with_agency" not in live:
        found |= {"cn.outsource.notice"} if in_force(at, "2023-03-01") else set()
    asks = live if request["purpose"] in ASKS else set()
    if {"guarantor": "court_first", "executor": "limit_reached"}.get(to) in asks:
        found |= {"cn.party.answers"} if in_force(at, "2021-01-01") else set()
    over = "limit_reached" in asks or ("guarantee_over" in asks and to == "guarantor")
    if to in ANSWERING - {"debtor", "attorney"} and (over or "not_answering" in live):
        found |= {"policy.party.answers"} if in_force(at, "2025-01-01") else set()
    named = request.get("message", {}).get("names_institution", False)
    spoken = CALLS | {"sms", "im", "email", "letter", "visit"}
    if to in ANSWERING and not named:
        before = made(request, at, 36_500, outcome=REACHED, address=request["address"])
        if request["channel"] in spoken and not before and in_force(at, "2026-01-30"):
            found.add("cn.identify")
        if request["channel"] in spoken | {"push"} and in_force(at, "2025-01-01"):
            found.add("policy.identify")
    return found


def by_states(request: Request, at: datetime, live: set[str]) -> set[str]:
    found = {"cn.limitation"} if "time_barred" in live else set()
    told = ASKS | {"required_notice", "termination_notice"}
    if "safe_contact" in live and request["purpose"] in told and in_force(at, "2025-01-01"):
        found.add("policy.wish.safe_contact")
    if "number_disowned" in live and request["purpose"] in told | {"reply"}:
        found |= {"policy.wish.not_mine"} if in_force(at, "2025-01-01") else set()
    notice = request["to"] == "debtor" and request["purpose"] in told - ASKS
    if "debtor_deceased" in live and notice and request["channel"] not in QUIET:
        found |= {"policy.estate.notices"} if in_force(at, "2025-01-01") else set()
    if request["purpose"] not in ASKS or not in_force(at, "2025-01-01"):
        return found
    stopping = live & STOPS.keys()
    if request["purpose"] == "due_reminder" and "complaint_open" in stopping:
        stopping -= {"complaint_open"}
        late = request.get("days_late", 1) >= 1
        found |= {"policy.pause.complaint_late"} if late else set()
    found |= {f"policy.pause.{STOPS[kind]}" for kind in stopping}
    if "agreement_in_force" in live and request["purpose"] != "due_reminder":
        found.add("policy.pause.agreement")
    if "plan_asked" in live and request["purpose"] != "due_reminder":
        found.add("policy.pause.plan_asked")
    if "represented" in live and request["to"] != "attorney":
        found.add("policy.pause.represented")
    if "cease_request" in live and request["channel"] != "letter":
        found.add("policy.pause.cease")
    if "inconvenient" in live and "debtor_agreed" not in live:
        found.add("policy.wish.inconvenient")
    found |= {"policy.wish.opt_out"} if "opt_out" in live else set()
    found |= {"policy.wish.workplace"} if "workplace_forbids" in live else set()
    return found


def by_visit(request: Request, at: datetime) -> set[str]:
    if request["channel"] != "visit":
        return set()
    visit = request.get("visit", {})
    found, entered = set(), visit.get("entered", False)
    if in_force(at, "2026-01-30"):
        alone = visit.get("staff", 0) < 2
        found |= {"cn.visit"} if alone or (entered and visit.get("told_to_leave")) else set()
    found |= {"cn.visit.home"} if entered and not visit.get("invited") else set()
    if not in_force(at, "2025-01-01"):
        return found
    late, overdue = request.get("days_late", -1), float(request.get("overdue", "-1"))
    here = request.get("place", visit.get("place"))
    house = {
        "notice": visit.get("notice_hours", 0) < 24,
        "approvals": set(visit.get("approvals", [])) != {"supervisor", "compliance"},
        "badge": not (visit.get("badged") and visit.get("authority_shown")),
        "recording": set(visit.get("recorded", [])) != {"audio", "video"},
        "threshold": late < 60 and overdue < 10_000,
        "place": here not in {"home", "elsewhere"},
        "daily": made(request, at, 1, channel="visit") >= 1,
        "after_calls": made(request, at, 90, channel=CALLS) < 3,
        "after_messages": made(request, at, 90, channel=MESSAGES, outcome="sent") < 1,
    }
    return found | {f"policy.visit.{name}" for name, wrong in house.items() if wrong}


def is_code(request: Request) -> bool:
    """A one-time code by text message: no hour, count or state of other contacts is about it."""
    sort = [request[key] for key in ("purpose", "channel", "by")]
    asked_by = request["to"] in {"debtor", "guarantor", "co_debtor"}
    return asked_by and sort == ["security_code", "sms", "lender"]


def offended(request: Request, at: datetime) -> set[str]:
    """Every rule a request offends at a moment, warnings included."""
    live = in_effect(request, at)
    found = by_party(request, at, live) | by_visit(request, at)
    if not is_code(request):
        found |= by_hours(request, at, live) | by_counts(request, at)
        found |= by_states(request, at, live)
    found |= set() if request["zones"] else {"unknown.zone"}
    found |= set() if "facts" in request else {"unknown.facts"}
    found |= set() if "history" in request else {"unknown.history"}
    return {rule for rule in found if rule.split(".")[0] in {*request["packs"], "unknown"}}


def allowed(request: Request, at: datetime) -> bool:
    return offended(request, at) <= {"cn.limitation"}
