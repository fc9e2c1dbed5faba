"""Indexes over what is told of few loans beside payments, from the SQL file beside this one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("ledger", "0008_off_books")]

    operations = [
        migrations.RunSQL(
            (SQL / "0009_told.sql").read_text(),
            (SQL / "0009_told_drop.sql").read_text(),
        )
    ]
