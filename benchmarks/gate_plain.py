"""The rules of cn and policy once more, one contact at a time: objects, words and plain ifs.

As somebody writes who has no columns, for a day in April 2026; what was counted is counted before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ASKS = {"collect", "due_reminder", "locate", "pass_message"}
CALLS = {"call", "voicebot"}
MESSAGES = {"sms", "push", "email", "im"}
QUIET = {"in_app", "letter"}
HELPERS = {"nominated_contact", "relative"}
STRANGERS = {"employer", "colleague", "neighbour", "stranger"}
OTHERS = {"guarantor", "co_debtor", "spouse"}
ANSWERING = OTHERS | {"debtor", "parent_of_minor", "executor", "attorney"}
REACHED = {"conversation", "connected_notice", "voicemail", "sent"}
LOST = {"debtor_unreachable", "debtor_deceased", "debtor_minor", "no_capacity"}
NEEDS = {
    "spouse": {"family_debt"},
    "executor": {"debtor_deceased"},
    "parent_of_minor": {"debtor_minor", "no_capacity"},
    "attorney": {"represented"},
}
PAUSES = {
    "dispute_open": "policy.pause.dispute",
    "debtor_deceased": "policy.pause.death",
    "debtor_minor": "policy.pause.capacity",
    "no_capacity": "policy.pause.capacity",
    "hospital": "policy.pause.hardship",
    "disaster": "policy.pause.hardship",
    "bankruptcy": "policy.pause.insolvency",
    "moratorium": "policy.pause.insolvency",
    "identity_theft": "policy.pause.identity_theft",
    "crisis": "policy.pause.crisis",
    "opt_out": "policy.wish.opt_out",
    "workplace_forbids": "policy.wish.workplace",
}
COLLECTING_ONLY = {
    "complaint_open": "policy.pause.complaint",
    "agreement_in_force": "policy.pause.agreement",
    "plan_asked": "policy.pause.plan_asked",
}


@dataclass(slots=True)
class Past:
    """A contact that was made."""

    at: datetime
    channel: str
    outcome: str
    to: str
    address: int
    debts: set[int]


@dataclass(slots=True)
class State:
    """What holds from `since` until `until`, perhaps of one channel or of some hours only."""

    kind: str
    since: datetime
    until: datetime
    channel: str
    from_minute: int
    until_minute: int


@dataclass(slots=True)
class Visit:
    """What is planned of a visit."""

    staff: int
    notice_minutes: int
    badged: bool
    authority_shown: bool
    recorded: set[str]
    approvals: set[str]
    place: str


@dataclass(slots=True)
class Contact:
    """A planned contact, with everything known of its person."""

    at: datetime
    zone: ZoneInfo
    channel: str
    mode: str
    to: str
    purpose: str
    by: str
    address: int
    address_source: str
    debts: set[int]
    discloses_debt: bool
    disclosed: bool
    names_institution: bool
    days_late: int
    overdue_minor: int
    visit: Visit | None
    history: Sequence[Past] = ()
    states: Sequence[State] = ()


@dataclass(slots=True)
class Counts:
    """How often this person was reached before, by what the rules count."""

    talks: int = 0
    notices: int = 0
    dials: int = 0
    reached: int = 0
    messages_day: int = 0
    messages_week: int = 0
    calls_week: int = 0
    visits_day: int = 0
    calls_quarter: int = 0
    messages_quarter: int = 0


@dataclass(slots=True)
class Verdict:
    """The rules a contact offends; warnings apart."""

    refusals: set[str] = field(default_factory=set)
    warnings: set[str] = field(default_factory=set)


def count(contact: Contact) -> Counts:
    """Count a person's history by the calendar of their zone."""
    found = Counts()
    today = contact.at.astimezone(contact.zone).date()
    for past in contact.history:
        if past.at > contact.at or past.to != contact.to:
            continue
        ago = (today - past.at.astimezone(contact.zone).date()).days
        same_address = past.address == contact.address
        found.reached += same_address and past.outcome in REACHED
        if past.channel in CALLS:
            found.calls_quarter += ago < 90
            found.calls_week += ago < 7 and bool(past.debts & contact.debts)
            if ago < 1:
                found.talks += past.outcome == "conversation"
                found.notices += past.outcome == "connected_notice"
                found.dials += same_address and past.outcome in ("unanswered", "busy")
        elif past.channel in MESSAGES and past.outcome == "sent":
            found.messages_quarter += ago < 90
            if past.channel == contact.channel:
                found.messages_week += ago < 7
                found.messages_day += ago < 1
        elif past.channel == "visit":
            found.visits_day += ago < 1
    return found


def judge(contact: Contact, counts: Counts) -> Verdict:
    """Every rule the contact offends."""
    wall = contact.at.astimezone(contact.zone)
    minute = wall.hour * 60 + wall.minute
    states = live(contact, minute)
    found = Verdict()
    if "time_barred" in states:
        found.warnings.add("cn.limitation")
    _by_hour(contact, minute, states, found.refusals)
    _by_count(contact, counts, found.refusals)
    _by_party(contact, counts, states, found.refusals)
    if states:
        _by_state(contact, states, found.refusals)
    if contact.channel == "visit":
        _by_visit(contact, counts, found.refusals)
    return found


def live(contact: Contact, minute: int) -> set[str]:
    return {
        state.kind
        for state in contact.states
        if state.since <= contact.at < state.until
        and state.channel in ("", contact.channel)
        and state.from_minute <= minute < state.until_minute
    }


def _by_hour(contact: Contact, minute: int, states: set[str], refused: set[str]) -> None:
    if contact.channel in QUIET or "debtor_agreed" in states:
        return
    if not 8 * 60 <= minute < 22 * 60:
        refused.add("cn.hours")
    if not 8 * 60 <= minute < 21 * 60:
        refused.add("policy.hours")
    if contact.channel == "visit" and not 9 * 60 <= minute < 19 * 60:
        refused.add("policy.visit.holiday")


def _by_count(contact: Contact, counts: Counts, refused: set[str]) -> None:
    if contact.channel in CALLS:
        if contact.to == "debtor":
            if contact.mode == "interactive" and counts.talks >= 3:
                refused.add("cn.freq.talk")
            if counts.notices >= 3:
                law = "cn." if contact.mode == "notice_only" else "policy."
                refused |= {"policy.freq.notice_call", f"{law}freq.notice_call"}
        elif contact.to in OTHERS and counts.talks >= 3:
            refused.add("policy.freq.talk")
        if counts.dials >= 6:
            refused.add("cn.freq.dial")
        if contact.purpose in ASKS and counts.calls_week >= 7:
            refused.add("policy.freq.call_week")
    elif contact.channel in MESSAGES and contact.purpose in ASKS:
        if counts.messages_day >= 1:
            refused.add("policy.freq.message_day")
        if counts.messages_week >= 3:
            refused.add("policy.freq.message_week")


def _by_party(contact: Contact, counts: Counts, states: set[str], refused: set[str]) -> None:
    to = contact.to
    helper = to in HELPERS and (
        not states & LOST
        or contact.purpose not in ("locate", "pass_message")
        or contact.discloses_debt
        or bool(states & {"refusal_by_contact", "cease_request"})
    )
    unanswerable = to in NEEDS and not states & NEEDS[to]
    if to in STRANGERS or helper or unanswerable or contact.address_source == "address_book":
        refused.add("cn.party.debtor_only")
    if to in HELPERS:
        refused.add("policy.party.third_person")
    asks = states if contact.purpose in ASKS else set()
    if {"guarantor": "court_first", "executor": "limit_reached"}.get(to) in asks:
        refused.add("cn.party.answers")
    over = "limit_reached" in asks or ("guarantee_over" in asks and to == "guarantor")
    if to in ANSWERING - {"debtor", "attorney"} and (over or "not_answering" in states):
        refused.add("policy.party.answers")
    if contact.by == "agency" and "placed_with_agency" not in states:
        refused.add("cn.outsource.notice")
    if not contact.disclosed and contact.purpose in ASKS:
        refused.add("cn.contract.disclose")
    if not contact.names_institution and to in ANSWERING and contact.channel != "in_app":
        refused.add("policy.identify")
        if not counts.reached and contact.channel != "push":
            refused.add("cn.identify")


def _by_state(contact: Contact, states: set[str], refused: set[str]) -> None:
    asks = contact.purpose in ASKS
    if "safe_contact" in states and (asks or contact.purpose == "required_notice"):
        refused.add("policy.wish.safe_contact")
    if "number_disowned" in states and (asks or contact.purpose in ("required_notice", "reply")):
        refused.add("policy.wish.not_mine")
    notice = contact.to == "debtor" and contact.purpose == "required_notice"
    if "debtor_deceased" in states and notice and contact.channel not in QUIET:
        refused.add("policy.estate.notices")
    if not asks:
        return
    refused.update(PAUSES[kind] for kind in states if kind in PAUSES)
    if contact.purpose != "due_reminder":
        refused.update(COLLECTING_ONLY[kind] for kind in states if kind in COLLECTING_ONLY)
    elif "complaint_open" in states and contact.days_late >= 1:
        refused.add("policy.pause.complaint_late")
    if "represented" in states and contact.to != "attorney":
        refused.add("policy.pause.represented")
    if "cease_request" in states and contact.channel != "letter":
        refused.add("policy.pause.cease")
    if "inconvenient" in states and "debtor_agreed" not in states:
        refused.add("policy.wish.inconvenient")


def _by_visit(contact: Contact, counts: Counts, refused: set[str]) -> None:
    visit = contact.visit
    assert visit is not None, "a visit has its plan"
    if visit.staff < 2:
        refused.add("cn.visit")
    if visit.notice_minutes < 24 * 60:
        refused.add("policy.visit.notice")
    if visit.approvals != {"supervisor", "compliance"}:
        refused.add("policy.visit.approvals")
    if not visit.badged or not visit.authority_shown:
        refused.add("policy.visit.badge")
    if visit.recorded != {"audio", "video"}:
        refused.add("policy.visit.recording")
    if contact.days_late < 60 and contact.overdue_minor < 1_000_000:
        refused.add("policy.visit.threshold")
    if visit.place not in ("home", "elsewhere"):
        refused.add("policy.visit.place")
    if counts.visits_day >= 1:
        refused.add("policy.visit.daily")
    if counts.calls_quarter < 3:
        refused.add("policy.visit.after_calls")
    if counts.messages_quarter < 1:
        refused.add("policy.visit.after_messages")


def moment(second: int) -> datetime:
    """Whole seconds UTC as a moment."""
    return datetime.fromtimestamp(min(second, 4_000_000_000), UTC)
