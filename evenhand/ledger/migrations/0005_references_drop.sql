drop index ledger_fact_reference;
