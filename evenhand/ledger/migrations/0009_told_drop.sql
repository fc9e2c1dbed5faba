drop index ledger_fact_told;
drop index ledger_fact_agreed;
