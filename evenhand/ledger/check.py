"""Is the ledger as safe as it says? Asked of the connection that pages and jobs use.

Roles and triggers first, the guard of contacts by trying to pass it; then every head against the
last fact of its stream, part by part, and against the house clock: a head from the future would
hide what is learnt before it comes.
"""

from typing import Final, NamedTuple

from evenhand.ledger import judged
from evenhand.ledger.columns import rows
from evenhand.ledger.parts import PARTS, table_of
from evenhand.ledger.queries import query

FORBIDDEN: Final = ("UPDATE", "DELETE", "TRUNCATE")
KEPT_FROM: Final = ("UPDATE and DELETE", "TRUNCATE", "contacts nobody judged")
DAY: Final = 86_400_000_000
"""How far ahead of the house clock a head may lie, microseconds: clocks differ, and days pass."""


class Finding(NamedTuple):
    """`fails` where the house must not serve so; else a warning."""

    fails: bool
    what: str


def check(now: int) -> list[Finding]:
    """Everything found wrong at `now` (microseconds UTC), worst first; empty where all is well."""
    role, owner = rows(query("who_serves"))[0]
    found = _superuser(role) + _tables(role) + _triggers()
    found += _head_tables(role) + _head_triggers() + _heads(now)
    found += [Finding(True, what) for what in judged.faults(role)]
    return sorted(found + _stepping_back(role, owner), key=lambda finding: not finding.fails)


def _superuser(role: str) -> list[Finding]:
    (powerful,) = rows(query("is_superuser"), {"role": role})[0]
    return [Finding(True, f"the serving role {role} is a superuser")] if powerful else []


def _tables(role: str) -> list[Finding]:
    found = []
    tables = rows(query("fact_tables"), {"role": role})
    if len(tables) != PARTS + 1:
        found.append(Finding(True, f"{len(tables)} tables of facts instead of {PARTS + 1}"))
    for table, owns, *allowed in tables:
        if owns:
            found.append(Finding(True, f"the serving role {role} owns {table}"))
        for what, may in zip(FORBIDDEN, allowed, strict=True):
            if may:
                found.append(Finding(True, f"the serving role {role} may {what} {table}"))
    return found


def _triggers() -> list[Finding]:
    """A row trigger and a truncate trigger on every table of facts, none of them off, and the one
    that refuses contacts without a verdict."""
    return [
        Finding(True, f"{table}: the trigger against {what} is missing or off")
        for table, *kept in rows(query("fact_triggers"))
        for what, stands in zip(KEPT_FROM, kept, strict=True)
        if not stands
    ]


def _head_tables(role: str) -> list[Finding]:
    """Heads are moved by whoever serves, and never taken away."""
    found = []
    tables = rows(query("head_tables"), {"role": role})
    if len(tables) != PARTS + 1:
        found.append(Finding(True, f"{len(tables)} tables of heads instead of {PARTS + 1}"))
    for table, owns, *allowed in tables:
        if owns:
            found.append(Finding(True, f"the serving role {role} owns {table}"))
        for what, may in zip(FORBIDDEN[1:], allowed, strict=True):
            if may:
                found.append(Finding(True, f"the serving role {role} may {what} {table}"))
    return found


def _head_triggers() -> list[Finding]:
    return [
        Finding(True, f"{table}: the trigger against {what} is missing or off")
        for table, *kept in rows(query("head_triggers"))
        for what, stands in zip(("going back", *FORBIDDEN[1:]), kept, strict=True)
        if not stands
    ]


def _heads(now: int) -> list[Finding]:
    """Heads that are not at the last fact of their stream, and heads from the future, by part."""
    found = []
    for part in range(PARTS):
        tables = {name: table_of(f"ledger_{name}", part) for name in ("stream", "fact")}
        ((astray, one),) = rows(query("astray_heads").format(**tables))
        if astray:
            what = f"{astray} streams whose head is not at their last fact; the first is {one}"
            found.append(Finding(True, f"{tables['stream']}: {what}"))
        ((ahead, one),) = rows(query("heads_ahead").format(**tables), {"bound": now + DAY})
        if ahead:
            what = f"{ahead} heads lie more than a day ahead of the house clock"
            found.append(Finding(True, f"{tables['stream']}: {what}; the first is {one}"))
    return found


def _stepping_back(role: str, session: str) -> list[Finding]:
    """A session of a mightier role can always take its own powers back: one line, no failure."""
    if role == session:
        return []
    (back,) = rows(query("may_own"), {"session": session})[0]
    what = f"this session serves as {role}, but logged in as {session}, which may change tables"
    return [Finding(False, f"{what}: give DATABASE_URL a role of its own")] if back else []
