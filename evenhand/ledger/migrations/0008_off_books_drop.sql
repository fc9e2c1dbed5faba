drop index ledger_fact_off_books;
drop index ledger_fact_charged_off;
