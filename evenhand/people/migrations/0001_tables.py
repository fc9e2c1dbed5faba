"""The people tables: partitioned ones from SQL, the staff roll from its model."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    initial = True
    # The serving role is made there, and what it may not do is taken from it here.
    dependencies = [
        ("ledger", "__first__"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL((SQL / "tables.sql").read_text(), (SQL / "drop.sql").read_text()),
        migrations.CreateModel(
            name="Staff",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("role", models.CharField(max_length=20)),
                ("lang", models.CharField(max_length=10)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"db_table": "people_staff"},
        ),
    ]
