"""The pages of signing: the cost table, the contract, its measures, the assent; and withdrawing."""

import logging
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.ledger import charges
from evenhand.ledger.quotes import is_even
from evenhand.lifecycle.sign import contracts, costs, document_pages, reading, steps
from evenhand.lifecycle.sign.agreement import Agreement
from evenhand.lifecycle.sign.steps import Refused
from evenhand.lifecycle.sign.terms import RowDue, fees_of, rows_due
from evenhand.outbound.documents.documents import NotStamped, Unprintable
from evenhand.people.borrowers import BorrowerRequest, page, sure
from evenhand.web import shown
from evenhand.web.documents.words import words
from evenhand.web.terms import span

both = require_http_methods(["GET", "POST"])
PAGES: Final = {
    "table": "sign-table",
    "contract": "sign-contract",
    "measures": "sign-measures",
    "assent": "sign-assent",
}
"""The page of each step that has one; where there is none, `sign` says what is so."""

PARTS: Final = ("principal_minor", "interest_minor", "fees_minor")
"""What everything that is paid is made of."""
STATUS: Final = {"left": 409, "nowhere_to_pay": 503, "not_made": 503}
"""The answer's status where a refusal has no step to lead to."""
log: Final = logging.getLogger(__name__)

Step = Callable[[BorrowerRequest, Agreement], HttpResponse]


def own(view: Step) -> Callable[..., HttpResponse]:
    """A page of a loan that was approved for who asks; another's, or none, is no page."""

    @wraps(view)
    def inner(request: BorrowerRequest, loan: int) -> HttpResponse:
        found = steps.stand(request.person, loan, at=request.clock.now())
        if found is None:
            raise Http404
        try:
            return view(request, found)
        except Refused as refused:
            return _explained(request, found, refused)
        except (Unprintable, NotStamped) as fault:
            log.error("no document could be made: %s", fault)
            return _explained(request, found, Refused("not_made"))

    return inner


@require_GET
@page
@own
def sign(request: BorrowerRequest, found: Agreement) -> HttpResponse:
    """Leads to the step that is next, or says how it ended or whom it waits for."""
    if found.step in PAGES:
        return redirect(PAGES[found.step], loan=found.offer.loan)
    return render(request, "sign/state.html", {"found": found, "step": found.step})


@both
@page
@own
def table(request: BorrowerRequest, found: Agreement) -> HttpResponse:
    """The cost table, confirmed apart when it has been read for long enough."""
    loan, now = found.offer.loan, request.clock.now()
    if found.step != "table":
        return redirect("sign", loan=loan)
    if request.method == "POST":
        digest = request.POST.get("document", "")
        spent = reading.read(request.session, digest)
        try:
            steps.confirm_table(request.person, loan, digest, spent, at=now)
            return redirect("sign", loan=loan)
        except Refused as refused:
            if refused.code not in ("too_soon", "stale"):
                raise
            return _table(request, loan, error=refused.code)
    return _table(request, loan)


@both
@sure
@own
def contract(request: BorrowerRequest, found: Agreement) -> HttpResponse:
    """Today's contract in short, and the document itself to open."""
    loan = found.offer.loan
    if found.step not in ("contract", "measures", "assent"):
        return redirect("sign", loan=loan)
    steps.offer_contract(request.person, loan, _lang(), at=request.clock.now())
    if found.overtaken:
        messages.info(request, _("The contract was made anew for today. Please read it once more."))
    if request.method == "POST" and found.opened:
        return redirect("sign-measures", loan=loan)
    again = _stand(request, loan)
    missed = request.method == "POST"
    told = {"found": again, "offer": again.offer, "error": missed, **_sums(again)}
    return render(request, "sign/contract.html", told, status=400 if missed else 200)


@require_GET
@sure
@own
def document(request: BorrowerRequest, found: Agreement) -> HttpResponse:
    """The contract last offered, as PDF; opening it is a fact."""
    loan, now = found.offer.loan, request.clock.now()
    offered = steps.open_contract(request.person, loan, at=now)
    if offered is None:
        return redirect("sign", loan=loan)
    name = f"contract-{loan}.pdf"
    return document_pages.response(request, offered.body["item"], name)


@both
@sure
@own
def measures(request: BorrowerRequest, found: Agreement) -> HttpResponse:
    """The measures that may follow, each with its conditions, confirmed apart."""
    loan, now = found.offer.loan, request.clock.now()
    if found.step not in ("measures", "assent"):
        return redirect("sign", loan=loan)
    missed = False
    if request.method == "POST":
        missed = request.POST.get("read") != "yes"
        if not missed:
            digest = request.POST.get("document", "")
            steps.confirm_measures(request.person, loan, digest, at=now)
            return redirect("sign", loan=loan)
    listed = contracts.measures_of(found, _lang(), request.clock.today())
    said = words(_lang())["contract"]
    told = {"found": found, "measures": listed, "said": said, "error": missed}
    return render(request, "sign/measures.html", told, status=400 if missed else 200)


@both
@sure
@own
def assent(request: BorrowerRequest, found: Agreement) -> HttpResponse:
    """The signature: assent to the very document last offered."""
    loan = found.offer.loan
    if found.step != "assent":
        return redirect("sign", loan=loan)
    if request.method == "POST":
        digest = request.POST.get("document", "")
        steps.sign(request.person, loan, digest, at=request.clock.now())
        return redirect("sign", loan=loan)
    told = {"found": found, "offer": found.offer, **_sums(found)}
    return render(request, "sign/assent.html", told)


@both
@page
@own
def withdraw(request: BorrowerRequest, found: Agreement) -> HttpResponse:
    """Taking it back before the money has left: without cost, without a reason."""
    loan = found.offer.loan
    if found.withdrawn is not None:
        return redirect("sign", loan=loan)
    if request.method == "POST":
        steps.withdraw(request.person, loan, at=request.clock.now())
        return redirect("sign", loan=loan)
    return render(request, "sign/withdraw.html", {"found": found})


def _table(request: BorrowerRequest, loan: int, error: str = "") -> HttpResponse:
    """The cost table's page, with what is wrong (a code of Refused) where something is."""
    lang = _lang()
    steps.show_table(request.person, loan, lang, at=request.clock.now())
    found = _stand(request, loan)
    assert found.shown is not None, "a table of today's terms was just shown"
    digest = found.shown.body["document"]
    reading.begin(request.session, digest)
    least = found.shown.body["reading_seconds"]
    values = costs.table(found.offer, found.terms, lang)
    currency = values["currency"]
    told: dict[str, Any] = {
        "found": found,
        "values": values,
        "said": words(lang),
        "charges": costs.rows(values["charges"], currency, lang),
        "contingent": costs.rows(values["contingent"], currency, lang),
        "all_minor": sum(values[part] for part in PARTS),
        "paid_out_minor": values["principal_minor"] - values["kept_back_minor"],
        "document": digest,
        "least": least,
        "wait": max(least - reading.read(request.session, digest), 0),
        "error": error,
    }
    return render(request, "sign/table.html", told, status=400 if error else 200)


def _explained(request: BorrowerRequest, found: Agreement, refused: Refused) -> HttpResponse:
    """What was refused, in words, on the page of the step that is next."""
    why = {
        "stale": _("The contract was made anew. Please read it once more before you sign."),
        "left": _("The money is already on its way: it can no longer be withdrawn here."),
        "nowhere_to_pay": _("The contract cannot be made at the moment. Please try again later."),
        "not_made": _("The document cannot be made at the moment. Please try again later."),
    }
    if refused.code in why:
        messages.error(request, why[refused.code])
    if refused.code in STATUS:
        step = {"found": found, "step": refused.code}
        return render(request, "sign/state.html", step, status=STATUS[refused.code])
    return redirect("sign", loan=found.offer.loan)


def _sums(found: Agreement) -> dict[str, Any]:
    """What the contract comes to, for its page."""
    terms, currency, fees = found.terms, found.terms["currency"], fees_of(found.terms)
    kept_back = charges.kept_back(terms)
    rows = rows_due(found.offer.offer_minor, terms)
    due = [row.due_minor for row in rows]
    return {
        "currency": currency,
        "instalments": [
            {
                "n": row.n,
                "due_on": row.due_on,
                "all": row.due_minor,
                "parts": " + ".join(shown.amount(part, currency) for part in _parts(row, fees)),
            }
            for row in rows
        ],
        "first": due[0],
        "largest": max(due),
        "last": due[-1],
        "is_even": len(rows) == len(fees) and is_even(due),
        "span": span(found.offer.offer_months, terms),
        "interest_minor": sum(row.interest_minor for row in rows),
        "fees_minor": sum(fees),
        "kept_back_minor": kept_back,
        "paid_out_minor": found.offer.offer_minor - kept_back,
        "all_minor": sum(due),
    }


def _parts(row: RowDue, fees: Sequence[int]) -> list[int]:
    """Principal, interest, and where there are any, fees."""
    return [row.principal_minor, row.interest_minor, *([row.fee_minor] if any(fees) else [])]


def _stand(request: BorrowerRequest, loan: int) -> Agreement:
    found = steps.stand(request.person, loan, at=request.clock.now())
    assert found is not None, "the loan was there a moment ago"
    return found


def _lang() -> str:
    """The language of the page: documents are made in it."""
    return get_language() or "zh-hant"
