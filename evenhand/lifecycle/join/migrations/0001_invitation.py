"""Invitations by the digest of their code: a look-up, keyed by what is looked up."""

from django.db import migrations

_TABLE = """
create table join_invitation (
    digest text primary key,
    borrower bigint not null,
    seq integer not null
);
"""


class Migration(migrations.Migration):
    """One table, by SQL."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(_TABLE, "drop table join_invitation")]
