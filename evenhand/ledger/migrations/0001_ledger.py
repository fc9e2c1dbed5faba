"""The ledger's tables, triggers and roles, from the SQL files beside this one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.RunSQL((SQL / "0001_role.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "0001_facts.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL(
            (SQL / "0001_projections.sql").read_text(), (SQL / "0001_drop.sql").read_text()
        ),
    ]
