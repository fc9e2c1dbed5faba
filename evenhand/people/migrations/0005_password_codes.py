"""Codes of staff say what they are for, and count wrong tries."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0004_staff_roll")]

    operations = [
        migrations.RunSQL(
            (SQL / "password_codes.sql").read_text(), (SQL / "password_codes_drop.sql").read_text()
        )
    ]
