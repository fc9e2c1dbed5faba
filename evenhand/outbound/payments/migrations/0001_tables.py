"""What waits and what leaves, partitioned by borrower; what the bank has told, by its reference."""

from django.db import migrations

_PARTS = 32
_TABLES = """
create table payments_outbox (
    borrower bigint not null,
    seq integer not null,
    part smallint not null,
    due_at bigint not null,
    leaving integer not null default 0,
    leaving_at bigint not null default 0,
    ask_at bigint not null default 0,
    primary key (borrower, seq)
) partition by hash (borrower);
create index payments_outbox_waiting on payments_outbox (part, due_at) where leaving = 0;
create index payments_outbox_leaving on payments_outbox (part, ask_at) where leaving > 0;
create table payments_seen (
    digest bytea primary key,
    borrower bigint not null,
    seq integer not null
);
"""
_PART = """
create table payments_outbox_{n:02} partition of payments_outbox
    for values with (modulus {parts}, remainder {n});
"""


class Migration(migrations.Migration):
    """Two tables, by SQL; the second is a look-up, keyed by what is looked up."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(
            _TABLES + "".join(_PART.format(n=n, parts=_PARTS) for n in range(_PARTS)),
            "drop table payments_outbox, payments_seen",
        )
    ]
