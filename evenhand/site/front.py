"""The first page and the quick exit, open to all; and what a phone may keep of the house.

What is kept: the page shown without a connection and the style. No page about a person.
"""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from evenhand.people import borrowers

# Nobody is signed in there, and nothing of the session is shown: a phone keeps this page.
NOBODY = {
    "borrower": 0, "borrower_nav": (), "member": None, "messages": (), "demo_bar": "",
    "serving": None,
}  # fmt: skip
KEPT_FILES = ("evenhand.css", "app.js", "icon.svg")


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """Who is signed in as a borrower goes on to the own first page."""
    if borrowers.person_of(request):
        return redirect("my-home")
    return render(request, "site/front.html", {"lender": settings.EVENHAND_LENDER})


@csrf_exempt
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """The quick exit: signs out, has the browser forget us, and leads to a harmless page.

    By GET too, and without a token: it must work as a plain link on a page long open, and all
    that a stranger could do with it is to sign somebody out.
    """
    borrowers.sign_out(request)
    logout(request)
    gone = HttpResponseRedirect(settings.EVENHAND_LEAVE_TO)
    gone.status_code = 303
    gone.headers["Clear-Site-Data"] = '"cache", "storage"'
    gone.headers["Referrer-Policy"] = "no-referrer"
    return gone


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown without a connection: how to reach us, and what the person chose to keep."""
    return render(request, "site/offline.html", {"lender": settings.EVENHAND_LENDER, **NOBODY})


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that answers where there is no connection; new whenever what it keeps is."""
    told = {"version": _version(), "files": [f"web/{name}" for name in KEPT_FILES]}
    script = render(request, "site/sw.js", told, content_type="text/javascript; charset=utf-8")
    script.headers["Cache-Control"] = "no-cache"
    return script


def _version() -> str:
    digest = sha256()
    for name in KEPT_FILES:
        digest.update(Path(str(finders.find(f"web/{name}"))).read_bytes())
    return digest.hexdigest()[:12]
