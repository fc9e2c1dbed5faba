"""Indexes over the ledger by which the day's list is found; they hold nothing of their own."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent


class Migration(migrations.Migration):
    """Promises by their day, and calls nobody has said the outcome of."""

    initial = True
    dependencies = [("ledger", "0004_late_stops")]
    operations = [
        migrations.RunSQL(
            (SQL / "0001_indexes.sql").read_text(), (SQL / "0001_indexes_drop.sql").read_text()
        )
    ]
