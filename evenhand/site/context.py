"""What every page's frame shows: who is signed in, which pages they may open, the demo's bar."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from evenhand.people import staff
from evenhand.site import demo, demo_staff
from evenhand.web.words import word

# Page of the matrix, address name, what it is called.
PAGES = (
    ("book", "book", _("The book")),
    ("closes", "closes", _("End of day")),
    ("law", "law", _("The law")),
)
# Django's code → the tag for `lang`, and what the language calls itself where room is short.
TAGS = {"zh-hant": ("zh-Hant", "繁"), "zh-hans": ("zh-Hans", "简"), "en": ("en", "En")}


class Entry(NamedTuple):
    """A page in the navigation."""

    url: str
    label: str
    here: bool


def house(request: HttpRequest) -> dict[str, Any]:
    """Context for `web/base.html`."""
    user = getattr(request, "user", None)
    member = getattr(request, "member", None) or (staff.member(user) if user else None)
    return {
        "member": member,
        "member_role": word("role", member.role) if member else "",
        "nav": _entries(member.role, request.path) if member else [],
        "languages": [(code, name, *TAGS[code]) for code, name in settings.LANGUAGES],
    } | (_demo() if settings.EVENHAND_DEMO else {})


def _demo() -> dict[str, Any]:
    return {
        "demo_bar": "site/demo_bar.html",
        "demo": SimpleLazyObject(demo.state),
        "demo_sign_ins": [(name, word("role", role)) for name, role in demo_staff.ROLL],
        "demo_password": demo_staff.PASSWORD,
    }


def _entries(role: str, path: str) -> list[Entry]:
    return [
        Entry(reverse(name), str(label), path.startswith(reverse(name)))
        for page, name, label in PAGES
        if staff.may_see(role, page)
    ]
