"""What each part of each day has done."""

from django.db import migrations

_TABLE = """
create table dayclose_progress (
    day date not null,
    part smallint not null,
    closed boolean not null default false,
    looked integer not null default 0,
    steps integer not null default 0,
    intended integer not null default 0,
    facts integer not null default 0,
    milliseconds bigint not null default 0,
    refusals jsonb not null default '{}',
    set_aside jsonb not null default '{}',
    primary key (day, part)
);
"""


class Migration(migrations.Migration):
    """One table, by SQL; small: 32 rows a day."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(_TABLE, "drop table dayclose_progress")]
