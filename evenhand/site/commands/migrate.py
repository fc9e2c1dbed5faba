"""`evenhand migrate`: tables, triggers and roles brought up to date, the packs of law kept, and
those that the settings name put in force, as the owner."""

from collections.abc import Sequence

from django.conf import settings
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
    packs.put_in_force(settings.EVENHAND_PACKS)
    return 0
