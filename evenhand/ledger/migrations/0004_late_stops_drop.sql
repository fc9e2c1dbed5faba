drop index ledger_fact_late_stop;
