"""The guard of contacts asks less for the same answer, from the SQL file beside this one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent
BEGINS, ENDS = "do $$", "-- `contact.unknown`"
"""Between these the guard as it was before is written."""
CREATES = "create function ledger_contact_why_p00"


def _before() -> str:
    once = (SQL / "0011_once.sql").read_text()
    guard = once[once.index(BEGINS) : once.index(ENDS)]
    return guard.replace(CREATES, CREATES.replace("create", "create or replace", 1), 1)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0011_once")]

    operations = [migrations.RunSQL((SQL / "0012_quicker.sql").read_text(), _before())]
