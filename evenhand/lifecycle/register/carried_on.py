"""Going on with registration: which page comes next, and what a step's page has in common."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from evenhand.ledger import streams
from evenhand.lifecycle.register import forms, steps
from evenhand.lifecycle.register.forms import Field
from evenhand.people.access import Clock
from evenhand.people.borrowers import BorrowerRequest

PAGES: Final = {
    "pin": "register-pin",
    "name": "register-name",
    "student": "register-student",
    "account": "register-account",
    "consents": "register-consents",
    "check": "register-check",
    "done": "register-done",
    steps.STUDENT: "register-refused",
}
COUNT: Final = len(steps.ORDER)
"""Steps as a person counts them: the number comes first, and the end is none."""


def page_of(request: HttpRequest, person: int) -> str:
    """The name of the page of the step to do next."""
    clock: Clock = request.clock  # type: ignore[attr-defined]
    return PAGES[steps.step_of(person, streams.stream(person), clock.today())]


def step(request: BorrowerRequest) -> str:
    """The step to do next."""
    facts = streams.stream(request.person)
    return steps.step_of(request.person, facts, request.clock.today())


def is_beyond(request: BorrowerRequest, wanted: str) -> bool:
    """May this step not be done, or not be done again? Until verified one may go back to it."""
    now = step(request)
    if now in ("done", steps.STUDENT):
        return True
    return steps.ORDER.index(now) < steps.ORDER.index(wanted)


def show(
    request: BorrowerRequest,
    name: str,
    heading: str,
    fields: list[Field],
    *,
    button: str = "",
    **more: Any,
) -> HttpResponse:
    """The page of a step: which of how many, its form, one button."""
    number = steps.ORDER.index(name) + 2
    said = button or _("Go on")
    return forms.show(request, heading, fields, said, step=number, steps=COUNT, **more)


def told_of(answer: str) -> str:
    """What to tell of an identity check that was no match and left no answer; else empty."""
    return {
        "unknown": _("The check is taking longer than usual. Please try again in a few minutes."),
        "too_many_tries": _("That was the last try for today. Try again tomorrow, or call us."),
        "no_consent": _(
            "We may not ask without your consent to the identity check. Give it first."
        ),
        steps.KNOWN: _(
            "You already have an account with us under another number."
            " Sign in with that number, or call us."
        ),
    }.get(answer, "")


def no_match(answer: str) -> str:
    """What to tell where the provider's answer was no match."""
    if answer == steps.STUDENT:
        return _("The provider says that you are a full-time student. Please call us.")
    return _("The provider does not know this account as yours. Compare it with your card.")
