"""What each type of rule says, key by key; what of it nothing could ever offend is refused."""

from collections.abc import Mapping
from typing import Any, Final

from evenhand.core import words
from evenhand.core.gate_rules import COUNT_MAX
from evenhand.law.schema import (
    CHARGES,
    CLAUSE,
    CONTENT,
    COUNTS,
    KEPT_BACK,
    NARROWS,
    SCOPES,
    STATEMENTS,
    STATES,
    UNITS,
    WHOM,
    Keys,
    between,
    check_keys,
    keyed,
    listed,
    minute,
    one_of,
    percent,
    printed,
    refuse_unless,
    some_of,
    text,
    whole,
    yes,
)

LONGEST: Final = 36_500
"""Days a count looks back at most: a life."""
DAYS: Final = between(1, LONGEST)
MOST: Final = between(0, COUNT_MAX)
COUNT: Final = between(1, COUNT_MAX)
"""The gate counts no further; a greater number would never be reached."""
EVENTS: Final = (
    "complaint_received", "credit_dispute_received", "dispute_received", "initial_communication",
    "completed_application", "moratorium_notified", "charge_off_furnished",
)  # fmt: skip
BEFORE: Final = (
    "report", "report_negative", "agency_collects", "enforcement", "contract_signed",
)  # fmt: skip
REQUIRED: Final = (
    "notify_subject_first", "spoke_or_sent_and_waited", "licence_and_approval_checked",
    "reasonable_forbearance_offered", "agencies_listed_and_evaluated", "cost_table_confirmed",
)  # fmt: skip
KEPT: Final = ("collection_records", "negative_credit_item", "bankruptcy_item")
FIGURES: Final = (
    "annual_percent", "annual_formula", "multiple_of", "daily_percent", "of_principal_percent",
)  # fmt: skip
"""What a cap may be given in: one of these at least."""
HOURS: Final[Keys] = {
    "days": (False, some_of(words.WEEKDAYS)),
    "from": (True, minute),
    "to": (True, minute),
}
WINDOW: Final[Keys] = {"unit": (True, one_of(UNITS)), "n": (True, DAYS)}


def allowed_hours(value: Any) -> None:
    """Windows that open before they close."""
    listed(HOURS)(value)
    for each in value:
        refuse_unless(each["from"] < each["to"], f"{each['to']} is not after {each['from']}")


def check_value(said: Mapping[str, Any], kind: str, keys: Keys) -> None:
    """PackError where a value of this type of rule is not as `keys` and the type want it."""
    known = TYPES.get(kind)
    refuse_unless(known is not None, f"unknown word {kind!r}")
    speaks = not said.get("ends")
    check_keys(said, {**keys, **(known or {})} if speaks else keys)
    if speaks and kind == "cap":
        refuse_unless(any(key in said for key in FIGURES), "a cap without a figure")
    if said.get("within_law"):
        ours = all(each["read"] == "house" for each in said["ref"])
        refuse_unless(ours, "within_law: only the house goes within the law")


def numbers(says: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers, times and sums a value names, by key, however deep; the first of a name stands."""
    found: dict[str, Any] = {}
    for key, value in says.items():
        inner = value if isinstance(value, list) else [value]
        for each in inner:
            if isinstance(each, dict):
                found = numbers(each) | found
            elif not isinstance(value, list):
                found.setdefault(key, printed(each))
    return found


def _one_or_more(value: Any) -> None:
    (listed if isinstance(value, list) else keyed)(NARROWS)(value)


_CONCERNS: Final[Keys] = {"on": (False, _one_or_more), "unless": (False, STATES)}
_COUNTED: Final[Keys] = {
    "count": (True, one_of(COUNTS)),
    "window": (True, keyed(WINDOW)),
    "scope": (True, some_of(SCOPES)),
}
_FIRST: Final[Keys] = {"before": (True, one_of(BEFORE)), "require": (True, one_of(REQUIRED))}
_CLAUSES: Final[Keys] = _CONCERNS | {"refuse": (True, listed(CLAUSE))}

TYPES: Final[Mapping[str, Keys]] = {
    "hours": _CONCERNS | {
        "allow": (True, allowed_hours), "no_holidays": (False, yes), "within_law": (False, yes)},
    "frequency": _CONCERNS | _COUNTED | {"max": (True, MOST)},
    "gap": _CONCERNS | {
        "after": (True, one_of(COUNTS)), "days": (True, DAYS), "scope": (True, some_of(SCOPES))},
    "precondition": _CONCERNS | _COUNTED | {"min": (True, COUNT)},
    "consent": _CONCERNS | _COUNTED | {"min": (True, COUNT)},
    "preference": _CLAUSES,
    "place": _CLAUSES,
    "pause": _CONCERNS | {
        "trigger": (True, STATES), "lasts_days": (False, DAYS),
        "after_treatment_days": (False, DAYS)},
    "party": _CLAUSES,
    "visit": _CLAUSES,
    "disclosure": _CLAUSES,
    "deadline": {
        "event": (True, one_of(EVENTS)),
        "answer_within_days": (True, whole),
        "complex_days": (False, whole),
        "special_days": (False, whole),
    },
    "bureau": _FIRST | {"waited_days": (False, DAYS)},
    "duty": _FIRST,
    "content": {"ban": (True, some_of(CONTENT)), "states": (False, some_of(STATEMENTS))},
    "cap": {
        "whom": (False, one_of(WHOM)),
        "includes": (True, some_of(CHARGES)),
        "annual_percent": (False, percent),
        "annual_formula": (False, text),
        "multiple_of": (False, keyed({"times": (True, percent), "rate": (True, text)})),
        "daily_percent": (False, percent),
        "of_principal_percent": (False, percent),
    },
    "rate": {"annual_percent": (True, percent)},
    "payout": {"not_kept_back": (True, some_of(KEPT_BACK))},
    "retention": {
        "what": (True, one_of(KEPT)),
        "keep_years_min": (False, whole),
        "keep_years_max": (False, whole),
    },
    "limitation": {"years": (False, whole), "restarts_on": (False, some_of(
        ("debtor_acknowledges", "demand_made", "suit_filed"))), "trigger": (True, STATES)},
}  # fmt: skip
"""What each type of rule says beside from, ends, expected, start_unverified and ref."""
