"""An index over what is asked for or offered as relief, from the SQL file beside this one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("ledger", "0009_told")]

    operations = [
        migrations.RunSQL(
            (SQL / "0010_reliefs.sql").read_text(),
            (SQL / "0010_reliefs_drop.sql").read_text(),
        )
    ]
