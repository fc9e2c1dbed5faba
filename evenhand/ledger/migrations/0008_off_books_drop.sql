drop index ledger_fact_off_books;
