-- Where late interest stopped is rare among the facts, and is asked for whenever a loan is looked at.
create index ledger_fact_late_stop on ledger_fact (borrower, seq)
    where kind in ('late_interest.stopped', 'late_interest.resumed');
