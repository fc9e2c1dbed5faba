"""An index over the few facts that stop late interest, from the SQL file beside this one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_mandates")]

    operations = [
        migrations.RunSQL(
            (SQL / "0004_late_stops.sql").read_text(),
            (SQL / "0004_late_stops_drop.sql").read_text(),
        )
    ]
