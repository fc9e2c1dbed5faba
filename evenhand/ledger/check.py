"""Is the ledger as safe as it says? Asked of the connection that pages and jobs use."""

from typing import Final, NamedTuple

from evenhand.ledger.columns import rows
from evenhand.ledger.parts import PARTS
from evenhand.ledger.queries import query

FORBIDDEN: Final = ("UPDATE", "DELETE", "TRUNCATE")


class Finding(NamedTuple):
    """`fails` where the house must not serve so; else a warning."""

    fails: bool
    what: str


def check() -> list[Finding]:
    """Everything found wrong, worst first; empty where all is well."""
    role, owner = rows(query("who_serves"))[0]
    return sorted(
        _superuser(role) + _tables(role) + _triggers() + _stepping_back(role, owner),
        key=lambda finding: not finding.fails,
    )


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
    """A row trigger and a truncate trigger on every table of facts, none of them off."""
    return [
        Finding(True, f"{table}: the trigger against {what} is missing or off")
        for table, row_kept, whole_kept in rows(query("fact_triggers"))
        for what, kept in (("UPDATE and DELETE", row_kept), ("TRUNCATE", whole_kept))
        if not kept
    ]


def _stepping_back(role: str, session: str) -> list[Finding]:
    """A session of a mightier role can always take its own powers back: one line, no failure."""
    if role == session:
        return []
    (back,) = rows(query("may_own"), {"session": session})[0]
    what = f"this session serves as {role}, but logged in as {session}, which may change tables"
    return [Finding(False, f"{what}: give DATABASE_URL a role of its own")] if back else []
