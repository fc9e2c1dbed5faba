"""A change of a loan's terms in one short phrase, in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.web import shown
from evenhand.web.words import word


def change_said(body: Mapping[str, Any]) -> str:
    """What a change does, from the body of any fact that names one: its word and its number."""
    said, number = str(word("relief", body["change"])), _number(body)
    return f"{said} · {number}" if number else said


def _number(body: Mapping[str, Any]) -> str:
    count = body.get("count", 0)
    if body["change"] == "holiday":
        skipped = ngettext("%(n)s instalment skipped", "%(n)s instalments skipped", count)
        paused = body.get("interest") == "paused"
        interest = _("without interest") if paused else _("interest runs on")
        return f"{skipped % {'n': count}} · {interest}"
    if body["change"] == "longer_term":
        return ngettext("%(n)s instalment left", "%(n)s instalments left", count) % {"n": count}
    if body["change"] == "later_due_day":
        return _("day %(n)s of the month") % {"n": body["due_day"]}
    if body["change"] == "lower_rate":
        return _("%(rate)s a year") % {"rate": shown.percent(body["rate_ppm"])}
    if "until" not in body:
        return ""
    return _("until %(day)s") % {"day": shown.day_text(date.fromisoformat(body["until"]))}
