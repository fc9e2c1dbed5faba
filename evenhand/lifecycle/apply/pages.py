"""The pages of applying, a step each: what is typed is kept, and one goes on where one stopped."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import Any, Final, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.ledger import streams
from evenhand.ledger.applications import PURPOSES, REFUSED_PURPOSES, applications, under_way
from evenhand.ledger.products import Product
from evenhand.ledger.quotes import bounds, quote
from evenhand.lifecycle.apply import choosing, drafts, steps, typed, uses
from evenhand.lifecycle.apply.typed import FIELDS, LENGTH_MAX, READERS, WORK_YEARS
from evenhand.people import borrowers
from evenhand.people.answers import ACCOUNTS, EMPLOYMENTS, SAVINGS
from evenhand.people.borrowers import BorrowerRequest
from evenhand.web import terms
from evenhand.web.amounts import figure
from evenhand.web.terms import is_monthly, span

PAGES: Final = {
    "amount": "apply",
    "purpose": "apply-purpose",
    "means": "apply-means",
    "data": "apply-data",
    "check": "apply-check",
}
ORDER: Final = tuple(PAGES)
HUNDREDTH_PPM: Final = 100


class Applying(NamedTuple):
    """Somebody who may apply: what is offered, the product they apply for, what they typed."""

    offered: Sequence[Product]
    product: Product
    kept: dict[str, str]


Step = Callable[[BorrowerRequest, Applying], HttpResponse]


def step(name: str) -> Callable[[Step], Callable[..., HttpResponse]]:
    """A page of a step: for who may apply, and not before the steps before it."""

    def made(view: Step) -> Callable[..., HttpResponse]:
        @borrowers.page
        @sensitive_post_parameters()
        @require_http_methods(["GET", "POST"])
        @wraps(view)
        def inner(request: BorrowerRequest) -> HttpResponse:
            offered = choosing.offered_on(request.clock.today())
            if stops := _not_now(request, offered):
                return stops
            kept = drafts.load(request.person)
            product = choosing.chosen(offered, kept)
            if product is None:
                return redirect("apply-product")
            first = typed.step_of(kept, product, request.clock.today())
            if ORDER.index(first) < ORDER.index(name):
                return redirect(PAGES[first])
            return view(request, Applying(offered, product, kept))

        return inner

    return made


@borrowers.page
@require_http_methods(["GET", "POST"])
def product(request: BorrowerRequest) -> HttpResponse:
    """Which loan, where several are offered."""
    on = request.clock.today()
    offered = choosing.offered_on(on)
    if stops := _not_now(request, offered):
        return stops
    if len(offered) == 1:
        return redirect("apply")
    kept = drafts.load(request.person)
    if request.method == "POST":
        kept = _keep(request, "product")
        if choosing.chosen(offered, kept):
            return redirect("apply")
    missed = request.method == "POST"
    told = {"cards": choosing.cards(offered, kept, on), "error": missed} | _frame(
        "product", offered
    )
    return render(request, "apply/product.html", told, status=400 if missed else 200)


@step("amount")
def amount(request: BorrowerRequest, here: Applying) -> HttpResponse:
    """How much and for how long. "Work it out" keeps what was typed and shows the page again."""
    if request.method == "POST" and "again" in request.POST:
        _keep(request, "amount")
        return redirect("apply")
    return _step(request, "amount", here, _offered(request, here))


@require_POST
@borrowers.page
def quoted(request: BorrowerRequest) -> HttpResponse:
    """What the loan would be, as a part of a page; keeps nothing."""
    offered = choosing.offered_on(request.clock.today())
    product = choosing.chosen(offered, drafts.load(request.person))
    if product is None:
        raise Http404
    read = {name: request.POST.get(name, "") for name in FIELDS["amount"]}
    return render(request, "apply/quote.html", _quote(read, product, request.clock.today()))


@step("purpose")
def purpose(request: BorrowerRequest, here: Applying) -> HttpResponse:
    """What the money is for."""
    return _step(request, "purpose", here, {"purposes": PURPOSES, "refused": REFUSED_PURPOSES})


@step("means")
def means(request: BorrowerRequest, here: Applying) -> HttpResponse:
    """What comes in, what goes out, and who lives on it."""
    year = request.clock.today().year
    lists = {
        "employments": EMPLOYMENTS,
        "accounts": ACCOUNTS,
        "savings": SAVINGS,
        "years": [str(year - n) for n in range(WORK_YEARS + 1)],
        "month_numbers": [str(n) for n in range(1, 13)],
    }
    return _step(request, "means", here, lists)


@step("data")
def data(request: BorrowerRequest, here: Applying) -> HttpResponse:
    """What data is used for what, from where, and for how long."""
    return _step(request, "data", here, {"uses": uses.uses()})


@step("check")
def check(request: BorrowerRequest, here: Applying) -> HttpResponse:
    """Everything once more; the button sends it."""
    on, product, kept = request.clock.today(), here.product, here.kept
    if request.method == "POST":
        loan = steps.send(request.person, product, at=request.clock.now())
        return redirect("decision", loan) if loan else redirect("apply")
    answers = typed.answers(kept, product, on)
    shown = {"answers": answers, "typed": kept, "currency": product.terms["currency"]}
    shown |= _frame("check", here.offered) | _quote(kept, product, on)
    return render(request, "apply/check.html", shown)


@borrowers.page
@require_http_methods(["GET", "POST"])
def withdraw(request: BorrowerRequest, loan: int) -> HttpResponse:
    """Withdraws an application; asked once, and costs nothing."""
    one = applications(streams.stream(request.person)).get(loan)
    if one is None:
        raise Http404
    if request.method == "POST":
        steps.withdraw(request.person, loan, at=request.clock.now())
        return redirect("decision", loan)
    if not steps.may_withdraw(one):
        return redirect("decision", loan)
    return render(request, "apply/withdraw.html", {"one": one})


def _step(
    request: BorrowerRequest, name: str, here: Applying, more: dict[str, Any]
) -> HttpResponse:
    """A step's page; what is posted is kept as typed, and where nothing is wrong the next opens."""
    kept, errors = here.kept, {}
    if request.method == "POST":
        kept = _keep(request, name)
        errors = READERS[name](kept, here.product, request.clock.today()).errors
        if not errors:
            return redirect(PAGES[ORDER[ORDER.index(name) + 1]])
    shown = {"typed": kept, "errors": errors, "currency": here.product.terms["currency"]}
    shown |= _frame(name, here.offered) | more
    return render(request, f"apply/{name}.html", shown, status=400 if errors else 200)


def _not_now(request: BorrowerRequest, offered: Sequence[Product]) -> HttpResponse | None:
    """The page that says why nothing can be applied for now; None where it can."""
    facts = streams.stream(request.person)
    why = steps.hindrance(facts, request.clock.today())
    if offered and not why:
        return None
    one = under_way(facts, request.clock.today())
    return render(request, "apply/not_now.html", {"why": why, "one": one})


def _keep(request: BorrowerRequest, name: str) -> dict[str, str]:
    posted = {key: request.POST.get(key, "")[:LENGTH_MAX] for key in FIELDS[name]}
    return drafts.save(request.person, posted)


def _frame(name: str, offered: Sequence[Product]) -> dict[str, Any]:
    """Where a step stands among all; one is asked which loan only where there are several."""
    order = ORDER if len(offered) == 1 else ("product", *ORDER)
    place = order.index(name)
    back = {"product": "apply-product", **PAGES}[order[place - 1]] if place else ""
    return {"step": name, "n": place + 1, "of": len(order), "back": back}


def _offered(request: BorrowerRequest, here: Applying) -> dict[str, Any]:
    """What there is to choose from, and what the choice so far would cost."""
    product = here.product
    (least, most), (fewest, longest) = bounds(product)
    posted = {key: request.POST[key] for key in FIELDS["amount"] if key in request.POST}
    principal, months = choosing.example(product)
    currency = product.terms["currency"]
    chosen = {"amount": figure(principal, currency), "months": str(months)} | here.kept | posted
    spans = [(str(n), span(n, product.terms)) for n in range(fewest, longest + 1)]
    shown = {"least": least, "most": most, "spans": spans, "chosen": chosen}
    return shown | _quote(chosen, product, request.clock.today())


def _quote(chosen: typed.Typed, product: Product, on: date) -> dict[str, Any]:
    read = typed.amount(chosen, product, on)
    currency, monthly = product.terms["currency"], is_monthly(product.terms)
    if read.errors:
        return {"quote": None, "currency": currency, "monthly": monthly}
    found = quote(product, read.values["principal_minor"], read.values["months"], on)
    yearly = found.yearly_hundredths * HUNDREDTH_PPM
    told = {"quote": found, "currency": currency, "yearly_ppm": yearly, "monthly": monthly}
    return told | {"span": span(found.months, product.terms), "says": terms.plain(product.terms)}
