"""Numbers whose holder said "not me", by keyed digest; and an index over calls by their hour."""

from django.db import migrations

_TABLES = """
create table contact_not_mine (
    number bytea not null primary key,
    since bigint not null
);
create index ledger_contact_calls on ledger_contact (at) where channel = 0 and leaving > 0;
"""


class Migration(migrations.Migration):
    """A look-up keyed by what is looked up, made again from the facts by `evenhand rebuild`."""

    dependencies = [("contact", "0004_read"), ("ledger", "0004_late_stops")]
    operations = [
        migrations.RunSQL(_TABLES, "drop table contact_not_mine; drop index ledger_contact_calls")
    ]
