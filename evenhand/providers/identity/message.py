"""What is asked about a person's identity, and what a provider answers.

One question: do this name, identity number, phone and bank account belong to one person? Personal
fields stay out of every repr, so that neither a log nor an error shows them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, Protocol

ELEMENTS: Final = ("name", "identity", "phone", "account")
Word = Literal["match", "mismatch", "unclear"]
Said = Literal["match", "mismatch", "unclear", "unknown", "unasked"]
Student = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one person. `key` is ours and is never used for a second question."""

    key: str
    name: str = field(repr=False)
    identity: str = field(repr=False)
    """The resident identity number, 18 characters."""
    phone: str = field(repr=False)
    """E.164, for example +8613800138000."""
    account: str = field(repr=False)
    """The number of the bank account."""
    at: int = 0
    """When the house asks, UTC microseconds: what a signed request says and a simulator goes by."""


class Answer(NamedTuple):
    """What a provider says about one key.

    match: the four belong together. mismatch: they do not. unclear: it looked and cannot tell, for
    example because the bank's card is blocked. unknown: nobody can say what it answered. unasked:
    it surely never looked, and another try may end otherwise.
    """

    key: str
    answer: Said
    checked: tuple[tuple[str, Word], ...] = ()
    """(element, what was found of it), for the elements that were told apart."""
    student: Student = "unknown"
    """In full-time higher education; unknown where the provider does not know of it."""
    reference: str = ""
    reason: str = ""
    """Why it is unclear, unknown or unasked: a short word, never the provider's sentence."""


class Provider(Protocol):
    """The two questions every provider of identity answers."""

    name: str

    def ask(self, question: Question) -> Answer:
        """Ask; a key asked before gets the answer it had. Never raises for a question."""
        ...

    def look_up(self, key: str) -> Answer:
        """What was answered to this key: the answer, unasked (never had it), or unknown."""
        ...
