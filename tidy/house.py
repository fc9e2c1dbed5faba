"""The files of the house and small helpers to read them; every check speaks in findings.

A finding is one line: where, and what to do instead. A check that returns none is content.
"""

import ast
import io
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
HOUSE = CHECKOUT / "evenhand"
BESIDE = ("dev", "tidy", "stories", "journeys", "benchmarks", "docs")

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Source(NamedTuple):
    """A file's text under its path in the checkout; tests make up both."""

    path: str
    text: str

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @property
    def is_test(self) -> bool:
        return self.name.endswith("_test.py") or self.name == "conftest.py"


def none(findings: Iterable[str]) -> None:
    """Fail the test with every finding on a line of its own."""
    if lines := list(findings):
        pytest.fail("\n".join(["", *lines]), pytrace=False)


def sources(*endings: str, under: str = "evenhand") -> list[Source]:
    """The files below a folder of the checkout with one of these endings, in order."""
    found = []
    for path in sorted((CHECKOUT / under).rglob("*")):
        if path.suffix in endings and path.is_file() and "__pycache__" not in path.parts:
            found.append(Source(str(path.relative_to(CHECKOUT)), path.read_text()))
    return found


def python(*, beside: bool = False) -> list[Source]:
    """The house's Python files; with those lying beside the package where asked."""
    found = sources(".py")
    if beside:
        for folder in BESIDE:
            found += sources(".py", under=folder)
        found.append(Source("conftest.py", (CHECKOUT / "conftest.py").read_text()))
    return found


def functions(tree: ast.AST) -> list[Function]:
    """Every function and method, nested ones too."""
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    """The docstrings, and every other bare string that stands as a statement."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str()) as text):
                yield text


def strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """The strings the program uses: all but docstrings, parts of f-strings included."""
    docs = set(map(id, docstrings(tree)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node


_EMPTY = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


def code_lines(text: str) -> set[int]:
    """The numbers of the lines that hold code: no blanks, comments or docstrings.

    >>> sorted(code_lines("x = 1\\n\\n# why\\ny = (\\n    2)\\n"))
    [1, 4, 5]
    """
    held: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _EMPTY:
            held.update(range(token.start[0], token.end[0] + 1))
    for doc in docstrings(ast.parse(text)):
        held.difference_update(range(doc.lineno, (doc.end_lineno or doc.lineno) + 1))
    return held


def names_of(tree: ast.AST) -> dict[str, str]:
    """What each imported name stands for, in full: `dt` -> `datetime.datetime`."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                known[one.asname or one.name.split(".")[0]] = (
                    one.name if one.asname else one.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for one in node.names:
                known[one.asname or one.name] = f"{node.module}.{one.name}"
    return known


def dotted(node: ast.AST, known: dict[str, str]) -> str:
    """The full dotted name an expression stands for, or an empty string.

    >>> tree = ast.parse("import datetime as d; d.date.today()")
    >>> dotted(tree.body[1].value.func, names_of(tree))
    'datetime.date.today'
    """
    if isinstance(node, ast.Name):
        return known.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        base = dotted(node.value, known)
        return f"{base}.{node.attr}" if base else ""
    return ""
