"""`evenhand migrate`: tables, triggers and roles brought up to date, and the packs of law kept, as
the owner."""

from collections.abc import Sequence

from django.core.management import call_command

from evenhand.ledger import packs


def main(argv: Sequence[str]) -> int:
    """Apply every migration and keep every pack that ships; says nothing when there is none."""
    call_command("migrate", interactive=False, verbosity=1 if "-v" in argv else 0)
    packs.keep()
    return 0
