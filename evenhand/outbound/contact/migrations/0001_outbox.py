"""The outbox: what is intended or leaving, partitioned by borrower as everything that grows."""

from django.db import migrations

_PARTS = 32
_TABLE = """
create table contact_outbox (
    borrower bigint not null,
    seq integer not null,
    part smallint not null,
    due_at bigint not null,
    leaving integer not null default 0,
    leaving_at bigint not null default 0,
    primary key (borrower, seq)
) partition by hash (borrower);
create index contact_outbox_waiting on contact_outbox (part, due_at) where leaving = 0;
create index contact_outbox_leaving on contact_outbox (part, leaving_at) where leaving > 0;
"""
_PART = """
create table contact_outbox_{n:02} partition of contact_outbox
    for values with (modulus {parts}, remainder {n});
"""


class Migration(migrations.Migration):
    """One table, by SQL, in the same parts as the ledger's."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(
            _TABLE + "".join(_PART.format(n=n, parts=_PARTS) for n in range(_PARTS)),
            "drop table contact_outbox",
        )
    ]
