"""What the environment says, turned into settings. Reads; starts nothing.

| variable | meaning |
|---|---|
| DATABASE_URL | the database as the serving role's member; required outside a checkout |
| DATABASE_OWNER_URL | the same database as the owner, for migrations (else DATABASE_URL) |
| EVENHAND_AS_OWNER | 1: act as the owner, not as the serving role |
| EVENHAND_POOL | most connections of one process (default 8) |
| EVENHAND_SECRET | 50 characters or more, fresh for each house |
| EVENHAND_VAULT_KEY | 32 bytes in base64: the key above every person's key |
| EVENHAND_HOSTS | the names the pages are served under, by comma |
| EVENHAND_PROXY | 1: a proxy that sets X-Forwarded-Proto stands before us |
| EVENHAND_ZONE | the lender's zone (default Asia/Shanghai) |
| EVENHAND_SMS | provider of text messages and its options, JSON (default the simulator) |
| EVENHAND_DEMO | 1: made-up book, movable clock, a secret kept in the private folder |
| EVENHAND_HOME | the private folder of a checkout (default .evenhand) |
"""

import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SERVING_ROLE = "evenhand_serving"
SECRET_LENGTH_MIN = 50

Environment = Mapping[str, str]


def home(env: Environment) -> Path:
    """The private folder of this checkout; it need not exist."""
    return Path(env.get("EVENHAND_HOME") or CHECKOUT / ".evenhand")


def demo(env: Environment) -> bool:
    """Demo mode: as told, else where the only database is the one this checkout started."""
    told = env.get("EVENHAND_DEMO")
    if told:
        return told == "1"
    return not env.get("DATABASE_URL") and _workshop_url(env) is not None


def database(env: Environment) -> dict[str, Any]:
    """Django's entry for the database; empty where none is named, so that nothing connects.

    Raises psycopg.ProgrammingError for a URL that is none.
    """
    as_owner = env.get("EVENHAND_AS_OWNER") == "1"
    url = env.get("DATABASE_URL") or _workshop_url(env)
    if as_owner:
        url = env.get("DATABASE_OWNER_URL") or url
    if not url:
        return {}
    parts = conninfo_to_dict(url)
    named = {
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
    }
    options = parts if as_owner else {**parts, **_serving(env, str(parts.get("options", "")))}
    return {"ENGINE": "django.db.backends.postgresql", **named, "OPTIONS": options}


def _serving(env: Environment, options: str) -> dict[str, Any]:
    """A pool whose connections are the serving role from their first moment.

    The role rides in the connection's start-up options: Django's own `assume_role` asks the
    pool for a second connection while it makes the first, and waits for ever.
    """
    most = int(env.get("EVENHAND_POOL") or 8)
    pool = {"min_size": 1, "max_size": most, "timeout": 10}
    return {"options": f"{options} -c role={SERVING_ROLE}".strip(), "pool": pool}


def _workshop_url(env: Environment) -> str | None:
    """The URL that `python -m dev.postgres` leaves while its server runs."""
    with suppress(OSError):
        return (home(env) / "postgres.url").read_text()
    return None


def secret(env: Environment) -> str:
    """The secret; in demo mode one made once and kept; empty (Django then refuses) else."""
    given = env.get("EVENHAND_SECRET", "")
    if given or not demo(env):
        return given
    kept = home(env) / "secret"
    with suppress(FileExistsError):
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = kept.with_name(f"secret-{os.getpid()}")
        with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(made, kept)  # whole or not at all, and never over another's
        finally:
            made.unlink()
    return kept.read_text()


def sms(env: Environment) -> dict[str, Any]:
    """The provider of text messages and its options."""
    chosen: dict[str, Any] = json.loads(env.get("EVENHAND_SMS") or '{"provider": "simulator"}')
    return chosen


def unfit(env: Environment) -> list[str]:
    """Why nothing may start in this environment: all reasons, none when it may."""
    reasons = []
    if not database(env):
        reasons.append("DATABASE_URL is not set: name the lender's PostgreSQL (15 or later)")
    if demo(env):
        return reasons
    if len(env.get("EVENHAND_SECRET", "")) < SECRET_LENGTH_MIN:
        reasons.append(f"EVENHAND_SECRET needs {SECRET_LENGTH_MIN} characters, fresh ones")
    if not env.get("EVENHAND_VAULT_KEY"):
        reasons.append("EVENHAND_VAULT_KEY is not set: 32 random bytes in base64")
    return reasons


def unfit_for_pages(env: Environment) -> list[str]:
    """Why no pages may be served: what else they need, besides `unfit`."""
    reasons = unfit(env)
    if not demo(env) and not env.get("EVENHAND_HOSTS"):
        reasons.append("EVENHAND_HOSTS is not set: the names the pages are served under")
    return reasons
