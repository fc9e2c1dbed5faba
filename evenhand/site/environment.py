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
| EVENHAND_PROXY | 1: before us a proxy sets X-Forwarded-Proto, adds to X-Forwarded-For |
| EVENHAND_ZONE | the lender's zone (default Asia/Shanghai) |
| EVENHAND_LENDER | who lends and writes, JSON: name, hotline, licence, office, help_line |
| EVENHAND_LENDER_KIND | what the lender is, for rules that ask (default small_loan) |
| EVENHAND_PACKS | the law and policy the house works under, policy among them (default cn,policy) |
| EVENHAND_SMS | provider of text messages and its options, JSON: provider, ... |
| EVENHAND_BANK | the bank that pays out and debits, and its options, JSON: provider, ... |
| EVENHAND_IDENTITY | provider of identity checks and its options, JSON: provider, ... |
| EVENHAND_SIGNING | who signs the lender's documents and its options, JSON: provider, ... |
| EVENHAND_ROOT_KEY | 32 bytes in base64: the key that signs each day's root |
| EVENHAND_LEAVE_TO | the harmless page that the quick exit leads to (default a weather page) |
| EVENHAND_DEMO | 1: made-up book, movable clock, a secret kept in the private folder |
| EVENHAND_PRACTICE | 1: as the demo, to practise: own database, simulators only, a banner |
| EVENHAND_HASHES | quick: for tests of a demo, its passwords and PINs cost no time |
| EVENHAND_HOME | the private folder of a checkout (default .evenhand) |

Lender, provider and root key have made-up values in the demo; a house in earnest that serves or
works must name them. Commands that only look need none of them.
"""

import base64
import hashlib
import json
import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from evenhand.core.words import LENDER_KINDS
from evenhand.law import loader, schema
from evenhand.providers.bank import registry as bank_registry
from evenhand.providers.identity import registry as identity_registry
from evenhand.providers.signing import registry as signing_registry
from evenhand.providers.sms import registry

CHECKOUT: Path = Path(__file__).resolve().parent.parent.parent
SERVING_ROLE = "evenhand_serving"
PLANS = "plan_cache_mode=force_generic_plan"
"""Only statements for few rows are prepared (`ledger.columns`): planned once, not at every call."""
SECRET_LENGTH_MIN = 50
POLICY = "policy"
"""The pack that stops contacts on a complaint, a plan or an opt-out: no house works without it."""
KEY_BYTES = 32
PROVIDERS = ("EVENHAND_SMS", "EVENHAND_BANK", "EVENHAND_IDENTITY", "EVENHAND_SIGNING")
LEAVE_TO = "https://www.weather.com.cn/"
MADE_UP_LENDER: dict[str, str] = tomllib.loads(
    (Path(__file__).parent / "made_up_lender.toml").read_text("utf-8")
)
"""Who writes in demo and replay, whose messages reach simulated phones only."""

Environment = Mapping[str, str]


def home(env: Environment) -> Path:
    """The private folder of this checkout; it need not exist."""
    return Path(env.get("EVENHAND_HOME") or CHECKOUT / ".evenhand")


def practice(env: Environment) -> bool:
    """A house to practise in: nothing counts, nothing leaves, and every page says so."""
    return env.get("EVENHAND_PRACTICE") == "1"


def demo(env: Environment) -> bool:
    """Demo mode: as told, else where the only database is the one this checkout started.

    Practice is one too, whatever is told.
    """
    if practice(env):
        return True
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
    return {"options": f"{options} -c {PLANS} -c role={SERVING_ROLE}".strip(), "pool": pool}


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
    """The provider of text messages and its options; the simulator where none is named."""
    chosen: dict[str, Any] = json.loads(env.get("EVENHAND_SMS") or '{"provider": "simulator"}')
    return chosen


def bank(env: Environment) -> dict[str, Any]:
    """The bank and its options; the simulator where none is named."""
    chosen: dict[str, Any] = json.loads(env.get("EVENHAND_BANK") or '{"provider": "simulator"}')
    return chosen


def identity(env: Environment) -> dict[str, Any]:
    """The provider of identity checks and its options; the simulator where none is named."""
    chosen: dict[str, Any] = json.loads(env.get("EVENHAND_IDENTITY") or '{"provider": "simulator"}')
    return chosen


def signing(env: Environment) -> dict[str, Any]:
    """Who signs documents, and its options; the simulator, with a key of this house's own secret,
    where none is named."""
    given = env.get("EVENHAND_SIGNING")
    chosen: dict[str, Any] = json.loads(given) if given else {"provider": "simulator"}
    if not given:
        chosen["secret"] = hashlib.sha256(f"signing {secret(env)}".encode()).hexdigest()
    return chosen


def lender(env: Environment) -> dict[str, str]:
    """Who writes to people; the made-up lender of the demo where none is named."""
    named: dict[str, str] = json.loads(env.get("EVENHAND_LENDER") or "null") or MADE_UP_LENDER
    return named


def leave_to(env: Environment) -> str:
    """Where the quick exit leads: a page that nobody wonders about."""
    return env.get("EVENHAND_LEAVE_TO") or LEAVE_TO


def lender_kind(env: Environment) -> str:
    """What the lender is: a word of core.words.LENDER_KINDS."""
    return env.get("EVENHAND_LENDER_KIND") or "small_loan"


def packs(env: Environment) -> tuple[str, ...]:
    """The packs of law and policy the house works under."""
    return tuple((env.get("EVENHAND_PACKS") or "cn,policy").split(","))


def root_key(env: Environment) -> str:
    """The key of the daily roots; in demo mode made from the secret; empty where there is none."""
    given = env.get("EVENHAND_ROOT_KEY", "")
    if given or not demo(env):
        return given
    return base64.b64encode(hashlib.sha256(f"root {secret(env)}".encode()).digest()).decode()


def unfit(env: Environment) -> list[str]:
    """Why nothing may start in this environment: all reasons, none when it may."""
    reasons = _misspelt(env) + (_in_earnest(env) if practice(env) else [])
    if not database(env):
        reasons.append("DATABASE_URL is not set: name the lender's PostgreSQL (15 or later)")
    if demo(env):
        return reasons
    if len(env.get("EVENHAND_SECRET", "")) < SECRET_LENGTH_MIN:
        reasons.append(f"EVENHAND_SECRET needs {SECRET_LENGTH_MIN} characters, fresh ones")
    if not env.get("EVENHAND_VAULT_KEY"):
        reasons.append("EVENHAND_VAULT_KEY is not set: 32 random bytes in base64")
    return reasons


def unfit_to_work(env: Environment) -> list[str]:
    """Why no day may be closed and nobody written to: what else that needs, besides `unfit`.

    A worker that wrote under a made-up name or to a simulator unasked would deceive its lender.
    """
    needed = {
        "EVENHAND_LENDER": 'who writes to people: {"name": ..., "hotline": ...}',
        "EVENHAND_SMS": 'who carries text messages: {"provider": ..., ...}',
        "EVENHAND_BANK": 'who pays out and debits: {"provider": ..., ...}',
        "EVENHAND_IDENTITY": 'who checks identities: {"provider": ..., ...}',
        "EVENHAND_SIGNING": 'who signs documents: {"provider": ..., ...}',
        "EVENHAND_ROOT_KEY": "32 random bytes in base64, to sign each day's root",
    }
    missing = [] if demo(env) else [name for name in needed if not env.get(name)]
    reasons = unfit(env) + [f"{name} is not set: {needed[name]}" for name in missing]
    if POLICY not in packs(env):
        reasons.append(f"EVENHAND_PACKS must name {POLICY}: complaints, plans, opt-outs stop by it")
    return reasons


def unfit_for_pages(env: Environment) -> list[str]:
    """Why no pages may be served: what else they need, besides `unfit_to_work`."""
    reasons = unfit_to_work(env)
    if not demo(env) and not env.get("EVENHAND_HOSTS"):
        reasons.append("EVENHAND_HOSTS is not set: the names the pages are served under")
    return reasons


def _in_earnest(env: Environment) -> list[str]:
    """What belongs to a house in earnest and has no place in one of practice."""
    real = [
        f"{name} names a provider: practice (EVENHAND_PRACTICE=1) knows simulators only"
        for name in PROVIDERS
        if env.get(name) and not _holds(partial(_is_simulated, env[name]))
    ]
    keys = [
        f"{name} is a key of a house in earnest: practice (EVENHAND_PRACTICE=1) makes its own"
        for name in ("EVENHAND_VAULT_KEY", "EVENHAND_ROOT_KEY")
        if env.get(name)
    ]
    return real + keys


def _is_simulated(chosen: str) -> bool:
    return bool(json.loads(chosen)["provider"] == "simulator")


def _misspelt(env: Environment) -> list[str]:
    """What is named and cannot be meant."""
    checks: dict[str, Callable[[], bool]] = {
        "EVENHAND_LENDER": lambda: _is_lender(lender(env)),
        "EVENHAND_LEAVE_TO": lambda: leave_to(env).startswith("https://"),
        "EVENHAND_LENDER_KIND": lambda: lender_kind(env) in LENDER_KINDS,
        "EVENHAND_PACKS": lambda: bool([loader.load(pack) for pack in packs(env)]),
        "EVENHAND_SMS": lambda: bool(registry.made(sms(env)).name),
        "EVENHAND_BANK": lambda: bool(bank_registry.made(bank(env)).name),
        "EVENHAND_IDENTITY": lambda: bool(identity_registry.made(identity(env)).name),
        "EVENHAND_SIGNING": lambda: bool(signing_registry.made(signing(env)).name),
        "EVENHAND_ROOT_KEY": lambda: len(base64.b64decode(env["EVENHAND_ROOT_KEY"])) == KEY_BYTES,
    }
    return [
        f"{name} is not what it must be; evenhand/site/environment.py says what"
        for name, fits in checks.items()
        if env.get(name) and not _holds(fits)
    ]


def _is_lender(named: Any) -> bool:
    words = [named.get("name"), named.get("hotline"), named.get("help_line", "-")]
    return all(isinstance(word, str) and word.strip() for word in words)


def _holds(fits: Callable[[], bool]) -> bool:
    try:
        return fits()
    except (ValueError, TypeError, LookupError, AttributeError, OSError, schema.PackError):
        return False
