"""No contact without a verdict, from the SQL file beside this one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_refusals")]

    operations = [
        migrations.RunSQL(
            (SQL / "0007_judged.sql").read_text(), (SQL / "0007_judged_drop.sql").read_text()
        )
    ]
