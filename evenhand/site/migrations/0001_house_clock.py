"""Where the demo's clock stands: one row, moved only by the demo."""

from django.db import migrations

MAKE = """
CREATE TABLE site_house_clock (
    id smallint PRIMARY KEY CHECK (id = 1),
    moment bigint NOT NULL CHECK (moment > 0)
);
GRANT SELECT, INSERT, UPDATE ON site_house_clock TO evenhand_serving;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_ledger")]
    operations = [migrations.RunSQL(MAKE, "DROP TABLE site_house_clock")]
