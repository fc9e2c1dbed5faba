"""The borrower's way to the pack: look at it, keep it, take the program that proves it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evenhand.ledger import streams
from evenhand.lifecycle.evidence import pack, paper
from evenhand.people.borrowers import BorrowerRequest, sure


@require_GET
@sure
def evidence(request: BorrowerRequest) -> HttpResponse:
    """What is in it, and the files."""
    count = streams.head(request.person).seq
    return render(request, "evidence/evidence.html", {"count": count})


@require_GET
@sure
def page_file(request: BorrowerRequest) -> HttpResponse:
    """The printable page that proves itself."""
    text = paper.paper(pack.pack(request.person, at=request.clock.now()))
    return _file(text, "text/html; charset=utf-8", "evidence.html")


@require_GET
@sure
def json_file(request: BorrowerRequest) -> HttpResponse:
    """The pack as data."""
    text = pack.as_json(pack.pack(request.person, at=request.clock.now()))
    return _file(text, "application/json; charset=utf-8", "evidence.json")


@require_GET
@sure
def verifier_file(request: BorrowerRequest) -> HttpResponse:
    """The program that proves the data."""
    return _file(paper.verifier(), "text/x-python; charset=utf-8", "verify_evidence.py")


def _file(text: str, kind: str, name: str) -> HttpResponse:
    """A file to keep: it is opened by the person's own choice, not by the browser."""
    answer = HttpResponse(text, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
