"""What a pattern cannot do without: pieces of which its text has some.

A pattern is read once, as the lexicon loads. Of each of its alternatives stay `clauses`: sets of
things, of each of which a text must have one before the alternative can be in it. A thing is a
Chinese character or a pair of them, a stretch of a word in Latin letters, or so many figures. Gaps,
what is looked ahead or behind for, and repetition say nothing.

The tree is that of Python's own parser, so a pattern is read as it will be searched for. That
parser is no public part of Python: its tree is the same in 3.11, 3.12 and 3.13, and whatever is not
named here, a group that says more or what a later Python may bring, is refused as the lexicon
loads: what a net does not know of could let words pass.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import product
from typing import Any, Final, NamedTuple

from evenhand.outbound.contact.guard.rarest import EDGE, Clause, rarest, worth
from evenhand.outbound.contact.guard.things import FIGURE, SIGN

Node = tuple[Any, Any]
"""An operation of the parser's tree and what it works on."""

MOST: Final = 600
"""Wordings of one piece, beyond which it is parted in two."""
FEW: Final = 24
"""Wordings that are put before each of several alternatives."""
WIDEST: Final = 64
"""Letters of a range that are told one from the other."""
ALONE: Final = frozenset({""})
PARTED: Final = frozenset({SIGN})
EDGED: Final = frozenset({EDGE})
NESTED: Final = frozenset({"BRANCH", "SUBPATTERN"})
PARSE: Final = import_module("re._parser").parse
TOKEN: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
"""An escaped letter, a class, or a letter of a pattern."""
LETTER: Final = re.compile("[a-z\u3400-\u9fff]")
NO_LETTER: Final = re.compile("[^a-z0~\u3400-\u9fff]+")
NO_LATIN_LETTER: Final = str(list(PARSE("[a-z]")))


class Part(NamedTuple):
    """A part of a pattern: every wording it may have, or, where they are too many or anything, what
    a text must have of it."""

    wordings: frozenset[str] | None
    clauses: tuple[Clause, ...] = ()

    def needs(self) -> tuple[Clause, ...]:
        """What a text must have; nothing where that is not known."""
        return self.clauses if self.wordings is None else _clause(self.wordings)


GAP: Final = Part(None)


class Way(NamedTuple):
    """One alternative of a pattern: as it is written, and what a text must have for it."""

    written: str
    clauses: tuple[Clause, ...]


def ways(pattern: str) -> list[Way]:
    """The alternatives of a pattern.

    >>> [sorted(map(sorted, each.clauses)) for each in ways(r"拉黑.{0,4}(你|您)|\\bs ?b|\\d{9}")]
    [[['你', '您'], ['拉黑']], [['|sb', '|s|']], [['000000000']]]
    """
    return [Way(each, needs(each)) for each in alternatives(pattern)]


def alternatives(pattern: str) -> Iterator[str]:
    """A pattern's alternatives that stand in no brackets, as they are written."""
    depth = first = 0
    for token in TOKEN.finditer(pattern):
        depth += (token[0] == "(") - (token[0] == ")")
        if token[0] == "|" and not depth:
            yield pattern[first : token.start()]
            first = token.end()
    yield pattern[first:]


def needs(pattern: str) -> tuple[Clause, ...]:
    """What a text must have for a pattern."""
    tree = PARSE(pattern)
    if tree.state.flags != re.UNICODE:
        raise ValueError(f"{pattern}: no flags a net can read")
    if not tree.getwidth()[0]:
        raise ValueError(f"{pattern}: nothing a net can read, as it may be empty")
    return _sequence(list(tree), ALONE, "").needs()


def one_of(either: Sequence[Sequence[Clause]]) -> tuple[Clause, ...]:
    """What a text has that meets one of several needs, by the best clause of each and by the second
    best; nothing where one of them is not known."""
    if not all(either):
        return ()
    ranked = [sorted(each, key=worth) for each in either]
    best, second = ([each[: at + 1][-1] for each in ranked] for at in (0, 1))
    return tuple({frozenset().union(*best): None, frozenset().union(*second): None})


def _sequence(nodes: Sequence[Node], before: frozenset[str], behind: str) -> Part:
    """Parts that stand one behind the other: behind the wordings `before`; `behind` is SIGN where
    surely no letter comes next."""
    if all(str(sort) == "LITERAL" for sort, _ in nodes):
        plain = "".join(_sign(letter) for _, letter in nodes) + behind
        return Part(frozenset(each + plain for each in before))
    run, is_whole = before, True
    clauses: list[Clause] = []
    for at, node in enumerate(nodes):
        comes = _outside(nodes[at + 1 :], behind)
        is_run_in = str(node[0]) in NESTED and len(run) <= FEW and _has_gap(node)
        beside = PARTED if all(each.endswith(SIGN) for each in run) else ALONE
        part = _read(node, run if is_run_in else beside, comes)
        if part.wordings is not None and len(run) * len(part.wordings) <= MOST:
            run = frozenset(a + b for a in run for b in part.wordings)
            continue
        if not is_run_in:
            edge = _outside(nodes[at:], behind)
            clauses += _clause(each + edge for each in run)
        clauses += part.clauses
        run, is_whole = part.wordings or ALONE, False
    run = frozenset(each + behind for each in run)
    return Part(run) if is_whole else Part(None, (*clauses, *_clause(run)))


def _has_gap(node: Node) -> bool:
    """Has a part wordings without number, so that its wordings are never all known?"""
    match str(node[0]), node[1]:
        case "BRANCH", (_, parts):
            return any(_has_gap(inner) for each in parts for inner in each)
        case "SUBPATTERN", (*_, inner):
            return any(map(_has_gap, inner))
        case "MAX_REPEAT" | "MIN_REPEAT", (least, most, inner):
            return ((least, most) != (0, 1) and least != most) or any(map(_has_gap, inner))
        case "IN", letters:
            return _class(letters) is GAP
        case name, _:
            return name in ("ANY", "NOT_LITERAL")


def _read(node: Node, before: frozenset[str], behind: str) -> Part:
    match str(node[0]), node[1]:
        case "LITERAL", letter:
            return Part(frozenset({_sign(letter)}))
        case "ANY" | "NOT_LITERAL", _:
            return GAP
        case "IN", letters:
            return _class(letters)
        case "AT", place:
            return Part(PARTED if str(place) == "AT_BOUNDARY" else ALONE)
        case "ASSERT_NOT", (_, looks) if str(list(looks)) == NO_LATIN_LETTER:
            return Part(EDGED)
        case "ASSERT" | "ASSERT_NOT", _:
            return Part(ALONE)
        case "BRANCH", (_, parts):
            return _one_of([_sequence(list(each), before, behind) for each in parts])
        case "SUBPATTERN", (_, 0, 0, inner):
            return _sequence(list(inner), before, behind)
        case "MAX_REPEAT" | "MIN_REPEAT", (0, 1, inner):
            once = _sequence(list(inner), before, behind)
            return GAP if once.wordings is None else Part(once.wordings | ALONE)
        case "MAX_REPEAT" | "MIN_REPEAT", (least, most, inner):
            return _repeated(_sequence(list(inner), ALONE, ""), least, most)
        case name, _:
            raise ValueError(f"{name}: nothing a net can read")


def _repeated(part: Part, least: int, most: int) -> Part:
    if not least:
        return GAP
    if part.wordings is None or len(part.wordings) ** least > MOST:
        return Part(None, part.needs())
    if part.wordings == PARTED:
        return part
    run = frozenset(map("".join, product(part.wordings, repeat=least)))
    return Part(run) if least == most else Part(None, _clause(run))


def _one_of(parts: Sequence[Part]) -> Part:
    known = [each.wordings for each in parts if each.wordings is not None]
    if len(known) == len(parts) and sum(map(len, known)) <= MOST:
        return Part(frozenset().union(*known))
    return Part(None, one_of([each.needs() for each in parts]))


def _class(letters: Sequence[Node]) -> Part:
    known: set[str] = set()
    for sort, which in letters:
        match str(sort), str(which):
            case "LITERAL", _:
                known.add(_sign(which))
            case "RANGE", _ if which[1] - which[0] < WIDEST:
                known.update(map(_sign, range(which[0], which[1] + 1)))
            case "CATEGORY", "CATEGORY_DIGIT":
                known.add(FIGURE)
            case "CATEGORY", "CATEGORY_SPACE":
                known.add(SIGN)
            case _:
                return GAP
    return Part(frozenset(known))


def _outside(nodes: Sequence[Node], behind: str) -> str:
    """SIGN where what comes surely begins with no letter."""
    if not nodes:
        return behind
    match str(nodes[0][0]), nodes[0][1]:
        case "LITERAL", letter:
            return SIGN if _sign(letter) == SIGN else ""
        case "AT", place:
            return SIGN if str(place) == "AT_BOUNDARY" else ""
        case "MAX_REPEAT" | "MIN_REPEAT", (least, _, inner):
            first = _outside(list(inner), "")
            return first if least else first and _outside(nodes[1:], behind)
        case "SUBPATTERN", (_, 0, 0, inner):
            return _outside(list(inner), "")
        case "BRANCH", (_, parts):
            return SIGN if all(_outside(list(each), "") for each in parts) else ""
    return ""


@cache
def _sign(letter: int) -> str:
    sign = chr(letter)
    return FIGURE if sign.isdecimal() else sign if LETTER.match(sign) else SIGN


def _clause(wordings: Iterable[str]) -> tuple[Clause, ...]:
    """One thing of each wording; no clause where one of them has none."""
    found = {rarest(each) for each in {NO_LETTER.sub(SIGN, each) for each in wordings}}
    return () if None in found else (frozenset(each for each in found if each),)
