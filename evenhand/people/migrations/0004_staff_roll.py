"""The staff roll: team, training, badge, absence, leaving; invitations."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0003_second_factor")]

    operations = [
        migrations.RunSQL(
            (SQL / "staff_roll.sql").read_text(), (SQL / "staff_roll_drop.sql").read_text()
        )
    ]
