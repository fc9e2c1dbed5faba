"""An index over the few authorisations of auto-debit, from the SQL file beside this one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_heads")]

    operations = [
        migrations.RunSQL(
            (SQL / "0003_mandates.sql").read_text(), (SQL / "0003_mandates_drop.sql").read_text()
        )
    ]
