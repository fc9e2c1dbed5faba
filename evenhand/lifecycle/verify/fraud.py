"""Reports of frauds in our name: sealed, counted by what the fraud went by, told where many."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.utils.crypto import salted_hmac

from evenhand.ledger import house, references, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.verify import rules
from evenhand.outbound.payments import spelling
from evenhand.people import boxes, persons
from evenhand.web.uploads import kind_of

BOX: Final = house.FRAUD
PICTURE: Final = "fraud_picture"
HOUR: Final = 3_600_000_000
ROUNDS: Final = 8
LOOKED_AT: Final = 500
"""Of the latest facts so many are read: reports of a day and a list."""
ALERTED: Final = 100
"""Of the latest facts so many are read for an alert beside the navigation."""
PHONE_LONGEST: Final = 13
KINDS: Final = ("image/png", "image/jpeg", "image/webp")
"""What a picture may be."""


class Report(NamedTuple):
    """What somebody reports. `claimed` is the number, account or code the fraud went by."""

    what: str
    claimed: str = ""
    text: str = ""
    call_back: str = ""
    picture: bytes = b""


def sort_of(claimed: str) -> tuple[str, str]:
    """What was claimed: its sort (`kinds_house.CLAIMS`) and its one spelling.

    >>> sort_of("+86 138-0000 1111"), sort_of("6222 0000 1111 2222"), sort_of("0A1b2c3d4e5f")
    (('number', '13800001111'), ('account', '6222000011112222'), ('code', '0a1b2c3d4e5f'))
    """
    number = spelling.telephone(claimed)
    if number and len(number) <= PHONE_LONGEST:
        return "number", number
    if account := spelling.number(claimed):
        return "account", account
    if code := references.typed(claimed):
        return "code", code
    bare = spelling.payee(unicodedata.normalize("NFKC", claimed))
    return ("account", bare) if bare else ("none", "")


def picture_kind(plain: bytes) -> str:
    """The media type of a picture by its first bytes; empty where it is none we take."""
    return kind_of(plain, KINDS)


def report(said: Report, *, at: int, hand: str = "house") -> int:
    """Keep a report; the seq of its fact. Where it makes many, compliance is told by a fact."""
    boxes.ensure(BOX)
    body = _body(said)
    for _round in range(ROUNDS):
        seq = streams.head(BOX).seq
        drafts = [Draft("fraud.reported", house.day_of(at), hand, body=body)]
        drafts += _many(latest(), body, seq + 1, at)
        try:
            return streams.append(BOX, drafts, at=at, expected_seq=seq)[0].seq
        except streams.Moved:
            continue
    raise streams.Moved("reports kept coming while one was written")


def latest(count: int = LOOKED_AT) -> list[Fact]:
    """The latest facts of this stream, oldest first."""
    head = streams.head(BOX).seq
    return streams.facts_at((BOX, seq) for seq in range(max(1, head - count + 1), head + 1))


def alerts(at: int) -> int:
    """How many frauds were told of as many in the hours before `at` (microseconds UTC)."""
    since = at - rules.number("cluster", "hours") * HOUR
    return sum(f.kind == "fraud.clustered" and f.at > since for f in latest(ALERTED))


def read(seq: int) -> Fact | None:
    """One report."""
    facts = streams.facts_at([(BOX, seq)])
    return facts[0] if facts and facts[0].kind == "fraud.reported" else None


def _body(said: Report) -> dict[str, Any]:
    sort, claimed = sort_of(said.claimed)
    digest = salted_hmac("evenhand.fraud", f"{sort}\0{claimed}", algorithm="sha256").hexdigest()
    body: dict[str, Any] = {"what": said.what, "sort": sort, "claim": digest if claimed else ""}
    for key, text in (
        ("text", said.text),
        ("claimed", said.claimed),
        ("call_back", said.call_back),
    ):
        if text:
            body[key] = persons.seal_text(BOX, text).hex()
    if said.picture:
        body["picture"] = persons.seal_bytes(BOX, PICTURE, said.picture)
    return body


def _many(facts: Sequence[Fact], body: dict[str, Any], seq: int, at: int) -> list[Draft]:
    """That there are many of one fraud, once in so many hours."""
    since = at - rules.number("cluster", "hours") * HOUR
    same = [f for f in facts if f.at > since and f.body["claim"] == body["claim"]]
    count = 1 + sum(fact.kind == "fraud.reported" for fact in same)
    is_told = any(fact.kind == "fraud.clustered" for fact in same)
    if not body["claim"] or is_told or count < rules.number("cluster", "reports"):
        return []
    told = {"sort": body["sort"], "claim": body["claim"], "count": count}
    return [Draft("fraud.clustered", house.day_of(at), "house", cause=seq, body=told)]
