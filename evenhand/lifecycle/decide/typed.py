"""What a person of staff typed to decide by, read and judged."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from evenhand.lifecycle.decide.reviewing import REASONS, Verdict
from evenhand.web.amounts import minor_of

WORDS_MAX = 2_000
REASONS_MAX = 4


class Form(NamedTuple):
    """The form as typed; `errors` by field, `verdict` None where something is wrong."""

    outcome: str
    reasons: tuple[str, ...]
    words: str
    amount: str
    months: str
    errors: Mapping[str, str]
    verdict: Verdict | None = None
    refusal: str = ""


def nothing() -> Form:
    """The form before anything was typed."""
    return Form("", (), "", "", "", {})


def verdict(post: Any, currency: str) -> Form:
    """The form as posted."""
    outcome = post.get("outcome", "")
    chosen = tuple(post.getlist("reason"))
    said = post.get("words", "").strip()
    amount, months = post.get("amount", ""), post.get("months", "")
    form = Form(outcome, chosen, said, amount, months, {})
    errors = _errors(form)
    principal = minor_of(amount, currency) or 0
    if outcome == "approve" and not principal:
        errors["amount"] = _("Type an amount, such as 8000.")
    if outcome == "approve" and not months.strip().isdecimal():
        errors["months"] = _("Type a number of months.")
    if errors:
        return form._replace(errors=errors)
    yes = outcome == "approve"
    lent = (principal, int(months)) if yes else (0, 0)
    return form._replace(verdict=Verdict(outcome, chosen, said, *lent))


def _errors(form: Form) -> dict[str, str]:
    errors = {}
    if form.outcome not in REASONS:
        errors["outcome"] = _("Choose yes or no.")
    fitting = REASONS.get(form.outcome, ())
    if not 1 <= len(form.reasons) <= REASONS_MAX or not set(form.reasons) <= set(fitting):
        errors["reason"] = _("Choose one to four reasons that belong to the decision.")
    if not form.words:
        errors["words"] = _("Write to the applicant why.")
    if len(form.words) > WORDS_MAX:
        errors["words"] = _("Please write no more than 2,000 characters.")
    return errors
