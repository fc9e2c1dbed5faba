"""What a text message is, and what a provider answers about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol, runtime_checkable

State = Literal["accepted", "refused", "unknown"]
Fate = Literal["delivered", "undelivered"]


class Message(NamedTuple):
    """One message to one address. `key` is ours and is never used for a second message."""

    key: str
    to: str
    """E.164, for example +8613800138000."""
    text: str
    at: int = 0
    """When the house sends it, UTC microseconds; a simulator's only clock."""


class Receipt(NamedTuple):
    """What a provider says about one key.

    accepted: it has the message. refused: it does not have it and never will (`permanent` says
    whether another try could end differently). unknown: it cannot say.
    """

    key: str
    state: State
    reference: str = ""
    reason: str = ""
    permanent: bool = False


class Report(NamedTuple):
    """A delivery report, which may come late, twice, or never."""

    key: str
    fate: Fate
    reference: str = ""


class Reply(NamedTuple):
    """Words that came in from a number."""

    sender: str
    text: str
    reference: str = ""
    """The provider's name for this reply, the same when it is handed over twice."""


Deliver = Callable[[Sequence[Report], Sequence[Reply]], object]


class Provider(Protocol):
    """The two questions every provider of text messages answers, in the order asked."""

    name: str
    batch: int
    """How many messages to hand over at once: so few that they leave as soon as they are judged."""

    def send(self, messages: Sequence[Message]) -> list[Receipt]:
        """Hand over messages; a key handed over before is not sent again. Never raises for one."""
        ...

    def look_up(self, keys: Sequence[str]) -> list[Receipt]:
        """What became of these keys: accepted, refused (it never had them), or unknown."""
        ...


@runtime_checkable
class CallsBack(Protocol):
    """A provider that tells by HTTP what became of messages and who answered.

    `token` is the secret word in the address it was given: whoever knows it is believed.
    """

    token: str

    def report(self, query: Mapping[str, str]) -> Report | None:
        """A delivery report's query; None for a state that is not final, ValueError for none."""
        ...

    def reply(self, headers: Mapping[str, str], body: bytes) -> Reply:
        """A reply as it was posted; ValueError where it is none."""
        ...
