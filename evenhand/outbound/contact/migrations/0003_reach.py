"""Who is reached how: two small indexes over the facts that say it."""

from django.db import migrations

_INDEXES = """
create index ledger_fact_safe_contact on ledger_fact (borrower, seq)
    where kind = 'safe_contact.chosen';
create index ledger_fact_app_terms on ledger_fact (borrower)
    where kind = 'consent.given' and body ->> 'purpose' = 'app_terms';
"""


class Migration(migrations.Migration):
    """Read from the facts themselves, so that no choice is ever seen late."""

    dependencies = [("contact", "0002_security_codes"), ("ledger", "0001_ledger")]
    operations = [
        migrations.RunSQL(_INDEXES, "drop index ledger_fact_safe_contact, ledger_fact_app_terms")
    ]
