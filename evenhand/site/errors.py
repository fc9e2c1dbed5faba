"""Error pages: what happened, in the reader's language, and a way back. They say nothing inside."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from evenhand.people import staff

FRAME = "web/borrower.html"
STAFF_FRAME = "web/base.html"


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the role may not see this."""
    words = {
        "heading": _("This page is not open to your role"),
        "explanation": _("If your work needs it, ask your administrator."),
    }
    return _framed(request, words, 403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token did not fit."""
    words = {
        "heading": _("This form has expired"),
        "explanation": _("Nothing was changed. Open the page again and repeat."),
    }
    return _framed(request, words, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page."""
    words = {
        "heading": _("There is no such page"),
        "explanation": _("The address may be mistyped, or what it named is gone."),
    }
    return _framed(request, words, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """500: our fault. Made without the request, for whatever failed may fail again."""
    words = {
        "heading": _("Something went wrong on our side"),
        "explanation": _("It has been noted. Nothing was half done: please try again."),
    }
    words |= {"frame": FRAME, "leave_to": settings.EVENHAND_LEAVE_TO}
    told = {**words, "practice": settings.EVENHAND_PRACTICE}
    return HttpResponse(render_to_string("web/error.html", told), status=500)


def _framed(request: HttpRequest, words: dict[str, str], status: int) -> HttpResponse:
    """In the frame of the reader's other pages: staff's, or that of everybody else."""
    user = getattr(request, "user", None)
    is_staff = user is not None and staff.member(user) is not None
    frame = STAFF_FRAME if is_staff else FRAME
    return render(request, "web/error.html", words | {"frame": frame}, status=status)
