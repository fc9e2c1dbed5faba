"""The second factor of staff and its recovery codes."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0002_sign_in")]

    operations = [
        migrations.RunSQL(
            (SQL / "second_factor.sql").read_text(), (SQL / "second_factor_drop.sql").read_text()
        )
    ]
