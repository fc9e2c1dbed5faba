"""The documents a person has from us, to look at and to download at any time."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evenhand.ledger import streams
from evenhand.outbound.documents import documents as papers
from evenhand.outbound.documents.kept import kept
from evenhand.people.borrowers import BorrowerRequest, sure


@require_GET
@sure
def documents(request: BorrowerRequest) -> HttpResponse:
    """All of them, the newest first."""
    found = kept(streams.stream(request.person))
    return render(request, "sign/documents.html", {"documents": found[::-1]})


@require_GET
@sure
def document(request: BorrowerRequest, item: int) -> HttpResponse:
    """One of them as PDF; `?download` keeps it instead of showing it."""
    found = {one.item: one for one in kept(streams.stream(request.person))}
    if item not in found:
        raise Http404
    one = found[item]
    return response(request, item, f"{one.name.replace('_', '-')}-{one.loan}.pdf")


def response(request: BorrowerRequest, item: int, name: str) -> HttpResponse:
    """The document as it was signed, shown in the browser or kept by it."""
    try:
        pdf = papers.read(request.person, item)
    except KeyError:
        raise Http404 from None
    how = "attachment" if "download" in request.GET else "inline"
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    return answer
