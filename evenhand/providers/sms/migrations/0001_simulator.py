"""The simulated operator's memory."""

from django.db import migrations

_TABLE = """
create table sms_simulator_message (
    key text primary key,
    recipient text not null,
    text text not null,
    at bigint not null,
    number bigint generated always as identity,
    called_back boolean not null default false
);
create index sms_simulator_message_waiting on sms_simulator_message (number) where not called_back;
create index sms_simulator_message_recipient on sms_simulator_message (recipient, number);
"""


class Migration(migrations.Migration):
    """One table, by SQL: it is an outside party's and no model of the house."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(_TABLE, "drop table sms_simulator_message")]
