"""Boxes of the house's own in the vault: a key for what nobody of ours is the subject of."""

from django.db import IntegrityError, transaction

from evenhand.people import vault


def ensure(box: int) -> None:
    """There is a key for this box, named by a number below zero: one of the house's streams."""
    assert box < 0, "a person has a key of their own"
    if box in vault.open_keys([box]):
        return
    try:
        with transaction.atomic():
            vault.make_keys([box])
    except IntegrityError:
        assert box in vault.open_keys([box]), "somebody else made it at the same moment"
