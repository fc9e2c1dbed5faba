"""An index over the few loans taken off the books, from the SQL file beside this one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_judged")]

    operations = [
        migrations.RunSQL(
            (SQL / "0008_off_books.sql").read_text(),
            (SQL / "0008_off_books_drop.sql").read_text(),
        )
    ]
