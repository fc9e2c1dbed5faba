drop index ledger_fact_mandate;
