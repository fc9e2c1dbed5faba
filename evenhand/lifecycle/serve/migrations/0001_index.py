"""An index over the ledger by which services left open are found; it holds nothing of its own."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent


class Migration(migrations.Migration):
    """Services by the moment they began."""

    initial = True
    dependencies = [("ledger", "0004_late_stops")]
    operations = [
        migrations.RunSQL(
            (SQL / "0001_index.sql").read_text(), (SQL / "0001_index_drop.sql").read_text()
        )
    ]
