"""The core's manner: whole numbers, and columns in place of loops over rows."""

import ast
from collections.abc import Iterator

from tidy.house import Source, dotted, names_of

# The annuity's seed and the yearly-rate solver start from floats and say so; columns.py has the
# name of their column type.
FLOATS_ALLOWED = (
    "evenhand/core/annuity.py",
    "evenhand/core/apr.py",
    "evenhand/core/columns.py",
)
# Pages of the law and their parts, the fields of a table, and what happened to loans rank by rank,
# all loans at once: a handful, whatever the rows.
HANDFULS = {"names", "pages", "narrowings", "clauses", "fields", "turns"}
# Rounds over all rows at once that end when none is left.
ROUNDS = ("evenhand/core/gate_search.py",)

_FLOAT_NAMES = {
    "float",
    "numpy.float64",
    "numpy.float32",
    "numpy.longdouble",
    "numpy.true_divide",
    "numpy.divide",
    "numpy.mean",
    "numpy.average",
    "numpy.linspace",
}


def floats(source: Source) -> list[str]:
    """Float literals, float types, true division and what hides one."""
    if source.path in FLOATS_ALLOWED:
        return []
    tree = ast.parse(source.text)
    known = names_of(tree)
    return [f"{source.path}:{line} {what}" for line, what in _floats(tree, known)]


def _floats(tree: ast.AST, known: dict[str, str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield node.lineno, "a float literal; money and rates are whole numbers"
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            yield node.lineno, "true division; use divmod and say who gets the odd cent"
        elif isinstance(node, ast.Name | ast.Attribute) and dotted(node, known) in _FLOAT_NAMES:
            yield node.lineno, f"{dotted(node, known)}; columns are int64 or bool"
        elif isinstance(node, ast.Call) and _weighted_count(node, known):
            yield node.lineno, "bincount's weights are floats; add with np.add.at or reduceat"


def _weighted_count(call: ast.Call, known: dict[str, str]) -> bool:
    extra = len(call.args) > 1 or any(word.arg == "weights" for word in call.keywords)
    return dotted(call.func, known) == "numpy.bincount" and extra


def loops(source: Source) -> list[str]:
    """Loops over anything but a rank, an instalment number or a handful of names."""
    tree = ast.parse(source.text)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.While) and source.path not in ROUNDS:
            found.append(f"{source.path}:{node.lineno} while; bound it and write the column")
        elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            found += _over_rows(source.path, node.iter)
    return found


def _over_rows(path: str, over: ast.expr) -> list[str]:
    if _is_handful(over):
        return []
    return [
        f"{path}:{over.lineno} a loop over rows; write the column "
        "(loops walk an instalment number, an event rank or a fixed tuple of names)"
    ]


def _is_handful(over: ast.expr) -> bool:
    """Whether the thing looped over has a size that does not grow with the rows."""
    match over:
        case ast.Tuple() | ast.List() | ast.Set() | ast.Dict():
            parts = ast.iter_child_nodes(over)
            return all(_is_handful(p.value) for p in parts if isinstance(p, ast.Starred))
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.isupper() or name in HANDFULS or name.endswith("_pages")
        case ast.Call(func=ast.Name(id="range"), args=bounds):
            return not any(_counts_rows(bound) for bound in bounds)
        case ast.Call(func=ast.Name(id="zip" | "enumerate" | "tuple" | "reversed"), args=parts):
            return any(_is_handful(part) for part in parts)
        case ast.Call(func=ast.Name(id="fields")):
            return True
        case ast.Call(func=ast.Attribute(value=table, attr="items" | "keys" | "values")):
            return _is_handful(table)
    return False


def _counts_rows(bound: ast.expr) -> bool:
    """len(x), x.size and x.shape[0] count rows; x.shape[1] counts instalments."""
    for node in ast.walk(bound):
        match node:
            case ast.Call(func=ast.Name(id="len")) | ast.Attribute(attr="size"):
                return True
            case ast.Subscript(value=ast.Attribute(attr="shape"), slice=ast.Constant(value=0)):
                return True
    return False
