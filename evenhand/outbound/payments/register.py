"""Where to pay: the one register of the lender's own accounts and channels.

An entry is proposed by one of staff and approved by another, and counts from the day after at the
earliest; so does its closing. Everything that tells people where to pay reads `channels`; anybody
may ask whether an account, a payee, a link or an app is ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from evenhand.ledger import house, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.payments import spelling

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "account": ("payee", "bank", "number"),
    "site": ("address",),
    "app": ("address",),
    "number": ("number",),
}
"""The kinds of channels and what each must say."""
OURS_BY: Final = {"site": spelling.host, "app": spelling.app, "number": spelling.telephone}
NUMBER: Final = "number"
"""A number we call from: ours, and no place to pay."""
FOREVER: Final = date.max


class Channel(NamedTuple):
    """An account of the lender's, or a place where it can be paid. `since` the first day it counts,
    `until` the first on which it does not any more."""

    seq: int
    kind: str
    payee: str
    bank: str
    number: str
    address: str
    since: date
    until: date


class Proposal(NamedTuple):
    """What one of staff has proposed and nobody has decided: an entry, or the closing of one."""

    seq: int
    closes: bool
    channel: Channel
    by: str
    at: int


class Change(NamedTuple):
    """What a day brings: a channel that counts from it, or does not count any more."""

    channel: Channel
    begins: bool


class Answer(NamedTuple):
    """Is it ours? `kind` is what it was read as: account, payee, site, app, number; or unknown."""

    ours: bool
    kind: str
    channel: Channel | None = None


class NotAllowed(Exception):
    """Nobody approves what he has proposed himself, or what is decided already."""


def propose(channel: Mapping[str, str], from_day: date, hand: str, at: int) -> int:
    """Propose an entry: `kind` (of KEYS) and what that kind says; the fact's seq.

    ValueError where it is incomplete or could not be told from others.
    """
    said = {key: channel[key].strip() for key in ("kind", *KEYS[channel["kind"]])}
    if not all(said.values()) or not _names(said):
        raise ValueError("an entry of the register says all of its kind")
    body = {"channel": said, "from_day": from_day.isoformat()}
    return _write("lender_account.proposed", hand, at, body)


def propose_closing(seq: int, from_day: date, hand: str, at: int) -> int:
    """Propose that an approved entry (`seq` of its proposal) ends; the fact's seq."""
    if seq not in {channel.seq for channel in _book(streams.stream(house.ACCOUNTS))}:
        raise NotAllowed("no entry that stands")
    body = {"from_day": from_day.isoformat()}
    return _write("lender_account.closing", hand, at, body, cause=seq)


def approve(seq: int, hand: str, at: int) -> date:
    """Approve a proposal (an entry's or a closing's); the day it counts from.

    Raises NotAllowed for its own proposer's hand, and for what is decided already.
    """
    days: list[date] = []

    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        said = _undecided(facts, seq, hand)
        tomorrow = house.day_of(at) + timedelta(days=1)
        days[:] = [max(date.fromisoformat(said.body["from_day"]), tomorrow)]
        closes = said.kind == "lender_account.closing"
        kind = "lender_account.closed" if closes else "lender_account.approved"
        body = {"from_day": days[0].isoformat()}
        return [Draft(kind, house.day_of(at), hand, cause=seq, body=body)]

    act(house.ACCOUNTS, decide, at=at)
    return days[0]


def reject(seq: int, hand: str, at: int) -> None:
    """Let a proposal go; its proposer may, too."""

    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        _undecided(facts, seq, "")
        return [Draft("lender_account.rejected", house.day_of(at), hand, cause=seq)]

    act(house.ACCOUNTS, decide, at=at)


def proposals() -> list[Proposal]:
    """What waits for another hand, oldest first."""
    facts = streams.stream(house.ACCOUNTS)
    decided = {fact.cause for fact in facts if fact.kind in _DECISIONS}
    known = {channel.seq: channel for channel in _book(facts)}
    return [
        Proposal(fact.seq, closes, channel, fact.hand, fact.at)
        for fact in facts
        if fact.kind in _PROPOSALS and fact.seq not in decided
        for closes in [fact.kind == "lender_account.closing"]
        for channel in [known[fact.cause] if closes else _channel(fact, FOREVER, FOREVER)]
    ]


def channels(on: date) -> list[Channel]:
    """Where can be paid on a day, in the order it was approved."""
    return [channel for channel in _counting(on) if channel.kind != NUMBER]


def numbers(on: date) -> list[Channel]:
    """The numbers we call from on a day."""
    return [channel for channel in _counting(on) if channel.kind == NUMBER]


def known_channels() -> list[Channel]:
    """Everything that ever counted or will."""
    return _book(streams.stream(house.ACCOUNTS))


def changes_of(day: date) -> list[Change]:
    """What changes with this day of where to pay."""
    book = [one for one in _book(streams.stream(house.ACCOUNTS)) if one.kind != NUMBER]
    return [Change(one, begins=False) for one in book if one.until == day] + [
        Change(one, begins=True) for one in book if one.since == day < one.until
    ]


def is_ours(text: str, on: date) -> Answer:
    """Is this account number, payee, link, domain or app address one of ours on a day?

    A place under our own domain is ours; a domain that only looks like it is not.
    """
    ours = _counting(on)
    number, host, telephone = spelling.number(text), spelling.host(text), spelling.telephone(text)
    called = [c for c in ours if c.kind == NUMBER and telephone == spelling.telephone(c.number)]
    if called:
        return _answer(NUMBER, called)
    if number:
        found = [c for c in ours if c.kind == "account" and spelling.number(c.number) == number]
        return _answer("account", found)
    apps = [c for c in ours if c.kind == "app" and spelling.app(c.address) == spelling.app(text)]
    if apps:
        return _answer("app", apps)
    if host:
        return _answer("site", [c for c in ours if c.kind == "site" and _is_under(host, c)])
    payee = spelling.payee(text)
    found = [c for c in ours if c.kind == "account" and spelling.payee(c.payee) == payee]
    return _answer("payee" if found else "unknown", found)


_PROPOSALS: Final = ("lender_account.proposed", "lender_account.closing")
_DECISIONS: Final = (
    "lender_account.approved",
    "lender_account.closed",
    "lender_account.rejected",
)


def _counting(on: date) -> list[Channel]:
    book = _book(streams.stream(house.ACCOUNTS))
    return [channel for channel in book if channel.since <= on < channel.until]


def _book(facts: Sequence[Fact]) -> list[Channel]:
    """Every approved entry with its days, in the order of approval."""
    proposed = {fact.seq: fact for fact in facts if fact.kind in _PROPOSALS}
    ends = {
        proposed[fact.cause].cause: date.fromisoformat(fact.body["from_day"])
        for fact in facts
        if fact.kind == "lender_account.closed"
    }
    return [
        _channel(
            proposed[fact.cause],
            date.fromisoformat(fact.body["from_day"]),
            ends.get(fact.cause, FOREVER),
        )
        for fact in facts
        if fact.kind == "lender_account.approved"
    ]


def _channel(fact: Fact, since: date, until: date) -> Channel:
    said = fact.body["channel"]
    texts = [str(said.get(key, "")) for key in ("kind", "payee", "bank", "number", "address")]
    kind, payee, bank, number, address = texts
    return Channel(fact.seq, kind, payee, bank, number, address, since, until)


def _undecided(facts: Sequence[Fact], seq: int, hand: str) -> Fact:
    """The proposal, where this hand may decide it."""
    found = [fact for fact in facts if fact.seq == seq and fact.kind in _PROPOSALS]
    decided = any(fact.cause == seq and fact.kind in _DECISIONS for fact in facts)
    if not found or decided or found[0].hand == hand:
        raise NotAllowed("nothing that this hand may decide")
    return found[0]


def _write(kind: str, hand: str, at: int, body: Mapping[str, object], cause: int = 0) -> int:
    draft = Draft(kind, house.day_of(at), hand, cause=cause, body=body)
    return act(house.ACCOUNTS, lambda _facts: [draft], at=at)[0].seq


def _names(said: Mapping[str, str]) -> str:
    """What an entry is recognised by."""
    if said["kind"] == "account":
        return spelling.number(said["number"])
    return OURS_BY[said["kind"]](said.get("address") or said["number"])


def _is_under(host: str, channel: Channel) -> bool:
    own = spelling.host(channel.address)
    return host == own or host.endswith(f".{own}")


def _answer(kind: str, found: Sequence[Channel]) -> Answer:
    return Answer(bool(found), kind, found[0] if found else None)
