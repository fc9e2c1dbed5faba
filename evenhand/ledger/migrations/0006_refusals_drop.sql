drop index ledger_fact_refused;
