"""Money out and in: payouts, refunds, debits, what the bank tells, and where to pay."""
