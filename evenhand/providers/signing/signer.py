"""What every provider of the lender's signature does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class NotStamped(Exception):
    """The time-stamping authority gave no stamp."""


class Provider(Protocol):
    """Whoever signs for the lender."""

    name: str

    def sign(self, pdf: bytes, *, at: int) -> bytes:
        """The document with the lender's signature, made at `at` (microseconds UTC)."""
        ...

    def chain(self) -> Sequence[bytes]:
        """The certificates in DER: the signer's own first, the root last."""
        ...


def moment(at: int) -> datetime:
    """A moment in microseconds UTC, as certificates and PDF have it: whole seconds."""
    return (_EPOCH + timedelta(microseconds=at)).replace(microsecond=0)
