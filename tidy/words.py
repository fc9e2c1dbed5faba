"""One concept, one word: HOUSE.md has the glossary, this is its list of banished synonyms."""

import ast
import re
from collections.abc import Iterator

from tidy.house import Source, strings

# Looked for in names (of anything) and in the words of pages; prose may say the trade's word once.
BANISHED = {
    "arrears": "past due",
    "customer": "borrower",
    "debtor": "borrower",
    "delinquen": "past due",
    "dpd": "past_due_days",
    "dunning": "reminder",
    "escalation": "ladder",
    "installment": "instalment",
    "next_action": "step",
    "penalty": "late interest",
    "pii": "vault, sealed",
    "repayment_plan": "plan (a borrower's) or instalments (the contract's)",
    "waterfall": "allocation",
    "written_off": "write-off",
    "催款": "逾期提醒 / 催收",
    "拖欠": "逾期",
    "延滞": "逾期",
    "延滯": "逾期",
    "滞纳金": "罚息",
    "滯納金": "罰息",
    "罚金": "罚息",
    "罰金": "罰息",
}
# Words of the law and of outside files, quoted as they stand there.
QUOTED = {
    "debtor": ("debtor_agreed", "debtor only", "debtor_only", "debtor"),
}
_WORD = re.compile("|".join(map(re.escape, BANISHED)), re.IGNORECASE)


def in_names(source: Source) -> list[str]:
    """Banished words in the names a Python file gives."""
    return [
        f"{source.path}:{line} `{name}`: we say {instead}"
        for line, name in _given_names(ast.parse(source.text))
        for instead in _instead(name)
    ]


def in_sql(source: Source) -> list[str]:
    """Banished words in an SQL file, its comments apart."""
    bare = re.sub(r"--[^\n]*", "", source.text)
    return [
        f"{source.path} `{word}`: we say {instead}"
        for word in sorted(set(re.findall(r"\w+", bare)))
        for instead in _instead(word)
    ]


def in_page_words(where: str, words: str) -> list[str]:
    """Banished words in what a page says, in any language."""
    return [f"{where} “{words[:40]}”: we say {instead}" for instead in _instead(words)]


def in_sql_strings(source: Source) -> list[str]:
    """Banished words in the SQL a Python file holds."""
    return [
        f"{source.path}:{one.lineno} `{word}`: we say {instead}"
        for one in strings(ast.parse(source.text))
        if re.match(r"\s*(select|insert|update|delete|with|copy)\b", str(one.value), re.I)
        for word in re.findall(r"\w+", str(one.value))
        for instead in _instead(word)
    ]


def _instead(text: str) -> list[str]:
    return [
        BANISHED[found.lower()]
        for found in dict.fromkeys(_WORD.findall(text))
        if not any(quoted in text.lower() for quoted in QUOTED.get(found.lower(), ()))
    ]


def _given_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.AnnAssign(target=ast.Attribute(attr=name)):
                yield node.lineno, name
