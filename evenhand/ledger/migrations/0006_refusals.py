"""An index over what was refused, from the SQL file beside this one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_references")]

    operations = [
        migrations.RunSQL(
            (SQL / "0006_refusals.sql").read_text(),
            (SQL / "0006_refusals_drop.sql").read_text(),
        )
    ]
