"""A person's own texts with what their commitments are made of, for that person to take away."""

from typing import Final, NamedTuple

from evenhand.people import vault

SALT: Final = 32
KIND: Final = "text"


class OwnText(NamedTuple):
    """A text and the random bytes (hexadecimal) before it in its commitment."""

    salt: str
    text: str


def of(person: int) -> dict[str, OwnText]:
    """Every text kept under the person's key, by its commitment in hexadecimal.

    Whoever hands it out has made sure that it is the person who asks; a look of staff is another
    door (`persons.reveal_text`).
    """
    return {
        opened.commitment.hex(): OwnText(opened.plain[:SALT].hex(), opened.plain[SALT:].decode())
        for opened in vault.of_persons([person], [KIND])
    }
