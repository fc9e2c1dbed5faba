drop index ledger_fact_service;
