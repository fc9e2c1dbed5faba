"""Credentials, sessions and the marks of sealed items."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_tables")]

    operations = [
        migrations.RunSQL((SQL / "sign_in.sql").read_text(), (SQL / "sign_in_drop.sql").read_text())
    ]
