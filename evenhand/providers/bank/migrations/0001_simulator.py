"""The simulated bank's ledger: accounts, and every movement over the lender's own account."""

from django.db import migrations

_TABLES = """
create table bank_simulator_account (
    number text primary key,
    name text not null,
    bank text not null default '',
    lender boolean not null default false,
    balance_minor bigint not null
);
create table bank_simulator_movement (
    line bigint generated always as identity primary key,
    key text unique,
    kind text not null check (kind in ('transfer', 'debit', 'credit')),
    account text not null,
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null,
    purpose text not null default '',
    remark text not null default '',
    at bigint not null,
    value_day date not null,
    fate text not null,
    reason text not null default '',
    told boolean not null default false
);
create index bank_simulator_movement_waiting on bank_simulator_movement (line) where not told;
"""


class Migration(migrations.Migration):
    """Two tables, by SQL: they are an outside party's and no models of the house."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(_TABLES, "drop table bank_simulator_movement, bank_simulator_account")
    ]
