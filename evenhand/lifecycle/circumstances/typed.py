"""The forms of a circumstance as sent: by staff, and by borrowers themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from evenhand.law import written
from evenhand.ledger import loans
from evenhand.ledger.facts import Fact
from evenhand.lifecycle.circumstances.acts import Said
from evenhand.lifecycle.circumstances.circumstances import SAID
from evenhand.lifecycle.circumstances.kinds import Rule, rules
from evenhand.web.shown import day_text

TEXT_MOST: Final = 500
NOTE_MOST: Final = 2_000
LONG_AGO: Final = timedelta(days=365 * 30)
LAWYER: Final = "represented"
"""Of it the words say who the lawyer is and how they are reached."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, and the clear sentence beside each field that does not do."""

    word: str = ""
    told_by: str = ""
    since: str = ""
    until: str = ""
    loan: str = "0"
    text: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    errors: Mapping[str, str] = field(default_factory=dict)

    def said(self, today: date) -> Said:
        """What was told; only of a form without errors."""
        since, until = as_day(self.since) or today, as_day(self.until)
        told = (self.word, self.told_by, since, until, int(self.loan), self.text, self.note)
        return Said(*told)


def read(post: Mapping[str, str], known: Sequence[int], today: date) -> Typed:
    """The form of staff, about somebody with these loans."""

    def sent(name: str) -> str:
        return post.get(name, "").strip()

    days = (sent("since"), sent("until"))
    words = (sent("text"), sent("note"))
    form = Typed(sent("word"), sent("told_by"), *days, sent("loan") or "0", *words)
    errors = _days_errors(form, today) | _length_errors(form)
    rule = rules().get(form.word)
    if rule is None:
        errors["word"] = _("Choose what happened.")
    else:
        errors |= _rule_errors(form, rule)
    if not form.loan.isdecimal() or int(form.loan) not in (0, *known):
        errors["loan"] = _("Choose one of these loans, or all.")
    return replace(form, errors=errors)


def read_own(word: str, post: Mapping[str, str], today: date) -> Typed:
    """The form of the borrower themselves: of all their loans, since today."""
    rule = rules()[word]
    text, until = post.get("text", "").strip(), post.get("until", "").strip()
    form = Typed(word, SAID, "", until if rule.own == "day" else "", "0", text)
    errors = _length_errors(form)
    last = today + timedelta(days=rule.own_days)
    day = as_day(form.until)
    if rule.own == "day" and (day is None or not today <= day <= last):
        says = _("Choose a day from today to %(last)s. If it lasts longer, say so again then.")
        errors["until"] = says % {"last": day_text(last)}
    if word == LAWYER and not text:
        errors["text"] = _("Write the lawyer's name and how we reach them.")
    return replace(form, errors=errors)


def loans_of(facts: Sequence[Fact]) -> list[int]:
    """The loans it may be about: the person's own, and those they answer for."""
    kinds = ("party.joined", "loan.signed")
    return sorted({f.loan for f in facts if f.loan and (loans.begins(f) or f.kind in kinds)})


def as_day(text: str) -> date | None:
    """A day typed as 2026-05-31; None for anything else."""
    try:
        return written.day(text)
    except ValueError:
        return None


def _days_errors(form: Typed, today: date) -> dict[str, str]:
    errors, since, until = {}, as_day(form.since), as_day(form.until)
    if form.since and (since is None or not today - LONG_AGO <= since <= today):
        errors["since"] = _("Type a day up to today, such as 2026-05-31.")
    if form.until and (until is None or until < today):
        errors["until"] = _("Type a day from today on, such as 2026-05-31.")
    return errors


def _rule_errors(form: Typed, rule: Rule) -> dict[str, str]:
    errors = {}
    if form.told_by not in rule.told_by:
        chosen = _("This cannot be known from there. Choose another, or leave it unrecorded.")
        errors["told_by"] = chosen if form.told_by else _("Choose who told it.")
    if form.text and rule.word != LAWYER:
        errors["text"] = _("Only who the lawyer is. Anything else belongs into the note.")
    if form.until and not rule.ends:
        errors["until"] = _("This one has no last day: it holds until it is ended.")
    if form.loan != "0" and not rule.of_loan:
        errors["loan"] = _("This is about the person: choose all loans.")
    return errors


def _length_errors(form: Typed) -> dict[str, str]:
    said = _("That is too long. Up to %(most)s characters.")
    sizes = (("text", form.text, TEXT_MOST), ("note", form.note, NOTE_MOST))
    return {name: said % {"most": most} for name, text, most in sizes if len(text) > most}
