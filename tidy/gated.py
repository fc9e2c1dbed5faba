"""Nothing leaves past the gate: who hands anything to a provider, who drafts what leaves, who may
open a line out of the house. Each is a short list here, and whoever else does it is a finding."""

import ast
from collections.abc import Iterator, Mapping
from typing import Final

from tidy.house import Source

CONTACT: Final = "evenhand/outbound/contact"
OUT: Final = ("send", "ask", "dial", "push", "deliver")
"""What providers call handing something over."""
HANDS_OVER: Final = {
    (f"{CONTACT}/results.py", "hand_over"),
    (f"{CONTACT}/security_code.py", "send"),
    ("evenhand/outbound/payments/send.py", "_send"),
    ("evenhand/outbound/enquiries/identity.py", "verify"),
    ("evenhand/site/racing.py", "_takes_part"),
    ("evenhand/site/racing.py", "main"),
}
"""Who does so, by file and function; the last two speak to processes of their own by a pipe."""
DRAFTS: Final[Mapping[str, frozenset[str]]] = {
    "contact.leaving": frozenset({f"{CONTACT}/outcome.py", f"{CONTACT}/calls.py"}),
    "contact.intended": frozenset(
        f"{CONTACT}/{name}.py" for name in ("ask", "ask_other", "calls", "outcome", "tell")
    ),
    "contact.sent": frozenset(
        {
            *(f"{CONTACT}/outcome.py", f"{CONTACT}/results.py"),
            *("evenhand/lifecycle/call/acts.py", "evenhand/site/racing.py"),
        }
    ),
}
"""Which files draft a contact's steps: the gate is asked there. A call's end is what staff say of
it, and in the race of the gate what chance says."""
LINES: Final = (
    *("http", "urllib.request", "smtplib", "socket", "ssl", "ftplib", "poplib", "imaplib"),
    *("telnetlib", "xmlrpc", "asyncio", "requests", "httpx", "aiohttp", "urllib3", "websockets"),
    *("django.core.mail", "webbrowser"),
)
"""Modules that open a line out."""
PROVIDERS: Final = "evenhand/providers/"


def findings(source: Source) -> list[str]:
    """Everything in a file of the product that could carry a word past the gate."""
    if source.is_test or source.name == "made_up.py" or source.path.startswith(PROVIDERS):
        return []
    tree = ast.parse(source.text)
    found = [
        *_handed_over(source, tree),
        *_drafted(source, tree),
        *_lines(tree),
    ]
    return [f"{source.path}:{line} {what}" for line, what in sorted(found)]


def _handed_over(source: Source, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """`x.send` where x is none of the modules that are imported: those are read by themselves."""
    ours = _modules(tree)
    for function, node in _within(tree, ""):
        what = _reached_for(node)
        if what is None or (isinstance(what, ast.Name) and what.id in ours):
            continue
        if (source.path, function) not in HANDS_OVER:
            said = ast.unparse(node)[:60]
            yield node.lineno, f"{said}: only what was judged is handed to a provider, by outbound"


def _reached_for(node: ast.AST) -> ast.expr | None:
    """What something of OUT is taken from, by name or by getattr."""
    if isinstance(node, ast.Attribute) and node.attr in OUT:
        return node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
        name = node.args[1] if len(node.args) > 1 else None
        if isinstance(name, ast.Constant) and name.value in OUT:
            return ast.Call(node.func, node.args, [])
    return None


def _drafted(source: Source, tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Draft")):
            continue
        kinds = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}
        for kind, files in DRAFTS.items():
            if kind in kinds and source.path not in files:
                yield node.lineno, f"{kind}: is drafted where the gate is asked, nowhere else"


def _lines(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        room = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
        for name in (f"{room}{one.name}" for one in node.names):
            if any(f"{name}.".startswith(f"{line}.") for line in LINES):
                yield node.lineno, f"{name}: only a provider opens a line out of the house"


def _modules(tree: ast.Module) -> set[str]:
    """Names imported from the house, less those of providers."""
    return {
        one.asname or one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("evenhand.")
        and not (node.module or "").startswith("evenhand.providers")
        for one in node.names
    }


def _within(tree: ast.AST, function: str) -> Iterator[tuple[str, ast.expr]]:
    """Every expression with the name of the outermost function it stands in."""
    for node in ast.iter_child_nodes(tree):
        inside = function
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = function or node.name
        if isinstance(node, ast.expr):
            yield inside, node
        yield from _within(node, inside)
