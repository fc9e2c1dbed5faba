"""`evenhand migrate`: tables, triggers and roles brought up to date, and the packs of law kept, as
the owner."""

from collections.abc import Sequence

from django.core.management import call_command

from evenhand.ledger import packs
from evenhand.site import mark


def main(argv: Sequence[str]) -> int:
    """Apply every migration and keep every pack that ships; says nothing when there is none.

    An empty database is marked first, where this is a house of practice or demo.
    """
    mark.leave()
    call_command("migrate", interactive=False, verbosity=1 if "-v" in argv else 0)
    packs.keep()
    return 0
