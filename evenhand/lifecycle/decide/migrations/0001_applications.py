"""Whose application a loan's number is, and which wait for a person: a look-up, no proof."""

from django.db import migrations

_TABLE = """
create table decide_application (
    loan bigint primary key,
    borrower bigint not null,
    asked_at bigint not null default 0
);
create index decide_application_waiting on decide_application (asked_at) where asked_at > 0;
"""


class Migration(migrations.Migration):
    """One table, by SQL, keyed by what is looked up."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(_TABLE, "drop table decide_application")]
