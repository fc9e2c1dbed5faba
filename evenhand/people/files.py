"""Documents in the vault: bytes under the person's key, erased with it."""

from evenhand.people import vault


def seal_bytes(person: int, kind: str, plain: bytes) -> int:
    """Keeps bytes of that kind under the person's key; returns the item. Raises vault.Erased."""
    return vault.keep(person, kind, plain)


def open_bytes(person: int, item: int) -> bytes:
    """The kept bytes. KeyError where the item is not this person's or the person is erased."""
    found = [opened for opened in vault.by_id([item]) if opened.person == person]
    if not found:
        raise KeyError(item)
    return found[0].plain
