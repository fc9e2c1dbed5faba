"""The simulated provider's memory: what it answered by our keys, and nothing about anybody."""

from django.db import migrations

_TABLE = """
create table identity_simulator_answer (
    key text primary key,
    answer text not null,
    checked jsonb not null,
    student text not null,
    at bigint not null
);
"""


class Migration(migrations.Migration):
    """One table, by SQL: it is an outside party's and no model of the house."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(_TABLE, "drop table identity_simulator_answer")]
