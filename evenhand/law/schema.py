"""What a pack may say: its keys, its words, and a check for each. Anything else is refused.

A check takes a value as TOML gave it and returns nothing, or raises PackError saying what is wrong;
whoever calls puts the place in front.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from evenhand.core import words
from evenhand.law import written

Check: TypeAlias = Callable[[Any], None]
Keys: TypeAlias = dict[str, tuple[bool, Check]]
"""Key -> (must it be there?, check)."""

LANGUAGES: Final = ("zh-Hant", "zh-Hans", "en")
ANSWERS: Final = ("no", "yes", "unknown")
EFFECTS: Final = ("deny", "warn", "inform")
LAW_EFFECTS: Final = ("forbids", "should_not", "requires", "presumption", "allows", "house")
FORCES: Final = ("hard", "soft", "policy")
READ: Final = ("seen", "secondary", "house")
INSTRUMENT_KINDS: Final = (
    "statute",
    "administrative_regulation",
    "regulation",
    "ministerial_rule",
    "regulator_notice",
    "judicial_interpretation",
    "national_standard_recommended",
    "self_regulatory",
    "state_regulation",
    "house_policy",
)
UNITS: Final = ("calendar_day", "rolling_days", "minutes")
SCOPES: Final = ("lender_group", "debtor", "collector", "debt", "address", "line", "channel")
AMOUNT: Final = r"\d+\.\d\d"
COUNTS: Final = (
    "attempt_unanswered",
    "conversation_outbound",
    "conversation_any_direction",
    "connected_notice",
    "connected_outbound",
    "call_outbound",
    "initiated_outbound",
    "sent",
    "received",
    "visit_made",
    "reached",
)


class PackError(ValueError):
    """A pack that does not load; the text names file, rule, day and key."""


def refuse_unless(holds: bool, reason: str) -> None:
    """PackError with the reason where `holds` is false."""
    if not holds:
        raise PackError(reason)


def text(value: Any) -> None:
    refuse_unless(isinstance(value, str) and bool(value.strip()), "is no text")


def whole(value: Any) -> None:
    number = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    refuse_unless(number, "is no whole number from 0")


def between(least: int, most: int) -> Check:
    def check(value: Any) -> None:
        whole(value)
        refuse_unless(least <= value <= most, f"is not from {least} to {most}")

    return check


def link(value: Any) -> None:
    shaped = isinstance(value, str) and re.fullmatch(r"https?://[^\s]+", value)
    refuse_unless(bool(shaped), "is no link that begins with http:// or https://")


def yes(value: Any) -> None:
    refuse_unless(value is True, "is either true or left out")


def day(value: Any) -> None:
    refuse_unless(isinstance(value, str), "is no ISO day in quotes")
    try:
        written.day(value)
    except ValueError as error:
        raise PackError("is no ISO day in quotes") from error


def minute(value: Any) -> None:
    shaped = isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", value)
    refuse_unless(bool(shaped), 'is no time of day "HH:MM"')


def amount(value: Any) -> None:
    shaped = isinstance(value, str) and re.fullmatch(AMOUNT, value)
    refuse_unless(bool(shaped), 'is no amount "0.00" in major units')


def printed(value: Any) -> Any:
    """A number or a time as sentences show it: of an amount, its thousands are marked.

    >>> printed("10000.00"), printed("24"), printed(7)
    ('10,000.00', '24', 7)
    """
    is_amount = isinstance(value, str) and re.fullmatch(AMOUNT, value)
    if not is_amount:
        return value
    whole_part, hundredths = value.split(".")
    return f"{int(whole_part):,}.{hundredths}"


def percent(value: Any) -> None:
    shaped = isinstance(value, str) and re.fullmatch(r"\d+(\.\d+)?", value)
    refuse_unless(bool(shaped), "is no number such as 3.85 in quotes")


def in_three_languages(value: Any) -> None:
    keyed = isinstance(value, dict) and set(value) == set(LANGUAGES)
    refuse_unless(keyed, f"is not a text in each of {', '.join(LANGUAGES)}")
    for each in value.values():
        text(each)


def text_or_three(value: Any) -> None:
    """One text for readers of every language, or one for each."""
    (in_three_languages if isinstance(value, dict) else text)(value)


def tongues(value: Any) -> dict[str, str]:
    """A text by language, of what `text_or_three` lets pass; {} for None.

    >>> tongues("as read")["en"], tongues(None)
    ('as read', {})
    """
    if isinstance(value, str):
        return dict.fromkeys(LANGUAGES, value)
    return dict(value or {})


def one_of(known: tuple[str, ...]) -> Check:
    def check(value: Any) -> None:
        refuse_unless(value in known, f"unknown word {value!r}")

    return check


def some_of(known: tuple[str, ...]) -> Check:
    def check(value: Any) -> None:
        refuse_unless(isinstance(value, list) and bool(value), "is no list of words")
        for each in value:
            one_of(known)(each)

    return check


def keyed(keys: Keys) -> Check:
    def check(value: Any) -> None:
        refuse_unless(isinstance(value, dict), "is no table")
        check_keys(value, keys)

    return check


def listed(keys: Keys) -> Check:
    def check(value: Any) -> None:
        refuse_unless(isinstance(value, list) and bool(value), "is no list of tables")
        for each in value:
            keyed(keys)(each)

    return check


def check_keys(table: Mapping[str, Any], keys: Keys) -> None:
    """PackError for an unknown key, a missing one, or a value its check refuses."""
    for name, value in table.items():
        if name not in keys:
            raise PackError(f"unknown key {name!r}")
        try:
            keys[name][1](value)
        except PackError as error:
            raise PackError(f"{name}: {error}") from error
    for name, (needed, _) in keys.items():
        refuse_unless(name in table or not needed, f"{name} is missing")


_ASKED: Final = (
    "discloses_debt", "disclosed", "names_institution", "optout_line", "badged", "authority_shown",
    "entered", "invited", "told_to_leave",
)  # fmt: skip
NARROWS: Final[Keys] = {
    "channel": (False, some_of(words.CHANNELS)),
    "mode": (False, some_of(words.MODES)),
    "to": (False, some_of(words.RECIPIENTS)),
    "purpose": (False, some_of(words.PURPOSES)),
    "by": (False, some_of(words.COLLECTORS)),
    "lender_kind": (False, some_of(words.LENDER_KINDS)),
    "place": (False, some_of((*words.PLACES, "unknown"))),
    "line": (False, some_of(words.LINES)),
    "address_source": (False, some_of(words.ADDRESS_SOURCES)),
    **dict.fromkeys(_ASKED, (False, some_of(ANSWERS))),
    "approvals_missing": (False, some_of(words.APPROVALS)),
    "recorded_missing": (False, some_of(words.RECORDINGS)),
    "staff_below": (False, whole),
    "notice_hours_below": (False, whole),
    "days_late_below": (False, whole),
    "days_late_from": (False, whole),
    "overdue_below": (False, amount),
}
"""Whom and what a clause concerns. A number nobody gave lies below, and from, every threshold."""

STATES: Final = some_of(words.STATE_KINDS)
CLAUSE: Final[Keys] = NARROWS | {
    "unless": (False, STATES),
    "stopped_by": (False, STATES),
    "first_contact": (False, yes),
    "unless_answering": (False, yes),
    "contacted_before": (False, yes),
}
REF: Final[Keys] = {
    "instrument": (True, text),
    "article": (False, text),
    "url": (False, link),
    "read": (True, one_of(READ)),
    "note": (False, text_or_three),
}


CONTENT: Final = (
    "threat_arrest", "violence", "impersonate_authority", "simulated_legal_doc", "shaming",
    "third_party_pressure", "misstate_amount", "insult_obscene", "false_consequence",
    "borrow_to_repay", "deceptive_urgency", "payment_diversion",
)  # fmt: skip
STATEMENTS: Final = ("who_writes", "how_to_check", "how_to_complain", "how_to_opt_out")
"""What has to stand under a text to a person."""
WHOM: Final = ("servicemember", "before_service")
"""For whom alone a cap is: who serves in the forces, or is their dependant, as the loan is made;
who takes up service after it."""
KEPT_BACK: Final = ("interest", "fees", "guarantee_fee")
"""What can be taken from a payout, so that less arrives than is lent."""
CHARGES: Final = ("interest", "late_interest", "liquidated_damages", "fees", "guarantee_fee")
VALUE: Final[Keys] = {
    "from": (True, day),
    "ends": (False, yes),
    "expected": (False, yes),
    "start_unverified": (False, yes),
    "says": (False, in_three_languages),
    "ref": (True, listed(REF)),
}
RULE: Final[Keys] = {
    "id": (True, text),
    "type": (True, text),
    "effect": (True, one_of(EFFECTS)),
    "law_effect": (True, one_of(LAW_EFFECTS)),
    "title": (True, in_three_languages),
    "says": (True, in_three_languages),
    "value": (True, lambda value: refuse_unless(isinstance(value, list), "is no list of tables")),
}
INSTRUMENT: Final[Keys] = {
    "title": (True, text),
    "short": (True, text),
    "kind": (True, one_of(INSTRUMENT_KINDS)),
    "force": (True, one_of(FORCES)),
    "from": (True, day),
    "until": (False, day),
    "start_unverified": (False, yes),
    "url": (False, link),
    "read_on": (True, day),
}
PACK: Final[Keys] = {
    "schema": (True, one_of(("lawpack/1",))),
    "pack": (True, text),
    "name": (True, in_three_languages),
    "jurisdiction": (True, text),
    "zone": (True, text),
    "calendar": (False, text),
    "reviewed_on": (True, day),
    "review_again_on": (True, day),
}


def charge_of(fee: str) -> str:
    """Which of CHARGES a fee of this name is.

    >>> charge_of("guarantee_fee"), charge_of("service_fee")
    ('guarantee_fee', 'fees')
    """
    return fee if fee in CHARGES else "fees"
