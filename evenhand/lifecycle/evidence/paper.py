"""One printable page of the pack, in the language of the page, that proves itself offline."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from evenhand.lifecycle.evidence.pack import as_json
from evenhand.people import persons

HERE = Path(__file__).parent
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
"""So that no text of the pack can end the element it lies in."""


def paper(made: Mapping[str, Any]) -> str:
    """The page as one file: style, script and pack are in it, nothing is fetched."""
    person = made["borrower"]
    said = {
        "pack": made,
        "lang": get_language(),
        "name": persons.identity_for_enquiry(person).name,
        "digest": made["stream"]["head"]["link"],
        "facts": [_line(fact) for fact in made["stream"]["facts"]],
        "data": mark_safe(as_json(made).translate(ESCAPES)),
        "style": _own("paper.css"),
        "script": _own("check.js"),
    }
    return render_to_string("evidence/paper.html", said)


def verifier() -> str:
    """The program that proves a pack without us."""
    return (HERE / "verify_evidence.py").read_text("utf-8")


@cache
def _own(name: str) -> SafeString:
    return mark_safe((HERE / name).read_text("utf-8"))


def _line(fact: list[Any]) -> dict[str, Any]:
    """A fact as the page's table has it."""
    names = ("borrower", "seq", "loan", "day", "at", "kind", "amount", "cause", "hand", "body")
    return dict(zip(names, fact, strict=False)) | {"link": fact[10]}
