"""Facts are written once: nobody changes or removes one, not even in SQL."""

import ast
import re

from tidy.house import Source, strings

FOR_EVER = ("ledger_fact", "people_look")
MODELS = ("Fact", "Look")

_TABLES = "|".join(FOR_EVER)
# `before update or delete on ledger_fact` (a trigger) is not an act; these are.
CHANGES = re.compile(
    rf"\b(update|delete\s+from|truncate(\s+table)?|merge\s+into)\s+(only\s+)?"
    rf"(public\.)?\"?({_TABLES})(_p?\d+)?\b",
    re.IGNORECASE,
)
_OVERWRITES = re.compile(
    rf"insert\s+into\s+({_TABLES})\b.*?\bon\s+conflict\b.*?\bdo\s+update\b",
    re.IGNORECASE | re.DOTALL,
)
# `upsert`, `bulk_update` and their like on a model of facts.
_ACTS = {"update", "delete", "bulk_update", "update_or_create", "save"}
_INSTEAD = "write the next fact; none is changed or removed"


def changes(source: Source) -> list[str]:
    """SQL in strings and ORM calls that would change facts. Tests may try, to be refused."""
    if source.is_test:
        return []
    tree = ast.parse(source.text)
    found = [
        (text.lineno, " ".join(act[0].split())[:60])
        for text in strings(tree)
        for act in _acts(str(text.value))
    ]
    found += [(call.lineno, f"{ast.unparse(call.func)[:60]}(...)") for call in _orm_acts(tree)]
    return [f"{source.path}:{line} {what}: {_INSTEAD}" for line, what in sorted(found)]


def changes_in_sql(source: Source) -> list[str]:
    """The same for an SQL file."""
    return [
        f"{source.path}:{source.text.count(chr(10), 0, act.start()) + 1} "
        f"{' '.join(act[0].split())[:60]}: {_INSTEAD}"
        for act in _acts(re.sub(r"--[^\n]*", "", source.text))
    ]


def _acts(text: str) -> list[re.Match[str]]:
    return [*CHANGES.finditer(text), *_OVERWRITES.finditer(text)]


def _orm_acts(tree: ast.AST) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _ACTS
        and any(
            isinstance(part, ast.Attribute)
            and part.attr == "objects"
            and isinstance(part.value, ast.Name)
            and part.value.id in MODELS
            for part in ast.walk(node.func)
        )
    ]


# Who may write which tables: a room's tables begin with its name.
_WRITES = re.compile(
    r"\b(insert\s+into|update|delete\s+from|truncate|copy|merge\s+into)\s+(only\s+)?"
    r"(ledger|people|outbox|contact|sms|dayclose|remind|console)_\w+",
    re.IGNORECASE,
)


def foreign_writes(source: Source) -> list[str]:
    """Writing SQL on the ledger's or people's tables from another room."""
    text = source.text
    if source.name.endswith(".py"):
        text = "\n".join(str(one.value) for one in strings(ast.parse(source.text)))
    return [
        f"{source.path} {' '.join(found[0].split())}: only the room `{found[3]}` writes its tables"
        for found in _WRITES.finditer(text)
        if found[3] in {"ledger", "people"} and f"evenhand/{found[3]}/" not in source.path
    ]
