"""The only clock is site/clock.py: everywhere else the day and the moment are arguments."""

import ast
import re
from collections.abc import Iterator

from tidy.house import Source, dotted, names_of, strings

CLOCK = "evenhand/site/clock.py"

# Real time, no moment of the house: attempts to sign in, one-time codes, a reading time, the pulse
# of workers, a command that runs without a house.
REAL_TIME = (
    "evenhand/site/machine_day.py",
    "evenhand/people/queries.py",
    "evenhand/people/sql/tables.sql",
    "evenhand/lifecycle/sign/queries.py",
    "evenhand/outbound/contact/code_queries.py",
    "evenhand/outbound/contact/migrations/0002_security_codes.py",
)
PULSE = re.compile(r"\bprocrastinate_(workers|jobs|events)\b")

READS = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.ctime",
    "time.strftime",
    "django.utils.timezone.now",
    "django.utils.timezone.localdate",
    "django.utils.timezone.localtime",
    "django.db.models.functions.Now",
}
SQL_READS = re.compile(
    r"(?<![.\w])(now\s*\(\s*\)|(clock|statement|transaction)_timestamp\s*\(|"
    r"current_(date|time|timestamp)\b|local(time|timestamp)\b)",
    re.IGNORECASE,
)
TEMPLATE_READS = re.compile(r"{%\s*now\b|\bDate\.now\b|new Date\(\s*\)")
_INSTEAD = "the day is an argument (only site/clock.py reads the clock)"


def reads(source: Source) -> list[str]:
    """Every place of a Python file that asks what time it is."""
    if source.path in (CLOCK, *REAL_TIME, "tidy/clock.py"):
        return []
    tree = ast.parse(source.text)
    lines = [*_calls(tree), *_texts(tree)]
    return [f"{source.path}:{line} {what}: {_INSTEAD}" for line, what in sorted(lines)]


def _calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    known = names_of(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and dotted(node, known) in READS:
            yield node.lineno, dotted(node, known)
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield node.value.lineno, node.arg
        elif isinstance(node, ast.Call) and _datetime64_of_now(node, known):
            yield node.lineno, "datetime64 of today or now"


def _datetime64_of_now(call: ast.Call, known: dict[str, str]) -> bool:
    if not dotted(call.func, known).endswith(("datetime64", "np.array", "numpy.array")):
        return False
    words = [n.value for n in ast.walk(call) if isinstance(n, ast.Constant)]
    return "today" in words or "now" in words


def _texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for text in strings(tree):
        if PULSE.search(str(text.value)):
            continue
        for found in SQL_READS.finditer(str(text.value)):
            yield text.lineno, f"SQL {found[0]}"


def reads_in_sql(source: Source) -> list[str]:
    """Every place of an SQL file that asks what time it is; comments may say the word."""
    if source.path in REAL_TIME:
        return []
    bare = re.sub(r"--[^\n]*", "", source.text)
    return [
        f"{source.path}:{bare.count(chr(10), 0, found.start()) + 1} SQL {found[0]}: {_INSTEAD}"
        for found in SQL_READS.finditer(bare)
    ]


def reads_in_page(source: Source) -> list[str]:
    """Every place of a template or script that asks the server's or the browser's clock."""
    return [
        f"{source.path}:{source.text.count(chr(10), 0, found.start()) + 1} {found[0]}: {_INSTEAD}"
        for found in TEMPLATE_READS.finditer(source.text)
    ]
