"""Questions that have left and are not answered, in the same parts as the ledger's."""

from django.db import migrations

_PARTS = 32
_TABLE = """
create table enquiries_leaving (
    borrower bigint not null,
    seq integer not null,
    leaving_at bigint not null,
    primary key (borrower, seq)
) partition by hash (borrower);
create index enquiries_leaving_at on enquiries_leaving (leaving_at);
"""
_PART = """
create table enquiries_leaving_{n:02} partition of enquiries_leaving
    for values with (modulus {parts}, remainder {n});
"""


class Migration(migrations.Migration):
    """One table, by SQL; a row goes when its answer is a fact."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(
            _TABLE + "".join(_PART.format(n=n, parts=_PARTS) for n in range(_PARTS)),
            "drop table enquiries_leaving",
        )
    ]
