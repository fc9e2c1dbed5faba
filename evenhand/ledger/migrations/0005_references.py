"""An index over the references that messages print, from the SQL file beside this one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_late_stops")]

    operations = [
        migrations.RunSQL(
            (SQL / "0005_references.sql").read_text(),
            (SQL / "0005_references_drop.sql").read_text(),
        )
    ]
