"""Forms as pages show them: fields with what was typed and what is wrong, one main button."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.lifecycle.register import typed
from evenhand.lifecycle.register.typed import Typed


class Field(NamedTuple):
    """One field. `error` is a sentence; `options` (value, label) make it a choice of one."""

    name: str
    label: str
    value: str = ""
    error: str = ""
    hint: str = ""
    kind: str = "text"
    mode: str = ""
    autocomplete: str = "off"
    length: int = 60
    options: tuple[tuple[str, str], ...] = ()
    known: tuple[str, ...] = ()
    """What may be chosen from while typing."""

    def told(self, read: Typed) -> "Field":
        """The field with its fault, if it has one."""
        return self._replace(error=typed.fault(read.fault))


def show(
    request: HttpRequest,
    heading: str,
    fields: list[Field],
    button: str,
    *,
    lead: str = "",
    template: str = "register/form.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form; 400 where something in it is wrong."""
    wrong = any(field.error for field in fields) or bool(more.get("error"))
    status = more.pop("status", 400 if wrong else 200)
    shown = {"heading": heading, "fields": fields, "button": button, "lead": lead} | more
    return page(request, template, status=status, **shown)


def page(request: HttpRequest, template: str, *, status: int = 200, **shown: Any) -> HttpResponse:
    """A page that knows the lender's name and hotline."""
    return render(request, template, {"lender": settings.EVENHAND_LENDER} | shown, status=status)


def faults(*read: Typed) -> bool:
    """Is any of these wrong?"""
    return any(each.fault for each in read)
