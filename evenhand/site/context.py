"""What every page's frame shows: who is signed in, which pages they may open, the demo's bar, that
this is practice."""

from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from evenhand.lifecycle.remind.pages import notices_unread
from evenhand.lifecycle.verify import fraud
from evenhand.outbound.contact import wording
from evenhand.people import borrowers, persons, staff
from evenhand.site import demo, demo_staff
from evenhand.web.words import word

# Page of the matrix, address name, what it is called.
PAGES = (
    ("day", "day", _("My day")),
    ("book", "book", _("The book")),
    ("applications", "applications", _("Applications")),
    ("closes", "closes", _("End of day")),
    ("replies", "replies", _("Replies")),
    ("complaints", "complaints", _("Complaints")),
    ("plans", "plans", _("Plans")),
    ("claims", "claims", _("Claims")),
    ("circumstances", "circumstances", _("Circumstances")),
    ("money", "money", _("Money on its way")),
    ("suspense", "suspense", _("Suspense")),
    ("reliefs", "reliefs", _("Relief")),
    ("waivers", "waivers", _("Waivers")),
    ("write_offs", "write-offs", _("Write-offs")),
    ("parties", "parties", _("Who else answers")),
    ("accounts", "accounts", _("Where to pay")),
    ("serve", "serve", _("Serve a borrower")),
    ("real", "staff-real", _("Check a code")),
    ("fraud", "fraud", _("Reports of frauds")),
    ("portfolio", "portfolio", _("Portfolio")),
    ("compliance_desk", "compliance-desk", _("Compliance")),
    ("words", "words", _("Wordings")),
    ("products", "products", _("Products")),
    ("staff_roll", "staff-roll", _("Staff")),
    ("law", "law", _("The law")),
)
# A borrower's pages, and the doors below every page of theirs that are open to all.
OWN_PAGES = (
    ("my-home", _("Home")),
    ("notices", _("Notices")),
    ("documents", _("Documents")),
    ("me", _("Me")),
)
DOORS = (
    ("complain-by-code", _("Complain")),
    ("rights", _("What may happen and what may not")),
    ("where-to-pay", _("Where to pay")),
    ("ours", _("Is this account yours?")),
    ("real", _("Is this really from us?")),
    ("offline", _("Without a connection")),
)
# Django's code → the tag for `lang`, and what the language calls itself where room is short.
TAGS = {"zh-hant": ("zh-Hant", "繁"), "zh-hans": ("zh-Hans", "简"), "en": ("en", "En")}


class Entry(NamedTuple):
    """A page in the navigation; `new` is how many things there are unread."""

    url: str
    label: str
    here: bool
    new: int = 0


def house(request: HttpRequest) -> dict[str, Any]:
    """Context for `web/base.html` and `web/borrower.html`."""
    user = getattr(request, "user", None)
    member = getattr(request, "member", None) or (staff.member(user) if user else None)
    borrower = borrowers.person_of(request) if hasattr(request, "session") else 0
    return {
        "member": member,
        "member_role": word("role", member.role) if member else "",
        "nav": SimpleLazyObject(partial(_staff_entries, request, member)) if member else [],
        "borrower": borrower,
        "serving": _serving(request, borrower),
        "borrower_nav": SimpleLazyObject(lambda: _own_entries(borrower, request.path)),
        "borrower_doors": SimpleLazyObject(lambda: _open_entries(DOORS, request.path)),
        "leave_to": settings.EVENHAND_LEAVE_TO,
        "practice": settings.EVENHAND_PRACTICE,
        "languages": [(code, name, *TAGS[code]) for code, name in settings.LANGUAGES],
    } | (_demo() if settings.EVENHAND_DEMO else {})


def _serving(request: HttpRequest, borrower: int) -> dict[str, str] | None:
    """Whom staff serve here, and in which way; None where nobody is served."""
    by = borrowers.service_of(request) if borrower else None
    if not by:
        return None
    return {"via": by.via, "name": persons.masked([borrower])[borrower].name}


def _demo() -> dict[str, Any]:
    return {
        "demo_bar": "site/demo_bar.html",
        "demo": SimpleLazyObject(demo.state),
        "demo_sign_ins": [(name, word("role", role)) for name, role in demo_staff.ROLL],
        "demo_password": demo_staff.PASSWORD,
    }


def _staff_entries(request: HttpRequest, member: staff.Member) -> list[Entry]:
    """The pages of a role; beside the reports of frauds how many were told of as many today, and
    beside the wordings how many nobody has approved."""
    entries = _entries(member.role, request.path)
    told = {}
    if staff.may_see(member.role, "fraud"):
        told[reverse("fraud")] = fraud.alerts(request.clock.now())  # type: ignore[attr-defined]
    if staff.may_see(member.role, "words"):
        told[reverse("words")] = len(wording.missing())
    return [entry._replace(new=told.get(entry.url, 0)) for entry in entries]


def _entries(role: str, path: str) -> list[Entry]:
    return [
        Entry(reverse(name), str(label), path.startswith(reverse(name)))
        for page, name, label in PAGES
        if staff.may_see(role, page)
    ]


def _own_entries(borrower: int, path: str) -> list[Entry]:
    """A borrower's pages; the first is where they are where it alone is the address."""
    unread = {reverse("notices"): notices_unread(borrower)} if borrower else {}
    entries = _open_entries(OWN_PAGES, path) if borrower else []
    return [entry._replace(new=unread.get(entry.url, 0)) for entry in entries]


def _open_entries(pages: tuple[tuple[str, Any], ...], path: str) -> list[Entry]:
    return [Entry(reverse(name), str(label), path == reverse(name)) for name, label in pages]
