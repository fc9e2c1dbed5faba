"""A contact leaves once, judged by all the law in force, from the SQL file beside this one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent
GUARD = "-- Names are written with their schema"
"""From here on the guard as it was before is written."""


def _before() -> str:
    _packs, begins, guard = (SQL / "0007_judged.sql").read_text().partition(GUARD)
    return (SQL / "0011_once_drop.sql").read_text() + begins + guard


class Migration(migrations.Migration):
    dependencies = [("ledger", "0010_reliefs")]

    operations = [migrations.RunSQL((SQL / "0011_once.sql").read_text(), _before())]
