"""Heads move only forward, from the SQL file beside this one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_ledger")]

    operations = [
        migrations.RunSQL(
            (SQL / "0002_heads.sql").read_text(), (SQL / "0002_heads_drop.sql").read_text()
        )
    ]
