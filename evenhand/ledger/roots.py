"""One number over all heads, signed each day: it binds the lender to every stream at once.

A root covers what was learnt before a cut, a moment already past, so that anybody can work it out
again from the facts for ever. Root and signature are a fact of the house stream `house.DAYCLOSE`.
"""

import base64
from datetime import date
from hashlib import sha256
from typing import Final, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from evenhand.ledger import house
from evenhand.ledger.columns import Fields, columns
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.parts import PARTS, table_of
from evenhand.ledger.queries import query
from evenhand.ledger.streams import facts_at, head, stream

LOOK_BACK: Final = 16
"""Facts of the house stream among which its last root lies."""
AT_ONCE: Final = 8
"""Parts whose heads one statement reads: few statements, and a large book not all at once."""
HEAD: Final[Fields] = {"part": "integer", "borrower": "bigint", "seq": "integer", "link": "bytea"}


class Root(NamedTuple):
    """`digest` (hexadecimal) over `heads` streams as they stood before `cut` (microseconds UTC)."""

    cut: int
    heads: int
    digest: str


def root(cut: int) -> Root:
    """The root over what every stream held before a moment; the moment itself is not in it.

    SHA-256 of the parts' digests in order; a part's is SHA-256 of a line `borrower seq link` (link
    in hexadecimal) for each of its streams, by borrower.
    """
    whole, heads = sha256(), 0
    for first in range(0, PARTS, AT_ONCE):
        parts = range(first, first + AT_ONCE)
        statement = " union all ".join(_heads_before(part) for part in parts)
        found = columns(f"{statement} order by part, borrower", {"cut": cut}, HEAD)
        lines: dict[int, list[str]] = {part: [] for part in parts}
        for part, borrower, seq, link in found.tolist():
            lines[part].append(f"{borrower} {seq} {link.hex()}\n")
        for part in parts:
            whole.update(sha256("".join(lines[part]).encode()).digest())
        heads += len(found)
    return Root(cut, heads, whole.hexdigest())


def _heads_before(part: int) -> str:
    tables = {"fact": table_of("ledger_fact", part), "stream": table_of("ledger_stream", part)}
    return query("heads_before").format(part=part, **tables)


def draft(day: date, *, cut: int) -> Draft:
    """The root of what was learnt before `cut` as the day's fact to be, signed.

    The key is settings.EVENHAND_ROOT_KEY, 32 bytes in base64; without one (a replay's house) the
    root stands unsigned: key and signature empty.
    """
    found = root(cut)
    key = _private_key()
    body = {
        "day": day.isoformat(),
        "cut": cut,
        "heads": found.heads,
        "root": found.digest,
        "key": key.public_key().public_bytes_raw().hex() if key else "",
        "signature": key.sign(_signed(found)).hex() if key else "",
    }
    return Draft("day.rooted", day, "dayclose", body=body)


def newest() -> Fact | None:
    """The last root that was written; None before the first."""
    last = head(house.DAYCLOSE).seq
    places = ((house.DAYCLOSE, seq) for seq in range(max(1, last - LOOK_BACK + 1), last + 1))
    roots = [fact for fact in facts_at(places) if fact.kind == "day.rooted"]
    return max(roots, key=lambda fact: fact.seq, default=None)


def every() -> list[Fact]:
    """All roots ever written, in their order."""
    return [fact for fact in stream(house.DAYCLOSE) if fact.kind == "day.rooted"]


def verify_root(rooted: Fact) -> str:
    """What is wrong with a `day.rooted` fact by the facts as they stand; empty where nothing is."""
    body = rooted.body
    found = root(body["cut"])
    if (found.heads, found.digest) != (body["heads"], body["root"]):
        return "the streams are not what they were when the root was made"
    if body["key"] and not _holds(found, body["key"], body["signature"]):
        return "the signature is not of this root"
    return ""


def _holds(found: Root, key: str, signature: str) -> bool:
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
    try:
        public.verify(bytes.fromhex(signature), _signed(found))
    except InvalidSignature:
        return False
    return True


def _signed(found: Root) -> bytes:
    return f"evenhand root 1 {found.cut} {found.heads} {found.digest}".encode()


def _private_key() -> Ed25519PrivateKey | None:
    given = settings.EVENHAND_ROOT_KEY
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(given)) if given else None
