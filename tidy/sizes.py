"""Budgets: what does not fit on a screen holds more than one idea."""

import ast
from collections.abc import Iterable, Sequence

from tidy.house import Source, code_lines, functions

FUNCTION_LINES_MAX = 40
FUNCTION_LINES_P90 = 20
FILE_LINES_MAX = 300


def function_sizes(source: Source) -> list[tuple[str, int, int]]:
    """Name, line and code lines of each function."""
    held = code_lines(source.text)
    return [
        (one.name, one.lineno, sum(one.lineno <= n <= (one.end_lineno or 0) for n in held))
        for one in functions(ast.parse(source.text))
    ]


def long_functions(source: Source) -> list[str]:
    """Functions over the limit."""
    return [
        f"{source.path}:{line} {name} has {size} code lines; "
        f"one idea a function ({FUNCTION_LINES_MAX})"
        for name, line, size in function_sizes(source)
        if size > FUNCTION_LINES_MAX
    ]


def long_files(source: Source) -> list[str]:
    """Files over the limit; data (law, translations, fixtures) is not held to it."""
    size = source.text.count("\n")
    if size <= FILE_LINES_MAX:
        return []
    return [f"{source.path} has {size} lines; split the room, not the sentence ({FILE_LINES_MAX})"]


def long_tail(sources: Iterable[Source]) -> list[str]:
    """The ninetieth percentile over all functions."""
    found = sorted(size for source in sources for _, _, size in function_sizes(source))
    tail = percentile_90(found)
    if tail <= FUNCTION_LINES_P90:
        return []
    return [
        f"one function in ten has more than {tail} code lines; "
        f"branch in the parent, compute in the leaves ({FUNCTION_LINES_P90})"
    ]


def percentile_90(ordered: Sequence[int]) -> int:
    """The smallest value that at least nine in ten do not exceed; 0 of none.

    >>> percentile_90([1, 2, 3, 4, 5, 6, 7, 8, 9, 50])
    9
    """
    return ordered[-(-len(ordered) * 9 // 10) - 1] if ordered else 0
