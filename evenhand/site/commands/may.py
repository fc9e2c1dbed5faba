"""`evenhand may`: may this contact be made? (JSON on standard input and output; writes nothing.)"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from evenhand.core.gate import NEVER_SECOND, Verdict, judge, set_of
from evenhand.core.gate_rules import Rules
from evenhand.law import loader, rulebook
from evenhand.law.schema import PackError
from evenhand.site.commands import jsonline, may_fields, may_request
from evenhand.site.commands.jsonline import BadRequest, Fields


def main(argv: Sequence[str]) -> int:
    """Answer the request on standard input; 2 where it cannot be answered."""
    return jsonline.run("may", argv, answer)


def answer(requests: list[Any]) -> jsonline.Answers:
    """The verdicts of a batch, one judging for each set of packs it names."""
    read = [Fields(request, index) for index, request in enumerate(requests)]
    packs = [_packs(request) for request in read]
    answers: jsonline.Answers = [{} for _ in read]
    for named in dict.fromkeys(packs):
        rows = [row for row, those in enumerate(packs) if those == named]
        for row, given in zip(rows, _judged(named, [read[row] for row in rows]), strict=True):
            answers[row] = given
    return answers


def _judged(packs: tuple[str, ...], requests: list[Fields]) -> jsonline.Answers:
    asks, history, states = may_request.columns(requests)
    try:
        book = rulebook.rules(packs, _day(int(asks.at.min())), _day(int(asks.at.max())))
    except PackError as error:
        raise BadRequest("packs", str(error), requests[0].index) from None
    verdict = judge(asks, history, states, book)
    return [_answer(packs, request, book, verdict, row) for row, request in enumerate(requests)]


def _packs(request: Fields) -> tuple[str, ...]:
    named = request.raw("packs")
    if not isinstance(named, list) or not named:
        request.refuse("packs", "not a list of at least one pack")
    for pack in named:
        if pack not in loader.names():
            request.refuse("packs", f"there is no pack {pack!r}")
    return tuple(dict.fromkeys(named))


def _answer(
    packs: tuple[str, ...], request: Fields, book: Rules, verdict: Verdict, row: int
) -> dict[str, Any]:
    at = may_fields.moment(request, "at")
    on = at.date()
    allowed = bool(verdict.allowed[row])
    then = int(verdict.not_before[row])
    lawful = datetime.fromtimestamp(then, at.tzinfo) if then != NEVER_SECOND else None
    not_before = at if allowed else lawful
    return {
        "allowed": allowed,
        "refusals": _rules(book, set_of(verdict.refusals[:, row]), on),
        "warnings": _rules(book, set_of(verdict.warnings[:, row]), on),
        "not_before": not_before.isoformat() if not_before else None,
        "packs": [
            {"pack": pack, "sha256": digest} for pack, digest in rulebook.pack_hashes(packs).items()
        ],
    }


def _rules(book: Rules, bits: int, on: date) -> list[dict[str, str]]:
    """Each rule once, its sources side by side."""
    cites = rulebook.cites(book, bits, on)
    return [
        {
            "rule": rule,
            "cite": "; ".join(dict.fromkeys(each.cite for each in cites if each.rule == rule)),
            "why": next(each.why for each in cites if each.rule == rule),
        }
        for rule in dict.fromkeys(each.rule for each in cites)
    ]


def _day(second: int) -> date:
    """The UTC day of a moment; a book holds the rules of the days around it too."""
    return datetime.fromtimestamp(second, UTC).date()
