"""One-time codes: looked up by the keyed digest of a number, gone after a day."""

from django.db import migrations

_TABLE = """
create table contact_security_code (
    id bigint generated always as identity primary key,
    number bytea not null,
    network bytea not null,
    what_for text not null,
    code bytea not null,
    tries smallint not null default 0,
    open boolean not null default true,
    at timestamptz not null default current_timestamp
);
create index contact_security_code_by_number on contact_security_code (number, at);
create index contact_security_code_by_network on contact_security_code (network, at);
create index contact_security_code_by_age on contact_security_code (at);
"""


class Migration(migrations.Migration):
    """One table, by SQL, on real time: a code is no moment of the house."""

    dependencies = [("contact", "0001_outbox")]
    operations = [migrations.RunSQL(_TABLE, "drop table contact_security_code")]
