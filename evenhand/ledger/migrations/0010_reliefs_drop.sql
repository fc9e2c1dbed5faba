drop index ledger_fact_relief;
