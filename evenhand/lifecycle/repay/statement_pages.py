"""Where a loan stood on a past day: as known then and as known now; and on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from evenhand.ledger import statement_views as views
from evenhand.ledger import streams
from evenhand.ledger.statement_views import Asked
from evenhand.lifecycle.repay import statement_paper
from evenhand.lifecycle.repay.receipts_pages import as_pdf
from evenhand.people import borrowers
from evenhand.people.borrowers import BorrowerRequest


@borrowers.page
@require_GET
def statement(request: BorrowerRequest, loan: int) -> HttpResponse:
    """A day to choose, where the loan stood at its end, and every movement up to then."""
    asked = _asked(request, loan)
    told = {"asked": asked, "shown": asked.shown(request.GET.get("known", ""))}
    return render(request, "repay/statement.html", told, status=200 if asked.views else 400)


@borrowers.page
@require_GET
def paper(request: BorrowerRequest, loan: int) -> HttpResponse:
    """The same as a signed PDF."""
    asked = _asked(request, loan)
    if asked.views is None:
        raise Http404
    known = asked.views.now.on if request.GET.get("known") == "then" else asked.last
    lang, at = get_language() or "zh-hant", request.clock.now()
    pdf = statement_paper.statement(request.person, loan, asked.views.now.on, known, lang, at=at)
    return as_pdf(pdf, f"evenhand-{loan}-{asked.typed}")


def _asked(request: BorrowerRequest, loan: int) -> Asked:
    facts, typed = streams.stream(request.person), request.GET.get("on", "")
    asked = views.asked(facts, loan, typed, request.clock.today())
    if asked is None:
        raise Http404
    return asked
