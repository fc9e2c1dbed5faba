"""Until when a person has read the inbox: a mark of their own, no fact of the loan's."""

from django.db import migrations

_PARTS = 32
_TABLE = """
create table contact_read (
    person bigint not null primary key,
    until bigint not null
) partition by hash (person);
"""
_PART = """
create table contact_read_{n:02} partition of contact_read
    for values with (modulus {parts}, remainder {n});
"""


class Migration(migrations.Migration):
    """One table, by SQL, in the same parts as everything of a person."""

    dependencies = [("contact", "0003_reach")]
    operations = [
        migrations.RunSQL(
            _TABLE + "".join(_PART.format(n=n, parts=_PARTS) for n in range(_PARTS)),
            "drop table contact_read",
        )
    ]
