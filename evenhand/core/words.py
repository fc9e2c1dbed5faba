"""The words contacts and states are written in, and their codes: a word's code is its place here.

The words are those of the command-line contract. Codes stand in columns and in projections, so the
order is for ever: a new word goes to the end of its tuple. ANY stands where a row does not narrow
by that word (an opt-out of every channel), UNKNOWN where the word was not said.
"""

from typing import Final

ANY: Final = -1
UNKNOWN: Final = -2

CHANNELS: Final = (
    "call",
    "voicebot",
    "voicemail",
    "ringless_voicemail",
    "sms",
    "push",
    "in_app",
    "email",
    "im",
    "letter",
    "visit",
    "social_post",
)
MODES: Final = ("interactive", "notice_only")
RECIPIENTS: Final = (
    "debtor",
    "guarantor",
    "co_debtor",
    "spouse",
    "parent_of_minor",
    "executor",
    "attorney",
    "nominated_contact",
    "employer",
    "colleague",
    "neighbour",
    "relative",
    "stranger",
)
PURPOSES: Final = (
    "collect",
    "due_reminder",
    "locate",
    "pass_message",
    "reply",
    "required_notice",
    "optout_confirmation",
    "termination_notice",
    "security_code",
)
DIRECTIONS: Final = ("out", "in")
OUTCOMES: Final = (
    "unanswered",
    "conversation",
    "connected_notice",
    "voicemail",
    "busy",
    "not_in_service",
    "sent",
)
PLACES: Final = ("home", "work", "elsewhere", "hospital", "school")
LINES: Final = ("own", "other")
"""Whose a number is: the person's own (home, mobile, given as theirs), or another's (at work)."""
ADDRESS_SOURCES: Final = ("given_by_person", "address_book")
COLLECTORS: Final = ("lender", "agency")
LENDER_KINDS: Final = (
    "bank",
    "consumer_finance",
    "small_loan",
    "private_lender",
    "debt_buyer",
)
STATE_KINDS: Final = (
    "complaint_open",
    "dispute_open",
    "represented",
    "cease_request",
    "opt_out",
    "refusal_by_contact",
    "debtor_unreachable",
    "debtor_deceased",
    "debtor_minor",
    "no_capacity",
    "hospital",
    "disaster",
    "bankruptcy",
    "moratorium",
    "agreement_in_force",
    "identity_theft",
    "time_barred",
    "inconvenient",
    "workplace_forbids",
    "placed_with_agency",
    "debtor_agreed",
    "prior_consent",
    "family_debt",
    "safe_contact",
    "complaint_heard",
    "plan_asked",
    "number_disowned",
    "reply_waiting",
    "crisis",
    "not_answering",
    "guarantee_over",
    "court_first",
    "limit_reached",
)
FROM_ATTEMPTS: Final = "debtor_unreachable"
"""The state that is told from what was tried and from nobody's word: it lets more be done."""
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
APPROVALS: Final = ("supervisor", "compliance")
RECORDINGS: Final = ("audio", "video")


def code(name: str, words: tuple[str, ...]) -> int:
    """The code of `name` among `words`; ValueError naming the word where it is none of them.

    >>> code("sms", CHANNELS)
    4
    >>> code("fax", CHANNELS)
    Traceback (most recent call last):
    ValueError: 'fax' is none of call, voicebot, voicemail, ringless_voicemail, sms, push, ...
    """
    try:
        return words.index(name)
    except ValueError:
        shown = ", ".join(words[:6]) + (", ..." if len(words) > 6 else "")
        raise ValueError(f"{name!r} is none of {shown}") from None


def bit(name: str, words: tuple[str, ...]) -> int:
    """The bit of `name` in a set of `words` kept as one integer.

    >>> bit("wed", WEEKDAYS)
    4
    """
    return 1 << code(name, words)
