"""`evenhand guard`: may this text leave? (JSON on standard input and output; writes nothing.)"""

from collections.abc import Sequence
from typing import Any

from evenhand.outbound.contact.guard import lexicon
from evenhand.outbound.contact.guard.screen import LETTERS_MAX, screen
from evenhand.site.commands import jsonline
from evenhand.site.commands.jsonline import Fields


def main(argv: Sequence[str]) -> int:
    """Answer the request on standard input; 2 where it cannot be answered."""
    return jsonline.run("guard", argv, answer)


def answer(requests: list[Any]) -> jsonline.Answers:
    """Each text with every finding: category, span in the text as given, and why in its language.

    >>> answer([{"text": "Pay up, you idiot.", "lang": "en"}])[0]["findings"][0]["span"]
    [12, 17]
    """
    return [_answer(Fields(request, index)) for index, request in enumerate(requests)]


def _answer(request: Fields) -> dict[str, Any]:
    request.only(("text", "lang"))
    text = request.raw("text")
    if not isinstance(text, str):
        request.refuse("text", "not a text")
    if len(text) > LETTERS_MAX:
        request.refuse("text", f"more than {LETTERS_MAX} letters")
    lang = request.word("lang", tuple(lexicon.FILES))
    found = screen(text, lang)
    return {
        "pass": not found,
        "findings": [
            {"category": each.category, "span": [*each.span], "why": each.why} for each in found
        ],
    }
