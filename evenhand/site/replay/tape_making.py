"""The clients as a loan tape: what a lender who had lent to them would hand over.

LIMIT_BAL is the principal in CNY, disbursed 2026-03-01, twelve equal monthly instalments at 12 % a
year (30/360), first due 2026-04-01, late interest 1.5 times the rate. Names and phones are made up.
"""

import csv
from datetime import date
from pathlib import Path

from evenhand.lifecycle.takeover.totals import Totals, major
from evenhand.site import made_up
from evenhand.site.replay.clients import Clients

DISBURSED_ON = date(2026, 3, 1)
TERMS = {
    "currency": "CNY",
    "disbursed_on": DISBURSED_ON.isoformat(),
    "annual_rate": "0.12",
    "late_rate": "0.18",
    "late_year_days": "360",
    "product": "replay",
    "strategy": "reminders-only",
    "measures": "sms",
    "instalment_count": "12",
    "every": "1",
    "unit": "month",
    "method": "equal_instalment",
    "day_count": "30/360",
}
ROW = ("loan_reference", "borrower_reference", "name", "phone", "lang", "principal")


def write_tape(path: Path, clients: Clients) -> Totals:
    """Write the tape; returns the control totals, summed from the clients and not from the tape."""
    principals = clients.principal_minor.tolist()
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow([*ROW, *TERMS])
        for at, (number, principal) in enumerate(
            zip(clients.number.tolist(), principals, strict=True)
        ):
            person = made_up.person(at)
            own = [f"T-{number}", f"P-{number}", person.name, person.phone, person.lang]
            lines.writerow([*own, major(principal), *TERMS.values()])
    return Totals(len(principals), sum(principals), (0, 0, 0, 0))
