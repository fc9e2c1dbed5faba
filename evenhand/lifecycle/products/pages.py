"""Product settings: products with their versions, a form with its preview, and the other hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.law import written
from evenhand.law.caps import caps
from evenhand.ledger import products
from evenhand.ledger.kinds_house import PRODUCT_DECLINED
from evenhand.ledger.products import Product
from evenhand.ledger.two_hands import NotAllowed
from evenhand.lifecycle import other_hand
from evenhand.lifecycle.other_hand import Desk
from evenhand.lifecycle.products import lines, proposals, typed
from evenhand.lifecycle.products.corners import Unplannable
from evenhand.lifecycle.products.groups import groups
from evenhand.lifecycle.products.lines import Preview
from evenhand.lifecycle.products.typed import Form
from evenhand.people.access import StaffRequest, page


@require_GET
@page("products")
def listed(request: StaffRequest) -> HttpResponse:
    """What waits for another hand, every product with its versions, and who decided what."""
    waiting, decided = other_hand.apart(proposals.proposals())
    reader = request.member.staff
    told = DESK.may(request) | {
        "products": lines.versions(request.clock.today()),
        "tomorrow": request.clock.today() + timedelta(days=1),
        "waiting": lines.lines(waiting, reader),
        "decided": lines.lines(decided, reader),
    }
    return render(request, "products/products.html", told)


@require_http_methods(["GET", "POST"])
@page("product_propose")
def new(request: StaffRequest) -> HttpResponse:
    """A product's next version, or a first one: previewed as it is edited, then proposed."""
    today = request.clock.today()
    versions = products.versions()
    if request.method == "GET":
        name = request.GET.get("product", "")
        latest = versions.get(name, [products.DEMO])[-1]
        sent = typed.filled(name, latest, today + timedelta(days=1))
        form = typed.read(sent, versions, today)
        form.errors.clear()
        return _shown(request, form)
    if request.POST.get("act") == "end":
        return _ended(request, versions)
    form = typed.read(request.POST, versions, today)
    if request.POST.get("act") == "propose" and form.offered and _proposed(request, form):
        messages.success(request, _("Proposed. It is offered once another person approves it."))
        return redirect("products")
    return _shown(request, form)


@require_POST
@page("product_approve")
def decide(request: StaffRequest, seq: int) -> HttpResponse:
    """Approve what another proposed, decline it for a reason, or take the own back."""
    return DESK.decide(request, seq)


def _ended(request: StaffRequest, versions: Mapping[str, Sequence[Product]]) -> HttpResponse:
    """Propose that a product be offered no longer."""
    name, since = request.POST.get("product", ""), request.POST.get("since", "")
    try:
        day = written.day(since)
    except ValueError:
        day = request.clock.today()
    if name not in versions or versions[name][-1].ends:
        raise Http404
    try:
        proposals.propose_end(name, day, request.member.hand, at=request.clock.now())
        messages.success(request, _("Proposed. It ends once another person approves it."))
    except NotAllowed:
        messages.error(request, _("Choose a day: tomorrow at the earliest."))
    return redirect("products")


def _proposed(request: StaffRequest, form: Form) -> bool:
    """Was it? Of a cap that it could breach, or a schedule that there is not, the page tells."""
    assert form.offered is not None, "only what is right is proposed"
    name, _version, since, terms = form.offered
    try:
        proposals.propose(name, since, terms, request.member.hand, at=request.clock.now())
    except (NotAllowed, Unplannable):
        return False
    return True


def _shown(request: StaffRequest, form: Form) -> HttpResponse:
    """The form with its preview; wrong where it cannot be proposed, unless a part of the page asks
    for the preview alone."""
    preview = _preview(form)
    offered = form.offered or products.DEMO
    on = max(offered.since, request.clock.today())
    wrong = bool(form.errors) or bool(preview and preview.breaches)
    told: dict[str, Any] = {
        "form": form,
        "groups": groups(form),
        "typed": form.typed,
        "errors": form.errors,
        "preview": preview,
        "currency": offered.terms["currency"],
        "caps": caps(proposals.packs(), on),
        "on": on,
        "ladders": lines.ladders(),
        "all_measures": typed.MEASURES,
    }
    htmx = request.headers.get("HX-Request")
    status = 400 if wrong and request.method == "POST" and not htmx else 200
    return render(request, "products/new.html", told, status=status)


def _preview(form: Form) -> Preview | None:
    if form.offered is None:
        return None
    try:
        return lines.preview(form.offered, None if "see" in form.errors else form.see)
    except Unplannable as wrong:
        principal_minor, months = wrong.args
        corner = lines.corner_of(principal_minor, months, form.offered)
        said = _("%(corner)s: these terms make no schedule. Choose a smaller multiple or rate.")
        form.errors["multiple"] = said % {"corner": corner}
        return None


def _approve(request: StaffRequest, seq: int) -> str:
    offered = proposals.approve(seq, request.member.hand, at=request.clock.now())
    return _("Approved: version %(n)d.") % {"n": offered.version}


def _says() -> Mapping[str, str]:
    return {
        "day": _("Its day has come already: propose it anew for a later one."),
        "payout": _("By now the law forbids its fee at the payout: propose other terms."),
        "cap": _("By now it could breach a cap of the law: propose other terms."),
    }


DESK: Final = Desk(
    proposals.MATTER,
    "products",
    "product_propose",
    "product_approve",
    PRODUCT_DECLINED,
    _approve,
    _says,
)
